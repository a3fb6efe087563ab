"""Slips, stocktakes and ledgers, on the screen and on paper."""

import asyncio
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
from canteen.kit.paper import A4, SLIP, Sheet, ledger_pdf
from canteen.kit.texts import _, say
from canteen.schools.services.policies import values_on
from canteen.schools.web.printing import as_printed, register, stamp
from suppliers.stock import services
from suppliers.stock.forms import CorrectionForm
from suppliers.stock.paper import slip_paper, slip_sheet, slips_workbook
from suppliers.stock.rules import SLIP_NAMES
from suppliers.stock.services.slips import FILTERS
from suppliers.stock.web.showing import (
    CLOSE,
    ISSUE,
    PDF,
    PRINT,
    READ,
    XLSX,
    AnyRequest,
    choices,
    file,
    meal_choices,
    room_of,
    wait_for_fonts,
)

OFFSETS = ("dot_matrix_right_tenths_mm", "dot_matrix_down_tenths_mm")


@get("/stock/slips", opt=READ)
async def list_slips(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Slips of the store, the latest first."""
    asked = listing(request, filters=FILTERS)
    room = await room_of(request, actor, local_day(now))
    heads, following = await services.list_slips(actor.school, asked)
    filters = [
        ("kind", say(room.lang, _("All kinds of store slips")), choices(request, SLIP_NAMES)),
        ("meal", say(room.lang, _("All meals")), meal_choices(request)),
    ]
    return await page(
        request, "stock/slips.html", asked=asked, heads=heads, next=following, filters=filters, **room.words
    )


@get("/stock/slips/excel", opt=READ)
async def slips_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    heads = await services.all_slips(actor.school, listing(request, filters=FILTERS))
    return file(slips_workbook(heads, language(request)), "出入库单据.xlsx", XLSX)


@get("/stock/slips/{slip:int}", opt=READ)
async def show_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], slip: PathId
) -> Page:
    """One slip with its lines."""
    return await _slip(request, actor, slip, now)


async def _slip(request: AnyRequest, actor: Actor, slip: int, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    view = await services.slip_view(actor.school, slip)
    today = local_day(view.slip.entered_at) == room.today
    return await page(
        request,
        "stock/slip.html",
        view=view,
        slip=view.slip,
        total=sum(line.move.fen for line in view.lines),
        correctable=view.slip.kind in ("issue", "write_off", "receipt") and not view.undone_by,
        own_today=view.slip.entered_by == actor.person and today,
        **room.words,
    )


@post("/stock/slips/{slip:int}/undo", opt=ISSUE)
async def undo_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], slip: PathId
) -> Page:
    """Take one's own slip of today back; an issue is then written again from the same lines."""
    show_again(request, partial(_slip, request, actor, slip, now))
    await services.undo_slip(actor, slip, now=now)
    kind = (await services.slip_view(actor.school, slip)).slip.kind
    url = f"/stock/issue?again={slip}" if kind == "issue" else f"/stock/slips/{slip}"
    return redirect(request, url, _("The slip is taken back."))


@post("/stock/slips/{slip:int}/correct", opt=CLOSE)
async def correct_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], slip: PathId
) -> Page:
    """Take any slip back, with a reason."""
    show_again(request, partial(_slip, request, actor, slip, now))
    form = parse(CorrectionForm, await read_form(request))
    made = await services.correct_slip(actor, slip, form, now=now)
    return redirect(request, f"/stock/slips/{made}", _("The slip is taken back."))


@get("/stock/slips/{slip:int}/slip.pdf", opt=READ)
async def slip_pdf(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], slip: PathId
) -> Response[bytes]:
    """The slip on A4, or (`sheet=slip`) on 241 × 140 mm for the dot matrix."""
    view = await services.slip_view(actor.school, slip)
    room = await room_of(request, actor, local_day(now))
    await wait_for_fonts()
    sheet = await _sheet(request, actor, room.today)
    drawn = slip_sheet(view, room.lang, room.weight, sheet)
    drawn = as_printed(drawn, await stamp(request, actor, slip_paper(view)), room.lang)
    return file(await asyncio.to_thread(ledger_pdf, drawn), f"{view.slip.number}.pdf", PDF)


@post("/stock/slips/{slip:int}/slip.pdf", opt=PRINT)
async def print_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], slip: PathId
) -> Page:
    """Print the slip: it gets its number."""
    await wait_for_fonts()
    return await register(request, actor, slip_paper(await services.slip_view(actor.school, slip)), now=now)


async def _sheet(request: AnyRequest, actor: Actor, today: date) -> Sheet:
    if request.query_params.get("sheet") != "slip":
        return A4
    offsets = await values_on(actor.school, OFFSETS, today)
    right, down = (int(str(offsets[key])) for key in OFFSETS)
    return SLIP.shifted(right, down)


routes: list[Any] = [
    list_slips,
    slips_excel,
    show_slip,
    undo_slip,
    correct_slip,
    slip_pdf,
    print_slip,
]
