"""Allergens of a meal against the pupils who must not eat them.

Rule: what contains an allergen is shown, and a meal for a pupil with an allergy offers something else.
The pupils are known in a room above (menus/weeks/ports.py); here only how many there are.
"""

from collections.abc import Iterator, Mapping

from canteen.kit.problems import Finding, warning
from canteen.kit.texts import _
from menus.weeks.rules.values import Meal

CONTAINS = {
    "gluten": _("{dish} contains gluten: {pupils} pupils must not eat it"),
    "crustacean": _("{dish} contains crustaceans: {pupils} pupils must not eat it"),
    "fish": _("{dish} contains fish: {pupils} pupils must not eat it"),
    "egg": _("{dish} contains egg: {pupils} pupils must not eat it"),
    "peanut": _("{dish} contains peanuts: {pupils} pupils must not eat it"),
    "soy": _("{dish} contains soy: {pupils} pupils must not eat it"),
    "milk": _("{dish} contains milk: {pupils} pupils must not eat it"),
    "nut": _("{dish} contains tree nuts: {pupils} pupils must not eat it"),
    "sesame": _("{dish} contains sesame: {pupils} pupils must not eat it"),
    "mollusc": _("{dish} contains molluscs: {pupils} pupils must not eat it"),
}


def allergen_findings(meal: Meal, pupils: Mapping[str, int]) -> Iterator[Finding]:
    """`allergen` for each dish that holds what some pupils must not eat; `pupils` counts them by allergen."""
    if not pupils:
        return
    for dish in meal.dishes:
        for allergen in sorted(dish.allergens):
            if pupils.get(allergen, 0) > 0:
                facts = {"allergen": allergen, "pupils": pupils[allergen]}
                yield warning("allergen", CONTAINS[allergen], at=dish.name, dish=dish.name, **facts)
