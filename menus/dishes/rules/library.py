"""The dishes that come with the product (menus/dishes/data): to copy from, to mend with, to plan from."""

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby

from menus.dishes.rules.ingredients import Ingredient, food_named
from menus.dishes.rules.kinds import kind_of, size_of
from menus.dishes.rules.methods import method_of
from menus.dishes.rules.values import Kind, Recipe
from menus.foods.rules import FoodTable, shipped


def library(foods: FoodTable | None = None) -> tuple[Recipe, ...]:
    """Every shipped dish at 9-11, in the file's order; a school's own table may stand for the shipped one."""
    return _shipped() if foods is None else tuple(_recipe(rows, foods) for rows in _dishes())


@cache
def _shipped() -> tuple[Recipe, ...]:
    return library(shipped())


@cache
def _dishes() -> tuple[list[Mapping[str, str]], ...]:
    text = (files("menus.dishes") / "data" / "dishes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return tuple(list(group) for _name, group in groupby(rows, key=lambda row: row["菜名"]))


def _recipe(rows: Iterable[Mapping[str, str]], foods: FoodTable) -> Recipe:
    lines = list(rows)
    label, method = lines[0]["类别"], method_of(lines[0]["做法"])
    return Recipe(
        name=lines[0]["菜名"],
        kind=kind_of(label) or Kind.SNACK,
        ingredients=tuple(_ingredient(line, foods) for line in lines),
        label=label,
        size=size_of(label),
        method=method.value if method else "",
    )


def _ingredient(line: Mapping[str, str], foods: FoodTable) -> Ingredient:
    return Ingredient(line["食材"], round(float(line["克重"]) * 1000), food_named(line["食材"], foods))
