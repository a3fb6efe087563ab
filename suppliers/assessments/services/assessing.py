"""The deed: a person judges a supplier's school year; what follows holds from that moment."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from canteen.accounts.rules import Role
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Forbidden, Refused, error, refuse_if
from canteen.kit.texts import Word, _
from canteen.notices.services.posting import Note, tell
from suppliers.assessments.forms import AssessmentForm
from suppliers.assessments.rules import (
    OUTCOME_NAMES,
    Figures,
    Outcome,
    marks_of,
    outcome_findings,
    school_year,
    score_of,
    standing_after,
)
from suppliers.assessments.services.figures import kept_figures, year_figures
from suppliers.assessments.tables import Assessment
from suppliers.licences.rules import Standing
from suppliers.licences.services import set_standing, supplier_of
from suppliers.licences.tables import Supplier

TOLD = (Role.PRINCIPAL, Role.CANTEEN_MANAGER, Role.BUYER, Role.DISTRICT_ADMIN)


async def assess(actor: Actor, supplier: int, form: AssessmentForm, *, now: datetime) -> int:
    """Judge a supplier's school year; returns the assessment's id. A second one corrects the first.

    What a district decides about a supplier of its library holds for its copies in the schools. Raises
    Missing; Forbidden for a machine; Refused: `nothing_delivered`, `year_later`, `missing` service or reason.
    """
    if actor.person is None:
        raise Forbidden
    refuse_other_canteen(actor, None)
    async with write():
        row = await supplier_of(actor.school, supplier)
        figures = await _judged(actor.school, row, form, now)
        score = score_of(marks_of(figures))
        refuse_if(outcome_findings(score, form.outcome, form.reason))
        before = await latest(actor.school, supplier, form.year)
        made = _row(actor, supplier, form, figures, before, entered_at=now)
        await made.save()
        await _follow(actor, row, form, now)
        after = {"name": row.name, "year": form.year, "score": score, "outcome": form.outcome}
        await record(
            actor,
            "assessments.assess",
            subject="assessment",
            subject_id=made.id,
            before={"score": before.score, "outcome": before.outcome} if before else None,
            after={**after, "reason": form.reason},
            now=now,
        )
    return int(made.id)


async def latest(school: int, supplier: int, year: int) -> Assessment | None:
    """What was said last of a supplier's school year."""
    here = (Assessment.school == school) & (Assessment.supplier == supplier) & (Assessment.year == year)
    found: Assessment | None = (
        await Assessment.objects().where(here).order_by(Assessment.id, ascending=False).first()
    )
    return found


async def _judged(school: int, row: Supplier, form: AssessmentForm, now: datetime) -> Figures:
    if form.year > school_year(local_day(now)):
        raise Refused([error("year_later", _("This school year has not begun."), "year")])
    figures = (await year_figures(school, form.year)).get(row.id)
    if figures is None:
        message = _("Nothing came from this supplier in that school year: there is nothing to judge by.")
        raise Refused([error("nothing_delivered", message)])
    service = form.service if form.service is not None else figures.service
    if service is None:
        raise Refused([error("missing", _("This is required."), "service")])
    return replace(figures, service=service)


async def _follow(actor: Actor, row: Supplier, form: AssessmentForm, now: datetime) -> None:
    """Warned, suspended or blacklisted from now on, and those who buy are told."""
    after = standing_after(form.outcome, Standing(row.standing))
    if after is not None:
        await set_standing(actor, row.id, after, form.reason, now=now)
    if form.outcome is not Outcome.KEEP:
        await tell(actor.school, _note(row, form), now=now, by=actor.person)


def _note(row: Supplier, form: AssessmentForm) -> Note:
    return Note(
        "assessments.outcome",
        _("{supplier}, school year {year}: {outcome}. {reason}"),
        "supplier",
        row.id,
        roles=TOLD,
        facts={
            "supplier": row.name,
            "year": f"{form.year}–{form.year + 1}",
            "outcome": Word(OUTCOME_NAMES[form.outcome]),
            "reason": form.reason,
        },
        link=f"/assessments/{row.id}?year={form.year}",
    )


def _row(
    actor: Actor,
    supplier: int,
    form: AssessmentForm,
    figures: Figures,
    before: Assessment | None,
    **more: Any,
) -> Assessment:
    marks = marks_of(figures)
    return Assessment(
        **more,
        school=actor.school,
        entered_by=actor.person,
        supplier=supplier,
        year=form.year,
        figures=kept_figures(figures),
        marks=msgspec.json.encode({mark.key: mark.mark for mark in marks}).decode(),
        score=score_of(marks),
        outcome=form.outcome.value,
        reason=form.reason,
        corrects=before.id if before else None,
    )
