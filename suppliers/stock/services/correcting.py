"""Mistakes on slips (practice 9): a slip that takes another back and names it; nothing is overwritten."""

from datetime import datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Finding, error, refuse_if
from canteen.kit.texts import _
from suppliers.stock.forms import CorrectionForm
from suppliers.stock.rules import Move, Origin, SlipKind, take
from suppliers.stock.services.slips import slip_of
from suppliers.stock.services.store import lots_by_ids, on_shelf, open_slip, take_out
from suppliers.stock.tables import Lot, Slip, StockMove

GOES_OUT = frozenset({SlipKind.ISSUE, SlipKind.WRITE_OFF})


async def undo_slip(actor: Actor, id_: int, *, now: datetime) -> int:
    """Take one's own slip of today back, without more words; returns the correction slip's id.

    Raises Refused for somebody else's slip or one of another day, and like correct_slip.
    """
    async with write():
        slip = await slip_of(actor.school, id_)
        refuse_if(_own_findings(actor, slip, now))
        made = await _reverse(actor, slip, "", now)
        await _kept(actor, slip, made, now)
    return int(made.id)


async def correct_slip(actor: Actor, id_: int, form: CorrectionForm, *, now: datetime) -> int:
    """Take any slip back with a reason (更正单); returns the correction slip's id.

    What went out comes back to its lots; what came in leaves again as long as nothing of it was used.
    Raises Refused: `corrected_already`, `not_corrected_here`, `lot_used`; Forbidden, Missing.
    """
    async with write():
        slip = await slip_of(actor.school, id_)
        made = await _reverse(actor, slip, form.reason, now)
        await _kept(actor, slip, made, now)
    return int(made.id)


async def _kept(actor: Actor, slip: Slip, made: Slip, now: datetime) -> None:
    after = {"number": made.number, "corrects": slip.number, "reason": made.purpose, "fen": made.fen}
    await record(actor, "stock.correct", subject="slip", subject_id=made.id, after=after, now=now)


async def _reverse(actor: Actor, slip: Slip, reason: str, now: datetime) -> Slip:
    refuse_other_canteen(actor, slip.canteen)
    moves = list(
        await StockMove.objects()
        .where((StockMove.school == actor.school) & (StockMove.slip == slip.id))
        .order_by(StockMove.id)
    )
    lots = await lots_by_ids(actor.school, (move.lot for move in moves))
    refuse_if([*await _findings(slip, moves, lots)])
    made = await open_slip(
        actor,
        slip.canteen,
        SlipKind.CORRECTION,
        happened_at=now,
        now=now,
        meal=slip.meal,
        purpose=reason,
        receiver=slip.receiver,
        corrects=slip.id,
    )
    if slip.kind == SlipKind.RECEIPT:
        shelves = {move.id: on_shelf(lots[move.lot]) for move in moves}
        parts = [take(lot, lot.quantity_left) for lot in shelves.values()]
        await take_out(actor, made, parts, Move.CORRECTION, reason, corrects=[move.id for move in moves])
    else:
        await put_back(actor, made, moves, reason)
    return made


async def put_back(actor: Actor, slip: Slip, moves: list[StockMove], note: str) -> None:
    """Step: what these lines took out comes back to its lots, at the cost it left with."""
    rows = []
    for move in moves:
        mine = (Lot.school == actor.school) & (Lot.id == move.lot)
        await Lot.update(
            {
                Lot.quantity_left: Lot.quantity_left - move.quantity,
                Lot.fen_left: Lot.fen_left - move.fen,
            }
        ).where(mine)
        rows.append(_line(actor, slip, move, note))
    await StockMove.insert(*rows)
    slip.fen = -sum(move.fen for move in moves)
    await slip.save([Slip.fen])


def _line(actor: Actor, slip: Slip, move: StockMove, note: str) -> StockMove:
    return StockMove(
        school=actor.school,
        entered_at=slip.entered_at,
        entered_by=actor.person,
        canteen=slip.canteen,
        slip=slip.id,
        lot=move.lot,
        good=move.good,
        kind=Move.CORRECTION.value,
        day=slip.day,
        quantity=-move.quantity,
        fen=-move.fen,
        note=note,
        corrects=move.id,
    )


def _own_findings(actor: Actor, slip: Slip, now: datetime) -> list[Finding]:
    """The simple way is for one's own slip of this very day."""
    if slip.entered_by == actor.person and local_day(slip.entered_at) == local_day(now):
        return []
    message = _("Only who wrote a slip takes it back without a reason, and only on the same day.")
    return [error("not_own_today", message)]


async def _findings(slip: Slip, moves: list[StockMove], lots: dict[int, Lot]) -> list[Finding]:
    mine = (Slip.school == slip.school) & (Slip.corrects == slip.id)
    before = await Slip.objects().where(mine).first()
    if before is not None:
        text = _("Slip {number} has taken this one back already.")
        raise Conflict([error("corrected_already", text, number=before.number)])
    if slip.kind in GOES_OUT:
        return []
    if slip.kind != SlipKind.RECEIPT:
        return [error("not_corrected_here", _("A stocktake or a correction is not taken back: count again."))]
    if any(lot.origin == Origin.DELIVERY for lot in lots.values()):
        return [error("not_corrected_here", _("Correct the delivery: its slips follow."))]
    message = _("Of lot {number} something was issued already: correct that slip first.")
    return [
        error("lot_used", message, number=lots[move.lot].number)
        for move in moves
        if lots[move.lot].quantity_left != lots[move.lot].quantity
    ]
