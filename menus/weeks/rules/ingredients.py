"""What goes into a dish; the arithmetic stands in menus.dishes.rules."""

from menus.dishes.rules.ingredients import (
    NOTHING,
    WATER,
    Ingredient,
    Nutrients,
    food_named,
    nutrients_of,
    total,
)

__all__ = ["NOTHING", "WATER", "Ingredient", "Nutrients", "food_named", "nutrients_of", "total"]
