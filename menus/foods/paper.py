"""The table of foods as a workbook, in the columns that an import reads."""

from collections.abc import Iterable
from typing import Any

from canteen.kit.sheets import Column, write_xlsx
from menus.foods.rules import COLUMNS, NUTRIENTS, Food

NUMBERS = {"edible_pct", *NUTRIENTS}


def foods_workbook(foods: Iterable[Food]) -> bytes:
    """The foods as XLSX; an unknown figure is a blank cell."""
    columns = [Column(names[0], "number" if key in NUMBERS else "text") for key, names in COLUMNS.items()]
    return write_xlsx(columns, ([_cell(food, key) for key in COLUMNS] for food in foods))


def _cell(food: Food, key: str) -> Any:
    if key in NUTRIENTS:
        return food.nutrients[key]
    value = getattr(food, key)
    return (
        ";".join(value if key == "aliases" else sorted(value)) if key in ("aliases", "allergens") else value
    )
