"""What the law and the kitchen say about a weekly menu: values in, findings out. No query, no clock."""

from menus.dishes.rules import Ingredient, Nutrients, food_named, kind_of, shown, size_of
from menus.weeks.rules.kinds import meal_of
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
