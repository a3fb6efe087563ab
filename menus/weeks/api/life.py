"""A menu from draft to the wall and beyond: submit, send back, reopen, approve, publish, substitute."""

from datetime import datetime
from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_post
from canteen.kit.actor import Actor
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from menus.weeks.api.sent import SubstitutionIn, dish_sent
from menus.weeks.api.shown import MenuHeadOut, MenuOut, head_out, menu_shown
from menus.weeks.forms import ApprovalForm, ReasonForm
from menus.weeks.services import approval, changes
from menus.weeks.services.verdict import head

AnyRequest = Request[Any, Any, Any]


@api_post("/api/v1/menus/{week:int}/submit", "weeks.submit", status=200)
async def submit_menu(
    actor: NamedDependency[Actor], now: NamedDependency[datetime], week: PathId
) -> MenuHeadOut:
    """Send a draft for approval."""
    await approval.submit_week(actor, week, now=now)
    return head_out(await head(actor.school, week))


@api_post("/api/v1/menus/{week:int}/send-back", "weeks.approve", takes=ReasonForm, status=200)
async def send_menu_back(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: PathId
) -> MenuHeadOut:
    """Send a menu back to its planner, with the reason."""
    await approval.send_back(actor, week, parse(ReasonForm, await read_form(request)), now=now)
    return head_out(await head(actor.school, week))


@api_post("/api/v1/menus/{week:int}/reopen", "weeks.edit", status=200)
async def reopen_menu(
    actor: NamedDependency[Actor], now: NamedDependency[datetime], week: PathId
) -> MenuHeadOut:
    """Take a menu back to draft before publication; an approval is void with it."""
    await approval.reopen_week(actor, week, now=now)
    return head_out(await head(actor.school, week))


@api_post("/api/v1/menus/{week:int}/approve", "weeks.approve", takes=ApprovalForm, status=200)
async def approve_menu(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: PathId
) -> MenuHeadOut:
    """Approve the version that was seen, as the principal.

    While errors stand a written reason is asked for; 409 when the menu was changed since.
    """
    form = parse(ApprovalForm, await read_form(request))
    await approval.approve_week(actor, week, form, now=now)
    return head_out(await head(actor.school, week))


@api_post("/api/v1/menus/{week:int}/publish", "weeks.publish", status=200)
async def publish_menu(
    actor: NamedDependency[Actor], now: NamedDependency[datetime], week: PathId
) -> MenuHeadOut:
    """Publish an approved menu: from now on only recorded substitutions."""
    await approval.publish_week(actor, week, now=now)
    return head_out(await head(actor.school, week))


@api_post("/api/v1/menus/{week:int}/substitutions", "weeks.substitute", takes=SubstitutionIn)
async def substitute_dish(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: PathId
) -> MenuOut:
    """Serve another dish than the published one, or none, and say why."""
    sent = parse(SubstitutionIn, await read_form(request))
    if sent.instead:
        form = dish_sent(sent.instead)
        await changes.swap_dish(actor, week, sent.dish, form, reason=sent.reason, now=now)
    else:
        await changes.mark_not_served(actor, week, sent.dish, reason=sent.reason, now=now)
    return await menu_shown(actor.school, week)


routes: list[Any] = [
    submit_menu,
    send_menu_back,
    reopen_menu,
    approve_menu,
    publish_menu,
    substitute_dish,
]
