"""Foods as JSON."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import listing
from menus.foods import services
from menus.foods.forms import FoodForm
from menus.foods.rules import Food

AnyRequest = Request[Any, Any, Any]


class FoodOut(msgspec.Struct, frozen=True):
    """A food. `nutrients` are per 100 g edible, null when unknown; `own` marks the school's rows."""

    code: str
    name: str
    aliases: list[str]
    group: str
    animal: str
    edible_pct: float
    nutrients: dict[str, float | None]
    allergens: list[str]
    season: str
    banned: str
    source: str
    match: str
    note: str
    own: bool


class FoodsOut(msgspec.Struct, frozen=True):
    """A page of foods; `next` is the cursor of the following one."""

    items: list[FoodOut]
    next: str | None


def food_out(food: Food) -> FoodOut:
    """The food as programs read it."""
    return FoodOut(
        code=food.code,
        name=food.name,
        aliases=list(food.aliases),
        group=food.group,
        animal=food.animal,
        edible_pct=food.edible_pct,
        nutrients=dict(food.nutrients),
        allergens=sorted(food.allergens),
        season=food.season,
        banned=food.banned,
        source=food.source,
        match=food.match,
        note=food.note,
        own=services.is_own(food),
    )


@get("/api/v1/foods", opt={"may": "foods.read"})
async def list_foods(request: AnyRequest, actor: NamedDependency[Actor]) -> FoodsOut:
    """Foods that answer `q` (name, alias, pinyin), best first; also `group`, `banned`, `cursor`, `limit`."""
    asked = listing(request, filters=("group", "banned", "own"))
    foods, following = await services.search_foods(actor.school, asked)
    return FoodsOut([food_out(food) for food in foods], following)


@get("/api/v1/foods/{code:str}", opt={"may": "foods.read"})
async def get_food(actor: NamedDependency[Actor], code: FromPath[str]) -> FoodOut:
    """One food by its code."""
    return food_out(await services.find_food(actor.school, code))


@post("/api/v1/foods", opt={"may": "foods.edit"})
async def create_food(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> FoodOut:
    """Add a food of the school's own (a FoodForm as JSON)."""
    return food_out(await services.add_food(actor, parse(FoodForm, await read_form(request)), now=now))


routes: list[Any] = [list_foods, get_food, create_food]
