"""Composition and groups of what is cooked: values, names and the shipped table. No query, no clock."""

from canteen.kit.names import listed, normalised, spelled
from menus.foods.rules.checks import check_food, names_taken
from menus.foods.rules.file import COLUMNS, foods_of
from menus.foods.rules.food import (
    ALLERGENS,
    ANIMAL,
    BANNED,
    GROUPS,
    MATCHES,
    NUTRIENTS,
    Food,
)
from menus.foods.rules.table import FoodTable, shipped

__all__ = [
    "ALLERGENS",
    "ANIMAL",
    "BANNED",
    "COLUMNS",
    "GROUPS",
    "MATCHES",
    "NUTRIENTS",
    "Food",
    "FoodTable",
    "check_food",
    "foods_of",
    "listed",
    "names_taken",
    "normalised",
    "shipped",
    "spelled",
]
