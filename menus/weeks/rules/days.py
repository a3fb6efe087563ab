"""A meal and a day summed up once, so that a week is judged without walking the dishes again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import groupby

from menus.dishes.rules import WATER, Ingredient, Nutrients, total
from menus.weeks.rules.limits import Limits, shares_of
from menus.weeks.rules.values import Dish, Meal, MealName

# 1 g of salt holds 393 mg of sodium: grams of salt = mg of sodium x 2.54 / 1000.
SALT_PER_SODIUM = 2.54 / 1000
# Not counted among the kinds: what only seasons (the guideline leaves out oil and condiments).
SEASONING_GROUPS = frozenset({"oil", "salt", "sugar", "condiment"})
VEGETABLE_GROUPS = frozenset({"vegetable", "mushroom", "seaweed"})
SEASONING_VEGETABLES = frozenset({"大葱", "小葱", "大蒜", "生姜", "香菜"})


@dataclass(frozen=True)
class Portion:
    """One ingredient on its way to the average eater: a dish that half take brings half."""

    ingredient: Ingredient
    share: float

    @property
    def grams(self) -> float:
        """Edible grams."""
        return self.ingredient.edible_grams * self.share


@dataclass(frozen=True)
class Day:
    """What the meals of one day (or one meal) offer together."""

    day: date
    meals: tuple[Meal, ...]

    @cached_property
    def dishes(self) -> tuple[Dish, ...]:
        """Every dish of the day."""
        return tuple(dish for meal in self.meals for dish in meal.dishes)

    @cached_property
    def portions(self) -> tuple[Portion, ...]:
        """Every ingredient of the day with the part of the pupils that eats it."""
        return tuple(Portion(i, dish.share) for dish in self.dishes for i in dish.ingredients)

    @cached_property
    def nutrients(self) -> Nutrients:
        """What an average eater gets, by the expected shares of the choices."""
        return total(dish.nutrients.times(dish.share) for dish in self.dishes)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The foods offered, by usual name; oil, salt, sugar, condiments and water left out."""
        counted = (p.ingredient for p in self.portions if p.ingredient.group not in SEASONING_GROUPS)
        return frozenset(i.known_name for i in counted) - {WATER}

    @cached_property
    def vegetable_kinds(self) -> frozenset[str]:
        """The vegetables, mushrooms and seaweeds offered; what only seasons left out."""
        names = {p.ingredient.known_name for p in self.portions if p.ingredient.group in VEGETABLE_GROUPS}
        return frozenset(names - SEASONING_VEGETABLES)

    @cached_property
    def oil_grams(self) -> float:
        """Cooking oil and fat."""
        return self.grams_of(lambda i: i.group == "oil")

    @cached_property
    def salt_grams(self) -> float:
        """Salt, and the salt within soy sauce, oyster sauce and other condiments, by their sodium."""
        return self.grams_of(lambda i: i.group == "salt") + self._condiment_sodium * SALT_PER_SODIUM

    @property
    def _condiment_sodium(self) -> float:
        foods = ((p.ingredient.food, p.grams) for p in self.portions if p.ingredient.group == "condiment")
        return sum((food.nutrients["sodium_mg"] or 0) * grams / 100 for food, grams in foods if food)

    def grams_of(self, wanted: Callable[[Ingredient], bool]) -> float:
        """Edible grams of the wanted ingredients."""
        return sum(p.grams for p in self.portions if wanted(p.ingredient))

    def shares(self, limits: Limits) -> tuple[float, float]:
        """The least and most part of a day's needs that these meals should bring."""
        return shares_of((meal.name for meal in self.meals), limits)


def days_of(meals: Iterable[Meal]) -> list[Day]:
    """The meals by day, in order; two sittings of one meal (lunch twice) stand beside each other."""
    in_order = sorted(meals, key=lambda meal: (meal.day, list(MealName).index(meal.name)))
    return [Day(day, tuple(group)) for day, group in groupby(in_order, key=lambda meal: meal.day)]


def mean_of(days: list[Day]) -> Nutrients:
    """The mean per day served."""
    return total(day.nutrients for day in days).times(1 / len(days)) if days else total(())


def mean(figures: Iterable[float]) -> float:
    """The mean of some figures, 0 of none."""
    count, summed = reduce(lambda sofar, figure: (sofar[0] + 1, sofar[1] + figure), figures, (0, 0.0))
    return summed / count if count else 0.0
