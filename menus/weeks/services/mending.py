"""What would mend a finding, and taking such a mend over."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Finding, Missing, error
from canteen.kit.texts import _
from menus.weeks.forms import MendForm
from menus.weeks.rules.mends import Change, Mend, mends
from menus.weeks.services.imports import form_from
from menus.weeks.services.known import known_dishes
from menus.weeks.services.sheet import WeekSheet
from menus.weeks.services.steps import Spot, claim_draft, keep_dish, overwrite, settle
from menus.weeks.services.verdict import Board, board, pupils_of


@dataclass(frozen=True, slots=True)
class Mending:
    """A finding and what would mend it, of the version that was looked at."""

    finding: Finding
    mends: Sequence[Mend]
    sheet: WeekSheet

    @property
    def version(self) -> int:
        """The week's version."""
        return self.sheet.head.version


async def mends_for(school: int, week: int, meal: int | None, number: int) -> Mending:
    """At most three mends of one finding of a meal (None: of the week). Raises Missing."""
    shown = await board(school, week)
    return await _mending(school, shown, meal, number)


async def apply_mend(actor: Actor, week: int, form: MendForm, *, now: datetime) -> None:
    """Take a mend over. Raises Conflict when the menu was changed since it was proposed, and Missing."""
    shown = await board(actor.school, week)
    found = await _mending(actor.school, shown, form.meal, form.finding)
    if found.version != form.version or form.mend >= len(found.mends):
        raise Conflict(
            [error("changed_meanwhile", _("The menu was changed meanwhile. Ask for mends again."))]
        )
    chosen = found.mends[form.mend]
    async with write():
        await claim_draft(actor.school, week)
        await _refuse_newer(actor.school, week, form.version + 1)
        for change in chosen.changes:
            await _apply(actor.school, shown, change)
        await settle(actor.school, week)
        after = {
            "rule": found.finding.rule,
            "kind": chosen.kind,
            "dishes": [c.new.name for c in chosen.changes],
        }
        await record(actor, "weeks.mend", subject="week", subject_id=week, after=after, now=now)


async def _mending(school: int, shown: Board, meal: int | None, number: int) -> Mending:
    place = None if meal is None else shown.place(shown.sheet.meal(meal))
    if meal is not None and place is None:
        raise Missing
    findings = shown.verdict.findings if place is None else shown.verdict.meals[place].findings
    if number >= len(findings):
        raise Missing
    head = shown.sheet.head
    pool = await known_dishes(school, head.age, head.first_day)
    pupils = await pupils_of(school, shown.sheet.days)
    found = await asyncio.to_thread(
        partial(mends, shown.verdict, findings[number], pool, place=place, pupils=pupils)
    )
    return Mending(findings[number], found, shown.sheet)


async def _refuse_newer(school: int, week: int, version: int) -> None:
    if (await board(school, week)).sheet.head.version != version:
        raise Conflict(
            [error("changed_meanwhile", _("The menu was changed meanwhile. Ask for mends again."))]
        )


async def _apply(school: int, shown: Board, change: Change) -> None:
    """One change of one meal: over the dish that it replaces, or at the meal's end."""
    meal = shown.sheet.filled[change.place]
    old = next((dish for dish in meal.dishes if dish.value is change.old), None)
    week = shown.sheet.head.id
    if old is None:
        await keep_dish(Spot(school, week, meal.id, len(meal.dishes)), form_from(change.new))
    else:
        await overwrite(Spot(school, week, meal.id), old.id, form_from(change.new))
