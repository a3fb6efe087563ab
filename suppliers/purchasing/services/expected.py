"""What is expected at the door: orders that are out, and the weekly plan that market purchases go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from piccolo.query.functions import Sum

from canteen.kit.problems import Missing
from suppliers.purchasing.rules import DeliveryState, OrderState, WishKind, WishState
from suppliers.purchasing.tables import DeliveryLine, Order, OrderLine, Wish, WishLine

LATE_DAYS, EARLY_DAYS = 14, 3
"""An order is offered at the door from three days before its day until two weeks after it."""


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order that is out. `deliver_by` is minutes of the day."""

    id: int
    number: str
    canteen: int
    supplier: int
    supplier_name: str
    deliver_on: date
    deliver_by: int | None
    fen: int
    note: str


@dataclass(frozen=True, slots=True)
class OrderItem:
    """A line of an order: `quantity` is grams or pieces, `price_fen` fen for one unit."""

    position: int
    good: int
    name: str
    spec: str
    unit: str
    count_milli: int
    quantity: int
    price_fen: int | None


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A line of a weekly plan; `day` is when it is needed."""

    good: int
    name: str
    day: date
    unit: str
    count_milli: int
    quantity: int
    price_fen: int | None


@dataclass(frozen=True, slots=True)
class StandingPlan:
    """The approved weekly plan of a day. `bought` is what deliveries took of it so far, grams or pieces by
    good.
    """

    id: int
    number: str
    first_day: date
    last_day: date
    fen: int
    lines: Sequence[PlanItem]
    bought: Mapping[int, int] = field(default_factory=dict)


async def open_orders(school: int, supplier: int | None, day: date) -> list[OpenOrder]:
    """The orders that may come on a day, of one supplier or (None) of all: the nearest day first."""
    here = (Order.school == school) & (Order.state == OrderState.PLACED.value)
    here &= Order.deliver_on >= day - timedelta(days=LATE_DAYS)
    here &= Order.deliver_on <= day + timedelta(days=EARLY_DAYS)
    if supplier is not None:
        here &= Order.supplier == supplier
    asked = Order.select(*Order.all_columns(), Order.supplier.name.as_alias("supplier_name"))
    rows = await asked.where(here).order_by(Order.id)
    found = [OpenOrder(**{name: row[name] for name in OpenOrder.__slots__}) for row in rows]
    return sorted(found, key=lambda order: (abs(order.deliver_on - day), order.id))


async def order_lines(school: int, order: int) -> list[OrderItem]:
    """What was ordered, line by line. Raises Missing for an order of another school."""
    asked = OrderLine.select(*OrderLine.all_columns(), OrderLine.good.name.as_alias("name"))
    here = (OrderLine.school == school) & (OrderLine.order == order)
    rows = await asked.where(here).order_by(OrderLine.position)
    if not rows and not await Order.exists().where((Order.school == school) & (Order.id == order)):
        raise Missing
    return [OrderItem(**{name: row[name] for name in OrderItem.__slots__}) for row in rows]


async def standing_plan(school: int, canteen: int, day: date) -> StandingPlan | None:
    """The approved weekly plan that covers a day, the one approved last; None when there is none."""
    here = (Wish.school == school) & (Wish.canteen == canteen)
    here &= (Wish.kind == WishKind.WEEKLY_PLAN.value) & (Wish.state == WishState.APPROVED.value)
    here &= (Wish.first_day <= day) & (Wish.last_day >= day)
    row = await Wish.select().where(here).order_by(Wish.decided_at, Wish.id, ascending=False).first()
    if row is None:
        return None
    return StandingPlan(
        id=row["id"],
        number=row["number"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        fen=row["fen"],
        lines=await _plan_items(school, row["id"]),
        bought=await bought_by_good(school, row["id"]),
    )


async def _plan_items(school: int, wish: int) -> list[PlanItem]:
    asked = WishLine.select(*WishLine.all_columns(), WishLine.good.name.as_alias("name"))
    rows = await asked.where((WishLine.school == school) & (WishLine.wish == wish)).order_by(
        WishLine.position
    )
    return [PlanItem(**{name: row[name] for name in PlanItem.__slots__}) for row in rows]


async def bought_by_good(school: int, plan: int) -> dict[int, int]:
    """What deliveries took of a plan so far, grams or pieces by good."""
    live = (DeliveryState.ACCEPTED.value, DeliveryState.PART.value, DeliveryState.PROVISIONAL.value)
    here: Any = (DeliveryLine.school == school) & (DeliveryLine.delivery.plan == plan)
    here &= DeliveryLine.delivery.state.is_in(list(live))
    asked = DeliveryLine.select(DeliveryLine.good, Sum(DeliveryLine.accepted)).where(here)
    return {row["good"]: int(row["sum"]) for row in await asked.group_by(DeliveryLine.good)}
