"""Looking at wishes: the list, one with its lines, those that wait for a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.accounts.tables import Person
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from suppliers.goods.rules import Good, units_of
from suppliers.goods.rules.units import amount_fen, fen_per_kg, unit_of
from suppliers.goods.services import goods_by_ids
from suppliers.purchasing.rules import WishKind, WishState
from suppliers.purchasing.tables import Wish, WishLine

FILTERS = ("kind", "state", "canteen")
SORTS = ("-first_day", "number")
MOST_IN_A_SHEET = 5000


@dataclass(frozen=True, slots=True)
class WishHead:
    """A wish without its lines. `*_name` are people's names; `decided_for_name` lent the role."""

    id: int
    kind: WishKind
    number: str
    canteen: int
    canteen_name: str
    first_day: date
    last_day: date
    state: WishState
    version: int
    purpose: str
    fen: int
    entered_at: datetime
    entered_name: str | None
    submitted_by: int | None
    submitted_name: str | None
    submitted_at: datetime | None
    decided_name: str | None
    decided_for_name: str | None
    decided_at: datetime | None
    decision_reason: str
    collective_note: str
    choice_reason: str


@dataclass(frozen=True, slots=True)
class WishItem:
    """A line of a wish with its good. `per_kg` is its price in fen a kilogram (a thousand pieces)."""

    id: int
    position: int
    good: Good
    day: date
    unit: str
    count_milli: int
    quantity: int
    price_fen: int | None
    note: str

    @property
    def fen(self) -> int:
        """What it will cost; nothing without a price."""
        return amount_fen(self.count_milli, self.price_fen or 0)

    @property
    def per_kg(self) -> int | None:
        """None without a price."""
        if self.price_fen is None:
            return None
        return fen_per_kg(self.price_fen, unit_of(units_of(self.good), self.unit).quantity)


@dataclass(frozen=True, slots=True)
class WishView:
    """A wish with its lines."""

    head: WishHead
    lines: Sequence[WishItem]


async def list_wishes(school: int, asked: Listing) -> tuple[list[WishHead], str | None]:
    """One page of wishes, the latest days first. Filters: kind, state, canteen; by number or purpose."""
    by_number = asked.sort.removeprefix("-") == "number"
    up = not asked.sort.startswith("-")
    key = Wish.number if by_number else Wish.first_day
    here = _asked(school, asked)
    match asked.after:
        case [str() as value, int() as id_]:
            known: Any = value if by_number else date.fromisoformat(value)
            beyond = (key > known) if up else (key < known)
            later = (Wish.id > id_) if up else (Wish.id < id_)
            here &= beyond | ((key == known) & later)
    order = Wish.select(*_columns()).where(here).order_by(key, Wish.id, ascending=up)
    rows, following = asked.cut(
        await order.limit(asked.limit + 1), lambda row: (str(row[key._meta.name]), row["id"])
    )
    return await _heads(rows), following


async def all_wishes(school: int, asked: Listing) -> list[WishHead]:
    """All that answer the search, for the same list as a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, sort=asked.sort, limit=MOST_IN_A_SHEET)
    return (await list_wishes(school, whole))[0]


async def waiting_wishes(school: int) -> list[WishHead]:
    """Those that wait for a decision, the nearest day first."""
    here = (Wish.school == school) & (Wish.state == WishState.SUBMITTED.value)
    return await _heads(await Wish.select(*_columns()).where(here).order_by(Wish.first_day, Wish.id))


async def wishes_to_mend(school: int, person: int | None) -> list[WishHead]:
    """What was sent back to a person who asked."""
    here = (Wish.school == school) & (Wish.state == WishState.REJECTED.value)
    here &= Wish.submitted_by == person
    return await _heads(await Wish.select(*_columns()).where(here).order_by(Wish.id).limit(20))


async def wish_of(school: int, wish: int) -> WishView:
    """One wish with its lines. Raises Missing."""
    rows = await Wish.select(*_columns()).where((Wish.school == school) & (Wish.id == wish))
    if not rows:
        raise Missing
    return WishView((await _heads(rows))[0], (await lines_of(school, [wish])).get(wish, []))


async def lines_of(school: int, wishes: Sequence[int]) -> dict[int, list[WishItem]]:
    """The lines of several wishes in their order, in two queries."""
    if not wishes:
        return {}
    here = (WishLine.school == school) & WishLine.wish.is_in(list(wishes))
    rows = await WishLine.select().where(here).order_by(WishLine.wish, WishLine.position)
    goods = await goods_by_ids(school, {row["good"] for row in rows})
    found: dict[int, list[WishItem]] = {}
    for row in rows:
        found.setdefault(row["wish"], []).append(_item(row, goods[row["good"]]))
    return found


def _item(row: Mapping[str, Any], good: Good) -> WishItem:
    kept = {name: row[name] for name in WishItem.__slots__ if name != "good"}
    return WishItem(good=good, **kept)


def _columns() -> list[Any]:
    return [*Wish.all_columns(), Wish.canteen.name.as_alias("canteen_name")]


async def _heads(rows: Sequence[Mapping[str, Any]]) -> list[WishHead]:
    who = ("entered_by", "submitted_by", "decided_by", "decided_for")
    names = await _names({row[column] for row in rows for column in who} - {None})
    return [_head(row, names) for row in rows]


def _head(row: Mapping[str, Any], names: Mapping[int, str]) -> WishHead:
    said: dict[str, Any] = {
        "entered_name": names.get(row["entered_by"]),
        "submitted_name": names.get(row["submitted_by"]),
        "decided_name": names.get(row["decided_by"]),
        "decided_for_name": names.get(row["decided_for"]),
        "kind": WishKind(row["kind"]),
        "state": WishState(row["state"]),
    }
    kept = {name: row[name] for name in WishHead.__slots__ if name not in said}
    return WishHead(**kept, **said)


async def _names(people: set[int]) -> dict[int, str]:
    if not people:
        return {}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(sorted(people)))
    return {row["id"]: row["name"] for row in rows}


def _asked(school: int, asked: Listing) -> Any:
    here: Any = Wish.school == school
    for name, known in (("kind", WishKind), ("state", WishState)):
        if (value := asked.filters.get(name, "")) in list(known):
            here &= getattr(Wish, name) == value
    if (canteen := asked.filters.get("canteen", "")).isdecimal() and len(canteen) < 19:
        here &= Wish.canteen == int(canteen)
    if asked.q:
        wanted = asked.q.replace("%", "").replace("_", "")
        here &= Wish.number.like(f"%{wanted.upper()}%") | Wish.purpose.like(f"%{wanted}%")
    return here
