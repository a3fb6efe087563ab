"""The ledgers 入库 and 出库, the balance of each good, and the cost of meals."""

import asyncio
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.pages import Page, listing, page
from canteen.kit.paper import ledger_pdf
from canteen.kit.texts import say
from canteen.schools.web.printing import as_printed, register, stamp
from suppliers.goods.rules import CATEGORY_NAMES, Category
from suppliers.stock import services
from suppliers.stock.paper import TITLES, ledger_paper, ledger_sheet, ledger_workbook
from suppliers.stock.paper.ledgers import used_for
from suppliers.stock.services import Asked
from suppliers.stock.web.showing import (
    PDF,
    PRINT,
    READ,
    XLSX,
    AnyRequest,
    Room,
    asked_day,
    asked_id,
    choices,
    file,
    room_of,
    wait_for_fonts,
)


def _asked(request: AnyRequest, room: Room) -> Asked:
    """The period (this month unless another is asked for), canteen, good and category."""
    category = request.query_params.get("category", "")
    return Asked(
        asked_day(request, "from", room.today.replace(day=1)),
        asked_day(request, "to", room.today),
        room.canteen.id,
        asked_id(request, "good"),
        Category(category) if category in list(Category) else None,
    )


def _part(request: AnyRequest) -> str:
    part = request.query_params.get("part", "")
    return part if part in TITLES else "sum"


@get("/stock/ledger", opt=READ)
async def show_ledger(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """One of the ledgers over a period, with what its meals cost."""
    room = await room_of(request, actor, local_day(now))
    asked = _asked(request, room)
    return await page(
        request,
        "stock/ledger.html",
        asked=listing(request, filters=("category", "from", "to", "part", "good", "canteen")),
        book=await services.book(actor.school, asked),
        cost=await services.cost_of_meals(actor.school, asked),
        part=_part(request),
        parts=[(part, say(room.lang, title)) for part, title in TITLES.items()],
        categories=choices(request, CATEGORY_NAMES),
        used_for=used_for,
        **room.words,
    )


@get("/stock/ledger/excel", opt=READ)
async def ledger_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """Every line with its balance."""
    room = await room_of(request, actor, local_day(now))
    book = await services.book(actor.school, _asked(request, room))
    return file(ledger_workbook(book, room.lang), "出入库台账.xlsx", XLSX)


@get("/stock/ledger/ledger.pdf", opt=READ)
async def ledger_on_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The ledger (`part` in, out or sum) with signature boxes."""
    room, part = await room_of(request, actor, local_day(now)), _part(request)
    book = await services.book(actor.school, _asked(request, room))
    await wait_for_fonts()
    drawn = ledger_sheet(book, part, room.lang, room.weight)
    drawn = as_printed(drawn, await stamp(request, actor, ledger_paper(book, part)), room.lang)
    name = f"{say(room.lang, TITLES[part])}.pdf"
    return file(await asyncio.to_thread(ledger_pdf, drawn), name, PDF)


@post("/stock/ledger/ledger.pdf", opt=PRINT)
async def print_ledger(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Print the ledger: it gets its number."""
    room = await room_of(request, actor, local_day(now))
    book = await services.book(actor.school, _asked(request, room))
    await wait_for_fonts()
    return await register(request, actor, ledger_paper(book, _part(request)), now=now)


routes: list[Any] = [show_ledger, ledger_excel, ledger_on_paper, print_ledger]
