"""Dishes as JSON."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_get, api_post
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId, listed
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import listing
from menus.dishes import services
from menus.dishes.forms import CopyForm, DishForm, DishIn
from menus.dishes.rules import Age, Kind, Line
from menus.foods.rules import NUTRIENTS

AnyRequest = Request[Any, Any, Any]
ASKED = {
    "kind": "Only this kind: meat, vegetable, soup, staple, fruit, dairy, snack or seasoning.",
    "retired": "Any text: only what is out of use.",
    "sort": "name or changed; -name and -changed run backwards.",
}


class LineOut(msgspec.Struct, frozen=True):
    """An ingredient: raw grams per head at 9-11, and of bands that have grams of their own, else null."""

    name: str
    food_code: str | None
    grams: float
    grams_6_8: float | None
    grams_12_14: float | None
    grams_15_17: float | None


class DishOut(msgspec.Struct, frozen=True):
    """A dish at its newest version, figures of one helping at 9-11.

    `meat_share` (0 to 1, eggs counted) is null except for meat dishes; sums are of what is known and
    `incomplete` names those that lack a figure; `cost_fen` is null when no ingredient has a price.
    """

    id: str
    version: int
    version_id: str
    name: str
    kind: str
    method: str
    size: str
    note: str
    ingredients: list[LineOut]
    meat_share: float | None
    nutrients: dict[str, float]
    incomplete: list[str]
    allergens: list[str]
    unknown_ingredients: list[str]
    cost_fen: int | None
    cost_complete: bool
    retired: bool


class DishesOut(msgspec.Struct, frozen=True):
    """A page of dishes; `next` is the cursor of the following one."""

    items: list[DishOut]
    next: str | None


def line_out(line: Line) -> LineOut:
    """A line as programs read it."""
    own = {age: milligrams / 1000 for age, milligrams in line.own.items()}
    bands = (own.get(age) for age in (Age.SIX, Age.TWELVE, Age.FIFTEEN))
    return LineOut(line.name, line.food_code, line.milligrams / 1000, *bands)


def dish_out(card: services.Card) -> DishOut:
    """A dish as programs read it."""
    recipe, helping = card.recipe, card.helping
    priced = len(helping.cost.unpriced) < len(recipe.ingredients)
    return DishOut(
        id=str(card.id),
        version=card.number,
        version_id=str(card.version_id),
        name=recipe.name,
        kind=recipe.kind.value,
        method=recipe.method,
        size=recipe.size,
        note=card.note,
        ingredients=[line_out(line) for line in card.lines],
        meat_share=round(helping.percent / 100, 3) if recipe.kind is Kind.MEAT else None,
        nutrients={key: round(amount, 3) for key, amount in helping.nutrients.amounts.items()},
        incomplete=[key for key in NUTRIENTS if key in helping.nutrients.incomplete],
        allergens=sorted(helping.allergens),
        unknown_ingredients=list(helping.unknown),
        cost_fen=helping.cost.fen if priced else None,
        cost_complete=helping.cost.complete,
        retired=card.retired_at is not None,
    )


async def _out(school: int, dish: int, today: date) -> DishOut:
    return dish_out(await services.find_dish(school, dish, today=today))


async def _sent(request: AnyRequest) -> DishForm:
    return parse(DishIn, await read_form(request)).as_typed()


@api_get("/api/v1/dishes", "dishes.read", asks=listed(ASKED, searched=True))
async def list_dishes(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> DishesOut:
    """Dishes in use that answer `q` (name, pinyin) and `kind`."""
    asked = listing(request, filters=services.FILTERS, sorts=services.SORTS)
    cards, following = await services.list_dishes(actor.school, asked, today=local_day(now))
    return DishesOut([dish_out(card) for card in cards], following)


@api_get("/api/v1/dishes/{dish:int}", "dishes.read")
async def get_dish(actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId) -> DishOut:
    """One dish by its id."""
    return await _out(actor.school, dish, local_day(now))


@api_post("/api/v1/dishes", "dishes.edit", takes=DishIn)
async def create_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> DishOut:
    """Add a dish."""
    dish = await services.add_dish(actor, await _sent(request), now=now)
    return await _out(actor.school, dish, local_day(now))


@api_post("/api/v1/dishes/{dish:int}/versions", "dishes.edit", takes=DishIn)
async def create_version(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> DishOut:
    """Change a dish: a new version; with `version` only if that is the newest still."""
    await services.change_dish(actor, dish, await _sent(request), now=now)
    return await _out(actor.school, dish, local_day(now))


@api_post("/api/v1/dishes/{dish:int}/copies", "dishes.edit", takes=CopyForm)
async def create_copy(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId
) -> DishOut:
    """Copy a dish under `name`, or under the first free one."""
    copy = await services.copy_dish(actor, dish, parse(CopyForm, await read_form(request)), now=now)
    return await _out(actor.school, copy, local_day(now))


@api_post("/api/v1/dishes/{dish:int}/retire", "dishes.retire", status=200)
async def retire_dish(actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: PathId) -> DishOut:
    """Take a dish out of use."""
    await services.retire_dish(actor, dish, now=now)
    return await _out(actor.school, dish, local_day(now))


routes: list[Any] = [list_dishes, get_dish, create_dish, create_version, create_copy, retire_dish]
