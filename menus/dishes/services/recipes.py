"""Recipes between the table and the value that rules work with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from menus.dishes.forms import DishForm, LineForm
from menus.dishes.rules import (
    Age,
    Helping,
    Kind,
    Line,
    Recipe,
    food_named,
    helping_of,
    ingredients_at,
)
from menus.foods.rules import FoodTable

Prices = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Card:
    """A dish at one of its versions, ready to be shown: the recipe at 9-11 and what a helping of it is.

    `id` is the dish's, `version_id` the version's, `newest` the number of the newest version.
    """

    id: int
    version_id: int
    number: int
    newest: int
    lines: tuple[Line, ...]
    recipe: Recipe
    helping: Helping
    note: str
    photo: str | None
    created_by: int | None
    created_at: datetime
    changed_at: datetime
    retired_at: datetime | None
    origin_school: int | None
    origin_id: int | None

    def at(self, age: Age, foods: FoodTable) -> Recipe:
        """The recipe for another age band."""
        return recipe_of(self.recipe, self.lines, age, foods)


def card_of(row: Mapping[str, Any], foods: FoodTable, prices: Prices) -> Card:
    """A row of a version, with the columns that the dish adds (reading.COLUMNS), as a card."""
    lines = lines_of(row["ingredients"])
    recipe = _recipe(row, lines, Age.NINE, foods)
    return Card(
        id=row["dish"],
        version_id=row["id"],
        number=row["number"],
        newest=row["newest"],
        lines=lines,
        recipe=recipe,
        helping=helping_of(recipe, prices),
        note=row["note"],
        photo=row["photo"],
        created_by=row["created_by"],
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        retired_at=row["retired_at"],
        origin_school=row["origin_school"],
        origin_id=row["origin_id"],
    )


def _recipe(row: Mapping[str, Any], lines: Sequence[Line], age: Age, foods: FoodTable) -> Recipe:
    ingredients = ingredients_at(lines, age, foods)
    return Recipe(row["name"], Kind(row["kind"]), ingredients, size=row["size"], method=row["method"])


def recipe_of(known: Recipe, lines: Sequence[Line], age: Age, foods: FoodTable) -> Recipe:
    """The same dish with its lines at an age band."""
    ingredients = ingredients_at(lines, age, foods)
    return Recipe(known.name, known.kind, ingredients, known.label, known.size, known.method)


def recipe_of_form(form: DishForm, foods: FoodTable) -> Recipe:
    """What was typed as a recipe at 9-11."""
    ingredients = ingredients_at(lines_of_form(form.ingredients, foods), Age.NINE, foods)
    return Recipe(form.name, form.kind, ingredients, size=form.size, method=form.method or "")


def lines_of_form(forms: Sequence[LineForm], foods: FoodTable) -> tuple[Line, ...]:
    """The typed lines with the codes of the foods that the table knows now."""
    return tuple(_line(form, foods) for form in forms)


def _line(form: LineForm, foods: FoodTable) -> Line:
    bands = {Age.SIX: form.six, Age.TWELVE: form.twelve, Age.FIFTEEN: form.fifteen}
    food = food_named(form.name, foods)
    own = {age: milligrams for age, milligrams in bands.items() if milligrams is not None}
    return Line(form.name, food.code if food else None, form.milligrams, own)


def lines_of_recipe(recipe: Recipe) -> tuple[Line, ...]:
    """The lines of a shipped recipe."""
    return tuple(Line(i.name, i.food.code if i.food else None, i.milligrams) for i in recipe.ingredients)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that a version keeps as JSON."""
    return tuple(msgspec.json.decode(text, type=list[Line]))


def as_json(lines: Sequence[Line]) -> str:
    """Lines as a version keeps them."""
    return msgspec.json.encode(lines).decode()
