"""Paper of goods-in: the slip of a delivery, the ledgers of a time, and the blank form for a power cut."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.pages import Page, language, page
from canteen.kit.paper import Ledger, ledger_pdf
from canteen.kit.texts import say
from canteen.schools.services.policies import policy
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import as_printed, register, stamp
from canteen.tenants.services import tenant
from suppliers.purchasing.paper import deliveries as slips
from suppliers.purchasing.paper import deliveries_blank as blank
from suppliers.purchasing.paper import deliveries_register as ledgers
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.services.deliveries import register as books
from suppliers.purchasing.services.expected import open_orders
from suppliers.purchasing.web.deliveries_words import READ, XLSX, AnyRequest

PRINT: dict[str, Any] = {"may": "prints.print"}
LONGEST = timedelta(days=366)


@get("/deliveries/{delivery:int}/slip.pdf", opt=READ)
async def slip_pdf(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Response[bytes]:
    """验收单 of one delivery."""
    paper, ledger = await _slip(request, actor, now, delivery)
    signed = await stamp(request, actor, paper)
    return await _pdf(as_printed(ledger, signed, language(request)), "goods-in-slip")


@post("/deliveries/{delivery:int}/slip.pdf", opt=PRINT)
async def print_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """Give the slip its number."""
    paper, _ledger = await _slip(request, actor, now, delivery)
    return await register(request, actor, paper, now=now)


async def _slip(request: AnyRequest, actor: Actor, now: datetime, delivery: int) -> tuple[Paper, Ledger]:
    view, lang = await deliveries.view_of(actor.school, delivery), language(request)
    ledger = slips.slip_ledger(view, await _school(actor.school), await _unit(actor.school, now), lang)
    title = f"{ledger.title} {view.row.number}"
    content = repr((ledger.rows, ledger.meta, ledger.total)).encode()
    return Paper("purchasing.slip", "delivery", delivery, title, content, to_sign=True), ledger


@get("/deliveries/ledgers", opt=READ)
async def show_ledgers(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """进货查验记录 and 退货/销毁记录 of a time, on the page, as PDF and as Excel."""
    first, last = _days(request, now)
    entries = await books.register(actor.school, first, last)
    gone = await books.refused_goods(actor.school, first, last)
    unit, lang = await _unit(actor.school, now), language(request)
    return await page(
        request,
        "purchasing/ledgers.html",
        first=first,
        last=last,
        query=f"first={first}&last={last}",
        titles=[say(lang, title) for title, _w, _g in ledgers.REGISTER],
        rows=ledgers.register_rows(entries, unit, lang),
        gone_titles=[say(lang, title) for title, _w in ledgers.REFUSED],
        gone=ledgers.refused_rows(gone, unit, lang),
    )


@get("/deliveries/register.pdf", opt=READ)
async def register_pdf(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """进货查验记录 in the columns of 附录B."""
    paper, ledger = await _register(request, actor, now)
    signed = await stamp(request, actor, paper)
    return await _pdf(as_printed(ledger, signed, language(request)), "goods-in-register")


@post("/deliveries/register.pdf", opt=PRINT)
async def print_register(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Give the ledger its number."""
    paper, _ledger = await _register(request, actor, now)
    return await register(request, actor, paper, now=now)


async def _register(request: AnyRequest, actor: Actor, now: datetime) -> tuple[Paper, Ledger]:
    days, lang = _days(request, now), language(request)
    entries = await books.register(actor.school, *days)
    school, unit = await _school(actor.school), await _unit(actor.school, now)
    ledger = ledgers.register_ledger(entries, school, days, unit, lang)
    title = f"{ledger.title} {ledger.period}"
    about = days[0].toordinal() * 1000 + (days[1] - days[0]).days
    content = repr(ledger.rows).encode()
    return Paper("purchasing.register", "deliveries", about, title, content, to_sign=True), ledger


@get("/deliveries/register/excel", opt=READ)
async def register_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same as a workbook."""
    entries = await books.register(actor.school, *_days(request, now))
    body = ledgers.register_workbook(entries, await _unit(actor.school, now), language(request))
    return _workbook(body, "goods-in-register")


@get("/deliveries/refused.pdf", opt=READ)
async def refused_pdf(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """退货/销毁记录."""
    paper, ledger = await _refused(request, actor, now)
    signed = await stamp(request, actor, paper)
    return await _pdf(as_printed(ledger, signed, language(request)), "returned-goods")


@post("/deliveries/refused.pdf", opt=PRINT)
async def print_refused(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Give the ledger its number."""
    paper, _ledger = await _refused(request, actor, now)
    return await register(request, actor, paper, now=now)


async def _refused(request: AnyRequest, actor: Actor, now: datetime) -> tuple[Paper, Ledger]:
    days, lang = _days(request, now), language(request)
    gone = await books.refused_goods(actor.school, *days)
    school, unit = await _school(actor.school), await _unit(actor.school, now)
    ledger = ledgers.refused_ledger(gone, school, days, unit, lang)
    about = days[0].toordinal() * 1000 + (days[1] - days[0]).days
    title = f"{ledger.title} {ledger.period}"
    content = repr(ledger.rows).encode()
    return Paper("purchasing.refused", "deliveries", about, title, content, to_sign=True), ledger


@get("/deliveries/refused/excel", opt=READ)
async def refused_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same as a workbook."""
    gone = await books.refused_goods(actor.school, *_days(request, now))
    body = ledgers.refused_workbook(gone, await _unit(actor.school, now), language(request))
    return _workbook(body, "returned-goods")


@get("/deliveries/blank.pdf", opt=READ)
async def blank_pdf(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """Tomorrow's form with the goods that are expected, for a morning without power."""
    paper, ledger = await _blank(request, actor, now)
    signed = await stamp(request, actor, paper)
    return await _pdf(as_printed(ledger, signed, language(request)), "goods-in-form")


@post("/deliveries/blank.pdf", opt=PRINT)
async def print_blank(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Give the form its number and QR, by which its photo is filed."""
    paper, _ledger = await _blank(request, actor, now)
    return await register(request, actor, paper, now=now)


async def _blank(request: AnyRequest, actor: Actor, now: datetime) -> tuple[Paper, Ledger]:
    day, lang = local_day(now) + timedelta(days=1), language(request)
    orders = await open_orders(actor.school, None, day)
    lines = [(order, await deliveries.expected_of(actor.school, order.id)) for order in orders]
    ledger = blank.blank_ledger(lines, await _school(actor.school), day, lang)
    title, content = f"{ledger.title} {ledger.period}", repr(ledger.rows).encode()
    return Paper("purchasing.blank", "deliveries", day.toordinal(), title, content, to_sign=True), ledger


def _days(request: AnyRequest, now: datetime) -> tuple[date, date]:
    """The time an address asks for; without one the month so far. At most a year."""
    today = local_day(now)
    first, last = (_day(request.query_params.get(name, "")) for name in ("first", "last"))
    last = min(last or today, today)
    first = first or last.replace(day=1)
    return max(min(first, last), last - LONGEST), last


def _day(text: str) -> date | None:
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(p.isascii() and p.isdecimal() for p in parts):
        return None
    year, month, number = map(int, parts)
    if not (2000 <= year < 2100 and 1 <= month <= 12 and number >= 1):
        return None
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=number - 1), following - timedelta(days=1))


async def _school(school: int) -> str:
    return str((await tenant(school)).name)


async def _unit(school: int, now: datetime) -> str:
    return str(await policy(school, "weight_unit", local_day(now)))


async def _pdf(ledger: Ledger, name: str) -> Response[bytes]:
    body = await asyncio.to_thread(ledger_pdf, ledger)
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(body, media_type="application/pdf", headers=headers)


def _workbook(body: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(body, media_type=XLSX, headers=headers)


routes: list[Any] = [
    slip_pdf,
    print_slip,
    show_ledgers,
    register_pdf,
    print_register,
    register_excel,
    refused_pdf,
    print_refused,
    refused_excel,
    blank_pdf,
    print_blank,
]
