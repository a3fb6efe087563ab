"""Lots as JSON."""

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
from suppliers.stock import services
from suppliers.stock.services import LotLine
from suppliers.stock.services.lots import FILTERS, SORTS, MoveLine

AnyRequest = Request[Any, Any, Any]
ASKED = {
    "category": "A category of goods.",
    "standing": "How a lot stands: usable, near, soon, expired, locked, quarantined, held, not_yet, empty.",
    "good": "A good's id.",
    "supplier": "A supplier's id.",
    "canteen": "A canteen's id.",
    "place": "A storage place's id.",
    "all": "`1`: lots that are used up too.",
    "sort": "`expires` or `-received`.",
}


class LotOut(msgspec.Struct, frozen=True):
    """A lot: quantities in grams (or pieces by the good's measure), money in fen."""

    id: str
    number: str
    good: str
    good_name: str
    category: str
    measure: str
    standing: str
    quantity: int
    quantity_left: int
    fen: int
    fen_left: int
    origin: str
    origin_id: str | None
    supplier: str | None
    supplier_name: str
    producer: str
    batch_number: str
    produced_on: date | None
    expires_on: date | None
    usable_from: date | None
    received_on: date
    canteen: str
    place: str


class LotsOut(msgspec.Struct, frozen=True):
    """A page of lots; `next` is the cursor of the following one."""

    items: list[LotOut]
    next: str | None


class MoveOut(msgspec.Struct, frozen=True):
    """A movement of a lot: out is negative; `left` is what the lot held after it."""

    slip: str
    slip_number: str
    kind: str
    day: date
    meal: str
    quantity: int
    fen: int
    left: int
    note: str


class LotDetail(msgspec.Struct, frozen=True):
    """A lot with everything that became of it."""

    lot: LotOut
    moves: list[MoveOut]


def lot_out(line: LotLine) -> LotOut:
    """The lot as programs read it."""
    lot, good = line.lot, line.good
    same = ("number", "quantity", "quantity_left", "fen", "fen_left", "origin", "producer", "batch_number")
    days = ("produced_on", "expires_on", "usable_from", "received_on")
    return LotOut(
        id=str(lot.id),
        good=str(good.id),
        good_name=good.name,
        category=good.category,
        measure=good.measure,
        standing=line.standing,
        origin_id=str(lot.origin_id) if lot.origin_id else None,
        supplier=str(lot.supplier) if lot.supplier else None,
        supplier_name=line.supplier,
        canteen=str(lot.canteen),
        place=line.place,
        **{name: getattr(lot, name) for name in (*same, *days)},
    )


def move_out(one: MoveLine) -> MoveOut:
    """The movement as programs read it."""
    move, slip = one.move, one.slip
    return MoveOut(
        slip=str(slip.id),
        slip_number=slip.number,
        kind=move.kind,
        day=move.day,
        meal=slip.meal,
        quantity=move.quantity,
        fen=move.fen,
        left=one.left,
        note=move.note,
    )


@api_get("/api/v1/lots", "stock.read", asks=listed(ASKED, searched=True))
async def list_lots(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> LotsOut:
    """Lots that hold anything, the first to expire first; `q` is a lot or batch number, producer or good."""
    asked = listing(request, filters=FILTERS, sorts=SORTS)
    lines, following = await services.list_lots(actor.school, asked, on=local_day(now))
    return LotsOut([lot_out(line) for line in lines], following)


@api_get("/api/v1/lots/{lot:int}", "stock.read")
async def get_lot(actor: NamedDependency[Actor], now: NamedDependency[datetime], lot: PathId) -> LotDetail:
    """One lot: where it came from and every movement of it."""
    view = await services.lot_view(actor.school, lot, on=local_day(now))
    return LotDetail(lot_out(view.line), [move_out(one) for one in view.moves])


routes: list[Any] = [list_lots, get_lot]
