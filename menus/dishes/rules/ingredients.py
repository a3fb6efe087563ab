"""What goes into a dish, by weight, and what it brings: the edible part times the table's figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

from menus.foods.rules import NUTRIENTS, Food, FoodTable, normalised

# Left out of a dish's main ingredients (domain.md, decision 3): oil, salt, sugar, condiments, and water.
NOT_MAIN = frozenset({"oil", "salt", "sugar", "condiment"})
WATER, STARCH = "水", "淀粉"
WATERS = frozenset({"开水", "热水", "温水", "冷水", "凉水", "冰水", "白开水", "凉白开", "自来水"})


@dataclass(frozen=True, slots=True)
class Ingredient:
    """Raw milligrams of one food per head, as purchased; `food` is None when the table lacks the name."""

    name: str
    milligrams: int
    food: Food | None

    @property
    def edible_micrograms(self) -> int:
        """The edible part, exact; an unknown food counts with its whole raw weight."""
        return self.milligrams * (1000 if self.food is None else round(self.food.edible_pct * 10))

    @property
    def edible_grams(self) -> float:
        """The edible part in grams."""
        return self.edible_micrograms / 1_000_000

    @property
    def group(self) -> str:
        """The food's group, "" when the table lacks it."""
        return self.food.group if self.food else ""

    @property
    def known_name(self) -> str:
        """The food's usual name, or the name as written when the table lacks it."""
        return self.food.name if self.food else self.name

    @property
    def main(self) -> bool:
        """Whether it is a main ingredient: neither oil, salt, sugar, condiment (starch too) nor water."""
        return self.food is None or not (self.food.group in NOT_MAIN or self.food.name == WATER)


def food_named(name: str, foods: FoodTable) -> Food | None:
    """The food of a name; any water is water and any starch starch, though the table lacks that kind."""
    plain = normalised(name)
    if plain in WATERS:
        return foods.find(WATER)
    return foods.find(name) or (foods.find(STARCH) if plain.endswith(STARCH) else None)


@dataclass(frozen=True, slots=True)
class Nutrients:
    """Sums of what is known by key of NUTRIENTS, and the keys for which some figure was unknown."""

    amounts: Mapping[str, float]
    incomplete: frozenset[str] = frozenset()

    def times(self, factor: float) -> "Nutrients":
        """The same, scaled."""
        if factor == 1:
            return self
        return Nutrients({key: amount * factor for key, amount in self.amounts.items()}, self.incomplete)

    def plus(self, other: "Nutrients") -> "Nutrients":
        """Both together."""
        sums = {key: amount + other.amounts[key] for key, amount in self.amounts.items()}
        return Nutrients(sums, self.incomplete | other.incomplete)


NOTHING = Nutrients(dict.fromkeys(NUTRIENTS, 0.0))


def nutrients_of(ingredients: Iterable[Ingredient]) -> Nutrients:
    """The nutrients of raw ingredients.

    A blank figure of a known food makes that nutrient incomplete, an unknown food every one.
    """
    amounts, incomplete = dict.fromkeys(NUTRIENTS, 0.0), set[str]()
    for ingredient in ingredients:
        if ingredient.food is None:
            incomplete.update(NUTRIENTS)
            continue
        hundreds = ingredient.edible_grams / 100
        for key, per_hundred in ingredient.food.nutrients.items():
            if per_hundred is None:
                incomplete.add(key)
            else:
                amounts[key] += per_hundred * hundreds
    return Nutrients(amounts, frozenset(incomplete))


def total(parts: Iterable[Nutrients]) -> Nutrients:
    """All parts together."""
    return reduce(Nutrients.plus, parts, NOTHING)
