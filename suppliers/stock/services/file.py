"""Opening stock as a spreadsheet: its columns and what a row says."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from canteen.kit.sheets import Cell, Reading, Row, Sheet, Unreadable, as_day, as_fen, as_text
from canteen.kit.texts import _
from suppliers.stock.forms import MOST_LINES, OpeningLine

COLUMNS = {
    "good": ("品名", "名称", "食品名称", "good", "name"),
    "count": ("数量", "库存数量", "count", "quantity"),
    "unit": ("单位", "计量单位", "unit"),
    "price": ("单价", "价格", "price"),
    "batch_number": ("批号", "生产批号", "batch"),
    "produced_on": ("生产日期", "produced"),
    "expires_on": ("到期日", "保质期至", "expires"),
    "place": ("位置", "存放位置", "库位", "place"),
}
REQUIRED = ("good", "count")
LARGEST_COUNT = 10**12


@dataclass(frozen=True, slots=True)
class Named:
    """A row of the file: good and place by their names, count in thousandths, price in fen."""

    row: int
    good: str
    count: int
    unit: str
    price: int
    batch_number: str
    produced_on: date | None
    expires_on: date | None
    place: str

    def line(self, place: int | None) -> OpeningLine:
        """The row as a line of the form."""
        return OpeningLine(
            good=self.good,
            count=self.count,
            unit=self.unit,
            price=self.price,
            batch_number=self.batch_number,
            produced_on=self.produced_on,
            expires_on=self.expires_on,
            place=place,
        )


def read_opening(sheet: Sheet) -> list[Named]:
    """The rows of opening stock. Raises BadFile with every cell that cannot be read."""
    reading = Reading(sheet, COLUMNS, REQUIRED)
    rows = [_row(reading, row) for row in sheet.rows]
    if len(rows) > MOST_LINES:
        reading.refuse(sheet.rows[MOST_LINES], "good", _("at most {most} rows"), most=MOST_LINES)
    reading.finish()
    return rows


def _row(reading: Reading, row: Row) -> Named:
    return Named(
        row=row.line,
        good=reading.need(row, "good", as_text) or "",
        count=reading.need(row, "count", as_count) or 0,
        unit=reading.may(row, "unit", as_text, "") or "",
        price=reading.may(row, "price", as_fen, 0) or 0,
        batch_number=reading.may(row, "batch_number", as_text, "") or "",
        produced_on=reading.may(row, "produced_on", as_day, None),
        expires_on=reading.may(row, "expires_on", as_day, None),
        place=reading.may(row, "place", as_text, "") or "",
    )


def as_count(cell: Cell) -> int:
    """A count above 0 with at most three decimals, in thousandths."""
    try:
        milli = Decimal(as_text(cell).replace(",", "")) * 1000
    except InvalidOperation:
        milli = Decimal(0)
    if not milli.is_finite() or not 0 < milli <= LARGEST_COUNT or milli != milli.to_integral_value():
        raise Unreadable(_("a number above 0 with at most three decimals"))
    return int(milli)
