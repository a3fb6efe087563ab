"""Asking for a payment on slips of one seller, and dropping it: then the slips are free again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.names import normalised
from canteen.kit.problems import Finding, Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from canteen.notices.services.posting import Note, settle, tell
from canteen.schools.services.policies import policy
from suppliers.payments.forms import ReasonForm, RequestForm
from suppliers.payments.rules import Asked, InvoiceKind, PayState, Way, asking_findings
from suppliers.payments.services.books import closed_findings, hold_books, payment_number
from suppliers.payments.services.signing import PAY, SIGN, ask_next, sign_one
from suppliers.payments.tables import Advance, Invoice, Payment


async def request_payment(actor: Actor, form: RequestForm, *, now: datetime) -> int:
    """Ask for slips of one seller to be paid; returns the payment's id.

    Raises Missing, and Refused: `slip_asked`, `slip_returned`, `several_sellers`, `too_much_cash`,
    `month_closed`, what a transfer lacks, and with `sign` why the actor may not sign as the handler.
    """
    if form.way is Way.ADVANCE:
        message = _("An advance is accounted for on its own page.")
        raise Refused([error("way_advance", message, "way")])
    async with write():
        await hold_books(actor.school)
        slips = await slips_for(actor.school, form.slips)
        day = form.day or local_day(now)
        payee = form.payee or (slips[0].seller if slips else "")
        asked = Asked(sum(s.fen for s in slips), form.way, _kinds(slips), payee, form.account, form.bank)
        most = await policy(actor.school, "small_cash_most_fen", day)
        found = [
            *slip_state_findings(slips),
            *_one_seller(slips),
            *_day_findings(day, local_day(now)),
            *await closed_findings(actor.school, day, "day"),
            *asking_findings(asked, most if isinstance(most, int) else None),
        ]
        refuse_if(found)
        row = await keep_payment(actor, form, asked, slips, day, now=now)
        if form.sign:
            await sign_one(actor, row, form.collective_note, now=now)
        await ask_next(row, now=now)
        after = told(row, slips)
        await record(actor, "payments.request", subject="payment", subject_id=row.id, after=after, now=now)
    return int(row.id)


async def drop_payment(actor: Actor, payment: int, form: ReasonForm, *, now: datetime) -> None:
    """Drop a payment that was not paid; its slips are free again. Raises Missing, Refused: `not_open`."""
    async with write():
        await hold_books(actor.school)
        row = await payment_of(actor.school, payment)
        if row.state not in (PayState.SIGNING.value, PayState.APPROVED.value):
            raise Refused([error("not_open", _("This payment is paid or dropped already."))])
        values = {"state": PayState.DROPPED.value, "dropped_reason": form.reason}
        await update_payment(row, values)
        here = (Invoice.school == actor.school) & (Invoice.payment == payment)
        await Invoice.update({Invoice.payment: None}).where(here)
        if row.advance is not None:
            free: dict[Any, Any] = {Advance.spent_fen: None, Advance.returned_fen: None}
            await Advance.update(free).where((Advance.school == actor.school) & (Advance.id == row.advance))
        for topic in (SIGN, PAY):
            await settle(actor.school, topic, "payment", payment, now=now, by=actor.person)
        if row.entered_by is not None:
            await tell(actor.school, _dropped(row, form.reason), now=now, by=actor.person)
        after = {"number": row.number, "reason": form.reason}
        await record(actor, "payments.drop", subject="payment", subject_id=payment, after=after, now=now)


async def payment_of(school: int, payment: int) -> Payment:
    """One payment of the school. Raises Missing."""
    here = (Payment.school == school) & (Payment.id == payment)
    found: Payment | None = await Payment.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def update_payment(row: Payment, values: dict[str, Any]) -> None:
    """Step: these values for a payment, in the row at hand too."""
    await Payment.update(values).where((Payment.school == row.school) & (Payment.id == row.id))  # type: ignore[arg-type]
    for name, value in values.items():
        setattr(row, name, value)


async def slips_for(school: int, ids: Sequence[int]) -> list[Invoice]:
    """Step: slips that stand, by id. Raises Missing when one does not."""
    here = (Invoice.school == school) & Invoice.id.is_in(list(set(ids))) & Invoice.withdrawn_at.is_null()
    rows = await Invoice.objects().where(here).order_by(Invoice.id)
    if len(rows) < len(set(ids)):
        raise Missing
    return list(rows)


def slip_state_findings(slips: Sequence[Invoice]) -> list[Finding]:
    """Slips that are on a payment already, or that finance gave back."""
    found = []
    for slip in slips:
        if slip.payment is not None:
            message = _("Slip {number} is on a payment already: nothing is paid twice.")
            found.append(error("slip_asked", message, "slips", number=slip.number))
        elif slip.returned_reason:
            message = _("Slip {number} was given back and is not mended yet.")
            found.append(error("slip_returned", message, "slips", number=slip.number))
    return found


async def keep_payment(
    actor: Actor, form: RequestForm, asked: Asked, slips: Sequence[Invoice], day: date, *, now: datetime
) -> Payment:
    """Step: the payment with its number, and its slips on it."""
    row = Payment(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        number=await payment_number(actor.school, day),
        supplier=slips[0].supplier,
        payee=asked.payee,
        payee_account=asked.account,
        payee_bank=asked.bank,
        way=form.way.value,
        advance=None,
        day=day,
        fen=asked.fen,
        state=PayState.SIGNING.value,
        purpose=form.purpose,
        collective_note=form.collective_note,
        paid_on=None,
        paid_by=None,
        paid_at=None,
        bank_reference="",
        dropped_reason="",
    )
    await row.save()
    here = (Invoice.school == actor.school) & Invoice.id.is_in([slip.id for slip in slips])
    await Invoice.update({Invoice.payment: row.id}).where(here)
    return row


def told(row: Payment, slips: Sequence[Invoice]) -> dict[str, Any]:
    """A payment as the trail tells it."""
    names = ("number", "payee", "way", "day", "fen", "purpose", "collective_note")
    return {**{name: getattr(row, name) for name in names}, "slips": [slip.number for slip in slips]}


def _kinds(slips: Sequence[Invoice]) -> list[InvoiceKind]:
    return [InvoiceKind(slip.kind) for slip in slips]


def _one_seller(slips: Sequence[Invoice]) -> list[Finding]:
    if len({(slip.supplier, normalised(slip.seller)) for slip in slips}) < 2:
        return []
    message = _("A payment goes to one seller: choose slips of one of them.")
    return [error("several_sellers", message, "slips")]


def _day_findings(day: date, today: date) -> list[Finding]:
    if day <= today:
        return []
    return [error("day_later", _("The day lies in the future."), "day")]


def _dropped(row: Payment, reason: str) -> Note:
    return Note(
        "payments.dropped",
        _("Payment {number} to {payee} was dropped: {reason}"),
        "payment",
        row.id,
        people=(row.entered_by,),
        facts={"number": row.number, "payee": row.payee, "reason": reason},
        link=f"/payments/{row.id}",
    )
