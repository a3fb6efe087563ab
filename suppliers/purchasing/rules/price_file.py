"""A price list as a file: name, unit, price; a row for each good."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from canteen.kit.names import normalised
from canteen.kit.sheets import Reading, Row, Sheet, as_fen, as_text
from canteen.kit.texts import _

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("名称", "name", "货品名称", "品名", "食品名称", "商品名称", "食材名称"),
    "unit": ("单位", "unit", "计量单位", "采购单位"),
    "price": ("单价", "price", "中标价", "供货价", "价格", "单价(元)"),
}
REQUIRED = ("name", "unit", "price")
LONGEST, DEAREST = 60, 10**8

Held = Callable[[str, str], int | None]
"""Grams or pieces of one unit of the good of that name; None when nobody knows."""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A row of a list: fen for one unit, which is `per_unit` grams or pieces."""

    name: str
    unit: str
    price_fen: int
    per_unit: int


def read_prices(sheet: Sheet, held: Held) -> list[PriceRow]:
    """The rows of a file. Raises BadFile with every wrong cell."""
    reading = Reading(sheet, COLUMNS, REQUIRED)
    rows = [_row(reading, row, held) for row in reading.rows]
    _refuse_doubles(reading, rows)
    reading.finish()
    return [row for row in rows if row is not None]


def _row(reading: Reading, row: Row, held: Held) -> PriceRow | None:
    name = reading.need(row, "name", as_text)
    unit = reading.need(row, "unit", as_text)
    price = reading.need(row, "price", as_fen)
    if price is not None and not 0 < price <= DEAREST:
        reading.refuse(row, "price", _("a price above nothing"))
    if name is not None and len(name) > LONGEST:
        reading.refuse(row, "name", _("a name of at most {most} characters"), most=LONGEST)
    if name is None or unit is None or price is None:
        return None
    if (per_unit := held(name, unit)) is None:
        reading.refuse(row, "unit", _("jin or kilogram, or a unit that the catalogue knows"))
        return None
    return PriceRow(name, unit, price, per_unit)


def _refuse_doubles(reading: Reading, rows: list[PriceRow | None]) -> None:
    lines: dict[tuple[str, str], int] = {}
    for row, price in zip(reading.rows, rows, strict=True):
        if price is None:
            continue
        line = lines.setdefault((normalised(price.name), price.unit), row.line)
        if line != row.line:
            reading.refuse(row, "name", _("a name that line {other} does not have"), other=line)
