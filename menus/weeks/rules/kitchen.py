"""What the kitchen weighs for a meal: grams per head, times those who eat, times those who choose the dish.

A menu is written for one age band. Pupils of a band without a menu of its own eat of it in helpings by the
factors of the bands (menus.dishes.rules.ages). Of a choice group the expected part of the pupils takes each
dish (practice.md 17).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from menus.dishes.rules import FACTOR_PERCENT, WATER, milligrams_at
from menus.weeks.rules.values import Age, Dish

Heads = Mapping[Age, int]


@dataclass(frozen=True, slots=True)
class Need:
    """Raw milligrams of one ingredient: `each` per head of each band, `total` for all; 0 without heads."""

    name: str
    each: Mapping[Age, int]
    total: int


def helping_at(milligrams: int, own: Age, eater: Age) -> int:
    """What a head of another band gets of a dish written for the band `own`."""
    if own is eater:
        return milligrams
    return milligrams_at(eater, round(milligrams * 100 / FACTOR_PERCENT[own]), {})


def needs_of(dish: Dish, own: Age, heads: Heads) -> list[Need]:
    """What a dish needs, ingredient by ingredient; without heads the helpings of its own band."""
    permille = round(dish.share * 1000)
    bands = list(heads) or [own]
    needs = []
    for ingredient in dish.ingredients:
        each = {band: helping_at(ingredient.milligrams, own, band) for band in bands}
        whole = sum(each[band] * count for band, count in heads.items())
        needs.append(Need(ingredient.name, each, (whole * permille + 500) // 1000))
    return needs


def totals_of(dishes: Iterable[Dish], own: Age, heads: Heads) -> dict[str, int]:
    """Milligrams of each ingredient over the dishes of a meal, one food once whatever it is called.

    It is named as it was first written, for that is what stands beside the dishes. Water is left out.
    """
    written: dict[str, str] = {}
    totals: dict[str, int] = {}
    for dish in dishes:
        for ingredient, need in zip(dish.ingredients, needs_of(dish, own, heads), strict=True):
            if ingredient.known_name != WATER:
                name = written.setdefault(ingredient.known_name, ingredient.name)
                totals[name] = totals.get(name, 0) + need.total
    return totals


def eaters_of(heads: Heads, own: Age, with_menus: Iterable[Age]) -> dict[Age, int]:
    """Those who eat of the menu of the band `own`: that band, and the bands without a menu of their own."""
    others = set(with_menus) - {own}
    return {band: heads[band] for band in Age if heads.get(band) and band not in others}
