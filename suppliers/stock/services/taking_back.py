"""A delivery is corrected: its lots leave the book again, as long as nothing of them was used."""

from collections.abc import Sequence
from datetime import datetime

from canteen.kit.actor import Actor
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from suppliers.stock.rules import Move, SlipKind, take
from suppliers.stock.services.store import lots_by_ids, on_shelf, open_slip, take_out
from suppliers.stock.tables import Lot, Slip


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
    shelves = [on_shelf(lot) for lot in rows]
    await take_out(actor, slip, [take(lot, lot.quantity_left) for lot in shelves], Move.CORRECTION, reason)
    return slip


def _used(lot: Lot) -> Finding:
    message = _("Of lot {number} something was issued already: correct that slip first.")
    return error("lot_used", message, number=lot.number)
