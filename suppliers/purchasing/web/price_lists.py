"""Price lists and rates of tenders: those here and above, one with its prices, a new one."""

from datetime import date, datetime
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
from suppliers.goods.forms import ImportForm
from suppliers.purchasing.forms.prices import PriceListForm
from suppliers.purchasing.paper.market import price_list_workbook
from suppliers.purchasing.rules.price_file import COLUMNS, REQUIRED
from suppliers.purchasing.rules.wishes import LIST_NAMES
from suppliers.purchasing.services import price_lists, price_reading
from suppliers.purchasing.web.naming import (
    NAMES,
    PRICES,
    READ,
    XLSX,
    AnyRequest,
    as_file,
    choices,
    file_sent,
    seller_choices,
)

BLANK_ROWS = 6
MOST_ROWS = 2000


@get("/purchasing/lists", opt=READ)
async def show_lists(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What holds now, or (`over`) what held once."""
    asked = listing(request, filters=price_reading.FILTERS)
    heads, following = await price_reading.list_price_lists(actor.school, asked, local_day(now))
    return await page(
        request,
        "purchasing/lists.html",
        asked=asked,
        heads=heads,
        next=following,
        today=local_day(now),
        kinds=choices(request, LIST_NAMES),
        **NAMES,
    )


@get("/purchasing/lists/{price_list:int}", opt=READ)
async def show_list(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], price_list: PathId
) -> Page:
    """One list with its prices."""
    head = await price_reading.price_list_of(actor.school, price_list)
    asked = listing(request)
    return await page(
        request,
        "purchasing/list.html",
        head=head,
        asked=asked,
        items=await price_reading.price_items(head, asked.q),
        own=head.school == actor.school,
        today=local_day(now),
        **NAMES,
    )


@get("/purchasing/lists/{price_list:int}/excel", opt=READ)
async def list_excel(actor: NamedDependency[Actor], price_list: PathId) -> Response[bytes]:
    """Its prices as a workbook that an import reads again."""
    head = await price_reading.price_list_of(actor.school, price_list)
    return as_file(price_list_workbook(await price_reading.price_items(head)), f"{head.name}.xlsx", XLSX)


@get("/purchasing/lists/new", opt=PRICES)
async def new_list(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A blank list."""
    return await _form(request, actor, local_day(now))


async def _form(request: AnyRequest, actor: Actor, today: date, bad: Any = None) -> Page:
    sent = (request.state.get("typed") or {}).get("lines")
    numbers = [n for n in sent if isinstance(n, int) and n < MOST_ROWS] if isinstance(sent, dict) else []
    return await page(
        request,
        "purchasing/list_form.html",
        bad=bad,
        rows=range(max([BLANK_ROWS, *(n + 1 for n in numbers)])),
        sellers=await seller_choices(actor.school),
        kinds=choices(request, LIST_NAMES),
        needed=[COLUMNS[key][0] for key in REQUIRED],
        today=today,
        **NAMES,
    )


async def _refused(request: AnyRequest, actor: Actor, today: date, data: bytes, name: str) -> Page:
    bad = await price_lists.bad_price_rows(actor.school, data, name, language(request))
    return await _form(request, actor, today, bad)


@post("/purchasing/lists/new", opt=PRICES)
async def add_list(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Lay it down: its lines typed, or from a file when one is sent."""
    show_again(request, partial(_form, request, actor, local_day(now)))
    typed = await read_form(request)
    form = parse(PriceListForm, typed)
    file = await file_sent(request, "file")
    if file is None:
        made = await price_lists.add_price_list(actor, form, now=now)
    else:
        show_again(request, partial(_refused, request, actor, local_day(now), *file))
        again = parse(ImportForm, typed).again
        made = await price_lists.import_price_list(actor, form, *file, again=again, now=now)
    return redirect(request, f"/purchasing/lists/{made}", _("{name} is kept."), name=form.name)


@post("/purchasing/lists/{price_list:int}/withdraw", opt=PRICES)
async def withdraw_list(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], price_list: PathId
) -> Page:
    """It holds no more."""
    await price_lists.withdraw_price_list(actor, price_list, now=now)
    return redirect(request, f"/purchasing/lists/{price_list}", _("The list holds no more."))


routes: list[Any] = [show_lists, show_list, list_excel, new_list, add_list, withdraw_list]
