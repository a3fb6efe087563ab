"""Terms: when a school is at work at all."""

from datetime import date, datetime

from msgspec.structs import asdict

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.schools.forms import TermForm
from canteen.schools.tables import Term


async def add_term(actor: Actor, form: TermForm, *, now: datetime) -> Term:
    """Add a term. Raises Refused when it runs backwards or into another one."""
    async with write():
        refuse_if(_findings(form, await terms(actor.school)))
        made = Term(school=actor.school, entered_at=now, entered_by=actor.person, **asdict(form))
        await made.save()
        await record(
            actor, "schools.add_term", subject="term", subject_id=made.id, after=asdict(form), now=now
        )
    return made


async def change_term(actor: Actor, term: int, form: TermForm, *, now: datetime) -> Term:
    """Change a term's name or days. Raises Missing, and Refused like add_term."""
    async with write():
        row = await term_of(actor.school, term)
        before = _facts(row)
        refuse_if(_findings(form, [t for t in await terms(actor.school) if t.id != term]))
        row.name, row.first_day, row.last_day = form.name, form.first_day, form.last_day
        await row.save()
        after = asdict(form)
        await record(
            actor, "schools.change_term", subject="term", subject_id=term, before=before, after=after, now=now
        )
    return row


async def withdraw_term(actor: Actor, term: int, *, now: datetime) -> None:
    """Take a term back that was entered by mistake. Raises Missing."""
    async with write():
        row = await term_of(actor.school, term)
        row.withdrawn_at = now
        await row.save([Term.withdrawn_at])
        await record(
            actor, "schools.withdraw_term", subject="term", subject_id=term, before=_facts(row), now=now
        )


async def terms(school: int) -> list[Term]:
    """The terms of a school in their order."""
    here = (Term.school == school) & Term.withdrawn_at.is_null()
    return list(await Term.objects().where(here).order_by(Term.first_day))


async def term_on(school: int, day: date) -> Term | None:
    """The term that holds a day."""
    return next((t for t in await terms(school) if t.first_day <= day <= t.last_day), None)


async def turning_terms(first: date, last: date) -> list[Term]:
    """The terms of every school that begin or end between two days, those taken back as well."""
    begins = (Term.first_day >= first) & (Term.first_day <= last)
    ends = (Term.last_day >= first) & (Term.last_day <= last)
    return list(await Term.objects().where(begins | ends).order_by(Term.id))


async def term_of(school: int, term: int) -> Term:
    """One term. Raises Missing."""
    here = (Term.school == school) & (Term.id == term) & Term.withdrawn_at.is_null()
    found: Term | None = await Term.objects().where(here).first()
    if found is None:
        raise Missing
    return found


def _facts(row: Term) -> dict[str, object]:
    return {"name": row.name, "first_day": row.first_day, "last_day": row.last_day}


def _findings(form: TermForm, others: list[Term]) -> list[Finding]:
    if form.last_day < form.first_day:
        return [error("days_backwards", _("The last day is before the first."), "last_day")]
    message = _("These days run into the term {name}.")
    return [
        error("terms_overlap", message, "first_day", name=other.name)
        for other in others
        if form.first_day <= other.last_day and other.first_day <= form.last_day
    ]
