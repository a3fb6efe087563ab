"""From draft to the wall: send, approve, publish, serve."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from menus.weeks.forms import ApprovalForm, ReasonForm
from menus.weeks.services import approval, drafts
from menus.weeks.web.showing import EDIT, AnyRequest, page_context, whole_board

APPROVE: dict[str, Any] = {"may": "weeks.approve"}


@post("/weeks/{week:int}/submit", opt={"may": "weeks.submit"})
async def submit(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Send the draft for approval."""
    show_again(request, partial(whole_board, request, actor.school, week, now))
    await approval.submit_week(actor, week, now=now)
    return redirect(request, f"/weeks/{week}", _("The menu is with the principal now."))


@post("/weeks/{week:int}/reopen", opt=EDIT)
async def reopen(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Take the menu back to draft."""
    show_again(request, partial(whole_board, request, actor.school, week, now))
    await approval.reopen_week(actor, week, now=now)
    return redirect(request, f"/weeks/{week}", _("The menu is a draft again."))


@get("/weeks/{week:int}/approval", opt=APPROVE)
async def approval_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Everything the principal decides on: each meal, each error, the reason."""
    return await _approval(request, actor.school, week, now)


async def _approval(request: AnyRequest, school: int, week: int, now: datetime) -> Page:
    context = await page_context(request, school, week, now, local_day(now))
    return await page(request, "weeks/approval.html", **context)


@post("/weeks/{week:int}/approval", opt=APPROVE)
async def approve(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Approve the version seen; with errors only for a written reason."""
    show_again(request, partial(_approval, request, actor.school, week, now))
    await approval.approve_week(actor, week, parse(ApprovalForm, await read_form(request)), now=now)
    return redirect(request, f"/weeks/{week}", _("The menu is approved."))


@post("/weeks/{week:int}/send-back", opt=APPROVE)
async def send_back(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Back to the planner, with the reason."""
    show_again(request, partial(_approval, request, actor.school, week, now))
    await approval.send_back(actor, week, parse(ReasonForm, await read_form(request)), now=now)
    return redirect(request, f"/weeks/{week}", _("The menu went back to the planner."))


@post("/weeks/{week:int}/publish", opt={"may": "weeks.publish"})
async def publish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """On the wall: from now on only recorded changes."""
    show_again(request, partial(whole_board, request, actor.school, week, now))
    await approval.publish_week(actor, week, now=now)
    return redirect(request, f"/weeks/{week}", _("The menu is published."))


@post("/weeks/{week:int}/meals/{meal:int}/served", opt={"may": "weeks.serve"})
async def served(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    meal: FromPath[int],
) -> Page:
    """A meal has been served."""
    await approval.mark_served(actor, week, meal, now=now)
    return redirect(request, f"/weeks/{week}", _("Marked as served."))


@post("/weeks/{week:int}/delete", opt=EDIT)
async def delete(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Throw a draft away."""
    show_again(request, partial(whole_board, request, actor.school, week, now))
    await drafts.delete_week(actor, week, now=now)
    return redirect(request, "/weeks", _("The draft is gone."))


routes: list[Any] = [submit, reopen, approval_page, approve, send_back, publish, served, delete]
