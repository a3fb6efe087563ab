"""What one dish is made of and what it brings: the arithmetic of every helping. No query, no clock."""

from menus.dishes.rules.ages import FACTOR_PERCENT, Age, milligrams_at
from menus.dishes.rules.checks import recipe_findings
from menus.dishes.rules.cost import Cost, cost_of
from menus.dishes.rules.hazards import hazard_findings
from menus.dishes.rules.helping import Helping, helping_of
from menus.dishes.rules.ingredients import (
    NOTHING,
    WATER,
    Ingredient,
    Nutrients,
    food_named,
    nutrients_eaten,
    nutrients_of,
    total,
)
from menus.dishes.rules.kinds import KIND_NAMES, SIZE_NAMES, kind_of, size_of
from menus.dishes.rules.library import library
from menus.dishes.rules.lines import Line, ingredients_at
from menus.dishes.rules.methods import METHOD_NAMES, Method, method_of
from menus.dishes.rules.share import LEAST, is_meat, reaches, share_of, shown, weights
from menus.dishes.rules.values import Kind, Recipe

__all__ = [
    "FACTOR_PERCENT",
    "KIND_NAMES",
    "LEAST",
    "METHOD_NAMES",
    "NOTHING",
    "SIZE_NAMES",
    "WATER",
    "Age",
    "Cost",
    "Helping",
    "Ingredient",
    "Kind",
    "Line",
    "Method",
    "Nutrients",
    "Recipe",
    "cost_of",
    "food_named",
    "hazard_findings",
    "helping_of",
    "ingredients_at",
    "is_meat",
    "kind_of",
    "library",
    "method_of",
    "milligrams_at",
    "nutrients_eaten",
    "nutrients_of",
    "reaches",
    "recipe_findings",
    "share_of",
    "shown",
    "size_of",
    "total",
    "weights",
]
