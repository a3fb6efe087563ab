"""The dishes that may come onto a menu: the school's recipes, what it planned lately, the shipped library."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from menus.dishes.rules import Age, Recipe, library, milligrams_at
from menus.dishes.services import pool
from menus.foods.rules import normalised, spelled
from menus.weeks.forms import DishForm, IngredientForm
from menus.weeks.rules import Dish, Ingredient, Kind
from menus.weeks.rules.states import ServingStatus
from menus.weeks.services.sheet import Larder, larder_of
from menus.weeks.tables import Portion, Serving

MOST_SERVINGS = 300  # as many as two months of lunches: what the kitchen has cooked lately
MOST_SUGGESTED = 12


async def known_dishes(school: int, age: Age, day: date) -> list[Dish]:
    """What may come onto a menu: own recipes, what was planned lately, the library; each name once."""
    larder = await larder_of(school)
    own = (of_recipe(recipe) for _card, recipe in await pool(school, age, today=day))
    shipped = (dish_of(recipe, age, larder) for recipe in library())
    known: dict[str, Dish] = {}
    for dish in [*own, *await _cooked_lately(school, larder), *shipped]:
        known.setdefault(normalised(dish.name), dish)
    return list(known.values())


async def _cooked_lately(school: int, larder: Larder) -> list[Dish]:
    """The dishes planned last, the newest first."""
    rows = await (
        Serving.select(Serving.id, Serving.name, Serving.kind, Serving.label, Serving.method)
        .where((Serving.school == school) & (Serving.status == ServingStatus.PLANNED.value))
        .order_by(Serving.id, ascending=False)
        .limit(MOST_SERVINGS)
    )
    lines = await (
        Portion.select(Portion.serving, Portion.name, Portion.milligrams, Portion.food_code)
        .where((Portion.school == school) & Portion.serving.is_in([row["id"] for row in rows] or [0]))
        .order_by(Portion.position, Portion.id)
    )
    by_dish: dict[int, list[Ingredient]] = {}
    for line in lines:
        found = larder.ingredient(line["name"], line["milligrams"], line["food_code"])
        by_dish.setdefault(line["serving"], []).append(found)
    return [
        Dish(
            row["name"], Kind(row["kind"]), tuple(by_dish.get(row["id"], ())), row["label"], "", row["method"]
        )
        for row in rows
        if row["kind"] != Kind.SEASONING.value
    ]


def of_recipe(recipe: Recipe) -> Dish:
    """A recipe as a meal may offer it."""
    return Dish(recipe.name, recipe.kind, recipe.ingredients, recipe.label, recipe.size, recipe.method)


def dish_of(recipe: Recipe, age: Age, larder: Larder) -> Dish:
    """A shipped recipe, in this school's foods and in helpings of the age band."""
    ingredients = tuple(
        larder.ingredient(i.name, milligrams_at(age, i.milligrams, {})) for i in recipe.ingredients
    )
    return replace(of_recipe(recipe), ingredients=ingredients)


def suggested(known: Sequence[Dish], typed: str) -> list[Dish]:
    """The dishes whose name, pinyin or initials hold what was typed."""
    wanted = normalised(typed)
    if not wanted:
        return []
    held = [dish for dish in known if wanted in normalised(dish.name)]
    if wanted.isascii():
        sounds = ((dish, spelled(dish.name)) for dish in known)
        held += [dish for dish, s in sounds if s.pinyin.startswith(wanted) or s.initials.startswith(wanted)]
    return list({dish.name: dish for dish in held}.values())[:MOST_SUGGESTED]


async def dish_named(school: int, name: str, age: Age, day: date) -> DishForm | None:
    """The known dish of exactly that name, as somebody would type it; a recipe keeps its link."""
    wanted = normalised(name)
    for card, recipe in await pool(school, age, today=day):
        if normalised(recipe.name) == wanted:
            return _form(of_recipe(recipe), card.id)
    known = await known_dishes(school, age, day)
    return next((_form(dish, None) for dish in known if normalised(dish.name) == wanted), None)


def _form(dish: Dish, recipe: int | None) -> DishForm:
    lines = tuple(
        IngredientForm(i.name, i.milligrams, i.food.code if recipe and i.food else None)
        for i in dish.ingredients
    )
    return DishForm(dish.name, lines, dish.label or str(dish.kind), dish.method, dish=recipe)
