"""A meal and a day summed up once, so that a week is judged without walking the dishes again."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from menus.dishes.rules import WATER, Ingredient
from menus.weeks.rules.limits import Limits, shares_of
from menus.weeks.rules.values import Dish, Meal, MealName

# 1 g of salt holds 393 mg of sodium: grams of salt = mg of sodium x 2.54 / 1000.
SALT_PER_SODIUM = 2.54 / 1000
# Not counted among the kinds: what only seasons (the guideline leaves out oil and condiments).
SEASONING_GROUPS = frozenset({"oil", "salt", "sugar", "condiment"})
PLACE = {name: place for place, name in enumerate(MealName)}
VEGETABLE_GROUPS = frozenset({"vegetable", "mushroom", "seaweed"})
SEASONING_VEGETABLES = frozenset({"大葱", "小葱", "大蒜", "生姜", "香菜"})


@dataclass(frozen=True, slots=True)
class Portion:
    """One food on the average eater's plate over a day; a dish that half take brings half."""

    ingredient: Ingredient
    grams: float


@dataclass(frozen=True)
class Day:
    """What the meals of one day offer together."""

    day: date
    meals: tuple[Meal, ...]

    @cached_property
    def dishes(self) -> tuple[Dish, ...]:
        """Every dish of the day."""
        return tuple(dish for meal in self.meals for dish in meal.dishes)

    @cached_property
    def portions(self) -> tuple[Portion, ...]:
        """Every food of the day, once, with its edible grams."""
        micrograms: dict[str, float] = {}
        first: dict[str, Ingredient] = {}
        for dish in self.dishes:
            for ingredient in dish.ingredients:
                name = ingredient.known_name
                first.setdefault(name, ingredient)
                micrograms[name] = micrograms.get(name, 0) + ingredient.edible_micrograms * dish.share
        return tuple(Portion(first[name], weight / 1_000_000) for name, weight in micrograms.items())

    @cached_property
    def by_group(self) -> Mapping[str, tuple[Portion, ...]]:
        """The foods of the day by their group; "" holds the unknown ones."""
        groups: dict[str, list[Portion]] = {}
        for portion in self.portions:
            groups.setdefault(portion.ingredient.group, []).append(portion)
        return {group: tuple(portions) for group, portions in groups.items()}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The foods offered, by usual name; oil, salt, sugar, condiments and water left out."""
        return frozenset(self._names(self.by_group.keys() - SEASONING_GROUPS)) - {WATER}

    @cached_property
    def vegetable_kinds(self) -> frozenset[str]:
        """The vegetables, mushrooms and seaweeds offered; what only seasons left out."""
        return frozenset(self._names(VEGETABLE_GROUPS)) - SEASONING_VEGETABLES

    @property
    def salt_grams(self) -> float:
        """Salt, and the salt within soy sauce, oyster sauce and other condiments, by their sodium."""
        condiments = ((p.ingredient.food, p.grams) for p in self.by_group.get("condiment", ()))
        sodium = sum((food.nutrients["sodium_mg"] or 0) * grams / 100 for food, grams in condiments if food)
        return self.grams_of("salt") + sodium * SALT_PER_SODIUM

    def grams_of(self, group: str, names: Container[str] | None = None) -> float:
        """Edible grams of a group, or of some foods of it."""
        portions = self.by_group.get(group, ())
        return sum(p.grams for p in portions if names is None or p.ingredient.known_name in names)

    def shares(self, limits: Limits) -> tuple[float, float]:
        """The least and most part of a day's needs that these meals should bring."""
        return shares_of((meal.name for meal in self.meals), limits)

    def _names(self, groups: Iterable[str]) -> Iterator[str]:
        return (p.ingredient.known_name for group in groups for p in self.by_group.get(group, ()))


def days_of(meals: Iterable[Meal]) -> list[Day]:
    """The meals by day, in order; two sittings of one meal (lunch twice) stand beside each other."""
    in_order = sorted(meals, key=lambda meal: (meal.day, PLACE[meal.name]))
    return [Day(day, tuple(group)) for day, group in groupby(in_order, key=lambda meal: meal.day)]


def mean(figures: Iterable[float]) -> float:
    """The mean of some figures, 0 of none."""
    listed = list(figures)
    return sum(listed) / len(listed) if listed else 0.0
