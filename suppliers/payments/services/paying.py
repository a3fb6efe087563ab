"""The cashier pays what is approved: by transfer with the bank's reference, in cash, or out of an advance."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from canteen.notices.services.posting import Note, settle, tell
from suppliers.payments.forms import PayForm
from suppliers.payments.rules import PayState, Way, payer_findings, paying_findings
from suppliers.payments.services.asking import payment_of, update_payment
from suppliers.payments.services.books import closed_findings, hold_books
from suppliers.payments.services.signing import PAY, signatures_of
from suppliers.payments.tables import Advance, Payment


async def pay(actor: Actor, form: PayForm, *, now: datetime) -> int:
    """Note that approved payments were made: all or none; returns how many.

    Raises Missing, and Refused: `not_approved` (also when it is paid already), `accountant_pays`,
    `signer_pays`, `reference_missing`, `month_closed`, `paid_later`.
    """
    async with write():
        await hold_books(actor.school)
        rows = [await payment_of(actor.school, id_) for id_ in sorted(set(form.payments))]
        day = form.paid_on or local_day(now)
        found = [
            *await closed_findings(actor.school, day, "paid_on"),
            *_once([finding for row in rows for finding in await _findings(actor, row, form, day)]),
            *_later(day, local_day(now)),
        ]
        refuse_if(found)
        for row in rows:
            await _pay(actor, row, day, form.bank_reference, now)
    return len(rows)


async def _findings(actor: Actor, row: Payment, form: PayForm, day: date) -> list[Finding]:
    given = await signatures_of(row.school, [row.id])
    signed = [person for one in given for person in (one["person"], one["for_person"]) if person is not None]
    found = payer_findings(actor.roles, actor.person, signed)
    if row.state != PayState.APPROVED.value:
        message = _("{number} is not approved, or it is paid already: nothing is paid twice.")
        found.append(error("not_approved", message, "payments", number=row.number))
    if day < row.day:
        message = _("{number} was asked for on {day}; it cannot be paid before.")
        found.append(error("paid_before", message, "paid_on", number=row.number, day=row.day))
    return [*found, *paying_findings(Way(row.way), form.bank_reference)]


async def _pay(actor: Actor, row: Payment, day: date, reference: str, now: datetime) -> None:
    values = {
        "state": PayState.PAID.value,
        "paid_on": day,
        "paid_by": actor.person,
        "paid_at": now,
        "bank_reference": reference if row.way == Way.TRANSFER.value else "",
    }
    await update_payment(row, values)
    if row.advance is not None:
        await _settle_advance(actor, row.advance, now)
    await settle(row.school, PAY, "payment", row.id, now=now, by=actor.person)
    if row.entered_by is not None:
        await tell(row.school, _paid(row), now=now, by=actor.person)
    names = ("number", "payee", "fen", "way", "paid_on", "bank_reference")
    after = {name: getattr(row, name) for name in names}
    await record(actor, "payments.pay", subject="payment", subject_id=row.id, after=after, now=now)


async def _settle_advance(actor: Actor, advance: int, now: datetime) -> None:
    values: dict[Any, Any] = {Advance.settled_at: now, Advance.settled_by: actor.person}
    await Advance.update(values).where((Advance.school == actor.school) & (Advance.id == advance))
    await settle(actor.school, "payments.overdue", "advance", advance, now=now, by=actor.person)


def _later(day: date, today: date) -> list[Finding]:
    return [error("paid_later", _("The day lies in the future."), "paid_on")] if day > today else []


def _once(found: Sequence[Finding]) -> list[Finding]:
    """What holds for the payer is said once, however many payments there are."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for finding in found:
        kept.setdefault((finding.rule, finding.at, str(finding.facts)), finding)
    return list(kept.values())


def _paid(row: Payment) -> Note:
    return Note(
        "payments.paid",
        _("{number} to {payee}, {yuan} yuan, is paid"),
        "payment",
        row.id,
        people=(row.entered_by,),
        facts={"number": row.number, "payee": row.payee, "yuan": f"{row.fen / 100:.2f}"},
        link=f"/payments/{row.id}",
    )
