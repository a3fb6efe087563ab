"""The principal decides about goods that were taken in provisionally: let them through, or turn them away."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from canteen.accounts.rules import Role
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Finding, Forbidden, Missing, Refused, error
from canteen.kit.texts import _
from canteen.schools.services.policies import policy
from suppliers.purchasing.forms.deliveries import ReasonForm
from suppliers.purchasing.rules import DeliveryState, Refusal, Verdict, may_be_let_through
from suppliers.purchasing.services.deliveries.deciding import told
from suppliers.purchasing.services.deliveries.findings import read_findings
from suppliers.purchasing.services.deliveries.looking import delivery_of, lines_of
from suppliers.purchasing.services.deliveries.telling import decided, tell_refused
from suppliers.purchasing.services.deliveries.writing import issue_direct, told_slips
from suppliers.purchasing.tables import Delivery, DeliveryLine
from suppliers.stock.rules import LotState
from suppliers.stock.services import set_state, take_back


async def let_through(actor: Actor, delivery: int, form: ReasonForm, *, now: datetime) -> None:
    """Let goods in all the same: their lots are open, and the reason stands on every later report.

    What was meant for a meal leaves the store in the same save. Raises Missing, Forbidden, Refused for what
    nobody lets through, and Conflict when it was decided meanwhile.
    """
    async with write():
        row = await _claim(actor, delivery)
        await _refuse_deputy(actor, now)
        if not may_be_let_through(read_findings(row.stops)):
            message = _("Nobody may let these goods through: turn them away.")
            raise Refused([error("never_let_through", message)])
        lines = await lines_of(actor.school, delivery)
        await set_state(actor.school, _lots(lines), LotState.OPEN, "")
        slips = await issue_direct(actor, row, lines, now=now)
        part = any(line.refusal for line in lines)
        row.state = (DeliveryState.PART if part else DeliveryState.ACCEPTED).value
        row.slips = _with(row.slips, told_slips(slips))
        row.exception_reason = form.reason
        await _close(actor, row, "purchasing.let_through", lines, now)


async def turn_away(actor: Actor, delivery: int, form: ReasonForm, *, now: datetime) -> None:
    """Send the goods back: their lots leave the book again. Raises Missing, Forbidden, Conflict."""
    async with write():
        row = await _claim(actor, delivery)
        await _refuse_deputy(actor, now)
        lines = await lines_of(actor.school, delivery)
        lots = _lots(lines)
        receipt = next((slip["id"] for slip in msgspec.json.decode(row.slips)), None)
        slip = await take_back(actor, row.canteen, lots, reason=form.reason, corrects=receipt, now=now)
        values: dict[Any, Any] = {
            DeliveryLine.accepted: 0,
            DeliveryLine.fen: 0,
            DeliveryLine.verdict: Verdict.REFUSED.value,
            DeliveryLine.refusal: _reason_of(read_findings(row.stops)).value,
            DeliveryLine.refusal_note: form.reason,
        }
        taken = (DeliveryLine.school == actor.school) & (DeliveryLine.delivery == delivery)
        await DeliveryLine.update(values).where(taken & (DeliveryLine.accepted > 0))
        row.state, row.fen = DeliveryState.REFUSED.value, 0
        row.slips = _with(row.slips, told_slips([slip]))
        await tell_refused(actor, row, lines, now=now)
        row.exception_reason = form.reason
        await _close(actor, row, "purchasing.turn_away", lines, now)


REASONS: Mapping[str, Refusal] = {
    "licence_expired": Refusal.LICENCE_EXPIRED,
    "licence_missing": Refusal.LICENCE_OTHER,
    "category_not_covered": Refusal.OUT_OF_SCOPE,
    "too_warm": Refusal.TOO_WARM,
    "quarantine_expired": Refusal.NO_QUARANTINE,
    "paper_missing": Refusal.PAPERS_DIFFER,
}
"""Which reason of the usual list a stop stands for; the principal's own words stand beside it."""


def _reason_of(stops: Sequence[Finding]) -> Refusal:
    if any(stop.at == "papers.animal_quarantine" for stop in stops):
        return Refusal.NO_QUARANTINE
    return next((REASONS[stop.rule] for stop in stops if stop.rule in REASONS), Refusal.LICENCE_OTHER)


def _lots(lines: Sequence[DeliveryLine]) -> list[int]:
    return [line.lot for line in lines if line.lot]


def _with(slips: str, more: Sequence[dict[str, Any]]) -> str:
    return msgspec.json.encode([*msgspec.json.decode(slips), *more]).decode()


async def _claim(actor: Actor, delivery: int) -> Delivery:
    """The delivery, if nobody has decided about it yet."""
    if actor.person is None:
        raise Forbidden
    row = await delivery_of(actor.school, delivery)
    refuse_other_canteen(actor, row.canteen)
    if row.state == DeliveryState.DRAFT.value:
        raise Missing
    here = (Delivery.school == actor.school) & (Delivery.id == delivery)
    waits = here & (Delivery.state == DeliveryState.PROVISIONAL.value)
    claimed = (
        await Delivery.update({Delivery.version: Delivery.version + 1}).where(waits).returning(Delivery.id)
    )
    if not claimed:
        raise Conflict([error("decided_already", _("This was decided already: look at it again."))])
    return await delivery_of(actor.school, delivery)


async def _refuse_deputy(actor: Actor, now: datetime) -> None:
    """Whether a deputy decides too is a policy; a dated delegation makes somebody the principal."""
    who = await policy(actor.school, "provisional_by", local_day(now))
    if who == "principal" and Role.PRINCIPAL not in actor.roles:
        message = _("At this school the principal decides, or somebody who was delegated.")
        raise Refused([error("principal_only", message)])


async def _close(
    actor: Actor, row: Delivery, deed: str, lines: Sequence[DeliveryLine], now: datetime
) -> None:
    row.exception_by, row.exception_at = actor.person, now
    changed = (Delivery.state, Delivery.slips, Delivery.fen, Delivery.exception_by)
    await row.save([*changed, Delivery.exception_at, Delivery.exception_reason])
    await decided(actor, row, now=now)
    after = {**told(row, lines), "reason": row.exception_reason}
    await record(actor, deed, subject="delivery", subject_id=row.id, after=after, now=now)
