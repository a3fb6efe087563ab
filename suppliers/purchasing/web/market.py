"""The monthly record of market prices (市场询价记录)."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import register
from suppliers.purchasing.forms.prices import MarketForm
from suppliers.purchasing.paper.market import market_ledger, market_title, market_workbook
from suppliers.purchasing.services import market
from suppliers.purchasing.web.naming import (
    NAMES,
    PLAN,
    PRINT,
    READ,
    XLSX,
    AnyRequest,
    as_file,
    drawn,
    school_name,
)

BLANK_ROWS, MOST_ROWS = 6, 200


def _month(request: AnyRequest, today: date) -> date:
    """The month asked for (`2026-09`), else this one: its first day."""
    with suppress(ValueError):
        return date.fromisoformat(f"{request.query_params.get('month', '')}-01")
    return today.replace(day=1)


@get("/purchasing/market", opt=READ)
async def show_market(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What was asked in a month."""
    month, today = _month(request, local_day(now)), local_day(now)
    following = (month + timedelta(days=31)).replace(day=1)
    return await page(
        request,
        "purchasing/market.html",
        rows=await market.market_of_month(actor.school, month),
        month=month,
        before=(month - timedelta(days=1)).replace(day=1),
        after=following if following <= today else None,
        **NAMES,
    )


@get("/purchasing/market/new", opt=PLAN)
async def new_market(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A walk over the market, to be typed."""
    return await _form(request, actor, local_day(now))


async def _form(request: AnyRequest, actor: Actor, today: date) -> Page:
    sent = (request.state.get("typed") or {}).get("lines")
    numbers = [n for n in sent if isinstance(n, int) and n < MOST_ROWS] if isinstance(sent, dict) else []
    before = await market.market_of_month(actor.school, today.replace(day=1) - timedelta(days=1))
    count = max([len(before) + 2, BLANK_ROWS, *(n + 1 for n in numbers)])
    rows = [(n, before[n] if n < len(before) and not numbers else None) for n in range(count)]
    return await page(request, "purchasing/market_form.html", rows=rows, today=today, **NAMES)


@post("/purchasing/market/new", opt=PLAN)
async def record_market(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep it."""
    show_again(request, partial(_form, request, actor, local_day(now)))
    form = parse(MarketForm, _priced(await read_form(request)))
    made = await market.record_market(actor, form, now=now)
    url = f"/purchasing/market?month={form.day:%Y-%m}"
    return redirect(request, url, _("Prices kept: {count}."), count=len(made))


def _priced(typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was typed without the rows that nobody put a price to: last month's goods stand there already."""
    lines = typed.get("lines")
    if not isinstance(lines, Mapping):
        return typed
    return {**typed, "lines": {n: row for n, row in lines.items() if _has_price(row)}}


def _has_price(row: Any) -> bool:
    return isinstance(row, Mapping) and str(row.get("price", "")).strip() != ""


@post("/purchasing/market/{asked:int}/withdraw", opt=PLAN)
async def withdraw_market(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], asked: PathId
) -> Page:
    """A line was typed wrongly."""
    await market.withdraw_market_price(actor, asked, now=now)
    return redirect(request, "/purchasing/market", _("The line was taken back."))


@get("/purchasing/market/record.pdf", opt=READ)
async def market_pdf(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The month on paper; `blank` with lines for the pen."""
    month, lang = _month(request, local_day(now)), language(request)
    rows = await market.market_of_month(actor.school, month)
    blank = "blank" in request.query_params
    ledger = market_ledger(rows, await school_name(actor.school), month, lang, blank=blank)
    return await drawn(request, actor, ledger, _paper(actor, rows, month, lang))


@post("/purchasing/market/record.pdf", opt=PRINT)
async def print_market(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Print it: it gets its number and waits for ink."""
    month = _month(request, local_day(now))
    rows = await market.market_of_month(actor.school, month)
    return await register(request, actor, _paper(actor, rows, month, language(request)), now=now)


@get("/purchasing/market/record.xlsx", opt=READ)
async def market_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The month as a workbook."""
    month, lang = _month(request, local_day(now)), language(request)
    rows = await market.market_of_month(actor.school, month)
    return as_file(market_workbook(rows, lang), f"{market_title(lang)} {month:%Y-%m}.xlsx", XLSX)


def _paper(actor: Actor, rows: list[market.Asked], month: date, lang: str) -> Paper:
    """One paper a month: the month's number stands for it."""
    content = msgspec.json.encode((f"{month}", rows), enc_hook=str)
    title = f"{market_title(lang)} {month:%Y-%m}"
    return Paper("purchasing.market", "month", month.year * 100 + month.month, title, content, to_sign=True)


routes: list[Any] = [
    show_market,
    new_market,
    record_market,
    withdraw_market,
    market_pdf,
    print_market,
    market_excel,
]
