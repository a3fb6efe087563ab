"""Allergens of a meal against the pupils who must not eat them.

Rule: what contains an allergen is shown, and a meal for a pupil with an allergy offers something else.
The pupils are known in a room above (menus/weeks/ports.py); here only how many there are.
"""

from collections.abc import Iterator, Mapping

from canteen.kit.problems import Finding, warning
from canteen.kit.texts import _
from menus.foods.rules import ALLERGENS
from menus.weeks.rules.values import Dish, Meal


def allergens_of(dish: Dish) -> frozenset[str]:
    """The allergens of all known ingredients (codes of menus.foods.rules.ALLERGENS)."""
    return frozenset().union(*(i.food.allergens for i in dish.ingredients if i.food))


def allergen_findings(meal: Meal, pupils: Mapping[str, int]) -> Iterator[Finding]:
    """`allergen` for each dish that holds what some pupils must not eat; `pupils` counts them by allergen."""
    for dish in meal.dishes:
        for allergen in sorted(allergens_of(dish)):
            if pupils.get(allergen, 0) > 0:
                message = _("{dish} contains {allergen}: {pupils} pupils must not eat it")
                facts = {"allergen": ALLERGENS[allergen], "pupils": pupils[allergen]}
                yield warning("allergen", message, at=dish.name, dish=dish.name, **facts)
