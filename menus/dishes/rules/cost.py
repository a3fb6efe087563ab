"""What one helping costs: raw weight as purchased times the price a kilogram."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from menus.dishes.rules.ingredients import WATER, Ingredient

MILLIGRAMS_A_KILOGRAM = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """Fen of what has a price, rounded half up once; the names of what has none. Water is free."""

    fen: int
    unpriced: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every ingredient has a price."""
        return not self.unpriced


def cost_of(ingredients: Iterable[Ingredient], fen_per_kg: Mapping[str, int]) -> Cost:
    """The cost of raw ingredients; `fen_per_kg` holds prices by food code."""
    total, unpriced = 0, []
    for ingredient in ingredients:
        price = fen_per_kg.get(ingredient.food.code) if ingredient.food else None
        if price is not None:
            total += ingredient.milligrams * price
        elif ingredient.known_name != WATER:
            unpriced.append(ingredient.known_name)
    fen = (total + MILLIGRAMS_A_KILOGRAM // 2) // MILLIGRAMS_A_KILOGRAM
    return Cost(fen, tuple(dict.fromkeys(unpriced)))
