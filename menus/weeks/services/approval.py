"""From draft to the wall: send, approve or send back, publish, mark as served."""

from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Level, Missing, error, refuse_if
from canteen.kit.texts import _
from menus.weeks.forms import ApprovalForm, ReasonForm
from menus.weeks.rules.states import (
    State,
    Step,
    after,
    approval_findings,
    change_findings,
    reason_findings,
    step_findings,
)
from menus.weeks.services.telling import tell_step
from menus.weeks.services.verdict import board, head
from menus.weeks.tables import Menu, MenuMeal, Serving


async def submit_week(actor: Actor, week: int, *, now: datetime) -> None:
    """Send a draft for approval. Raises Refused for one without dishes."""
    async with write():
        await _refuse_empty(actor.school, week)
        values = {Menu.checked_by: actor.person, Menu.checked_at: now, Menu.sent_back_reason: ""}
        await _step(actor, week, Step.SUBMIT, values, now=now)


async def send_back(actor: Actor, week: int, form: ReasonForm, *, now: datetime) -> None:
    """Back to the planner, with the reason."""
    refuse_if(reason_findings(form.reason))
    async with write():
        await _step(actor, week, Step.SEND_BACK, {Menu.sent_back_reason: form.reason}, now=now)


async def reopen_week(actor: Actor, week: int, *, now: datetime) -> None:
    """The planner takes the menu back to draft before publication; an approval is void with it."""
    values: dict[Any, Any] = {
        Menu.checked_by: None,
        Menu.checked_at: None,
        Menu.approved_by: None,
        Menu.approved_at: None,
        Menu.approval_reason: "",
        Menu.approved_errors: 0,
    }
    async with write():
        await _step(actor, week, Step.REOPEN, values, now=now)


async def approve_week(actor: Actor, week: int, form: ApprovalForm, *, now: datetime) -> None:
    """The principal approves the version seen; while errors stand only for a written reason.

    Raises Conflict when the menu was changed since, Refused without the reason or by the sender's own hand.
    """
    async with write():
        stood = await board(actor.school, week)
        if stood.sheet.head.version != form.version:
            message = _("The menu was changed since you looked at it. Look at it again.")
            raise Conflict([error("changed_meanwhile", message)])
        refuse_if(step_findings(stood.sheet.head.state, Step.APPROVE))
        errors = stood.counts[Level.ERROR]
        sent_by = stood.sheet.head.checked_by
        refuse_if(approval_findings(errors, form.reason, sent_by=sent_by, approver=actor.person))
        values = {
            Menu.approved_by: actor.person,
            Menu.approved_at: now,
            Menu.approval_reason: form.reason,
            Menu.approved_errors: errors,
        }
        rules = [f.rule for f in stood.verdict.all_findings if f.level is Level.ERROR]
        await _step(actor, week, Step.APPROVE, values, now=now, noted={"errors": rules})


async def publish_week(actor: Actor, week: int, *, now: datetime) -> None:
    """On the wall: from now on only recorded changes."""
    async with write():
        values = {Menu.published_by: actor.person, Menu.published_at: now}
        await _step(actor, week, Step.PUBLISH, values, now=now)


async def mark_served(actor: Actor, week: int, meal: int, *, now: datetime) -> None:
    """A meal of a published menu has been served; with the last one the week is served."""
    async with write():
        known = await head(actor.school, week)
        refuse_other_canteen(actor, known.canteen)
        refuse_if(change_findings(known.state, "served"))
        here = (MenuMeal.school == actor.school) & (MenuMeal.week == week)
        values: dict[Any, Any] = {MenuMeal.served_by: actor.person, MenuMeal.served_at: now}
        mine = here & (MenuMeal.id == meal) & MenuMeal.served_at.is_null()
        told = await MenuMeal.update(values).where(mine).returning(MenuMeal.day, MenuMeal.meal)
        if not told:
            raise Missing
        if not await MenuMeal.exists().where(here & MenuMeal.served_at.is_null()):
            done = (Menu.school == actor.school) & (Menu.id == week)
            await Menu.update({Menu.state: after(State.PUBLISHED, Step.FINISH).value}).where(done)
        await record(actor, "weeks.serve", subject="week", subject_id=week, after=told[0], now=now)


async def _step(
    actor: Actor,
    week: int,
    step: Step,
    values: dict[Any, Any],
    *,
    now: datetime,
    noted: dict[str, Any] | None = None,
) -> None:
    """Take the step, unless somebody else took one first. Raises Missing, Forbidden, Refused."""
    known = await head(actor.school, week)
    refuse_other_canteen(actor, known.canteen)
    before = known.state
    refuse_if(step_findings(before, step))
    to = after(before, step)
    here = (Menu.school == actor.school) & (Menu.id == week) & (Menu.state == before.value)
    if not await Menu.update({Menu.state: to.value, **values}).where(here).returning(Menu.id):
        refuse_if(step_findings((await head(actor.school, week)).state, step))
    told = {column._meta.name: value for column, value in values.items() if value not in (None, "")}
    await record(
        actor,
        f"weeks.{step}",
        subject="week",
        subject_id=week,
        before={"state": before},
        after={"state": to, **told, **(noted or {})},
        now=now,
    )
    reason = values.get(Menu.sent_back_reason) or values.get(Menu.approval_reason) or ""
    await tell_step(actor, known, step, reason=reason, now=now)


async def _refuse_empty(school: int, week: int) -> None:
    if not await Serving.exists().where((Serving.school == school) & (Serving.week == week)):
        await head(school, week)
        refuse_if([error("empty_week", _("Plan at least one dish before you send the menu."))])
