"""Goods as JSON."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_get, api_post
from canteen.kit.actor import Actor
from canteen.kit.described import PathId, listed
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import listing
from suppliers.goods import services
from suppliers.goods.forms import GoodForm
from suppliers.goods.rules import Good, lead_of

AnyRequest = Request[Any, Any, Any]
ASKED = {
    "category": "A category.",
    "storage": "How it is kept.",
    "retired": "`1`: goods out of use.",
    "unmapped": "`1`: goods that no food is known for.",
    "sort": "`name` or `category`, `-` before it backwards.",
}


class UnitOut(msgspec.Struct, frozen=True):
    """One `name` is so many grams, or pieces."""

    name: str
    quantity: int


class GoodOut(msgspec.Struct, frozen=True):
    """A good. `expiry_lead_days` is its own or its category's."""

    id: str
    name: str
    aliases: list[str]
    category: str
    spec: str
    measure: str
    unit: str
    units: list[UnitOut]
    storage: str
    shelf_life_days: int | None
    expiry_lead_days: int
    food_code: str | None
    retired: bool


class GoodsOut(msgspec.Struct, frozen=True):
    """A page of goods; `next` is the cursor of the following one."""

    items: list[GoodOut]
    next: str | None


def good_out(good: Good) -> GoodOut:
    """The good as programs read it."""
    return GoodOut(
        id=str(good.id),
        name=good.name,
        aliases=list(good.aliases),
        category=good.category,
        spec=good.spec,
        measure=good.measure,
        unit=good.unit,
        units=[UnitOut(unit.name, unit.quantity) for unit in good.units],
        storage=good.storage,
        shelf_life_days=good.shelf_life_days,
        expiry_lead_days=lead_of(good),
        food_code=good.food_code,
        retired=good.retired,
    )


@api_get("/api/v1/goods", "goods.read", asks=listed(ASKED, searched=True))
async def list_goods(request: AnyRequest, actor: NamedDependency[Actor]) -> GoodsOut:
    """Goods that answer `q` (name, other name, pinyin)."""
    asked = listing(request, filters=services.FILTERS, sorts=services.SORTS)
    goods, following = await services.list_goods(actor.school, asked)
    return GoodsOut([good_out(good) for good in goods], following)


@api_get("/api/v1/goods/{good:int}", "goods.read")
async def get_good(actor: NamedDependency[Actor], good: PathId) -> GoodOut:
    """One good."""
    return good_out(await services.good_of(actor.school, good))


@api_post("/api/v1/goods", "goods.edit", takes=GoodForm)
async def create_good(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> GoodOut:
    """Add a good to the catalogue."""
    id_ = await services.add_good(actor, parse(GoodForm, await read_form(request)), now=now)
    return good_out(await services.good_of(actor.school, id_))


routes: list[Any] = [list_goods, get_good, create_good]
