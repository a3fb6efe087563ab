"""One helping judged: everything a page shows beside a recipe."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from menus.dishes.rules.cost import Cost, cost_of
from menus.dishes.rules.ingredients import Nutrients
from menus.dishes.rules.share import LEAST, reaches, share_of, shown
from menus.dishes.rules.values import Recipe


@dataclass(frozen=True, slots=True)
class Helping:
    """Nutrients, meat share (0 to 1, exact; eggs counted), allergens and cost of one helping.

    `reaches` tells whether the share is at least the half; `unknown` names what the table of foods lacks.
    """

    nutrients: Nutrients
    share: Fraction
    reaches: bool
    allergens: frozenset[str]
    cost: Cost
    unknown: tuple[str, ...]
    raw_milligrams: int

    @property
    def percent(self) -> float:
        """The meat share as people read it, never rounded up to the half."""
        return shown(self.share * 100, LEAST * 100, 1)


def helping_of(recipe: Recipe, fen_per_kg: Mapping[str, int]) -> Helping:
    """What one helping of the recipe is; `fen_per_kg` holds prices by food code."""
    return Helping(
        nutrients=recipe.nutrients,
        share=share_of(recipe.ingredients),
        reaches=reaches(recipe.ingredients),
        allergens=recipe.allergens,
        cost=cost_of(recipe.ingredients, fen_per_kg),
        unknown=tuple(i.name for i in recipe.ingredients if i.food is None),
        raw_milligrams=sum(i.milligrams for i in recipe.ingredients),
    )
