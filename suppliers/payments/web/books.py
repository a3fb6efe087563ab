"""Statements, differences, and the close of months."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, page, redirect, show_again
from canteen.kit.texts import _
from suppliers.payments import services
from suppliers.payments.forms import MonthForm
from suppliers.payments.paper import HEADINGS, figures_of, month_workbook, seller_of
from suppliers.payments.rules import first_of, last_of, whole
from suppliers.payments.web.files import XLSX, file_of
from suppliers.payments.web.showing import CLOSE, NAMES, READ, AnyRequest, last_months, month_of


@get("/payments/statements", opt=READ)
async def show_statements(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Every seller's month, and its bottom line."""
    month, lang = month_of(request, now), language(request)
    lines = await services.month_statements(actor.school, month)
    total = whole(line.statement for line in lines)
    return await page(
        request,
        "payments/statements.html",
        month=month,
        months=last_months(local_day(now)),
        headings=HEADINGS,
        lines=[(line.supplier or 0, seller_of(line, lang), figures_of(line.statement)) for line in lines],
        total=figures_of(total),
        left=total,
    )


@get("/payments/statements/excel", opt=READ)
async def statements_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same as a workbook."""
    month = month_of(request, now)
    lines = await services.month_statements(actor.school, month)
    return file_of(month_workbook(lines, language(request)), f"供应商往来-{month:%Y-%m}.xlsx", XLSX)


@get("/payments/statements/{supplier:int}", opt=READ)
async def show_statement(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    supplier: FromPath[int],
) -> Page:
    """One seller's month: deliveries, slips, what is owed. 0: sellers without a record."""
    month, lang = month_of(request, now), language(request)
    line = await services.statement_of(actor.school, supplier or None, month)
    days = (first_of(month), last_of(month))
    return await page(
        request,
        "payments/statement.html",
        month=month,
        months=last_months(local_day(now)),
        supplier=supplier,
        name=seller_of(line, lang),
        one=line.statement,
        taken=await services.taken_of(actor.school, supplier or None, *days),
        slips=await services.slips_between(actor.school, supplier or None, *days),
        **NAMES,
    )


@get("/payments/differences", opt=READ)
async def show_differences(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Accepted but not invoiced, invoiced but not accepted, by name."""
    month = month_of(request, now)
    found = await services.differences(actor.school, first_of(month), last_of(month))
    names = dict(await services.seller_choices(actor.school))
    months = last_months(local_day(now))
    return await page(
        request, "payments/differences.html", month=month, months=months, found=found, names=names, **NAMES
    )


@get("/payments/months", opt=READ)
async def show_months(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Which months are closed."""
    return await _months(request, actor, now)


async def _months(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    today = local_day(now)
    rows = await services.months(actor.school, today)
    return await page(request, "payments/months.html", rows=rows, this=first_of(today))


@post("/payments/months/close", opt=CLOSE)
async def close_month(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Close one."""
    show_again(request, partial(_months, request, actor, now))
    await services.close_month(actor, parse(MonthForm, await read_form(request)), now=now)
    return redirect(request, "/payments/months", _("The month is closed."))


@post("/payments/months/reopen", opt=CLOSE)
async def reopen_month(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Open one again with a reason."""
    show_again(request, partial(_months, request, actor, now))
    await services.reopen_month(actor, parse(MonthForm, await read_form(request)), now=now)
    return redirect(request, "/payments/months", _("The month is open again."))


routes: list[Any] = [
    show_statements,
    statements_excel,
    show_statement,
    show_differences,
    show_months,
    close_month,
    reopen_month,
]
