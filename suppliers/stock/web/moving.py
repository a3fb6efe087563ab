"""Goods in and out by hand: opening stock, own garden and batches, issue, write-off."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_file
from suppliers.goods.rules import Good
from suppliers.goods.services import find_goods
from suppliers.stock import services
from suppliers.stock.forms import IssueForm, OpeningFile, OpeningForm, OwnForm, WriteOffForm
from suppliers.stock.paper import opening_form
from suppliers.stock.rules import REASON_NAMES
from suppliers.stock.services.lots import LotLine
from suppliers.stock.services.witness import colleagues
from suppliers.stock.web.showing import (
    COUNT,
    ISSUE,
    WRITE_OFF,
    XLSX,
    AnyRequest,
    asked_id,
    by_category,
    choices,
    file,
    meal_choices,
    room_of,
)

BLANK_LINES = 8
MOST_GOODS = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A good on the issue page with its lots that hold anything."""

    good: Good
    lots: list[LotLine]
    usable: int


@get("/stock/issue", opt=ISSUE)
async def issue_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Everything that is there: type what goes out. `again` fills in a slip that was taken back."""
    return await _issue(request, actor, now)


async def _issue(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    held = await services.on_hand(actor.school, room.canteen.id, room.today)
    lots = await services.lots_with_stock(actor.school, room.canteen.id)
    lines = await services.lines_of_lots(actor.school, lots, on=room.today)
    rows = [Row(one.good, [x for x in lines if x.good.id == one.good.id], one.usable) for one in held]
    return await page(
        request,
        "stock/issue.html",
        groups=by_category(rows),
        meals=meal_choices(request),
        people=await colleagues(actor, room.today),
        before=await _before(actor.school, asked_id(request, "again")),
        **room.words,
    )


async def _before(school: int, slip: int | None) -> dict[int, int]:
    """Quantities by good of a slip that is written again."""
    if slip is None:
        return {}
    found: dict[int, int] = {}
    for line in (await services.slip_view(school, slip)).lines:
        found[line.good.id] = found.get(line.good.id, 0) - line.move.quantity
    return found


@post("/stock/issue", opt=ISSUE)
async def issue(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """The issue slip."""
    show_again(request, partial(_issue, request, actor, now))
    form = parse(IssueForm, await read_form(request))
    slip = await services.issue(actor, form, now=now)
    return redirect(request, f"/stock/slips/{slip}", _("The goods are issued."))


@get("/stock/opening", opt=COUNT)
async def opening_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What lay there when the books began."""
    return await _opening(request, actor, now)


async def _opening(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    typed = (request.state.get("typed") or {}).get("lines")
    count = len(typed) if isinstance(typed, dict | list) else 0
    return await page(
        request,
        "stock/opening.html",
        rows=range(max(BLANK_LINES, count + 2)),
        goods=await find_goods(actor.school, "", MOST_GOODS),
        places=[(p.id, p.name) for p in await services.places_of(actor.school, room.canteen.id)],
        **room.words,
    )


@post("/stock/opening", opt=COUNT)
async def enter_opening(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Put it into the book."""
    show_again(request, partial(_opening, request, actor, now))
    form = parse(OpeningForm, await read_form(request))
    slip, count = await services.enter_opening(actor, form, now=now), len(form.lines)
    return redirect(request, f"/stock/slips/{slip}", _("{count} lots are in the book."), count=count)


@post("/stock/opening/import", opt=COUNT)
async def import_opening(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The same from a spreadsheet."""
    show_again(request, partial(_opening, request, actor, now))
    form = parse(OpeningFile, await read_form(request))
    data, name = await _sent_file(request)
    slip, count = await services.import_opening(actor, data, name, form, now=now)
    return redirect(request, f"/stock/slips/{slip}", _("{count} lots are in the book."), count=count)


async def _sent_file(request: AnyRequest) -> tuple[bytes, str]:
    sent = request.state.typed.get("file")
    if not isinstance(sent, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    return await sent.read(), sent.filename


@get("/stock/opening/form.xlsx", opt=COUNT)
async def opening_excel() -> Response[bytes]:
    """The blank workbook."""
    return file(opening_form(), "期初库存-空白表.xlsx", XLSX)


@get("/stock/own", opt=COUNT)
async def own_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What the garden gave or the kitchen made."""
    return await _own(request, actor, now)


async def _own(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    goods = await find_goods(actor.school, "", MOST_GOODS)
    return await page(
        request,
        "stock/own.html",
        goods=[(good.id, good.name) for good in goods],
        places=[(p.id, p.name) for p in await services.places_of(actor.school, room.canteen.id)],
        default_unit="斤" if room.weight == "jin" else "公斤",
        **room.words,
    )


@post("/stock/own", opt=COUNT)
async def add_own(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Take it in as a lot."""
    show_again(request, partial(_own, request, actor, now))
    lot = await services.add_own(actor, parse(OwnForm, await read_form(request)), now=now)
    return redirect(request, f"/stock/lots/{lot}", _("The lot is in the book."))


@get("/stock/write-off", opt=WRITE_OFF)
async def write_off_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What leaves unused: the lots past their day first, or the one asked for."""
    return await _write_off(request, actor, now)


async def _write_off(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    lots = await services.lots_with_stock(actor.school, room.canteen.id)
    return await page(
        request,
        "stock/write_off.html",
        lines=await services.lines_of_lots(actor.school, lots, on=room.today),
        chosen=asked_id(request, "lot"),
        reasons=choices(request, REASON_NAMES),
        witnesses=await services.possible_witnesses(actor, room.today),
        **room.words,
    )


@post("/stock/write-off", opt=WRITE_OFF)
async def write_off(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The record, before a witness."""
    show_again(request, partial(_write_off, request, actor, now))
    form = parse(WriteOffForm, await read_form(request))
    slip = await services.write_off(actor, form, await _photos(request), now=now)
    return redirect(request, f"/stock/slips/{slip}", _("The record is kept."))


async def _photos(request: AnyRequest) -> list[Stored]:
    sent = request.state.typed.get("photos")
    files = sent if isinstance(sent, list) else [sent]
    found = [await one.read() for one in files if isinstance(one, UploadFile)]
    folder = request.app.state.data_dir
    return list(await asyncio.gather(*(keep_file(data, folder) for data in found if data)))


routes: list[Any] = [
    issue_page,
    issue,
    opening_page,
    enter_opening,
    import_opening,
    opening_excel,
    own_page,
    add_own,
    write_off_page,
    write_off,
]
