"""Lists of deliveries and of their lines: searched, filtered, page by page, and whole for a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.columns.combination import WhereRaw

from canteen.kit.names import normalised
from canteen.kit.pages import Listing
from suppliers.goods.rules import Category
from suppliers.goods.services import find_goods
from suppliers.purchasing.rules import DeliveryState
from suppliers.purchasing.tables import Delivery, DeliveryLine

FILTERS = ("state", "supplier", "category", "first", "last", "exception")
LINE_FILTERS = ("supplier", "category", "first", "last", "refused")
MOST_IN_A_SHEET = 20_000
MOST_GOODS = 40
BOOKED = (DeliveryState.ACCEPTED.value, DeliveryState.PART.value, DeliveryState.PROVISIONAL.value)
IN_BOOK = (*BOOKED, DeliveryState.REFUSED.value)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery in a list: its row with the seller's name, and the goods that came."""

    row: Row
    goods: tuple[str, ...]


async def list_deliveries(school: int, asked: Listing) -> tuple[list[DeliveryRow], str | None]:
    """One page, the latest day first; drafts are among them, replaced ones only when asked for.

    Filters: state, supplier, category, first and last (days), exception. Searched by number, note or seller.
    """
    here = _asked(school, asked)
    match asked.after:
        case [str() as day, int() as last] if _is_day(day):
            on = date.fromisoformat(day)
            here &= (Delivery.arrived_on < on) | ((Delivery.arrived_on == on) & (Delivery.id < last))
    chosen = Delivery.select(
        *(column for column in Delivery.all_columns() if column is not Delivery.typed),
        Delivery.supplier.name.as_alias("supplier_name"),
    )
    order = chosen.where(here).order_by(Delivery.arrived_on, Delivery.id, ascending=False)
    rows = await order.limit(asked.limit + 1)
    shown, following = asked.cut(rows, lambda row: (row["arrived_on"].isoformat(), row["id"]))
    goods = await _goods_of(school, [row["id"] for row in shown])
    return [DeliveryRow(row, goods.get(row["id"], ())) for row in shown], following


async def all_deliveries(school: int, asked: Listing) -> list[DeliveryRow]:
    """All that answer the search, for the same list as a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, limit=MOST_IN_A_SHEET)
    return (await list_deliveries(school, whole))[0]


async def _goods_of(school: int, deliveries: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    if not deliveries:
        return found
    here = (DeliveryLine.school == school) & DeliveryLine.delivery.is_in(deliveries)
    asked = DeliveryLine.select(DeliveryLine.delivery, DeliveryLine.name).where(here)
    for row in await asked.order_by(DeliveryLine.delivery, DeliveryLine.position):
        found[row["delivery"]] = (*found.get(row["delivery"], ()), row["name"])
    return found


# Asked of each delivery of the page alone: a list of all that ever held the category grows with the years.
_HAS_CATEGORY = """
EXISTS (
    SELECT 1 FROM suppliers_delivery_line AS l
    WHERE l.school = "suppliers_delivery"."school" AND l.delivery = "suppliers_delivery"."id"
        AND l.category = {}
)
"""


def _asked(school: int, asked: Listing) -> Any:
    here: Any = Delivery.school == school
    wanted = asked.filters
    state = wanted.get("state", "")
    if state in list(DeliveryState):
        here &= Delivery.state == state
    else:
        here &= Delivery.state != DeliveryState.REPLACED.value
    here &= _between(Delivery.arrived_on, wanted)
    if wanted.get("supplier", "").isdecimal():
        here &= Delivery.supplier == int(wanted["supplier"][:18])
    if wanted.get("exception"):
        here &= Delivery.exception_at.is_not_null()
    if wanted.get("category") in list(Category):
        here &= WhereRaw(_HAS_CATEGORY, wanted["category"])
    return here & _searched(asked.q) if asked.q else here


def _between(column: Any, wanted: Mapping[str, str]) -> Any:
    first, last = wanted.get("first", ""), wanted.get("last", "")
    here: Any = column >= (date.fromisoformat(first) if _is_day(first) else date.min)
    return here & (column <= date.fromisoformat(last)) if _is_day(last) else here


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) is not None
    except ValueError:
        return False


def _searched(q: str) -> Any:
    text = q.replace("%", "").replace("_", "")
    seller = Delivery.supplier.spelling.like(f"%{normalised(text)}%")
    number = Delivery.number.like(f"%{text.upper()}%")
    return seller | number | Delivery.note_number.like(f"%{text}%")


LINE_COLUMNS = (
    *DeliveryLine.all_columns(),
    DeliveryLine.supplier.name.as_alias("supplier_name"),
    DeliveryLine.delivery.number.as_alias("number"),
    DeliveryLine.delivery.state.as_alias("state"),
)


async def list_lines(school: int, asked: Listing) -> tuple[list[Row], str | None]:
    """One page of delivered goods, the latest day first. Filters: supplier, category, first, last, refused.

    A search names a good (name, alias, pinyin).
    """
    here = _lines_asked(school, asked)
    if asked.q:
        goods = await find_goods(school, asked.q, MOST_GOODS)
        here &= DeliveryLine.good.is_in([good.id for good in goods] or [0])
    match asked.after:
        case [str() as day, int() as last] if _is_day(day):
            on = date.fromisoformat(day)
            later = DeliveryLine.id < last
            here &= (DeliveryLine.arrived_on < on) | ((DeliveryLine.arrived_on == on) & later)
    order = DeliveryLine.select(*LINE_COLUMNS).where(here)
    order = order.order_by(DeliveryLine.arrived_on, DeliveryLine.id, ascending=False)
    rows = await order.limit(asked.limit + 1)
    return asked.cut(rows, lambda row: (row["arrived_on"].isoformat(), row["id"]))


async def all_lines(school: int, asked: Listing) -> list[Row]:
    """All that answer the search, for the same list as a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, limit=MOST_IN_A_SHEET)
    return (await list_lines(school, whole))[0]


def _lines_asked(school: int, asked: Listing) -> Any:
    wanted = asked.filters
    here: Any = DeliveryLine.school == school
    here &= DeliveryLine.delivery.state.is_in(list(IN_BOOK))
    here &= _between(DeliveryLine.arrived_on, wanted)
    if wanted.get("supplier", "").isdecimal():
        here &= DeliveryLine.supplier == int(wanted["supplier"][:18])
    if wanted.get("category") in list(Category):
        here &= DeliveryLine.category == wanted["category"]
    if wanted.get("refused"):
        here &= DeliveryLine.refusal.is_not_null()
    return here
