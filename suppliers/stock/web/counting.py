"""Stocktakes on the phone and on paper."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, listing, page, redirect, show_again
from canteen.kit.paper import ledger_pdf
from canteen.kit.texts import _
from canteen.schools.web.printing import as_printed, register, stamp
from suppliers.goods.rules import CATEGORY_NAMES
from suppliers.stock import services
from suppliers.stock.forms import ClosingForm, CountedForm, CountForm
from suppliers.stock.paper import count_paper, count_sheet
from suppliers.stock.rules import CAUSE_NAMES
from suppliers.stock.web.showing import (
    CLOSE,
    COUNT,
    PDF,
    PRINT,
    READ,
    AnyRequest,
    by_category,
    choices,
    file,
    room_of,
    wait_for_fonts,
)


@get("/stock/counts", opt=READ)
async def list_counts(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The stocktakes, the latest first."""
    return await _list(request, actor, now)


async def _list(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    asked = listing(request)
    room = await room_of(request, actor, local_day(now))
    counts, following = await services.list_counts(actor.school, asked)
    return await page(
        request,
        "stock/counts.html",
        asked=asked,
        counts=counts,
        next=following,
        categories=choices(request, CATEGORY_NAMES),
        **room.words,
    )


@post("/stock/counts", opt=COUNT)
async def start_count(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Begin one."""
    show_again(request, partial(_list, request, actor, now))
    count = await services.start_count(actor, parse(CountForm, await read_form(request)), now=now)
    return redirect(request, f"/stock/counts/{count}")


@get("/stock/counts/{count:int}", opt=READ)
async def show_count(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], count: PathId
) -> Page:
    """The lots to count, or what was found."""
    return await _count(request, actor, count, now)


async def _count(request: AnyRequest, actor: Actor, count: int, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    view = await services.count_view(actor.school, count)
    open_ = view.count.state == "counting"
    return await page(
        request,
        "stock/count.html",
        view=view,
        count=view.count,
        groups=by_category(view.lines),
        open=open_,
        causes=choices(request, CAUSE_NAMES),
        witnesses=await services.possible_witnesses(actor, room.today) if open_ else [],
        **room.words,
    )


@post("/stock/counts/{count:int}", opt=COUNT)
async def count_lots(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], count: PathId
) -> Page:
    """Keep what was counted so far."""
    show_again(request, partial(_count, request, actor, count, now))
    form = parse(CountedForm, await read_form(request))
    await services.count_lots(actor, count, form, now=now)
    return redirect(request, f"/stock/counts/{count}", _("The counts are kept."))


@post("/stock/counts/{count:int}/close", opt=CLOSE)
async def close_count(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], count: PathId
) -> Page:
    """Post the differences before a witness."""
    show_again(request, partial(_count, request, actor, count, now))
    form = parse(ClosingForm, await read_form(request))
    await services.close_count(actor, count, form, now=now)
    return redirect(request, f"/stock/counts/{count}", _("The stocktake is closed."))


@post("/stock/counts/{count:int}/drop", opt=COUNT)
async def drop_count(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], count: PathId
) -> Page:
    """Give it up."""
    await services.drop_count(actor, count, now=now)
    return redirect(request, "/stock/counts", _("The stocktake is given up."))


@get("/stock/counts/{count:int}/sheet.pdf", opt=READ)
async def count_pdf(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], count: PathId
) -> Response[bytes]:
    """The sheet with differences, or (`blank=1`) for the pen."""
    room = await room_of(request, actor, local_day(now))
    view = await services.count_view(actor.school, count)
    await wait_for_fonts()
    blank = bool(request.query_params.get("blank"))
    drawn = count_sheet(view, room.lang, room.weight, blank=blank)
    drawn = as_printed(drawn, await stamp(request, actor, count_paper(view, blank=blank)), room.lang)
    return file(await asyncio.to_thread(ledger_pdf, drawn), f"盘点表-{view.count.day}.pdf", PDF)


@post("/stock/counts/{count:int}/sheet.pdf", opt=PRINT)
async def print_count(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], count: PathId
) -> Page:
    """Print the sheet: it gets its number."""
    view = await services.count_view(actor.school, count)
    await wait_for_fonts()
    wanted = count_paper(view, blank=bool(request.query_params.get("blank")))
    return await register(request, actor, wanted, now=now)


routes: list[Any] = [
    list_counts,
    start_count,
    show_count,
    count_lots,
    close_count,
    drop_count,
    count_pdf,
    print_count,
]
