"""Lists of lots, and one lot with everything that became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from piccolo.query import OrderByRaw

from canteen.kit.names import normalised
from canteen.kit.pages import Listing
from canteen.tenants.services import canteen_of
from suppliers.goods.rules import Category, Good, lead_days, lead_of
from suppliers.goods.services import goods_by_ids
from suppliers.goods.tables import Good as GoodRow
from suppliers.licences.tables import Supplier
from suppliers.stock.rules import LotState, Standing, standing_of
from suppliers.stock.services.own import batch_of
from suppliers.stock.services.people import names_of
from suppliers.stock.services.store import lot_of, on_shelf
from suppliers.stock.tables import Lot, OwnBatch, Place, Slip, StockMove

FILTERS = ("category", "standing", "good", "supplier", "canteen", "place", "all")
SORTS = ("expires", "-received")
NULLS_LAST = OrderByRaw('"suppliers_lot"."expires_on" IS NULL')
NEVER = "9999-12-31"
MOST_IN_A_SHEET = 20_000


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot in a list: its row, its good, how it stands, whom it came from and where it lies."""

    lot: Lot
    good: Good
    standing: Standing
    supplier: str
    place: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A line of a lot's life: the move, its slip, who entered it, and what was left after it."""

    move: StockMove
    slip: Slip
    by: str
    left: int


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot with where it came from and where it went."""

    line: LotLine
    canteen: str
    batch: OwnBatch | None
    moves: Sequence[MoveLine]


async def list_lots(school: int, asked: Listing, *, on: date) -> tuple[list[LotLine], str | None]:
    """One page of lots, earliest expiry first or latest received first, and the cursor of the next.

    Filters: category, good, supplier, canteen, place, standing; `all` shows used-up lots too. `q` is looked
    for in lot number, batch number, producer and the good's names.
    """
    here: Any = (Lot.school == school) & await _asked(school, asked, on)
    by_expiry = asked.sort != "-received"
    if by_expiry:
        rows = Lot.objects().where(here & _after_expiry(asked.after))
        found = await rows.order_by(NULLS_LAST).order_by(Lot.expires_on, Lot.id).limit(asked.limit + 1)
    else:
        rows = Lot.objects().where(here & _after_received(asked.after))
        found = await rows.order_by(Lot.received_on, Lot.id, ascending=False).limit(asked.limit + 1)
    shown, following = asked.cut(found, _expiry_key if by_expiry else _received_key)
    return await _lines(school, shown, on), following


async def all_lots(school: int, asked: Listing, *, on: date) -> list[LotLine]:
    """All lots that answer the search, for a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, sort=asked.sort, limit=MOST_IN_A_SHEET)
    return (await list_lots(school, whole, on=on))[0]


async def near_lots(school: int, canteen: int | None, *, on: date) -> list[LotLine]:
    """What must be used soon or is past its day already, the earliest first."""
    filters = {"standing": "soon", **({"canteen": str(canteen)} if canteen else {})}
    return await all_lots(school, Listing(filters=filters, sort="expires"), on=on)


async def lot_view(school: int, id_: int, *, on: date) -> LotView:
    """One lot with every move of it. Raises Missing."""
    lot = await lot_of(school, id_)
    line = (await _lines(school, [lot], on))[0]
    canteen = await canteen_of(school, lot.canteen)
    return LotView(line, canteen.name, await batch_of(school, lot), await _moves(school, id_))


async def lines_of_lots(school: int, lots: Sequence[Lot], *, on: date) -> list[LotLine]:
    """These lots as lines of a list, in their order."""
    return await _lines(school, lots, on)


async def _moves(school: int, lot: int) -> list[MoveLine]:
    here = (StockMove.school == school) & (StockMove.lot == lot)
    moves = list(await StockMove.objects().where(here).order_by(StockMove.id))
    slips = {
        slip.id: slip
        for slip in await Slip.objects().where(
            (Slip.school == school) & Slip.id.is_in([move.slip for move in moves] or [0])
        )
    }
    people = await names_of(move.entered_by for move in moves)
    found, left = [], 0
    for move in moves:
        left += move.quantity
        found.append(MoveLine(move, slips[move.slip], people.get(move.entered_by, ""), left))
    return found


async def _lines(school: int, lots: Sequence[Lot], on: date) -> list[LotLine]:
    goods = await goods_by_ids(school, {lot.good for lot in lots})
    suppliers = await _names(Supplier, school, {lot.supplier for lot in lots})
    places = await _names(Place, school, {lot.place for lot in lots})
    return [
        LotLine(
            lot,
            goods[lot.good],
            standing_of(on_shelf(lot), on, lead_of(goods[lot.good])),
            suppliers.get(lot.supplier, ""),
            places.get(lot.place, ""),
        )
        for lot in lots
    ]


async def _names(table: Any, school: int, ids: set[int | None]) -> dict[int, str]:
    wanted = [id_ for id_ in ids if id_ is not None]
    if not wanted:
        return {}
    here = (table.school == school) & table.id.is_in(wanted)
    return {row["id"]: row["name"] for row in await table.select(table.id, table.name).where(here)}


async def _asked(school: int, asked: Listing, on: date) -> Any:
    wanted = asked.filters
    found: Any = Lot.id > 0
    if not wanted.get("all") and wanted.get("standing") != Standing.EMPTY:
        found = found & (Lot.quantity_left > 0)
    for name, column in {
        "good": Lot.good,
        "supplier": Lot.supplier,
        "canteen": Lot.canteen,
        "place": Lot.place,
    }.items():
        if (text := wanted.get(name, "")).isdecimal() and len(text) < 19:
            found = found & (column == int(text))
    if wanted.get("category") in list(Category):
        found = found & (Lot.good.category == wanted["category"])
    if standing := wanted.get("standing"):
        found = found & await _standing(school, standing, on)
    said = _matching(asked.q)
    return found & said if said is not None else found


async def _standing(school: int, standing: str, on: date) -> Any:
    """The rule of standing_of as a question to the database."""
    held, state = Lot.held_at, Lot.state
    free = held.is_null() & (state == LotState.OPEN.value)
    ripe = free & (Lot.usable_from.is_null() | (Lot.usable_from <= on))
    soon = await _near(school, on)
    by: Mapping[str, Any] = {
        "soon": free & (soon | (Lot.expires_on < on)),
        Standing.NEAR: ripe & soon & (Lot.expires_on >= on),
        Standing.EXPIRED: ripe & (Lot.expires_on < on),
        Standing.USABLE: ripe & (Lot.expires_on.is_null() | (Lot.expires_on >= on)),
        Standing.NOT_YET: free & (Lot.usable_from > on),
        Standing.HELD: held.is_not_null(),
        Standing.LOCKED: held.is_null() & (state == LotState.LOCKED.value),
        Standing.QUARANTINED: held.is_null() & (state == LotState.QUARANTINED.value),
        Standing.EMPTY: Lot.quantity_left == 0,
        "stopped": held.is_not_null() | (state != LotState.OPEN.value),
    }
    return by.get(standing, Lot.id > 0)


async def _near(school: int, on: date) -> Any:
    """Lots within the lead days of their good, or of its category when the good says nothing."""
    lead = GoodRow.expiry_lead_days
    rows = await GoodRow.select(lead).where((GoodRow.school == school) & lead.is_not_null()).distinct()
    found: Any = Lot.id < 0
    for days in {row["expiry_lead_days"] for row in rows}:
        own = Lot.good.expiry_lead_days == days
        found = found | (own & (Lot.expires_on <= on + timedelta(days=days)))
    for days in {lead_days(category) for category in Category}:
        mine = [category.value for category in Category if lead_days(category) == days]
        common = Lot.good.expiry_lead_days.is_null() & Lot.good.category.is_in(mine)
        found = found | (common & (Lot.expires_on <= on + timedelta(days=days)))
    return found


def _matching(typed: str) -> Any:
    """Lot number, batch number, producer or the good's names hold the text; LIKE's own signs go."""
    text = typed.replace("%", "").replace("_", "").strip()
    wanted = normalised(text)
    if not wanted:
        return None
    own = Lot.number.like(f"%{text.upper()}%") | Lot.batch_number.like(f"%{text}%")
    own = own | Lot.batch_number.like(f"%{text.upper()}%")
    by_name = Lot.good.spelling.like(f"%{wanted}%") | Lot.good.sound.like(f"%{wanted}%")
    return own | Lot.producer.like(f"%{text}%") | by_name


def _expiry_key(lot: Lot) -> list[Any]:
    return [lot.expires_on.isoformat() if lot.expires_on else NEVER, lot.id]


def _received_key(lot: Lot) -> list[Any]:
    return [lot.received_on.isoformat(), lot.id]


def _read_key(after: Any) -> tuple[date, int] | None:
    match after:
        case [str() as day, int() as id_] if abs(id_) < 2**63 and len(day) == len(NEVER):
            try:
                return date.fromisoformat(day), id_
            except ValueError:
                return None
    return None


def _after_expiry(after: Any) -> Any:
    key = _read_key(after)
    if key is None:
        return Lot.id > 0
    day, id_ = key
    if day == date.fromisoformat(NEVER):
        return Lot.expires_on.is_null() & (Lot.id > id_)
    later = (Lot.expires_on > day) | ((Lot.expires_on == day) & (Lot.id > id_))
    return later | Lot.expires_on.is_null()


def _after_received(after: Any) -> Any:
    key = _read_key(after)
    if key is None:
        return Lot.id > 0
    day, id_ = key
    return (Lot.received_on < day) | ((Lot.received_on == day) & (Lot.id < id_))
