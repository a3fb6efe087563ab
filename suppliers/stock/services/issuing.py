"""What goes to the kitchen: first expired first, or straight through (直拨) in the save that took it in."""

from collections.abc import Sequence
from datetime import datetime

from canteen.kit.actor import Actor
from canteen.kit.problems import Finding, refuse_if
from suppliers.stock.rules import Move, SlipKind, Take, take, take_findings
from suppliers.stock.services.store import lots_by_ids, on_shelf, open_slip, take_out
from suppliers.stock.tables import Slip


async def issue_whole(
    actor: Actor, canteen: int, lots: Sequence[int], *, meal: str, happened_at: datetime, now: datetime
) -> Slip:
    """Step: whole lots to a meal of the day they came, on one slip (直拨出库单).

    Raises Refused when one of them may not be used, Conflict when somebody took of it meanwhile.
    """
    slip = await open_slip(
        actor, canteen, SlipKind.ISSUE, happened_at=happened_at, now=now, meal=meal, receiver=actor.person
    )
    rows = await lots_by_ids(actor.school, lots)
    parts: list[Take] = []
    found: list[Finding] = []
    for position, lot in enumerate(lots):
        shelf = on_shelf(rows[lot])
        found += take_findings(shelf, shelf.quantity_left, slip.day, f"lines.{position}")
        parts.append(take(shelf, shelf.quantity_left))
    refuse_if(found)
    await take_out(actor, slip, parts, Move.DIRECT_ISSUE)
    return slip
