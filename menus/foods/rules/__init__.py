"""Composition and groups of what is cooked: values, names and the shipped table. No query, no clock."""

from menus.foods.rules.food import (
    ALLERGENS,
    ANIMAL,
    BANNED,
    GROUPS,
    MATCHES,
    NUTRIENTS,
    Food,
)
from menus.foods.rules.names import normalised, spelled
from menus.foods.rules.table import FoodTable, shipped

__all__ = [
    "ALLERGENS",
    "ANIMAL",
    "BANNED",
    "GROUPS",
    "MATCHES",
    "NUTRIENTS",
    "Food",
    "FoodTable",
    "normalised",
    "shipped",
    "spelled",
]
