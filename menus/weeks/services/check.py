"""Check a menu file: from its bytes to the verdict, without a database."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from menus.foods.rules import FoodTable, normalised, shipped
from menus.weeks.forms import MenuLine, read_menu
from menus.weeks.rules import (
    Age,
    Dish,
    Ingredient,
    Meal,
    MealName,
    Policy,
    Verdict,
    Week,
    food_named,
    judge,
    size_of,
)


def check_file(data: bytes, filename: str, *, age: Age = Age.NINE, policy: Policy | None = None) -> Verdict:
    """The verdict on a menu file, by the shipped food table. Raises BadFile with every error of every row."""
    week = week_of(read_menu(data, filename), shipped())
    return judge(week, age, policy or Policy())


def week_of(lines: Iterable[MenuLine], foods: FoodTable) -> Week:
    """The lines as a week, in order of first appearance; each ingredient with its food, None if unknown."""
    ordered = _grouped(lines)
    meals = groupby(ordered, key=lambda dish: (dish[0].day, dish[0].meal))
    return Week(tuple(_meal(*key, list(dishes), foods) for key, dishes in meals))


def _grouped(lines: Iterable[MenuLine]) -> list[list[MenuLine]]:
    """Lines by dish, dishes of one meal together, wherever in the file they stand."""
    by_dish: dict[tuple[date, MealName, str], list[MenuLine]] = {}
    for line in lines:
        by_dish.setdefault((line.day, line.meal, normalised(line.dish)), []).append(line)
    first: dict[tuple[date, MealName], int] = {}
    for place, (day, meal, _dish) in enumerate(by_dish):
        first.setdefault((day, meal), place)
    return sorted(by_dish.values(), key=lambda dish: first[dish[0].day, dish[0].meal])


def _meal(day: date, name: MealName, dishes: list[list[MenuLine]], foods: FoodTable) -> Meal:
    return Meal(day, name, tuple(_dish(lines, foods) for lines in dishes))


def _dish(lines: list[MenuLine], foods: FoodTable) -> Dish:
    """One dish; the same ingredient on two lines is one ingredient."""
    head = lines[0]
    names: dict[str, str] = {}
    weights: dict[str, int] = {}
    for line in lines:
        name = names.setdefault(normalised(line.ingredient), line.ingredient)
        weights[name] = weights.get(name, 0) + line.milligrams
    ingredients = tuple(Ingredient(name, mg, food_named(name, foods)) for name, mg in weights.items())
    method = " ".join(dict.fromkeys(line.method for line in lines if line.method))
    choice = next((line.choice for line in lines if line.choice), "")
    percent = next((line.percent for line in lines if line.percent), 100)
    size, share = size_of(head.label), percent / 100
    return Dish(head.dish, head.kind, ingredients, head.label, size, method, choice, share)
