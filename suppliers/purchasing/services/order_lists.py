"""Looking at orders: the list, one with its lines, those of a wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from suppliers.purchasing.rules import OrderState
from suppliers.purchasing.services.expected import OrderItem, order_lines
from suppliers.purchasing.tables import Order

FILTERS = ("state", "supplier")
SORTS = ("-deliver_on", "number")
MOST_IN_A_SHEET = 5000


@dataclass(frozen=True, slots=True)
class OrderHead:
    """An order without its lines. `deliver_by` is minutes of the day."""

    id: int
    number: str
    canteen: int
    canteen_name: str
    supplier: int
    supplier_name: str
    supplier_phone: str
    wish: int | None
    wish_number: str | None
    deliver_on: date
    deliver_by: int | None
    state: OrderState
    note: str
    fen: int
    entered_at: datetime
    entered_name: str | None
    ended_at: datetime | None
    ended_reason: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with its lines."""

    head: OrderHead
    lines: Sequence[OrderItem]


async def list_orders(school: int, asked: Listing) -> tuple[list[OrderHead], str | None]:
    """One page of orders, the latest day first. Filters: state, supplier; by number or supplier's name."""
    by_number = asked.sort.removeprefix("-") == "number"
    up = not asked.sort.startswith("-")
    key = Order.number if by_number else Order.deliver_on
    here = _asked(school, asked)
    match asked.after:
        case [str() as value, int() as id_]:
            known: Any = value if by_number else date.fromisoformat(value)
            beyond = (key > known) if up else (key < known)
            later = (Order.id > id_) if up else (Order.id < id_)
            here &= beyond | ((key == known) & later)
    rows = await _select().where(here).order_by(key, Order.id, ascending=up).limit(asked.limit + 1)
    shown, following = asked.cut(rows, lambda row: (str(row[key._meta.name]), row["id"]))
    return [_head(row) for row in shown], following


async def all_orders(school: int, asked: Listing) -> list[OrderHead]:
    """All that answer the search, for the same list as a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, sort=asked.sort, limit=MOST_IN_A_SHEET)
    return (await list_orders(school, whole))[0]


async def order_of(school: int, order: int) -> OrderView:
    """One order with its lines. Raises Missing."""
    rows = await _select().where((Order.school == school) & (Order.id == order))
    if not rows:
        raise Missing
    return OrderView(_head(rows[0]), await order_lines(school, order))


async def orders_of_wish(school: int, wish: int) -> list[OrderHead]:
    """What was ordered of a wish."""
    rows = await _select().where((Order.school == school) & (Order.wish == wish)).order_by(Order.id)
    return [_head(row) for row in rows]


def _select() -> Any:
    return Order.select(
        *Order.all_columns(),
        Order.canteen.name.as_alias("canteen_name"),
        Order.supplier.name.as_alias("supplier_name"),
        Order.supplier.phone.as_alias("supplier_phone"),
        Order.wish.number.as_alias("wish_number"),
        Order.entered_by.name.as_alias("entered_name"),
    )


def _head(row: Mapping[str, Any]) -> OrderHead:
    kept = {name: row[name] for name in OrderHead.__slots__ if name != "state"}
    return OrderHead(state=OrderState(row["state"]), **kept)


def _asked(school: int, asked: Listing) -> Any:
    here: Any = Order.school == school
    if (state := asked.filters.get("state", "")) in list(OrderState):
        here &= Order.state == state
    if (supplier := asked.filters.get("supplier", "")).isdecimal() and len(supplier) < 19:
        here &= Order.supplier == int(supplier)
    if asked.q:
        wanted = asked.q.replace("%", "").replace("_", "")
        here &= Order.number.like(f"%{wanted.upper()}%") | Order.supplier.name.like(f"%{wanted}%")
    return here
