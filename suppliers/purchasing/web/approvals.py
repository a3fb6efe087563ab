"""What waits for a decision: several sheets approved on one page, one sent back with a reason."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from suppliers.purchasing.forms.wishes import ApprovalForm, ReasonForm
from suppliers.purchasing.rules.quotes import Approver, approver_of, price_findings
from suppliers.purchasing.services import deciding, wish_lists
from suppliers.purchasing.services.policy import amounts_of
from suppliers.purchasing.services.quotes_read import quotes_of
from suppliers.purchasing.services.usual import usual_prices
from suppliers.purchasing.web.naming import APPROVE, NAMES, AnyRequest


@get("/purchasing/approvals", opt=APPROVE)
async def approvals(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Everything that waits, with its lines."""
    return await _page(request, actor, now)


async def _page(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    heads, today = await wish_lists.waiting_wishes(actor.school), local_day(now)
    lines = await wish_lists.lines_of(actor.school, [head.id for head in heads])
    usual = await usual_prices(actor.school, {one.good.id for rows in lines.values() for one in rows}, today)
    amounts = await amounts_of(actor.school, today)
    approvers = {head.id: approver_of(head.fen, amounts) for head in heads}
    dear = {
        one.id: found
        for rows in lines.values()
        for one in rows
        if one.per_kg is not None and (found := price_findings(one.per_kg, usual[one.good.id], ""))
    }
    return await page(
        request,
        "purchasing/approvals.html",
        heads=heads,
        lines=lines,
        notes=dear,
        quotes={head.id: await quotes_of(actor.school, head.id) for head in heads},
        approvers=approvers,
        meeting_needed=Approver.COLLECTIVE in approvers.values(),
        principal="principal" in actor.roles,
        me=actor.person,
        **NAMES,
    )


@post("/purchasing/approvals", opt=APPROVE)
async def approve(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Approve what was ticked."""
    show_again(request, partial(_page, request, actor, now))
    numbers = await deciding.approve_wishes(actor, parse(ApprovalForm, await read_form(request)), now=now)
    return redirect(request, "/purchasing/approvals", _("Approved: {numbers}"), numbers="、".join(numbers))


@post("/purchasing/plans/{wish:int}/send-back", opt=APPROVE)
async def send_back(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Back to the asker, with the reason."""
    show_again(request, partial(_page, request, actor, now))
    form = parse(ReasonForm, await read_form(request))
    await deciding.send_back_wish(actor, wish, form, now=now)
    return redirect(request, "/purchasing/approvals", _("It went back to who asked."))


routes: list[Any] = [approvals, approve, send_back]
