"""Orders and prices as JSON: read only. What came of an order is a delivery."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_get
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId, listed
from canteen.kit.pages import listing
from suppliers.purchasing.services import order_lists
from suppliers.purchasing.services.expected import OrderItem
from suppliers.purchasing.services.history import PriceNow, list_prices
from suppliers.purchasing.services.order_lists import OrderHead

AnyRequest = Request[Any, Any, Any]
ASKED = {"state": "placed, delivered or cancelled.", "supplier": "A supplier's id."}


class OrderOut(msgspec.Struct, frozen=True):
    """An order. `deliver_by` is minutes of the day or null; `fen` what it comes to."""

    id: str
    number: str
    canteen: str
    supplier: str
    supplier_name: str
    deliver_on: date
    deliver_by: int | None
    state: str
    note: str
    fen: int


class OrderLineOut(msgspec.Struct, frozen=True):
    """A line: `count` in thousandths of the unit, `quantity` grams or pieces, `price_fen` for one unit."""

    good: str
    name: str
    spec: str
    unit: str
    count: int
    quantity: int
    price_fen: int | None


class WholeOrderOut(OrderOut, frozen=True):
    """An order with its lines."""

    lines: list[OrderLineOut]


class OrdersOut(msgspec.Struct, frozen=True):
    """A page of orders; `next` is the cursor of the following one."""

    items: list[OrderOut]
    next: str | None


class PriceOut(msgspec.Struct, frozen=True):
    """What a good costs, in fen a kilogram (of counted goods: fen a thousand pieces); null: not known."""

    good: str
    name: str
    last_on: date | None
    last: int | None
    usual: int | None
    usual_in_district: int | None
    listed: int | None


class PricesOut(msgspec.Struct, frozen=True):
    """A page of prices; `next` is the cursor of the following one."""

    items: list[PriceOut]
    next: str | None


@api_get("/api/v1/orders", "purchasing.read", asks=listed(ASKED, searched=True))
async def list_orders(request: AnyRequest, actor: NamedDependency[Actor]) -> OrdersOut:
    """The school's orders, the latest delivery day first."""
    asked = listing(request, filters=order_lists.FILTERS, sorts=order_lists.SORTS)
    heads, following = await order_lists.list_orders(actor.school, asked)
    return OrdersOut([OrderOut(**_told(head)) for head in heads], following)


@api_get("/api/v1/orders/{order:int}", "purchasing.read")
async def get_order(actor: NamedDependency[Actor], order: PathId) -> WholeOrderOut:
    """One order with its lines."""
    view = await order_lists.order_of(actor.school, order)
    return WholeOrderOut(**_told(view.head), lines=[_line(line) for line in view.lines])


@api_get("/api/v1/prices", "purchasing.read", asks=listed({"category": "A category."}, searched=True))
async def get_prices(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> PricesOut:
    """What each good cost last, and usually in the last thirty days, here and in the district."""
    asked = listing(request, filters=("category",), sorts=("name",))
    rows, following = await list_prices(actor.school, asked, local_day(now))
    return PricesOut([_price(row) for row in rows], following)


def _told(head: OrderHead) -> dict[str, Any]:
    return {
        "id": str(head.id),
        "number": head.number,
        "canteen": str(head.canteen),
        "supplier": str(head.supplier),
        "supplier_name": head.supplier_name,
        "deliver_on": head.deliver_on,
        "deliver_by": head.deliver_by,
        "state": head.state.value,
        "note": head.note,
        "fen": head.fen,
    }


def _line(line: OrderItem) -> OrderLineOut:
    return OrderLineOut(
        good=str(line.good),
        name=line.name,
        spec=line.spec,
        unit=line.unit,
        count=line.count_milli,
        quantity=line.quantity,
        price_fen=line.price_fen,
    )


def _price(row: PriceNow) -> PriceOut:
    return PriceOut(
        good=str(row.good.id),
        name=row.good.name,
        last_on=row.last.arrived_on if row.last else None,
        last=row.last.fen_per_kg if row.last else None,
        usual=row.usual.own_median,
        usual_in_district=row.usual.district_median,
        listed=row.usual.listed,
    )


routes: list[Any] = [list_orders, get_order, get_prices]
