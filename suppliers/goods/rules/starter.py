"""The starter list: goods that school kitchens buy, as they ship with the product (data/starter.csv)."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from canteen.kit.names import listed
from suppliers.goods.rules.good import Good
from suppliers.goods.rules.kinds import Category, Measure, Storage
from suppliers.goods.rules.units import Unit


@cache
def starter() -> tuple[Good, ...]:
    """The shipped goods in the order of the file; none has an id."""
    text = (files("suppliers.goods") / "data" / "starter.csv").read_text(encoding="utf-8")
    return tuple(map(_good, csv.DictReader(io.StringIO(text))))


def _good(cells: Mapping[str, str]) -> Good:
    return Good(
        id=0,
        name=cells["name"],
        aliases=listed(cells["aliases"]),
        category=Category(cells["category"]),
        spec=cells["spec"],
        measure=Measure(cells["measure"]),
        unit=cells["unit"],
        units=units_told(cells["units"]),
        storage=Storage(cells["storage"]),
        shelf_life_days=int(cells["shelf_life_days"]),
        food_code=cells["food_code"] or None,
    )


def units_told(text: str) -> tuple[Unit, ...]:
    """Units as a list: `把=1000;箱=10000` in grams or pieces. Raises ValueError when it is none."""
    pairs = (part.replace("＝", "=").partition("=") for part in listed(text))
    return tuple(Unit(name.strip(), int(quantity)) for name, _sign, quantity in pairs)
