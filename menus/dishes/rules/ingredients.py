"""What goes into a dish, by weight, and what it brings: the edible part times the table's figures."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from operator import mul

from menus.foods.rules import NUTRIENTS, Food, FoodTable, normalised

# Left out of a dish's main ingredients (domain.md, decision 3): oil, salt, sugar, condiments, and water.
NOT_MAIN = frozenset({"oil", "salt", "sugar", "condiment"})
WATER, STARCH = "水", "淀粉"
WATERS = frozenset({"开水", "热水", "温水", "冷水", "凉水", "冰水", "白开水", "凉白开", "自来水"})


@dataclass(frozen=True, slots=True)
class Ingredient:
    """Raw milligrams of one food per head, as purchased; `food` is None when the table lacks the name.

    Worked out once, as every rule asks: `edible_micrograms` is the edible part, exact (an unknown food counts
    with its whole raw weight), `group` the food's group ("" when unknown), `known_name` its usual name (or
    the name as written), `main` whether it is a main ingredient: neither oil, salt, sugar, condiment (starch
    too) nor water.
    """

    name: str
    milligrams: int
    food: Food | None
    edible_micrograms: int = field(init=False, repr=False, compare=False)
    group: str = field(init=False, repr=False, compare=False)
    known_name: str = field(init=False, repr=False, compare=False)
    main: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out what follows from the food."""
        food = self.food
        per_mille = food.edible_per_mille if food else 1000
        object.__setattr__(self, "edible_micrograms", self.milligrams * per_mille)
        object.__setattr__(self, "group", food.group if food else "")
        object.__setattr__(self, "known_name", food.name if food else self.name)
        object.__setattr__(self, "main", not food or not (food.group in NOT_MAIN or food.name == WATER))

    @property
    def edible_grams(self) -> float:
        """The edible part in grams."""
        return self.edible_micrograms / 1_000_000


def food_named(name: str, foods: FoodTable) -> Food | None:
    """The food of a name; any water is water and any starch starch, though the table lacks that kind."""
    plain = normalised(name)
    if plain in WATERS:
        return foods.find(WATER)
    return foods.find(name) or (foods.find(STARCH) if plain.endswith(STARCH) else None)


@dataclass(frozen=True, slots=True)
class Nutrients:
    """Sums of what is known by key of NUTRIENTS, in its order, and the keys of which a figure was unknown."""

    amounts: Mapping[str, float]
    incomplete: frozenset[str] = frozenset()

    def times(self, factor: float) -> "Nutrients":
        """The same, scaled."""
        if factor == 1:
            return self
        return Nutrients({key: amount * factor for key, amount in self.amounts.items()}, self.incomplete)


NOTHING = Nutrients(dict.fromkeys(NUTRIENTS, 0.0))
ALL_UNKNOWN = frozenset(NUTRIENTS)


def nutrients_of(ingredients: Iterable[Ingredient]) -> Nutrients:
    """The nutrients of raw ingredients.

    A blank figure of a known food makes that nutrient incomplete, an unknown food every one.
    """
    return nutrients_eaten([(ingredient, 1.0) for ingredient in ingredients])


def nutrients_eaten(eaten: Collection[tuple[Ingredient, float]]) -> Nutrients:
    """The same of ingredients of which a part (0 to 1) is eaten: many dishes in one sum."""
    known = [(i.food, i.edible_grams * part / 100) for i, part in eaten if i.food]
    incomplete = frozenset[str]().union(*(food.unknown for food, _hundreds in known))
    hundreds = [each for _food, each in known]
    figures = zip(*(food.figures for food, _hundreds in known), strict=True)
    sums = _summed(map(mul, of_all, hundreds) for of_all in figures)
    return Nutrients(sums, incomplete if len(known) == len(eaten) else ALL_UNKNOWN)


def total(parts: Iterable[Nutrients]) -> Nutrients:
    """All parts together."""
    listed = list(parts)
    sums = _summed(zip(*(part.amounts.values() for part in listed), strict=True))
    return Nutrients(sums, frozenset(key for part in listed for key in part.incomplete))


def _summed(amounts: Iterable[Iterable[float]]) -> Mapping[str, float]:
    """The sums of each nutrient's amounts, which come in the order of NUTRIENTS; 0 each when none come."""
    return dict(zip(NUTRIENTS, map(sum, amounts), strict=False)) or NOTHING.amounts
