"""Cash advances (备用金): asked for, approved, given, accounted for on slips, the rest handed back."""

from datetime import datetime, timedelta
from typing import Any

from canteen.accounts.rules import Role
from canteen.accounts.services.places import roles_of
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Level, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.notices.services.posting import Note, ask, settle, warn
from canteen.schools.services.policies import values_on
from suppliers.payments.forms import AccountForm, AdvanceForm, ReasonForm, RequestForm
from suppliers.payments.rules import (
    SIGNERS,
    Advanced,
    Asked,
    InvoiceKind,
    Signed,
    Way,
    advance_findings,
    advance_limit_findings,
    overdue_findings,
    payer_findings,
)
from suppliers.payments.services.asking import (
    keep_payment,
    slip_state_findings,
    slips_for,
    told,
    update_payment,
)
from suppliers.payments.services.books import advance_number, hold_books, refuse_closed
from suppliers.payments.services.signing import ask_next
from suppliers.payments.tables import Advance

APPROVE, GIVE, OVERDUE = "payments.approve_advance", "payments.give_advance", "payments.overdue"
HEADS = (Role.PRINCIPAL, Role.DEPUTY)


async def ask_advance(actor: Actor, form: AdvanceForm, *, now: datetime) -> int:
    """Ask for cash for a buyer; returns its id.

    Raises Refused: `not_a_buyer`, `advance_too_large`, `day_past`, `advance_open` (one open one a person).
    """
    async with write():
        await hold_books(actor.school)
        today = local_day(now)
        person, day = form.person or actor.person, form.wanted_on or today
        held = await values_on(actor.school, ("advance_most_fen", "advance_days"), day)
        refuse_if([*await _person_findings(actor.school, person, now), *_limits(form, held, day < today)])
        due = day + timedelta(days=_days(held))
        number = await advance_number(actor.school, day)
        row = _row(actor, form, now, person=person, number=number, given_on=day, due_on=due)
        await row.save()
        await ask(actor.school, _note(row, APPROVE, HEADS), now=now)
        after = {"number": row.number, "person": person, "fen": row.fen, "purpose": row.purpose}
        await record(
            actor, "payments.ask_advance", subject="advance", subject_id=row.id, after=after, now=now
        )
    return int(row.id)


async def approve_advance(actor: Actor, advance: int, *, now: datetime) -> None:
    """The principal or a deputy approves an advance that is for somebody else. Raises Missing, Refused."""
    async with write():
        await hold_books(actor.school)
        row = await advance_of(actor.school, advance)
        found = [] if row.approved_by is None else [error("approved_already", _("It is approved already."))]
        if actor.person is None or actor.person in (row.person, row.entered_by):
            found.append(error("same_person", _("Somebody else than who asked for the cash approves it.")))
        refuse_if([*found, *_open_findings(row)])
        await _update(row, {"approved_by": actor.person})
        await settle(actor.school, APPROVE, "advance", advance, now=now, by=actor.person)
        await ask(actor.school, _note(row, GIVE, (Role.CASHIER,)), now=now)
        await _record(actor, "payments.approve_advance", row, now)


async def give_advance(actor: Actor, advance: int, *, now: datetime) -> None:
    """The cashier hands out the cash; its days run from now. Raises Missing, Refused."""
    async with write():
        await hold_books(actor.school)
        row, today = await advance_of(actor.school, advance), local_day(now)
        found = payer_findings(actor.roles, actor.person, [row.person, row.approved_by or 0])
        if row.approved_by is None:
            found.append(error("not_approved", _("The principal has not approved this advance.")))
        if row.given_by is not None:
            found.append(error("given_already", _("The cash was handed out already.")))
        refuse_if([*found, *_open_findings(row)])
        await refuse_closed(actor.school, today)
        held = await values_on(actor.school, ("advance_days",), today)
        due = today + timedelta(days=_days(held))
        await _update(row, {"given_by": actor.person, "given_on": today, "due_on": due})
        await settle(actor.school, GIVE, "advance", advance, now=now, by=actor.person)
        await _record(actor, "payments.give_advance", row, now)


async def account_for_advance(actor: Actor, advance: int, form: AccountForm, *, now: datetime) -> int:
    """Hand in slips and what is left (报账): a payment that three people sign; returns its id.

    Slips and what is handed back make up what was given. Raises Missing, Refused: `advance_differs`,
    `slip_asked`, `not_given`, `accounted_already`.
    """
    async with write():
        await hold_books(actor.school)
        row = await advance_of(actor.school, advance)
        slips = await slips_for(actor.school, form.slips)
        advanced = Advanced(row.fen, row.due_on, [s.fen for s in slips], form.returned_fen)
        refuse_if([*_hand_findings(row), *slip_state_findings(slips), *advance_findings(advanced)])
        day, spent = local_day(now), sum(advanced.slips_fen)
        await refuse_closed(actor.school, day)
        asked = Asked(spent, Way.ADVANCE, [InvoiceKind(s.kind) for s in slips], await _name(row))
        wanted = RequestForm(form.slips, Way.ADVANCE, purpose=form.purpose or row.purpose)
        payment = await keep_payment(actor, wanted, asked, slips, day, now=now)
        sellers = {slip.supplier for slip in slips}
        await update_payment(
            payment, {"advance": row.id, "supplier": sellers.pop() if len(sellers) == 1 else None}
        )
        await _update(row, {"spent_fen": spent, "returned_fen": form.returned_fen})
        await ask_next(payment, now=now)
        after = {**told(payment, slips), "returned_fen": form.returned_fen}
        await record(
            actor, "payments.account_advance", subject="advance", subject_id=advance, after=after, now=now
        )
    return int(payment.id)


async def return_advance(actor: Actor, advance: int, *, now: datetime) -> None:
    """The cashier takes all of it back: nothing was spent. Raises Missing, Refused."""
    async with write():
        await hold_books(actor.school)
        row = await advance_of(actor.school, advance)
        refuse_if([*payer_findings(actor.roles, actor.person, [row.person]), *_hand_findings(row)])
        values = {"spent_fen": 0, "returned_fen": row.fen, "settled_at": now, "settled_by": actor.person}
        await _update(row, values)
        await settle(actor.school, OVERDUE, "advance", advance, now=now, by=actor.person)
        await _record(actor, "payments.return_advance", row, now)


async def drop_advance(actor: Actor, advance: int, form: ReasonForm, *, now: datetime) -> None:
    """It is not given out. Raises Missing, Refused: `given_already`."""
    async with write():
        await hold_books(actor.school)
        row = await advance_of(actor.school, advance)
        found = (
            [] if row.given_by is None else [error("given_already", _("The cash was handed out already."))]
        )
        refuse_if([*found, *_open_findings(row)])
        await _update(row, {"dropped_at": now, "dropped_reason": form.reason})
        for topic in (APPROVE, GIVE):
            await settle(actor.school, topic, "advance", advance, now=now, by=actor.person)
        await _record(actor, "payments.drop_advance", row, now, reason=form.reason)


async def post_overdue(school: int, *, now: datetime) -> int:
    """An alert for each advance that was to be settled before today; returns how many were new."""
    today = local_day(now)
    here = (Advance.school == school) & Advance.spent_fen.is_null() & Advance.given_by.is_not_null()
    rows = await Advance.objects().where(here & (Advance.due_on < today))
    late = [row for row in rows if overdue_findings(Advanced(row.fen, row.due_on), today)]
    if not late:
        return 0
    async with write():
        return sum([await warn(school, _late(row, await _name(row)), now=now) for row in late])


async def advance_of(school: int, advance: int) -> Advance:
    """One advance of the school. Raises Missing."""
    here = (Advance.school == school) & (Advance.id == advance)
    found: Advance | None = await Advance.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def _person_findings(school: int, person: int | None, now: datetime) -> list[Finding]:
    """Cash is given to those who buy, and to nobody who still has some."""
    if person is None or SIGNERS[Signed.HANDLED].isdisjoint(await roles_of(school, person, local_day(now))):
        message = _("Cash is given in advance to a buyer, the canteen manager or general affairs.")
        return [error("not_a_buyer", message, "person")]
    here = (Advance.school == school) & (Advance.person == person)
    still = Advance.settled_at.is_null() & Advance.dropped_at.is_null()
    if await Advance.exists().where(here & still):
        message = _("This person has an advance that is not settled: one at a time.")
        return [error("advance_open", message, "person")]
    return []


def _limits(form: AdvanceForm, held: dict[str, Any], past: bool) -> list[Finding]:
    most = held["advance_most_fen"]
    found = advance_limit_findings(form.fen, most if isinstance(most, int) else None)
    if past:
        found.append(error("day_past", _("The day has passed."), "wanted_on"))
    return found


def _days(held: dict[str, Any]) -> int:
    return int(held["advance_days"] or 0)


def _row(actor: Actor, form: AdvanceForm, now: datetime, **more: Any) -> Advance:
    return Advance(
        **more,
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        purpose=form.purpose,
        fen=form.fen,
        approved_by=None,
        given_by=None,
        settled_at=None,
        settled_by=None,
        spent_fen=None,
        returned_fen=None,
        dropped_at=None,
        dropped_reason="",
    )


def _open_findings(row: Advance) -> list[Finding]:
    if row.settled_at is None and row.dropped_at is None:
        return []
    return [error("advance_closed", _("This advance is settled or was dropped."))]


def _hand_findings(row: Advance) -> list[Finding]:
    """Only cash that was handed out is accounted for, and once."""
    found = _open_findings(row)
    if row.given_by is None:
        found.append(error("not_given", _("The cash was not handed out yet.")))
    elif row.spent_fen is not None and not found:
        message = _("Slips for this advance wait for their signatures already.")
        found.append(error("accounted_already", message))
    return found


async def _update(row: Advance, values: dict[str, Any]) -> None:
    await Advance.update(values).where((Advance.school == row.school) & (Advance.id == row.id))  # type: ignore[arg-type]
    for name, value in values.items():
        setattr(row, name, value)


async def _record(actor: Actor, deed: str, row: Advance, now: datetime, reason: str = "") -> None:
    after = {"number": row.number, "fen": row.fen, "reason": reason}
    await record(actor, deed, subject="advance", subject_id=row.id, after=after, now=now)


async def _name(row: Advance) -> str:
    here = (Advance.school == row.school) & (Advance.id == row.id)
    return str((await Advance.select(Advance.person.name.as_alias("name")).where(here))[0]["name"])


def _note(row: Advance, topic: str, roles: tuple[Role, ...]) -> Note:
    message = _("Cash advance {number} of {yuan} yuan: {purpose}")
    facts = {"number": row.number, "yuan": f"{row.fen / 100:.2f}", "purpose": row.purpose}
    return Note(
        topic, message, "advance", row.id, roles=roles, facts=facts, link=f"/payments/advances/{row.id}"
    )


def _late(row: Advance, name: str) -> Note:
    return Note(
        OVERDUE,
        _("Cash advance {number} of {person} was to be settled by {day}"),
        "advance",
        row.id,
        roles=(Role.CASHIER, Role.ACCOUNTANT, *HEADS),
        people=(row.person,),
        facts={"number": row.number, "person": name, "day": row.due_on},
        link=f"/payments/advances/{row.id}",
        level=Level.WARNING,
    )
