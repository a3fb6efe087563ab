"""Closing a stocktake: differences are posted, the past is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local
from canteen.kit.db import write
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from suppliers.stock.forms import ClosingForm, instant_on
from suppliers.stock.rules import (
    Counted,
    CountState,
    LotState,
    Move,
    NewLot,
    Origin,
    SlipKind,
    closing_findings,
    share_of,
)
from suppliers.stock.services.counting import lines_by_lot, open_count, refresh
from suppliers.stock.services.receiving import add_lots
from suppliers.stock.services.store import lots_by_ids, open_slip
from suppliers.stock.services.witness import prove_witness
from suppliers.stock.tables import CountLine, Lot, Slip, StockMove, Stocktake


@dataclass(frozen=True, slots=True)
class Posted:
    """A difference on its lot: quantity and fen to add (a loss is negative), and why."""

    lot: Lot
    quantity: int
    fen: int
    note: str


async def close_count(actor: Actor, id_: int, form: ClosingForm, *, now: datetime) -> int:
    """Close a stocktake before a witness; returns the id of the slip with its differences.

    A count of the whole store locks its day and all days before. Raises Refused for lots that nobody
    counted, differences nobody explained, and a wrong witness; Conflict, Missing, Forbidden.
    """
    await _ready(actor, id_, now)
    witness = await prove_witness(actor, form.witness, form.witness_pin, now=now)
    async with write():
        count = await open_count(actor, id_)
        posted = await _differences(actor, count, now)
        slip = await _slip(actor, count, witness, posted, now)
        count.state, count.slip, count.witness = CountState.CLOSED.value, slip.id, witness
        count.closed_at, count.closed_by = now, actor.person
        await count.save()
        after = {
            "number": slip.number,
            "day": count.day,
            "lots": len(posted),
            "fen": slip.fen,
            "witness": witness,
        }
        await record(actor, "stock.close_count", subject="stocktake", subject_id=id_, after=after, now=now)
    return int(slip.id)


async def _ready(actor: Actor, id_: int, now: datetime) -> None:
    """Raises Refused with all that is missing, before a PIN is asked for."""
    count = await open_count(actor, id_)
    lines = await lines_by_lot(actor.school, id_)
    refuse_if(await _findings(actor, count, lines))


async def _findings(actor: Actor, count: Stocktake, lines: dict[int, CountLine]) -> list[Finding]:
    lots = await lots_by_ids(actor.school, lines)
    open_lines = [line for line in lines.values() if line.counted is not None or lots[line.lot].quantity_left]
    found = closing_findings([Counted(x.lot, x.book, x.fen, x.counted, x.cause) for x in open_lines])
    if any(finding.rule == "not_counted" for finding in found):
        rest = [finding for finding in found if finding.rule != "not_counted"]
        message = _("{missing} lots were not counted yet.")
        found = [*rest, error("not_counted", message, missing=len(found) - len(rest))]
    if not lines:
        found.append(error("nothing_counted", _("There is nothing to count here.")))
    return found


async def _differences(actor: Actor, count: Stocktake, now: datetime) -> list[Posted]:
    await refresh(actor, count, now=now)
    lines = await lines_by_lot(actor.school, count.id)
    refuse_if(await _findings(actor, count, lines))
    lots = await lots_by_ids(actor.school, lines)
    posted = []
    for line in lines.values():
        figures = Counted(line.lot, line.book, line.fen, line.counted, line.cause)
        if figures.difference:
            note = ": ".join(text for text in (line.cause, line.note) if text)
            posted.append(_posted(lots[line.lot], figures.difference, figures.difference_fen, note))
    refuse_if([_moved(one.lot) for one in posted if one.lot.quantity_left + one.quantity < 0])
    return posted


def _moved(lot: Lot) -> Finding:
    message = _("Lot {number} went out after it was counted: count it again.")
    return error("moved_since", message, number=lot.number)


def _posted(lot: Lot, difference: int, fen: int, note: str) -> Posted:
    """A loss costs its share of what the lot holds now, so that an emptied lot costs nothing more."""
    if difference < 0 and lot.quantity_left + difference >= 0:
        return Posted(lot, difference, -share_of(lot.fen_left, lot.quantity_left, -difference), note)
    if difference > 0 and not fen and lot.quantity:
        return Posted(lot, difference, share_of(lot.fen, lot.quantity, difference), note)
    return Posted(lot, difference, fen, note)


async def _slip(
    actor: Actor, count: Stocktake, witness: int, posted: Sequence[Posted], now: datetime
) -> Slip:
    slip = await open_slip(
        actor,
        count.canteen,
        SlipKind.STOCKTAKE,
        happened_at=max(instant_on(count.day, now), at_local(count.day, 0)),
        now=now,
        witness=witness,
    )
    fits = [one for one in posted if one.lot.quantity_left + one.quantity <= one.lot.quantity]
    await _change_lots(actor, slip, fits)
    more = [one for one in posted if one not in fits]
    if more:
        await add_lots(actor, slip, [_found(one, count) for one in more], Move.STOCKTAKE)
    slip.fen = sum(one.fen for one in posted)
    await slip.save([Slip.fen])
    return slip


async def _change_lots(actor: Actor, slip: Slip, posted: Sequence[Posted]) -> None:
    rows = []
    for one in posted:
        mine = (Lot.school == actor.school) & (Lot.id == one.lot.id)
        left = {Lot.quantity_left: Lot.quantity_left + one.quantity, Lot.fen_left: Lot.fen_left + one.fen}
        await Lot.update(left).where(mine)  # type: ignore[arg-type]
        rows.append(_line(actor, slip, one))
    if rows:
        await StockMove.insert(*rows)


def _line(actor: Actor, slip: Slip, one: Posted) -> StockMove:
    return StockMove(
        school=actor.school,
        entered_at=slip.entered_at,
        entered_by=actor.person,
        canteen=slip.canteen,
        slip=slip.id,
        lot=one.lot.id,
        good=one.lot.good,
        kind=Move.STOCKTAKE.value,
        day=slip.day,
        quantity=one.quantity,
        fen=one.fen,
        note=one.note,
        corrects=None,
    )


def _found(one: Posted, count: Stocktake) -> NewLot:
    """More than ever came of a lot is a lot of its own, with the papers of the one it lay beside."""
    lot = one.lot
    return NewLot(
        good=lot.good,
        quantity=one.quantity,
        fen=one.fen,
        origin=Origin.STOCKTAKE,
        origin_id=count.id,
        supplier=lot.supplier,
        spec=lot.spec,
        producer=lot.producer,
        batch_number=lot.batch_number,
        produced_on=lot.produced_on,
        expires_on=lot.expires_on,
        usable_from=lot.usable_from,
        place=lot.place,
        state=LotState(lot.state),
        state_reason=lot.state_reason,
        note=one.note,
    )
