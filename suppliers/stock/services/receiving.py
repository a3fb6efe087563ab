"""What comes in: lots on a slip (入库单)."""

from collections.abc import Sequence
from datetime import datetime

from canteen.kit.actor import Actor
from canteen.kit.db import fresh, insert_numbered, insert_rows
from canteen.schools.services.serials import next_serials
from suppliers.stock.rules import Move, NewLot, SlipKind, lot_number
from suppliers.stock.services.store import open_slip
from suppliers.stock.tables import Lot, Slip, StockMove


async def receive(
    actor: Actor, canteen: int, lots: Sequence[NewLot], *, happened_at: datetime, now: datetime
) -> tuple[Slip, list[Lot]]:
    """Step: put lots into the store on one slip (入库单), in the order given.

    Raises Refused when a closed stocktake has locked the day.
    """
    slip = await open_slip(actor, canteen, SlipKind.RECEIPT, happened_at=happened_at, now=now)
    rows = await add_lots(actor, slip, lots, Move.IN)
    slip.fen = sum(new.fen for new in lots)
    await slip.save([Slip.fen])
    return slip, rows


async def add_lots(actor: Actor, slip: Slip, lots: Sequence[NewLot], kind: Move) -> list[Lot]:
    """Step: new lots with a line each on a slip."""
    rows = await _lots(actor, slip, lots)
    await insert_numbered(rows, "number")
    await insert_rows([_line(actor, slip, row, new, kind) for row, new in zip(rows, lots, strict=True)])
    return rows


async def _lots(actor: Actor, slip: Slip, lots: Sequence[NewLot]) -> list[Lot]:
    serials = await next_serials(actor.school, f"lot-{slip.day.isoformat()}", len(lots))
    return [_lot(actor, slip, new, serial) for new, serial in zip(lots, serials, strict=True)]


def _lot(actor: Actor, slip: Slip, new: NewLot, serial: int) -> Lot:
    return fresh(
        Lot,
        school=actor.school,
        entered_at=slip.entered_at,
        entered_by=actor.person,
        canteen=slip.canteen,
        number=lot_number(slip.day, serial),
        good=new.good,
        supplier=new.supplier,
        origin=new.origin.value,
        origin_id=new.origin_id,
        spec=new.spec,
        producer=new.producer,
        batch_number=new.batch_number,
        produced_on=new.produced_on,
        expires_on=new.expires_on,
        usable_from=new.usable_from,
        received_on=slip.day,
        quantity=new.quantity,
        quantity_left=new.quantity,
        fen=new.fen,
        fen_left=new.fen,
        place=new.place,
        state=new.state.value,
        state_reason=new.state_reason,
        held_at=None,
        held_reason="",
    )


def _line(actor: Actor, slip: Slip, lot: Lot, new: NewLot, kind: Move) -> StockMove:
    return fresh(
        StockMove,
        school=actor.school,
        entered_at=slip.entered_at,
        entered_by=actor.person,
        canteen=slip.canteen,
        slip=slip.id,
        lot=lot.id,
        good=new.good,
        kind=kind.value,
        day=slip.day,
        quantity=new.quantity,
        fen=new.fen,
        note=new.note,
        corrects=None,
    )
