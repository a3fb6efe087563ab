"""Dishes to copy from: those that come with the product, and those of the tenants above a school."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from canteen.tenants.services import ancestors
from menus.dishes.forms import TakeForm
from menus.dishes.rules import Helping, Recipe, helping_of, library
from menus.dishes.services.keeping import keep_copy, keep_new, taken
from menus.dishes.services.reading import all_dishes
from menus.dishes.services.recipes import Card, as_json, lines_of, lines_of_recipe
from menus.dishes.tables import Dish, DishVersion
from menus.foods.rules import normalised, shipped, spelled
from menus.foods.services import prices_on, table_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A shipped dish as this school would cook it; `mine` when a dish of its name is in use here."""

    recipe: Recipe
    helping: Helping
    mine: bool


async def shipped_dishes(school: int, asked: Listing, *, today: date) -> tuple[list[Offer], str | None]:
    """One page of the shipped dishes that answer the search. Filters: kind, new (not in use here)."""
    foods, prices, used = await table_of(school), await prices_on(school, today), await _used(school)
    start = asked.after if isinstance(asked.after, int) and asked.after > 0 else 0
    found = [
        recipe
        for recipe in library(foods)
        if _answers(recipe, asked) and not (asked.filters.get("new") and normalised(recipe.name) in used)
    ]
    shown, cursor = asked.cut(found[start : start + asked.limit + 1], lambda _recipe: start + asked.limit)
    return [Offer(r, helping_of(r, prices), normalised(r.name) in used) for r in shown], cursor


async def dishes_above(school: int, asked: Listing, *, today: date) -> list[tuple[str, Card]]:
    """The dishes in use at the tenants above this school, with the name of the tenant, nearest first."""
    return [
        (above.name, card)
        for above in await ancestors(school)
        for card in await all_dishes(above.id, asked, today=today)
    ]


async def take_dishes(actor: Actor, form: TakeForm, *, now: datetime) -> list[int]:
    """Copy shipped dishes by name and dishes of tenants above by id; returns the copies' ids.

    What is in use here under the same name is passed over. Raises Missing when something is in no library.
    """
    async with write():
        made = [*await _take_shipped(actor, form.names, now), *await _take_above(actor, form.dishes, now)]
        if made:
            names = [name for _dish, name in made]
            await record(actor, "dishes.take", subject="dish", after={"names": names}, now=now)
    return [dish for dish, _name in made]


async def _take_shipped(actor: Actor, names: Sequence[str], now: datetime) -> list[tuple[int, str]]:
    made: list[tuple[int, str]] = []
    known = {normalised(recipe.name): recipe for recipe in library(await table_of(actor.school))}
    used = await _used(actor.school)
    for name in dict.fromkeys(map(normalised, names)):
        if name not in known:
            raise Missing
        if name not in used:
            recipe = known[name]
            made.append((await keep_new(actor, recipe, lines_of_recipe(recipe), now=now), recipe.name))
    return made


async def _take_above(actor: Actor, dishes: Sequence[int], now: datetime) -> list[tuple[int, str]]:
    made = []
    schools = [tenant.id for tenant in await ancestors(actor.school)] if dishes else []
    for dish in dishes:
        row = await _newest(schools, dish)
        if not await taken(actor.school, row["name"]):
            copied = {**row, "ingredients": _at_home(row["ingredients"])}
            made.append((await keep_copy(actor, copied, (row["school"], dish), now=now), row["name"]))
    return made


def _at_home(ingredients: str) -> str:
    """Lines as another tenant can read them: S001 is a food of its own in every school, so such codes go and
    the name tells the food."""
    lines = lines_of(ingredients)
    return as_json([x if shipped().get(x.food_code or "") else replace(x, food_code=None) for x in lines])


async def _newest(schools: Sequence[int], dish: int) -> dict[str, Any]:
    """The newest version of a dish in use at one of these tenants. Raises Missing."""
    if schools:
        here = DishVersion.school.is_in(list(schools)) & (DishVersion.dish == dish)
        newest = (DishVersion.number == DishVersion.dish.version) & DishVersion.dish.retired_at.is_null()
        columns = (*DishVersion.all_columns(), DishVersion.dish.version.as_alias("newest"))
        row: dict[str, Any] | None = await DishVersion.select(*columns).where(here & newest).first()
        if row is not None:
            return row
    raise Missing


def _answers(recipe: Recipe, asked: Listing) -> bool:
    wanted, kind = normalised(asked.q), asked.filters.get("kind", recipe.kind)
    if recipe.kind != kind:
        return False
    if not wanted or wanted in normalised(recipe.name):
        return True
    sound = spelled(recipe.name)
    return sound.pinyin.startswith(wanted) or sound.initials.startswith(wanted)


async def _used(school: int) -> set[str]:
    rows = await Dish.select(Dish.spelling).where((Dish.school == school) & Dish.retired_at.is_null())
    return {row["spelling"] for row in rows}
