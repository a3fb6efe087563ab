"""What people type of a good (a count of a unit) as grams or pieces, with every wrong field named."""

from collections.abc import Mapping

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.goods.rules import Good, quantity_of, units_of

UNKNOWN_GOOD = _("This good is not in the catalogue.")
UNKNOWN_UNIT = _("{good} is not measured in {unit}.")
LARGEST = 10**12
"""Grams: a million tonnes. What is larger is a slip of the keyboard."""


def quantity_typed(good: Good, unit: str, count_milli: int, at: str) -> tuple[int, list[Finding]]:
    """Grams or pieces of a count; `at` is the line. A blank unit is the one the good is bought in."""
    try:
        quantity = quantity_of(units_of(good), unit or good.unit, count_milli)
    except ValueError:
        return 0, [error("unit_unknown", UNKNOWN_UNIT, f"{at}.unit", good=good.name, unit=unit)]
    if quantity == 0:
        message = _("This is less than a gram or a piece.")
        return 0, [error("too_little", message, f"{at}.count")]
    if quantity > LARGEST:
        return 0, [error("too_much", _("This is more than any store holds."), f"{at}.count")]
    return quantity, []


def good_typed(goods: Mapping[int, Good], good: int, at: str) -> tuple[Good | None, list[Finding]]:
    """A good by its id, or why it is none."""
    found = goods.get(good)
    return found, [] if found else [error("good_unknown", UNKNOWN_GOOD, f"{at}.good")]
