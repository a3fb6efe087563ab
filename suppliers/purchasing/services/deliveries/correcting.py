"""Corrections: the delivery that was wrong stays in the book, and another one stands for it.

Before the second signature it is a draft and changed freely. In the same shift its own first checker corrects
it without a reason and the second one need not sign again; later a reason and a second signature are asked
for (practice 9). Either way the trail and the book keep both.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Finding, Forbidden, Refused, error
from canteen.kit.texts import _
from suppliers.purchasing.forms.deliveries import DeliveryForm, SecondForm
from suppliers.purchasing.rules import DeliveryState, doubts_of, holes_of, judge, stops_of
from suppliers.purchasing.services.deliveries.deciding import refuse_findings, settle
from suppliers.purchasing.services.deliveries.looking import delivery_of, lines_of
from suppliers.purchasing.services.deliveries.reading import Read, read_delivery
from suppliers.purchasing.services.deliveries.telling import decided
from suppliers.purchasing.services.deliveries.writing import (
    blank_row,
    photos_of,
    refuse_strange_photos,
)
from suppliers.purchasing.tables import Delivery
from suppliers.stock.services import take_back

SHIFT = timedelta(hours=12)
DECIDED = (
    DeliveryState.PROVISIONAL.value,
    DeliveryState.ACCEPTED.value,
    DeliveryState.PART.value,
    DeliveryState.REFUSED.value,
)


def is_plain(row: Delivery, person: int | None, now: datetime) -> bool:
    """Whether it is the first checker's own correction in the same shift."""
    if row.checked_at is None or person is None or row.checked_by != person:
        return False
    same_day = local_day(row.checked_at) == local_day(now)
    return bool(same_day and now - row.checked_at <= SHIFT and row.exception_at is None)


async def correct(
    actor: Actor, delivery: int, form: DeliveryForm, second: SecondForm, reason: str, *, now: datetime
) -> int:
    """Put another delivery in the place of one that was wrong; returns its id.

    The lots of the old one leave the book and those of the new one come in. Raises what `accept` raises, and
    Refused when something of the old lots was used already: those slips are corrected first.
    """
    if actor.person is None:
        raise Forbidden
    old = await delivery_of(actor.school, delivery)
    refuse_other_canteen(actor, old.canteen)
    plain = is_plain(old, actor.person, now)
    who = old.second_by if plain else second.second
    form = msgspec.structs.replace(form, arrived_at=form.arrived_at or old.arrived_at, client_id="")
    read = await read_delivery(actor, form, who, now=now)
    refuse_other_canteen(actor, read.canteen)
    if plain:
        stops = await _plain_stops(actor, read)
    else:
        _refuse_without_reason(reason)
        stops = await refuse_findings(actor, read, second, provisional=True, now=now)
    async with write():
        row = blank_row(actor, read, now)
        row.corrects = delivery
        await _take_old(actor, old, reason or row.note, now)
        made = await settle(actor, row, read, stops, now=now)
        after = {"number": made.number, "reason": reason}
        about: dict[str, Any] = {"subject": "delivery", "subject_id": delivery}
        before = {"number": old.number}
        await record(actor, "purchasing.correct", **about, before=before, after=after, now=now)
    return int(made.id)


def _refuse_without_reason(reason: str) -> None:
    if len(reason.strip()) < 4:
        message = _("Say why this delivery is corrected.")
        raise Refused([error("reason_missing", message, "reason")])


async def _plain_stops(actor: Actor, read: Read) -> list[Finding]:
    found = [*read.findings, *judge(read.door)]
    if holes_of(found) or doubts_of(read.door, found):
        raise Refused(found)
    await refuse_strange_photos(actor.school, photos_of(read.form))
    return stops_of(found)


async def _take_old(actor: Actor, old: Delivery, reason: str, now: datetime) -> None:
    """Step: mark the old one replaced and book its lots out. Raises Conflict when somebody was faster."""
    here = (Delivery.school == actor.school) & (Delivery.id == old.id) & (Delivery.version == old.version)
    values: dict[Any, Any] = {
        Delivery.state: DeliveryState.REPLACED.value,
        Delivery.version: old.version + 1,
    }
    done = (
        await Delivery.update(values).where(here & Delivery.state.is_in(list(DECIDED))).returning(Delivery.id)
    )
    if not done:
        message = _("This delivery was corrected or decided meanwhile: look at it again.")
        raise Conflict([error("delivery_changed", message)])
    if lots := [line.lot for line in await lines_of(actor.school, old.id) if line.lot]:
        receipt = next((slip["id"] for slip in msgspec.json.decode(old.slips)), None)
        await take_back(actor, old.canteen, lots, reason=reason, corrects=receipt, now=now)
    await decided(actor, old, now=now)
