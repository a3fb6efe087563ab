"""A delivery is corrected: its lots leave the book again, as long as nothing of them was used."""

from collections.abc import Sequence
from datetime import datetime

from canteen.kit.actor import Actor
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from suppliers.stock.rules import Move, SlipKind, take
from suppliers.stock.services.store import lots_by_ids, on_shelf, open_slip, take_out
from suppliers.stock.tables import Lot, Slip, StockMove


async def take_back(
    actor: Actor, canteen: int, lots: Sequence[int], *, reason: str, corrects: int | None, now: datetime
) -> Slip:
    """Step: book whole lots out again as a correction.

    Raises Refused naming each lot of which something was used: correct those slips first.
    """
    rows = list((await lots_by_ids(actor.school, lots)).values())
    refuse_if([_used(lot) for lot in rows if lot.quantity_left != lot.quantity])
    slip = await open_slip(
        actor, canteen, SlipKind.CORRECTION, happened_at=now, now=now, purpose=reason, corrects=corrects
    )
    came = await _arrivals(actor.school, [lot.id for lot in rows])
    parts = [take(lot, lot.quantity_left) for lot in map(on_shelf, rows)]
    back = [came.get(lot.id) for lot in rows]
    await take_out(actor, slip, parts, Move.CORRECTION, reason, corrects=back)
    return slip


async def _arrivals(school: int, lots: Sequence[int]) -> dict[int, int]:
    """The line that each lot came in on."""
    here = (StockMove.school == school) & StockMove.lot.is_in(list(lots) or [0])
    rows = await StockMove.select(StockMove.id, StockMove.lot).where(here & (StockMove.kind == Move.IN.value))
    return {row["lot"]: row["id"] for row in rows}


def _used(lot: Lot) -> Finding:
    message = _("Of lot {number} something was issued already: correct that slip first.")
    return error("lot_used", message, number=lot.number)
