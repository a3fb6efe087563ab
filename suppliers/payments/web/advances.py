"""Cash advances: the list, asking for one, and what becomes of it."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, page, redirect, show_again
from canteen.kit.texts import _
from suppliers.payments import services
from suppliers.payments.forms import AccountForm, AdvanceForm, ReasonForm
from suppliers.payments.paper import advances_workbook
from suppliers.payments.web.files import XLSX, file_of
from suppliers.payments.web.showing import APPROVE, ENTER, NAMES, PAY, READ, SIGN, AnyRequest


@get("/payments/advances", opt=READ)
async def list_advances(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Advances, the open ones first, and the form to ask for one."""
    return await _list(request, actor, now)


async def _list(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    today = local_day(now)
    return await page(
        request,
        "payments/advances.html",
        rows=await services.list_advances(actor.school),
        buyers=await services.buyer_choices(actor.school, today),
        today=today,
        **NAMES,
    )


@get("/payments/advances/excel", opt=READ)
async def advances_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    rows = await services.list_advances(actor.school)
    return file_of(advances_workbook(rows, language(request)), "备用金.xlsx", XLSX)


@post("/payments/advances", opt=ENTER)
async def ask_advance(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Ask for one."""
    show_again(request, partial(_list, request, actor, now))
    advance = await services.ask_advance(actor, parse(AdvanceForm, await read_form(request)), now=now)
    return redirect(request, f"/payments/advances/{advance}", _("Asked for. The principal approves it."))


@get("/payments/advances/{advance:int}", opt=READ)
async def show_advance(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], advance: PathId
) -> Page:
    """One advance, and the slips it may be accounted for with."""
    return await _detail(request, actor, advance, now)


async def _detail(request: AnyRequest, actor: Actor, advance: int, now: datetime) -> Page:
    row = await services.advance_view(actor.school, advance)
    return await page(
        request,
        "payments/advance.html",
        row=row,
        slips=await services.free_slips(actor.school),
        today=local_day(now),
        **NAMES,
    )


@post("/payments/advances/{advance:int}/approve", opt=APPROVE)
async def approve_advance(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], advance: PathId
) -> Page:
    """Approve it."""
    show_again(request, partial(_detail, request, actor, advance, now))
    await services.approve_advance(actor, advance, now=now)
    return redirect(request, f"/payments/advances/{advance}", _("Approved. The cashier hands it out."))


@post("/payments/advances/{advance:int}/give", opt=PAY)
async def give_advance(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], advance: PathId
) -> Page:
    """Hand it out."""
    show_again(request, partial(_detail, request, actor, advance, now))
    await services.give_advance(actor, advance, now=now)
    return redirect(request, f"/payments/advances/{advance}", _("Handed out."))


@post("/payments/advances/{advance:int}/account", opt=ENTER)
async def account_for_advance(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], advance: PathId
) -> Page:
    """Hand in slips and what is left."""
    show_again(request, partial(_detail, request, actor, advance, now))
    form = parse(AccountForm, await read_form(request))
    payment = await services.account_for_advance(actor, advance, form, now=now)
    return redirect(request, f"/payments/{payment}", _("Handed in. The signatures are collected now."))


@post("/payments/advances/{advance:int}/hand-back", opt=PAY)
async def return_advance(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], advance: PathId
) -> Page:
    """All of it came back."""
    show_again(request, partial(_detail, request, actor, advance, now))
    await services.return_advance(actor, advance, now=now)
    return redirect(request, f"/payments/advances/{advance}", _("Taken back whole."))


@post("/payments/advances/{advance:int}/drop", opt=SIGN)
async def drop_advance(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], advance: PathId
) -> Page:
    """It is not given."""
    show_again(request, partial(_detail, request, actor, advance, now))
    await services.drop_advance(actor, advance, parse(ReasonForm, await read_form(request)), now=now)
    return redirect(request, "/payments/advances", _("The advance is dropped."))


routes: list[Any] = [
    list_advances,
    advances_excel,
    ask_advance,
    show_advance,
    approve_advance,
    give_advance,
    account_for_advance,
    return_advance,
    drop_advance,
]
