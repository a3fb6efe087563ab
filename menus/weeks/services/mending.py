"""What would mend a finding, and taking such a mend over."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Finding, Missing, error
from canteen.kit.texts import _
from menus.weeks.forms.dishes import MendForm, UndoForm, Was
from menus.weeks.rules import Dish
from menus.weeks.rules.mends import Change, Mend, mends
from menus.weeks.services.drafts import form_of
from menus.weeks.services.imports import form_from
from menus.weeks.services.known import known_dishes
from menus.weeks.services.sheet import Larder, WeekSheet
from menus.weeks.services.steps import Spot, claim_draft, claim_meal, keep_dish, overwrite, settle, take_off
from menus.weeks.services.verdict import Board, board, pupils_of


@dataclass(frozen=True, slots=True)
class Mending:
    """A finding and what would mend it, of the version that was looked at."""

    finding: Finding
    mends: Sequence[Mend]
    sheet: WeekSheet
    larder: Larder

    @property
    def version(self) -> int:
        """The week's version."""
        return self.sheet.head.version

    def fen(self, mend: Mend) -> int | None:
        """What a mend costs more per head over the week (less: negative); None where a price is unknown."""
        new = [self._fen(change.new) for change in mend.changes]
        old = [self._fen(change.old) for change in mend.changes if change.old]
        known = [fen for fen in (*new, *old) if fen is not None]
        if len(known) < len(new) + len(old):
            return None
        return round(sum(known[: len(new)]) - sum(known[len(new) :]))

    def _fen(self, dish: Dish) -> float | None:
        costs = [self.larder.fen(i.food, i.milligrams) for i in dish.ingredients]
        return None if None in costs else sum(fen or 0 for fen in costs) * dish.share


@dataclass(frozen=True, slots=True)
class Mended:
    """A mend that was taken over, and what takes it back."""

    mending: Mending
    mend: Mend
    undo: UndoForm


async def mends_for(school: int, week: int, meal: int | None, number: int) -> Mending:
    """At most three mends of one finding of a meal (None: of the week). Raises Missing."""
    shown = await board(school, week)
    return await _mending(school, shown, meal, number)


async def apply_mend(actor: Actor, week: int, form: MendForm, *, now: datetime) -> Mended:
    """Take a mend over. Raises Conflict when the menu was changed since it was proposed, and Missing."""
    shown = await board(actor.school, week)
    found = await _mending(actor.school, shown, form.meal, form.finding)
    if found.version != form.version or form.mend >= len(found.mends):
        raise Conflict(
            [error("changed_meanwhile", _("The menu was changed meanwhile. Ask for mends again."))]
        )
    chosen = found.mends[form.mend]
    async with write():
        await claim_draft(actor, week)
        await _refuse_newer(actor.school, week, form.version + 1)
        undo = await _take_over(actor.school, shown, chosen.changes, version=form.version + 1)
        await settle(actor.school, week)
        after = {
            "rule": found.finding.rule,
            "kind": chosen.kind,
            "dishes": [c.new.name for c in chosen.changes],
        }
        await record(actor, "weeks.mend", subject="week", subject_id=week, after=after, now=now)
    return Mended(found, chosen, undo)


async def undo_mend(actor: Actor, week: int, form: UndoForm, *, now: datetime) -> None:
    """Take a mend back. Raises Conflict when the menu was changed since, and Missing."""
    async with write():
        await claim_draft(actor, week)
        await _refuse_newer(actor.school, week, form.version + 1)
        sheet = (await board(actor.school, week)).sheet
        gone = [sheet.dish(id_) for id_ in form.added]
        changed = [sheet.dish(was.id) for was in form.was]
        for meal in {meal.id: meal for meal, _dish in (*gone, *changed)}.values():
            await claim_meal(actor.school, week, meal.id, meal.version)
        for _meal, dish in gone:
            await take_off(actor.school, dish.id)
        for (meal, dish), was in zip(changed, form.was, strict=True):
            await overwrite(Spot(actor.school, week, meal.id), dish.id, was.dish)
        await settle(actor.school, week)
        dishes = [dish.value.name for _meal, dish in (*gone, *changed)]
        await record(
            actor, "weeks.undo_mend", subject="week", subject_id=week, after={"dishes": dishes}, now=now
        )


async def _mending(school: int, shown: Board, meal: int | None, number: int) -> Mending:
    place = None if meal is None else shown.place(shown.sheet.meal(meal))
    if meal is not None and place is None:
        raise Missing
    findings = shown.verdict.findings if place is None else shown.verdict.meals[place].findings
    if number >= len(findings):
        raise Missing
    head = shown.sheet.head
    known = await known_dishes(school, head.age, head.first_day)
    pool = [_priced(dish, shown.larder) for dish in known]
    pupils = await pupils_of(school, shown.sheet.days)
    found = await asyncio.to_thread(
        partial(mends, shown.verdict, findings[number], pool, place=place, pupils=pupils)
    )
    return Mending(findings[number], found, shown.sheet, shown.larder)


def _priced(dish: Dish, larder: Larder) -> Dish:
    """The dish with its cost: a mend that costs nothing known would seem to keep every bound."""
    fen, unpriced = larder.cost(dish.ingredients)
    return replace(dish, cost_fen=fen, unpriced=unpriced)


async def _refuse_newer(school: int, week: int, version: int) -> None:
    if (await board(school, week)).sheet.head.version != version:
        raise Conflict(
            [error("changed_meanwhile", _("The menu was changed meanwhile. Ask for mends again."))]
        )


async def _take_over(school: int, shown: Board, changes: Sequence[Change], *, version: int) -> UndoForm:
    """Every change; what takes them back, from the version that they make."""
    week = shown.sheet.head.id
    for place in sorted({change.place for change in changes}):
        meal = shown.sheet.filled[place]
        await claim_meal(school, week, meal.id, meal.version)
    added: list[int] = []
    was: list[Was] = []
    for change in changes:
        meal = shown.sheet.filled[change.place]
        old = next((dish for dish in meal.dishes if dish.value is change.old), None)
        if old is None:
            spot = Spot(school, week, meal.id, len(meal.dishes) + len(added))
            added.append(await keep_dish(spot, form_from(change.new)))
        else:
            was.append(Was(old.id, form_of(old)))
            await overwrite(Spot(school, week, meal.id), old.id, form_from(change.new))
    return UndoForm(version, tuple(added), tuple(was))
