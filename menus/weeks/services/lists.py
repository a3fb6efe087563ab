"""Which weeks there are, and the dishes that this school knows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from canteen.kit.clock import monday_of
from canteen.kit.pages import Listing
from menus.dishes.rules import Age, Recipe, library, milligrams_at
from menus.foods.rules import normalised, spelled
from menus.weeks.forms import DishForm, IngredientForm
from menus.weeks.rules import Dish, Ingredient, Kind
from menus.weeks.rules.states import ServingStatus
from menus.weeks.services.sheet import Larder, WeekHead, head_of, larder_of
from menus.weeks.tables import Menu, MenuMeal, Portion, Serving

MOST_SERVINGS = 300  # as many as two months of lunches: what the kitchen has cooked lately
MOST_SUGGESTED = 12


async def weeks(school: int, asked: Listing) -> tuple[list[WeekHead], str | None]:
    """The weeks of a school, the latest first, and the next page's cursor.

    Filters: state, age, errors; `from` and `to`, the days (ISO 8601) that a week must touch.
    """
    here: Any = (Menu.school == school) & _touching(asked.filters)
    if state := asked.filters.get("state"):
        here = here & (Menu.state == state)
    if age := asked.filters.get("age"):
        here = here & (Menu.age == age)
    if asked.filters.get("errors"):
        here = here & (Menu.error_count > 0)
    if after := _after(asked.after):
        day, id_ = after
        here = here & ((Menu.first_day < day) | ((Menu.first_day == day) & (Menu.id < id_)))
    rows = await (
        Menu.select().where(here).order_by(Menu.first_day, Menu.id, ascending=False).limit(asked.limit + 1)
    )
    return asked.cut([head_of(row) for row in rows], lambda week: [week.first_day.isoformat(), week.id])


def _after(cursor: Any) -> tuple[date, int] | None:
    """The last week of the page before; None for a cursor that is not of this list."""
    try:
        day, id_ = msgspec.convert(cursor, tuple[date, Annotated[int, Meta(ge=0, le=2**63 - 1)]])
    except msgspec.ValidationError:
        return None
    return day, id_


def _touching(filters: Mapping[str, str]) -> Any:
    first = monday_of(date.fromisoformat(filters.get("from", date.min.isoformat())))
    last = date.fromisoformat(filters.get("to", date.max.isoformat()))
    return (Menu.first_day >= first) & (Menu.first_day <= last)


async def week_on(school: int, day: date, *, published: bool = False) -> list[int]:
    """The menus that have a meal on a day, by id; only published ones when asked."""
    rows = await MenuMeal.select(MenuMeal.week, MenuMeal.week.state).where(
        (MenuMeal.school == school) & (MenuMeal.day == day)
    )
    wanted = {"published", "served"} if published else None
    return sorted({row["week"] for row in rows if wanted is None or row["week.state"] in wanted})


async def known_dishes(school: int, age: Age = Age.NINE) -> list[Dish]:
    """What may come onto a menu: what was planned lately, then the shipped library; each name once."""
    larder = await larder_of(school)
    shipped = (dish_of(recipe, age, larder) for recipe in library())
    known: dict[str, Dish] = {}
    for dish in [*await _cooked_lately(school, larder), *shipped]:
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


def dish_of(recipe: Recipe, age: Age, larder: Larder) -> Dish:
    """A shipped recipe, in this school's foods and in helpings of the age band."""
    ingredients = tuple(
        larder.ingredient(i.name, milligrams_at(age, i.milligrams, {})) for i in recipe.ingredients
    )
    return Dish(recipe.name, recipe.kind, ingredients, recipe.label, recipe.size, recipe.method)


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


async def dish_named(school: int, name: str, age: Age) -> DishForm | None:
    """The known dish of exactly that name, as somebody would type it."""
    wanted = normalised(name)
    found = next((d for d in await known_dishes(school, age) if normalised(d.name) == wanted), None)
    if found is None:
        return None
    lines = tuple(IngredientForm(i.name, i.milligrams) for i in found.ingredients)
    return DishForm(found.name, lines, found.label or str(found.kind), found.method)
