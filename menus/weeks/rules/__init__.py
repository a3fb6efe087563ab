"""What the law and the kitchen say about a weekly menu: values in, findings out. No query, no clock."""

from menus.weeks.rules.ingredients import Ingredient, Nutrients, food_named
from menus.weeks.rules.kinds import kind_of, meal_of, size_of
from menus.weeks.rules.share import shown
from menus.weeks.rules.values import (
    DEFAULT_PRESET,
    PRESETS,
    Age,
    Composition,
    Dish,
    Kind,
    Meal,
    MealName,
    Policy,
    Week,
)
from menus.weeks.rules.verdict import DishVerdict, MealVerdict, Verdict, judge

__all__ = [
    "DEFAULT_PRESET",
    "PRESETS",
    "Age",
    "Composition",
    "Dish",
    "DishVerdict",
    "Ingredient",
    "Kind",
    "Meal",
    "MealName",
    "MealVerdict",
    "Nutrients",
    "Policy",
    "Verdict",
    "Week",
    "food_named",
    "judge",
    "kind_of",
    "meal_of",
    "shown",
    "size_of",
]
