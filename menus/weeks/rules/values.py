"""The weekly menu as values: ingredients, dishes, meals, the week, and what a school asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from menus.weeks.rules.ingredients import Ingredient, Nutrients, nutrients_of


class Kind(StrEnum):
    """What a dish is on the tray."""

    MEAT = "meat"
    VEGETABLE = "vegetable"
    SOUP = "soup"
    STAPLE = "staple"
    FRUIT = "fruit"
    DAIRY = "dairy"
    SNACK = "snack"
    SEASONING = "seasoning"


class MealName(StrEnum):
    """The meals of a day, in the day's order."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"
    SNACK = "snack"


class Age(StrEnum):
    """The age bands of WS/T 554."""

    SIX = "6-8"
    NINE = "9-11"
    TWELVE = "12-14"
    FIFTEEN = "15-17"


@dataclass(frozen=True)
class Dish:
    """A dish with its raw ingredients per head.

    `label` is the 类别 as the school wrote it, `size` is "big" (大荤), "small" (小荤) or "" (its meat share
    decides). `choice` names the group pupils choose from, `share` (0 to 1) the part of them expected to take
    it. `cost_fen` is the cost of one helping, None when unknown.
    """

    name: str
    kind: Kind
    ingredients: tuple[Ingredient, ...]
    label: str = ""
    size: str = ""
    method: str = ""
    choice: str = ""
    share: float = 1.0
    cost_fen: int | None = None

    @cached_property
    def nutrients(self) -> Nutrients:
        """What one helping holds; worked out once, as boards and mends ask often."""
        return nutrients_of(self.ingredients)


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
    not count as meat. `most_fen` bounds the cost of a day per head, None leaves it free.
    """

    composition: Composition = PRESETS[DEFAULT_PRESET]
    meat_share: Fraction = Fraction(1, 2)
    eggs_are_meat: bool = True
    strict: bool = True
    most_fen: int | None = None
