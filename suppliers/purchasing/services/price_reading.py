"""Looking at price lists: those of the school and of the tenants above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from canteen.tenants.services import ancestors
from suppliers.purchasing.rules import ListKind
from suppliers.purchasing.tables import PriceLine, PriceList

FILTERS = ("kind", "over")
MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class ListHead:
    """A price list. `owner` is the tenant above it stands with, nothing for one's own."""

    id: int
    school: int
    owner: str
    name: str
    kind: ListKind
    supplier_name: str
    first_day: date
    last_day: date
    discount_permille: int | None
    withdrawn_at: datetime | None

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.withdrawn_at is None and self.first_day <= on <= self.last_day


@dataclass(frozen=True, slots=True)
class PriceItem:
    """A line of a list: fen for one unit, and fen a kilogram (of counted goods: a thousand pieces)."""

    name: str
    unit: str
    price_fen: int
    fen_per_kg: int | None


async def list_price_lists(school: int, asked: Listing, on: date) -> tuple[list[ListHead], str | None]:
    """The lists here and above, the latest first. Filters: kind, over (those that hold no more)."""
    owners = {school: "", **{above.id: above.name for above in await ancestors(school)}}
    here: Any = PriceList.school.is_in(list(owners))
    if (kind := asked.filters.get("kind", "")) in list(ListKind):
        here &= PriceList.kind == kind
    live = PriceList.withdrawn_at.is_null() & (PriceList.last_day >= on)
    gone = PriceList.withdrawn_at.is_not_null() | (PriceList.last_day < on)
    here &= gone if asked.filters.get("over") else live
    if asked.q:
        wanted = asked.q.replace("%", "").replace("_", "")
        here &= PriceList.name.like(f"%{wanted}%") | PriceList.supplier_name.like(f"%{wanted}%")
    if isinstance(asked.after, int):
        here &= PriceList.id < asked.after
    rows = await PriceList.select().where(here).order_by(PriceList.id, ascending=False).limit(asked.limit + 1)
    return asked.cut([_head(row, owners) for row in rows], lambda head: head.id)


async def price_list_of(school: int, price_list: int) -> ListHead:
    """One list of the school or above it. Raises Missing."""
    owners = {school: "", **{above.id: above.name for above in await ancestors(school)}}
    here = PriceList.school.is_in(list(owners)) & (PriceList.id == price_list)
    rows = await PriceList.select().where(here)
    if not rows:
        raise Missing
    return _head(rows[0], owners)


async def price_items(head: ListHead, text: str = "") -> list[PriceItem]:
    """The lines of a list, by name."""
    here: Any = (PriceLine.school == head.school) & (PriceLine.price_list == head.id)
    if wanted := text.replace("%", "").replace("_", ""):
        here &= PriceLine.name.like(f"%{wanted}%")
    rows: Sequence[Mapping[str, Any]] = await (
        PriceLine.select().where(here).order_by(PriceLine.id).limit(MOST_LINES)
    )
    return [PriceItem(**{name: row[name] for name in PriceItem.__slots__}) for row in rows]


def _head(row: Mapping[str, Any], owners: Mapping[int, str]) -> ListHead:
    kept = {name: row[name] for name in ListHead.__slots__ if name not in ("owner", "kind")}
    return ListHead(owner=owners[row["school"]], kind=ListKind(row["kind"]), **kept)
