"""The larder: what names mean in a school, and what its foods cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from menus.dishes.rules import WATER
from menus.foods.rules import Food, FoodTable, normalised
from menus.foods.services import table_of
from menus.weeks.rules import Ingredient, food_named
from menus.weeks.tables import VagueName

Prices = Mapping[str, int]
NO_PRICES: Prices = MappingProxyType({})
MILLIGRAMS_PER_KG = 1_000_000


@dataclass(frozen=True, slots=True)
class Larder:
    """What names mean in this school: its food table, its answers for vague names, its prices by code."""

    foods: FoodTable
    answers: Mapping[str, str | None]
    prices: Prices = field(default_factory=dict)
    _met: dict[tuple[str, str | None], tuple[str, Food | None]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def at(self, prices: Prices) -> "Larder":
        """The same at other prices; what a name means is looked up once for both."""
        return replace(self, prices=prices)

    def ingredient(self, name: str, milligrams: int, code: str | None = None) -> Ingredient:
        """An ingredient as the rules judge it; a vague name by what the school means by it."""
        met = self._met.get((name, code))
        if met is None:  # a week names the same food again and again
            met = self._met[name, code] = self._meant(name, code)
        return Ingredient(met[0], milligrams, met[1])

    def _meant(self, name: str, code: str | None) -> tuple[str, Food | None]:
        food = self.foods.get(code) if code else None
        answer = self.answers.get(normalised(name))
        if food is None and answer and (food := self.foods.get(answer)):
            return food.name, food
        return name, food or food_named(name, self.foods)

    def open(self, name: str) -> bool:
        """Whether the school leaves this name open until goods-in."""
        return self.answers.get(normalised(name), "") is None

    def fen(self, food: Food | None, milligrams: int) -> float | None:
        """What so much of a food costs; None when nobody has typed its price."""
        price = self.prices.get(food.code) if food else None
        return None if price is None else price * milligrams / MILLIGRAMS_PER_KG

    def cost(self, ingredients: Iterable[Ingredient]) -> tuple[int | None, tuple[str, ...]]:
        """Fen of what has a price (None: nothing has), and the names of what has none; water is free."""
        known: list[float] = []
        unpriced: dict[str, None] = {}
        for ingredient in ingredients:
            fen = self.fen(ingredient.food, ingredient.milligrams)
            if ingredient.known_name == WATER:
                continue
            if fen is None:
                unpriced[ingredient.name] = None
            else:
                known.append(fen)
        return (round(sum(known)) if known else None), tuple(unpriced)


async def larder_of(school: int, prices: Prices = NO_PRICES) -> Larder:
    """What names mean in this school (three small queries)."""
    rows = await VagueName.select(VagueName.spelling, VagueName.food_code).where(VagueName.school == school)
    return Larder(await table_of(school), {r["spelling"]: r["food_code"] for r in rows}, prices)
