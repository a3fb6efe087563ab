"""Foods as JSON."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.api import api_get, api_post
from canteen.kit.actor import Actor
from canteen.kit.described import listed
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import listing
from menus.foods import services
from menus.foods.forms import FoodForm
from menus.foods.rules import Food

AnyRequest = Request[Any, Any, Any]
FILTERS = {
    "group": "A food group.",
    "banned": "`ban` or `risk`: what a school may not cook, or only with care.",
    "own": "`1`: the school's own foods only.",
}


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


@api_get("/api/v1/foods", "foods.read", asks=listed(FILTERS, searched=True))
async def list_foods(request: AnyRequest, actor: NamedDependency[Actor]) -> FoodsOut:
    """Foods that answer `q` (name, alias, pinyin), best first."""
    asked = listing(request, filters=tuple(FILTERS))
    foods, following = await services.search_foods(actor.school, asked)
    return FoodsOut([food_out(food) for food in foods], following)


@api_get("/api/v1/foods/{code:str}", "foods.read")
async def get_food(actor: NamedDependency[Actor], code: FromPath[str]) -> FoodOut:
    """One food by its code."""
    return food_out(await services.find_food(actor.school, code))


@api_post("/api/v1/foods", "foods.edit", takes=FoodForm)
async def create_food(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> FoodOut:
    """Add a food of the school's own."""
    return food_out(await services.add_food(actor, parse(FoodForm, await read_form(request)), now=now))


routes: list[Any] = [list_foods, get_food, create_food]
