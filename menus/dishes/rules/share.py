"""The meat share of a dish.

Rule: meat makes up no less than 50% of a meat dish. Share = raw edible weight of livestock, poultry and
aquatic ingredients (eggs too, unless the school's policy says otherwise) over the raw edible weight of all
main ingredients; oil, salt, sugar, condiments (starch among them) and water are left out; an ingredient that
the table lacks counts with its raw weight below the line. 50.0% passes.
Source: the district rule behind the project (domain.md, decisions 2 and 3, and §5.8).
"""

from collections.abc import Iterable
from fractions import Fraction

from menus.dishes.rules.ingredients import Ingredient

LEAST = Fraction(1, 2)


def weights(ingredients: Iterable[Ingredient], *, eggs_are_meat: bool = True) -> tuple[int, int]:
    """Edible micrograms of meat and of all main ingredients."""
    meat = whole = 0
    for ingredient in ingredients:
        if ingredient.main:
            whole += ingredient.edible_micrograms
            if is_meat(ingredient, eggs_are_meat=eggs_are_meat):
                meat += ingredient.edible_micrograms
    return meat, whole


def is_meat(ingredient: Ingredient, *, eggs_are_meat: bool = True) -> bool:
    """Whether it stands above the line; eggs by policy. An unknown food never does."""
    if ingredient.food is None:
        return False
    return ingredient.food.animal == "1" or (eggs_are_meat and ingredient.food.animal == "egg")


def share_of(ingredients: Iterable[Ingredient], *, eggs_are_meat: bool = True) -> Fraction:
    """The exact share, 0 to 1; 0 when there is no main ingredient."""
    meat, main = weights(ingredients, eggs_are_meat=eggs_are_meat)
    return Fraction(meat, main) if main else Fraction(0)


def reaches(
    ingredients: Iterable[Ingredient], least: Fraction = LEAST, *, eggs_are_meat: bool = True
) -> bool:
    """Whether the share is reached; compared as integers, so 49.99% does not pass."""
    meat, main = weights(ingredients, eggs_are_meat=eggs_are_meat)
    return main > 0 and meat * least.denominator >= main * least.numerator


def shown(share: Fraction, limit: Fraction, digits: int = 3) -> float:
    """The share rounded for display, but never up to a limit that it misses (49.96% is not 50%)."""
    scale: int = 10**digits
    above, below = share.as_integer_ratio()  # whole numbers: fractions are slow, and every board shows shares
    rounded = (2 * above * scale + below) // (2 * below)
    if share < limit and rounded * limit.denominator >= limit.numerator * scale:
        rounded = above * scale // below
    return rounded / scale
