"""Deeds at the counter: accept, take in provisionally, refuse. One save each, two people, all findings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from canteen.accounts.forms import Face
from canteen.accounts.rules import may
from canteen.accounts.services.devices import check_pin
from canteen.accounts.services.places import roles_of
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Forbidden, Level, Refused, error
from canteen.kit.texts import DEFAULT, _, say
from suppliers.purchasing.forms.deliveries import DeliveryForm, RefusalForm, SecondForm
from suppliers.purchasing.rules import (
    DeliveryState,
    Verdict,
    doubts_of,
    holes_of,
    judge,
    may_be_let_through,
    stops_of,
)
from suppliers.purchasing.services.deliveries.drafts import by_client_id
from suppliers.purchasing.services.deliveries.findings import kept_findings
from suppliers.purchasing.services.deliveries.reading import Read, read_delivery
from suppliers.purchasing.services.deliveries.telling import ask_principal, tell_refused
from suppliers.purchasing.services.deliveries.writing import (
    blank_row,
    claim,
    head_of,
    lines_of,
    number_for,
    photos_of,
    put_into_store,
    refuse_strange_photos,
    told_slips,
    write_lines,
)
from suppliers.purchasing.services.ordering import end_order
from suppliers.purchasing.tables import Delivery, DeliveryLine
from suppliers.stock.services import refuse_closed_day

SECOND = "purchasing.second"


async def accept(
    actor: Actor, form: DeliveryForm, second: SecondForm, *, draft: int | None = None, now: datetime
) -> int:
    """Accept a delivery, or the lines of it whose verdict says so; returns its id.

    What was accepted becomes lots; what goes to a meal at once leaves the store in the same save. Raises
    Refused with everything that is wrong or stops, Conflict when somebody else saved the draft meanwhile,
    Forbidden for a machine or another canteen, Missing for a strange draft.
    """
    return await _decide(actor, form, second, draft, provisional=False, now=now)


async def take_in(
    actor: Actor, form: DeliveryForm, second: SecondForm, *, draft: int | None = None, now: datetime
) -> int:
    """Take goods in provisionally (暂收待审): their lots are locked until the principal has decided.

    Where nothing stops them they are accepted like any others. Raises the same as `accept`; Refused too when
    something stands against them that nobody may let through.
    """
    return await _decide(actor, form, second, draft, provisional=True, now=now)


async def refuse(
    actor: Actor,
    form: DeliveryForm,
    reason: RefusalForm,
    second: SecondForm,
    *,
    draft: int | None = None,
    now: datetime,
) -> int:
    """Send a whole delivery back with a reason of the list; returns its id. Raises the same as `accept`."""
    lines = tuple(
        msgspec.structs.replace(
            line,
            verdict=Verdict.REFUSED,
            refusal=line.refusal or reason.all_refusal,
            refusal_note=line.refusal_note or reason.all_refusal_note,
        )
        for line in form.lines
    )
    whole = msgspec.structs.replace(form, lines=lines)
    return await _decide(actor, whole, second, draft, provisional=False, now=now)


async def _decide(
    actor: Actor,
    form: DeliveryForm,
    second: SecondForm,
    draft: int | None,
    *,
    provisional: bool,
    now: datetime,
) -> int:
    if actor.person is None:
        raise Forbidden
    if (sent := await _sent_before(actor.school, form, draft)) is not None:
        return sent
    read = await read_delivery(actor, form, second.second, now=now)
    refuse_other_canteen(actor, read.canteen)
    stops = await refuse_findings(actor, read, second, provisional=provisional, now=now)
    async with write():
        row = await _claimed(actor, read, draft, now)
        row = await settle(actor, row, read, stops, now=now)
    return int(row.id)


async def _sent_before(school: int, form: DeliveryForm, draft: int | None) -> int | None:
    """A phone that got no answer sends the same delivery again."""
    known = await by_client_id(school, form.client_id)
    if known is None or known.id == draft or known.state == DeliveryState.DRAFT.value:
        return None
    return int(known.id)


async def refuse_findings(
    actor: Actor, read: Read, second: SecondForm, *, provisional: bool, now: datetime
) -> list[Finding]:
    """The stops a delivery is taken in with. Raises Refused with everything that is to be mended first."""
    found = [*read.findings, *judge(read.door)]
    stops, doubts = stops_of(found), doubts_of(read.door, found)
    found += await _second_findings(actor.school, second, now)
    if holes_of(found) or doubts or (stops and not (provisional and may_be_let_through(stops))):
        raise Refused(_worst_first(found))
    await refuse_strange_photos(actor.school, photos_of(read.form))
    await _check_second(actor.school, second, found, now)
    return stops


def _worst_first(found: Sequence[Finding]) -> list[Finding]:
    """Errors first, then warnings at a line or paper; the checklist says the rest."""
    mine = ("lines.", "papers.")
    errors = [f for f in found if f.level is Level.ERROR]
    warnings = [f for f in found if f.level is Level.WARNING and f.at.startswith(mine)]
    return [*errors, *warnings]


async def _second_findings(school: int, second: SecondForm, now: datetime) -> list[Finding]:
    """Whether the second one may look at goods here; people_findings says the rest."""
    if second.second is None:
        return []
    roles = await roles_of(school, second.second, local_day(now))
    found = []
    if not roles or not may(roles, SECOND):
        found.append(error("second_unknown", _("Choose somebody who may check goods here."), "second"))
    if not second.second_pin:
        found.append(error("pin_missing", _("The second person types the own PIN."), "second_pin"))
    return found


async def _check_second(school: int, second: SecondForm, found: Sequence[Finding], now: datetime) -> None:
    """Look at the PIN when all else is right, so that a typing error elsewhere costs no try."""
    try:
        await check_pin(school, Face(second.second or 0, second.second_pin), now=now)
    except Refused as wrong:
        told = [replace(finding, at="second_pin") for finding in wrong.findings]
        raise Refused([*told, *_worst_first(found)]) from wrong


async def _claimed(actor: Actor, read: Read, draft: int | None, now: datetime) -> Delivery:
    if draft is None:
        known = await by_client_id(actor.school, read.form.client_id)
        if known is None:
            return blank_row(actor, read, now)
        return await claim(actor, known.id, None)
    row = await claim(actor, draft, read.form.version)
    for name, value in head_of(read.form, read).items():
        setattr(row, name, value)
    return row


async def settle(
    actor: Actor, row: Delivery, read: Read, stops: Sequence[Finding], *, now: datetime
) -> Delivery:
    """Step: write down what was decided: number, lines, papers, lots, slips, notices and the trail."""
    row.number = await number_for(actor.school, read.arrived_on.year)
    row.checked_by, row.checked_at = actor.person, now
    row.second_by, row.second_at = read.door.second_by, now
    row.typed, row.stops = None, kept_findings(stops)
    row.state = state_of(read, stops).value
    await row.save()
    await refuse_closed_day(actor.school, row.canteen, row.arrived_on)
    if row.order is not None and read.door.taken:
        await end_order(actor.school, row.order, now=now)
    lines = lines_of(actor, row, read, now)
    locked = say(DEFAULT, _("Provisional: {number}"), number=row.number) if stops else ""
    slips = told_slips(await put_into_store(actor, row, lines, locked=locked, now=now))
    await write_lines(actor, row, lines, read, now)
    row.slips, row.fen = msgspec.json.encode(slips).decode(), sum(line.fen for line in lines)
    await row.save([Delivery.slips, Delivery.fen])
    await _tell(actor, row, lines, stops, now)
    return row


def state_of(read: Read, stops: Sequence[Finding]) -> DeliveryState:
    """What became of it as a whole."""
    taken = read.door.taken
    if not taken:
        return DeliveryState.REFUSED
    if stops:
        return DeliveryState.PROVISIONAL
    whole = all(not line.weighed.refused for line in read.door.lines)
    return DeliveryState.ACCEPTED if whole else DeliveryState.PART


DEEDS: Mapping[DeliveryState, str] = {
    DeliveryState.ACCEPTED: "purchasing.accept",
    DeliveryState.PART: "purchasing.accept_part",
    DeliveryState.PROVISIONAL: "purchasing.take_in",
    DeliveryState.REFUSED: "purchasing.refuse",
}


async def _tell(
    actor: Actor, row: Delivery, lines: Sequence[DeliveryLine], stops: Sequence[Finding], now: datetime
) -> None:
    if row.state == DeliveryState.PROVISIONAL.value:
        await ask_principal(row, stops, now=now)
    refused = [line for line in lines if line.refusal]
    if refused:
        await tell_refused(actor, row, refused, now=now)
    deed = DEEDS[DeliveryState(row.state)]
    after = told(row, lines)
    about: dict[str, Any] = {"subject": "delivery", "subject_id": row.id, "after": after}
    await record(actor, deed, **about, at=row.arrived_at, now=now)


def told(row: Delivery, lines: Sequence[DeliveryLine]) -> dict[str, Any]:
    """A delivery as the trail tells it."""
    return {
        "number": row.number,
        "arrived_on": row.arrived_on,
        "fen": row.fen,
        "second": row.second_by,
        "goods": [f"{line.name} {line.accepted}" for line in lines],
        "refused": [line.name for line in lines if line.refusal],
        "stops": sorted({f["rule"] for f in msgspec.json.decode(row.stops)}),
    }
