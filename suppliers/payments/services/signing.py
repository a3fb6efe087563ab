"""The three signatures, by three people in order, each in a role that signs there; and who is next."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from canteen.accounts.rules import Role
from canteen.accounts.services.places import signs_for
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, Refused, error, refuse_if
from canteen.kit.texts import Word, _
from canteen.notices.services.posting import Note, ask, settle
from canteen.schools.services.policies import policy
from suppliers.payments.forms import SignForm
from suppliers.payments.rules import (
    SIGNED_NAMES,
    SIGNERS,
    PayState,
    Signed,
    collective_findings,
    next_signature,
    role_findings,
    signature_findings,
)
from suppliers.payments.services.books import hold_books
from suppliers.payments.tables import Payment, Signature

SIGN, PAY = "payments.sign", "payments.pay"
"""Topics of the tasks: a payment waits for its next signature; it waits to be paid."""


async def sign_payments(actor: Actor, form: SignForm, *, now: datetime) -> int:
    """Sign several payments, each at the place whose turn it is: all or none; returns how many.

    Raises Missing, and Refused: `not_signing`, `not_your_place`, `same_person`, `collective_missing`,
    `no_person`.
    """
    async with write():
        await hold_books(actor.school)
        rows = await _payments(actor.school, form.payments)
        for row in rows:
            place = await sign_one(actor, row, form.collective_note, now=now)
            await ask_next(row, now=now)
            after = {"number": row.number, "fen": row.fen, "place": place}
            await record(actor, "payments.sign", subject="payment", subject_id=row.id, after=after, now=now)
    return len(rows)


async def sign_one(actor: Actor, row: Payment, note: str, *, now: datetime) -> Signed:
    """Step: the actor signs the payment at its next place; the third signature approves it."""
    given = await signatures_of(row.school, [row.id])
    signed = {Signed(one["role"]): int(one["person"]) for one in given}
    place = next_signature(signed)
    if place is None or row.state != PayState.SIGNING.value:
        message = _("{number} waits for no signature any more.")
        raise Refused([error("not_signing", message, number=row.number)])
    whom = await for_whom(actor, place, local_day(now))
    lent = {int(one["for_person"]) for one in given if one["for_person"] is not None}
    refuse_if(
        [
            *role_findings(actor.roles, place),
            *signature_findings(signed, place, actor.person),
            *_lent_findings({*signed.values(), *lent}, lent, actor.person, whom),
        ]
    )
    if place is Signed.APPROVED:
        await _approve(row, note)
    await Signature(
        school=row.school,
        entered_at=now,
        entered_by=actor.person,
        payment=row.id,
        role=place.value,
        person=actor.person,
        for_person=whom,
        signed_at=now,
    ).save()
    return place


async def for_whom(actor: Actor, place: Signed, day: date) -> int | None:
    """Whom the actor signs for by delegation (授权代签); None in a role of one's own."""
    wanted = sorted(SIGNERS[place] & set(actor.roles))
    if actor.person is None:
        return None
    lenders = [await signs_for(actor.school, actor.person, role, day) for role in wanted]
    return None if None in lenders or not lenders else lenders[0]


async def signatures_of(school: int, payments: Sequence[int]) -> list[dict[str, Any]]:
    """The signatures of several payments with the names of who signed, in their order."""
    if not payments:
        return []
    columns = (*Signature.all_columns(), Signature.person.name.as_alias("name"))
    here = (Signature.school == school) & Signature.payment.is_in(list(payments))
    return list(await Signature.select(*columns).where(here).order_by(Signature.id))


async def ask_next(row: Payment, *, now: datetime) -> None:
    """Step: the task of whoever is next: to sign, or to pay."""
    await settle(row.school, SIGN, "payment", row.id, now=now)
    given = await signatures_of(row.school, [row.id])
    place = next_signature({Signed(one["role"]): one["person"] for one in given})
    facts: dict[str, Any] = {"number": row.number, "payee": row.payee, "yuan": f"{row.fen / 100:.2f}"}
    if place is None:
        message = _("{number} to {payee}, {yuan} yuan, is approved and waits to be paid")
        note = Note(PAY, message, "payment", row.id, roles=(Role.CASHIER,), facts=facts, link="/payments/pay")
    else:
        message = _("{number} to {payee}, {yuan} yuan, waits for a signature: {place}")
        facts["place"] = Word(SIGNED_NAMES[place])
        roles = sorted(SIGNERS[place])
        note = Note(SIGN, message, "payment", row.id, roles=roles, facts=facts, link="/payments/sign")
    await ask(row.school, note, now=now)


async def _payments(school: int, ids: Sequence[int]) -> list[Payment]:
    wanted = sorted(set(ids))
    here = (Payment.school == school) & Payment.id.is_in(wanted)
    rows = await Payment.objects().where(here).order_by(Payment.id)
    if len(rows) < len(wanted):
        raise Missing
    return list(rows)


def _lent_findings(taken: set[int], lent: set[int], person: int | None, whom: int | None) -> list[Finding]:
    """Nobody stands twice on one paper, neither with one's own hand nor by somebody else's."""
    if person in lent or whom in taken:
        message = _("Who is signed for stands on this paper already: three different people sign.")
        return [error("same_person", message)]
    return []


async def _approve(row: Payment, note: str) -> None:
    """The third signature; above the threshold it names the meeting that decided."""
    from_fen = await policy(row.school, "collective_from_fen", row.day)
    said = row.collective_note or note
    refuse_if(collective_findings(row.fen, from_fen if isinstance(from_fen, int) else None, said))
    values: dict[Any, Any] = {Payment.state: PayState.APPROVED.value, Payment.collective_note: said}
    await Payment.update(values).where((Payment.school == row.school) & (Payment.id == row.id))
    row.state, row.collective_note = PayState.APPROVED.value, said
