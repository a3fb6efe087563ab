"""The list of goods as a workbook, in the columns that an import reads."""

from collections.abc import Iterable
from typing import Any

from canteen.kit.sheets import Column, write_xlsx
from suppliers.goods.rules import COLUMNS, Good

NUMBERS = {"shelf_life_days", "expiry_lead_days"}


def goods_workbook(goods: Iterable[Good]) -> bytes:
    """The goods as XLSX; units stand as `袋=25000;箱=10000`."""
    columns = [Column(names[0], "number" if key in NUMBERS else "text") for key, names in COLUMNS.items()]
    return write_xlsx(columns, ([_cell(good, key) for key in COLUMNS] for good in goods))


def _cell(good: Good, key: str) -> Any:
    if key == "aliases":
        return ";".join(good.aliases)
    if key == "units":
        return ";".join(f"{unit.name}={unit.quantity}" for unit in good.units)
    return getattr(good, key)
