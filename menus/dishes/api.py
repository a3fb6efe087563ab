"""Dishes as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import listing
from menus.dishes import services
from menus.dishes.forms import CopyForm, DishForm
from menus.dishes.rules import Age, Kind, Line
from menus.foods.rules import NUTRIENTS

AnyRequest = Request[Any, Any, Any]
READ: dict[str, Any] = {"may": "dishes.read"}
EDIT: dict[str, Any] = {"may": "dishes.edit"}


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


async def _sent(request: AnyRequest) -> Mapping[str, Any]:
    """The body, weights that came as JSON numbers read as grams, as they are when typed."""
    body = await read_form(request)
    lines = body.get("ingredients")
    if not isinstance(lines, list):
        return body
    return {**body, "ingredients": [_typed(line) if isinstance(line, dict) else line for line in lines]}


def _typed(line: Mapping[str, Any]) -> Mapping[str, Any]:
    numbers = {k: str(v) for k, v in line.items() if k.startswith("grams") and type(v) in (int, float)}
    return {**line, **numbers}


@get("/api/v1/dishes", opt=READ)
async def list_dishes(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> DishesOut:
    """Dishes in use that answer `q` (name, pinyin) and `kind`; also `retired`, `sort`, `cursor`, `limit`."""
    asked = listing(request, filters=services.FILTERS, sorts=services.SORTS)
    cards, following = await services.list_dishes(actor.school, asked, today=local_day(now))
    return DishesOut([dish_out(card) for card in cards], following)


@get("/api/v1/dishes/{dish:int}", opt=READ)
async def get_dish(
    actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: FromPath[int]
) -> DishOut:
    """One dish by its id."""
    return await _out(actor.school, dish, local_day(now))


@post("/api/v1/dishes", opt=EDIT)
async def create_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> DishOut:
    """Add a dish (a DishForm as JSON)."""
    dish = await services.add_dish(actor, parse(DishForm, await _sent(request)), now=now)
    return await _out(actor.school, dish, local_day(now))


@post("/api/v1/dishes/{dish:int}/versions", opt=EDIT)
async def create_version(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: FromPath[int]
) -> DishOut:
    """Change a dish: a new version (a DishForm as JSON); with `version` only if that is the newest still."""
    await services.change_dish(actor, dish, parse(DishForm, await _sent(request)), now=now)
    return await _out(actor.school, dish, local_day(now))


@post("/api/v1/dishes/{dish:int}/copies", opt=EDIT)
async def create_copy(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: FromPath[int]
) -> DishOut:
    """Copy a dish under `name`, or under the first free one."""
    copy = await services.copy_dish(actor, dish, parse(CopyForm, await read_form(request)), now=now)
    return await _out(actor.school, copy, local_day(now))


@post("/api/v1/dishes/{dish:int}/retire", opt={"may": "dishes.retire"}, status_code=200)
async def retire_dish(
    actor: NamedDependency[Actor], now: NamedDependency[datetime], dish: FromPath[int]
) -> DishOut:
    """Take a dish out of use."""
    await services.retire_dish(actor, dish, now=now)
    return await _out(actor.school, dish, local_day(now))


routes: list[Any] = [list_dishes, get_dish, create_dish, create_version, create_copy, retire_dish]
