"""What a meal needs of each food, which goods of the store cover it, and what is short.

Weights are raw, as bought (the kitchen sheet's), so that grams of food are grams of goods.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from menus.dishes.rules import WATER
from menus.weeks.rules import Age, Dish
from menus.weeks.rules.kitchen import Heads, needs_of

MILLIGRAMS = 1000


@dataclass(frozen=True, slots=True)
class FoodNeed:
    """So many grams of a food; `code` is None for a name that the composition table does not know."""

    code: str | None
    name: str
    grams: int


@dataclass(frozen=True, slots=True)
class OnHand:
    """A good of the store that is led to a food: grams that may go, in the order in which goods go."""

    good: int
    grams: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A need and what covers it: grams of goods, and what is short."""

    need: FoodNeed
    parts: Sequence[OnHand]
    on_hand: int

    @property
    def short(self) -> int:
        """Grams that the store lacks: what to buy."""
        return max(0, self.need.grams - self.on_hand)


def food_needs(dishes: Iterable[Dish], own: Age, heads: Heads) -> list[FoodNeed]:
    """The foods of a meal for those who eat, each once, in the order of the menu; water is left out."""
    names: dict[str, tuple[str | None, str]] = {}
    totals: dict[str, int] = {}
    for dish in dishes:
        for ingredient, need in zip(dish.ingredients, needs_of(dish, own, heads), strict=True):
            if ingredient.known_name == WATER:
                continue
            code = ingredient.food.code if ingredient.food else None
            key = code or f"?{ingredient.known_name}"
            names.setdefault(key, (code, ingredient.known_name))
            totals[key] = totals.get(key, 0) + need.total
    return [FoodNeed(*names[key], _grams(total)) for key, total in totals.items()]


def _grams(milligrams: int) -> int:
    """Rounded up: a gram too much is fetched rather than one too few."""
    return -(-milligrams // MILLIGRAMS)


def summed(needs: Iterable[FoodNeed]) -> list[FoodNeed]:
    """The needs of several meals, each food once."""
    found: dict[str, FoodNeed] = {}
    for need in needs:
        key = need.code or f"?{need.name}"
        before = found.get(key)
        found[key] = FoodNeed(need.code, need.name, need.grams + (before.grams if before else 0))
    return list(found.values())


def covered(need: FoodNeed, goods: Sequence[OnHand]) -> Cover:
    """Take the goods in their order until the need is met."""
    left, parts = need.grams, []
    for one in goods:
        if part := min(left, one.grams):
            parts.append(OnHand(one.good, part))
            left -= part
    return Cover(need, parts, sum(one.grams for one in goods))


def unmatched(needs: Iterable[FoodNeed], goods: Container[str | None]) -> list[FoodNeed]:
    """The foods that no good of the catalogue is led to, and the names that no food is known for."""
    return [need for need in needs if need.code is None or need.code not in goods]
