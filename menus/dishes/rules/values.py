"""A dish as a value: its kind, how it is cooked, what goes into it raw."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from menus.dishes.rules.ingredients import Ingredient, Nutrients, nutrients_of


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


@dataclass(frozen=True)
class Recipe:
    """A dish with its raw ingredients per head.

    `label` is the 类别 as the school wrote it, `size` is "big" (大荤), "small" (小荤) or "" (its meat share
    decides).
    """

    name: str
    kind: Kind
    ingredients: tuple[Ingredient, ...]
    label: str = ""
    size: str = ""
    method: str = ""

    @cached_property
    def nutrients(self) -> Nutrients:
        """What one helping holds; worked out once, as boards and mends ask often."""
        return nutrients_of(self.ingredients)

    @cached_property
    def allergens(self) -> frozenset[str]:
        """The allergens of all known ingredients (codes of menus.foods.rules.ALLERGENS)."""
        return frozenset().union(*(i.food.allergens for i in self.ingredients if i.food))
