"""The weekly menu as values: dishes, meals, the week, and what a school asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from menus.dishes.rules import Age, Kind, Recipe, weights

__all__ = [
    "DEFAULT_PRESET",
    "PRESETS",
    "Age",
    "Composition",
    "Dish",
    "Kind",
    "Meal",
    "MealName",
    "Policy",
    "Week",
]


class MealName(StrEnum):
    """The meals of a day, in the day's order."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"
    SNACK = "snack"


@dataclass(frozen=True)
class Dish(Recipe):
    """A recipe as a meal offers it.

    `choice` names the group pupils choose from, `share` (0 to 1) the part of them expected to take it.
    `cost_fen` is the known cost of one helping, None when no price is known; `unpriced` names the
    ingredients that it lacks.
    """

    choice: str = ""
    share: float = 1.0
    cost_fen: int | None = None
    unpriced: tuple[str, ...] = ()

    @cached_property
    def weights(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Edible micrograms of meat and of all main ingredients, with eggs as other food and as meat."""
        return weights(self.ingredients, eggs_are_meat=False), weights(self.ingredients)


@dataclass(frozen=True, slots=True)
class Meal:
    """What is offered at one meal of one day."""

    day: date
    name: MealName
    dishes: tuple[Dish, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The meals of a menu, by day and in the day's order."""

    meals: tuple[Meal, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """How many dishes of each kind a meal must offer; `big` and `small` are 大荤 and 小荤 among the meats."""

    meat: int = 0
    vegetable: int = 0
    soup: int = 0
    big: int = 0
    small: int = 0


# The district rule (domain.md, decision 2) and the other form that schools publish by.
PRESETS: Mapping[str, Composition] = {
    "two_meats_two_vegetables_one_soup": Composition(meat=2, vegetable=2, soup=1),
    "one_big_one_small_one_vegetable_one_soup": Composition(big=1, small=1, vegetable=1, soup=1),
}
DEFAULT_PRESET = "two_meats_two_vegetables_one_soup"


@dataclass(frozen=True, slots=True)
class Policy:
    """What a school (or its district) asks of a menu.

    `meat_share` is the least share of meat in a meat dish. In the `strict` reading a meat dish under it does
    not count as meat. `breakfast_greens` asks every breakfast for a vegetable or fruit, which is only advised
    otherwise. `most_fen` bounds the cost of a meal per head; a meal that is left out is free.
    """

    composition: Composition = PRESETS[DEFAULT_PRESET]
    meat_share: Fraction = Fraction(1, 2)
    eggs_are_meat: bool = True
    strict: bool = True
    breakfast_greens: bool = False
    most_fen: Mapping[MealName, int] = field(default_factory=dict)
