"""Past deliveries as a file: which columns it may have, and its rows as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from canteen.kit.names import normalised
from canteen.kit.sheets import Reading, Row, Sheet, Unreadable, as_day, as_fen, as_figure, as_text
from canteen.kit.sheets.sheet import Cell
from canteen.kit.texts import _
from suppliers.goods.rules import Good, Source, Unit, fen_per_kg, rounded, unit_of, units_of

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "day": ("进货日期", "日期", "到货日期", "采购日期", "date", "arrived_on"),
    "supplier": ("供货者", "供应商", "供货商", "供货单位", "supplier"),
    "note_number": ("送货单号", "票据号", "单号", "delivery note"),
    "name": ("品名", "产品名称", "食品名称", "货品名称", "名称", "good", "name"),
    "spec": ("规格", "品牌及规格", "spec"),
    "count": ("数量", "重量", "实收数量", "quantity"),
    "unit": ("单位", "计量单位", "unit"),
    "price": ("单价", "价格", "price"),
    "batch_number": ("生产批号", "批号", "batch number"),
    "produced_on": ("生产日期", "produced_on", "production date"),
    "producer": ("生产者", "生产厂家", "生产商", "producer"),
}
REQUIRED = ("day", "name", "count", "price")


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may name: goods, and sellers with their kind of source, by spelling."""

    goods: Mapping[str, Good]
    suppliers: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that was understood; quantities are grams or pieces."""

    day: date
    supplier: int | None
    source: str
    note_number: str
    good: int
    name: str
    category: str
    spec: str
    unit: str
    unit_quantity: int
    quantity: int
    price_fen: int
    fen_per_kg: int
    batch_number: str
    produced_on: date | None
    producer: str


def read_deliveries(sheet: Sheet, known: Known, today: date) -> list[Taken]:
    """The rows of a file. Raises BadFile with every wrong cell of every row."""
    reading = Reading(sheet, COLUMNS, REQUIRED)
    found = [made for row in reading.rows if (made := _row(reading, row, known, today))]
    reading.finish()
    return found


def _row(reading: Reading, row: Row, known: Known, today: date) -> Taken | None:
    before = len(reading.errors)
    day = reading.need(row, "day", as_day)
    if day is not None and day > today:
        reading.refuse(row, "day", _("a day up to today"))
    good = _good(reading, row, known)
    supplier = _supplier(reading, row, known)
    unit = _unit(reading, row, good)
    count = reading.need(row, "count", as_count)
    price = reading.need(row, "price", as_fen)
    produced_on: date | None = reading.may(row, "produced_on", as_day, None)
    if day is None or good is None or unit is None or count is None or price is None:
        return None
    if len(reading.errors) > before:
        return None
    texts = {key: _text(reading, row, key) for key in ("note_number", "spec", "batch_number", "producer")}
    return Taken(
        day=day,
        supplier=supplier[0] if supplier else None,
        source=supplier[1] if supplier else Source.MARKET.value,
        good=good.id,
        name=good.name,
        category=good.category.value,
        unit=unit.name,
        unit_quantity=unit.quantity,
        quantity=rounded(count * unit.quantity, 1000),
        price_fen=price,
        fen_per_kg=fen_per_kg(price, unit.quantity),
        produced_on=produced_on,
        **texts,
    )


def _good(reading: Reading, row: Row, known: Known) -> Good | None:
    name = reading.need(row, "name", as_text)
    good = known.goods.get(normalised(name)) if name else None
    if name and good is None:
        reading.refuse(row, "name", _("a good of the catalogue"))
    return good


def _supplier(reading: Reading, row: Row, known: Known) -> tuple[int, str] | None:
    name = _text(reading, row, "supplier")
    found = known.suppliers.get(normalised(name)) if name else None
    if name and found is None:
        reading.refuse(row, "supplier", _("a supplier that is known, or nothing"))
    return found


def _unit(reading: Reading, row: Row, good: Good | None) -> Unit | None:
    if good is None:
        return None
    name = _text(reading, row, "unit") or good.unit
    try:
        return unit_of(units_of(good), name)
    except ValueError:
        units = [unit.name for unit in units_of(good)]
        reading.refuse(row, "unit", _("one of the good's units: {units}"), units=units)
        return None


def as_count(cell: Cell) -> int:
    """A quantity above 0 with at most three decimals, in thousandths."""
    thousandths = Decimal(repr(as_figure(cell))) * 1000
    if thousandths <= 0 or thousandths != thousandths.to_integral_value():
        raise Unreadable(_("a quantity above 0 with at most three decimals"))
    return int(thousandths)


def _text(reading: Reading, row: Row, key: str) -> str:
    return reading.may(row, key, as_text, "") or ""
