"""Lots that may not be used yet: locked until somebody decides, set apart, held by an incident."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Conflict, error
from canteen.kit.texts import _
from suppliers.stock.forms import ApartForm
from suppliers.stock.rules import LotState
from suppliers.stock.services.store import lot_of
from suppliers.stock.tables import Lot


async def set_state(school: int, lots: Sequence[int], state: LotState, reason: str) -> None:
    """Step: open, lock or set apart lots; `reason` is shown beside them."""
    values = {Lot.state: state.value, Lot.state_reason: reason}
    await Lot.update(values).where(_these(school, lots))  # type: ignore[arg-type]


async def hold(school: int, lots: Sequence[int], reason: str, *, now: datetime) -> None:
    """Step: an incident holds lots; those that are held stay as they are."""
    values = {Lot.held_at: now, Lot.held_reason: reason}
    await Lot.update(values).where(_these(school, lots) & Lot.held_at.is_null())  # type: ignore[arg-type]


async def lift(school: int, lots: Sequence[int]) -> None:
    """Step: the incident is over."""
    await Lot.update({Lot.held_at: None, Lot.held_reason: ""}).where(_these(school, lots))


def _these(school: int, lots: Sequence[int]) -> Any:
    return (Lot.school == school) & Lot.id.is_in(list(lots))


async def set_apart(actor: Actor, id_: int, form: ApartForm, *, now: datetime) -> None:
    """Set a lot apart until somebody has decided: it may not be used.

    Raises Missing, Forbidden, and Conflict when it is locked or set apart already.
    """
    async with write():
        await _move_to(actor, id_, LotState.OPEN, LotState.QUARANTINED, form.reason)
        after = {"state": LotState.QUARANTINED, "reason": form.reason}
        await record(actor, "stock.set_apart", subject="lot", subject_id=id_, after=after, now=now)


async def release_lot(actor: Actor, id_: int, form: ApartForm, *, now: datetime) -> None:
    """A lot that was set apart may be used again; what a delivery has locked is decided there.

    Raises Missing, Forbidden, and Conflict when it is not set apart.
    """
    async with write():
        await _move_to(actor, id_, LotState.QUARANTINED, LotState.OPEN, "")
        after = {"state": LotState.OPEN, "reason": form.reason}
        await record(actor, "stock.release", subject="lot", subject_id=id_, after=after, now=now)


async def _move_to(actor: Actor, id_: int, old: LotState, new: LotState, reason: str) -> None:
    lot = await lot_of(actor.school, id_)
    refuse_other_canteen(actor, lot.canteen)
    if lot.state != old:
        message = _("The lot stands otherwise by now. Look at it again.")
        raise Conflict([error("lot_changed_state", message)])
    await set_state(actor.school, [id_], new, reason)
