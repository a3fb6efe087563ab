"""Shifting grams within dishes."""

from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from menus.dishes.rules import Ingredient, is_meat, weights
from menus.weeks.rules.values import Dish, Policy

GRAM, TENTH = 1000, 100  # milligrams
# What is made less or more of, by rule.
SCALED: Mapping[str, frozenset[str]] = {
    "oil": frozenset({"oil"}),
    "salt": frozenset({"salt", "condiment"}),
    "energy": frozenset({"cereal", "tuber"}),
}
LEAST_FACTOR, MOST_FACTOR = 0.5, 1.5


def to_meat_share(dish: Dish, policy: Policy) -> Dish | None:
    """The dish with more meat and less of the rest, about as large, at or just over the share.

    Whole grams: meat rounded up, the rest down. None when it has no meat, or has the share already.
    """
    meat, main = weights(dish.ingredients, eggs_are_meat=policy.eggs_are_meat)
    share = policy.meat_share
    if meat == 0 or meat * share.denominator >= main * share.numerator:
        return None
    more, less = share * main / meat, (1 - share) * main / (main - meat)
    shifted = []
    for ingredient in dish.ingredients:
        milligrams = ingredient.milligrams
        if ingredient.main:
            grows = is_meat(ingredient, eggs_are_meat=policy.eggs_are_meat)
            grams = ceil(milligrams * more / GRAM) if grows else int(milligrams * less / GRAM)
            milligrams = grams * GRAM
        shifted.append(replace(ingredient, milligrams=milligrams))
    return replace(dish, ingredients=tuple(i for i in shifted if i.milligrams > 0))


def factors(found: float, wanted: float) -> list[float]:
    """By how much to scale so that a figure comes to what is wanted: just so, and a little past it."""
    if found <= 0:
        return []
    past = 1.25 if wanted > found else 0.8  # table 2 lies a sixth under the caps
    tries = (wanted / found, wanted / found * past)
    return [factor for factor in tries if LEAST_FACTOR <= factor <= MOST_FACTOR]


def scaled(dish: Dish, groups: frozenset[str], factor: float) -> Dish:
    """The dish with its ingredients of these groups scaled, in steps of 0.1 g."""
    return replace(
        dish, ingredients=tuple(_scaled(i, factor) if i.group in groups else i for i in dish.ingredients)
    )


def _scaled(ingredient: Ingredient, factor: float) -> Ingredient:
    milligrams = max(TENTH, int(ingredient.milligrams * factor / TENTH) * TENTH)
    return replace(ingredient, milligrams=milligrams)
