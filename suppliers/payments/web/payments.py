"""Payments: the list, asking for one, one of them, dropping it; signing and paying many on one page."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.texts import _
from suppliers.payments import services
from suppliers.payments.forms import PayForm, ReasonForm, RequestForm, SignForm
from suppliers.payments.paper import bank_workbook, payments_workbook
from suppliers.payments.rules import PAY_NAMES, WAY_NAMES, Way
from suppliers.payments.web.files import XLSX, file_of
from suppliers.payments.web.showing import (
    ENTER,
    NAMES,
    PAY,
    READ,
    SIGN,
    AnyRequest,
    asked_id,
    choices,
    last_months,
)


@get("/payments", opt=READ)
async def list_payments(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Payments: searched by payee and number, filtered by state, way and month."""
    asked = listing(request, filters=services.PAYMENT_FILTERS, sorts=(*services.PAYMENT_SORTS, "day", "-fen"))
    rows, following = await services.list_payments(actor.school, asked)
    return await page(
        request,
        "payments/list.html",
        asked=asked,
        rows=rows,
        next=following,
        states=choices(request, PAY_NAMES),
        ways=choices(request, WAY_NAMES),
        months=last_months(local_day(now)),
        **NAMES,
    )


@get("/payments/excel", opt=READ)
async def payments_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=services.PAYMENT_FILTERS, sorts=(*services.PAYMENT_SORTS, "day", "-fen"))
    rows = await services.all_payments(actor.school, asked)
    return file_of(payments_workbook(rows, language(request)), "付款.xlsx", XLSX)


@get("/payments/new", opt=ENTER)
async def new_payment(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Slips that may be paid, seller by seller; those of `supplier` or `slip` are ticked."""
    return await _new(request, actor, now)


async def _new(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    slips = await services.free_slips(actor.school)
    chosen = asked_id(request, "slip")
    by_seller: dict[str, list[dict[str, Any]]] = {}
    for slip in slips:
        by_seller.setdefault(slip["seller"], []).append(slip)
    return await page(
        request,
        "payments/new.html",
        by_seller=by_seller,
        chosen=[str(chosen)] if chosen else [],
        ways=choices(request, WAY_NAMES, (Way.TRANSFER, Way.CASH)),
        today=local_day(now),
        **NAMES,
    )


@post("/payments/new", opt=ENTER)
async def request_payment(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Ask for the payment."""
    show_again(request, partial(_new, request, actor, now))
    form = parse(RequestForm, await read_form(request))
    payment = await services.request_payment(actor, form, now=now)
    return redirect(request, f"/payments/{payment}", _("Asked for. The signatures are collected now."))


@get("/payments/{payment:int}", opt=READ)
async def show_payment(request: AnyRequest, actor: NamedDependency[Actor], payment: PathId) -> Page:
    """One payment: slips, signatures, what comes next."""
    return await _detail(request, actor, payment)


async def _detail(request: AnyRequest, actor: Actor, payment: int) -> Page:
    view = await services.payment_view(actor, payment)
    return await page(request, "payments/detail.html", view=view, **NAMES)


@post("/payments/{payment:int}/drop", opt=SIGN)
async def drop_payment(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], payment: PathId
) -> Page:
    """Drop it; its slips are free again."""
    show_again(request, partial(_detail, request, actor, payment))
    await services.drop_payment(actor, payment, parse(ReasonForm, await read_form(request)), now=now)
    return redirect(request, f"/payments/{payment}", _("Dropped. Its slips are free again."))


@get("/payments/sign", opt=SIGN)
async def waiting(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """All that waits for this person's signature, to be signed at once."""
    return await _waiting(request, actor)


async def _waiting(request: AnyRequest, actor: Actor) -> Page:
    views = await services.waiting_for(actor)
    total = sum(view.row["fen"] for view in views)
    return await page(request, "payments/sign.html", views=views, total=total, **NAMES)


@post("/payments/sign", opt=SIGN)
async def sign_payments(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Sign what was ticked."""
    show_again(request, partial(_waiting, request, actor))
    form = parse(SignForm, await read_form(request))
    count = await services.sign_payments(actor, form, now=now)
    return redirect(request, "/payments/sign", _("Signed: {count}."), count=count)


@get("/payments/pay", opt=READ)
async def to_pay(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """What is approved and waits for the cashier."""
    return await _to_pay(request, actor, now)


async def _to_pay(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    views = await services.to_pay(actor)
    total = sum(view.row["fen"] for view in views)
    today = local_day(now)
    return await page(request, "payments/pay.html", views=views, total=total, today=today, **NAMES)


@get("/payments/pay/excel", opt=READ)
async def bank_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The payment list for the bank."""
    views = await services.to_pay(actor)
    return file_of(bank_workbook(views, language(request)), "银行付款清单.xlsx", XLSX)


@post("/payments/pay", opt=PAY)
async def pay(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Note what was paid."""
    show_again(request, partial(_to_pay, request, actor, now))
    count = await services.pay(actor, parse(PayForm, await read_form(request)), now=now)
    return redirect(request, "/payments/pay", _("Paid: {count}."), count=count)


routes: list[Any] = [
    list_payments,
    payments_excel,
    new_payment,
    request_payment,
    show_payment,
    drop_payment,
    waiting,
    sign_payments,
    to_pay,
    bank_excel,
    pay,
]
