"""What is printed of a week: poster, kitchen sheets, their workbooks, and the week as a file."""

import asyncio
import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.forms import parse
from canteen.kit.pages import Page, language, redirect
from canteen.kit.paper import fonts, ledger_pdf, poster_pdf
from canteen.kit.problems import Missing
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import as_printed, register, stamp
from menus.weeks import paper
from menus.weeks.forms.papers import KitchenForm, PosterForm
from menus.weeks.paper.registered import kitchen_paper, poster_paper
from menus.weeks.services import papers
from menus.weeks.web.showing import READ, AnyRequest

PRINT = {"may": "prints.print"}
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
SECONDS_FOR_FONTS = 15.0


@get("/weeks/{week:int}/poster.pdf", opt=READ)
async def poster(request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int]) -> Response[bytes]:
    """The poster, A4 or A3: a draft, a copy, or with the number it was given."""
    form = parse(PosterForm, request.query_params)
    facts = await papers.poster_facts(actor.school, week)
    await _fonts()
    wanted, lang = poster_paper(facts), language(request)
    drawn = paper.poster(facts, lang, paper.SIZES[form.size])
    if facts.public:
        drawn = as_printed(drawn, await stamp(request, actor, wanted), lang)
    return _file(await asyncio.to_thread(poster_pdf, drawn), f"{wanted.title}.pdf", PDF)


@post("/weeks/{week:int}/poster.pdf", opt=PRINT)
async def print_poster(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
) -> Response[bytes]:
    """Print it: a published week's poster gets its number."""
    parse(PosterForm, request.query_params)
    facts = await papers.poster_facts(actor.school, week)
    return await _print(request, actor, poster_paper(facts), now, public=facts.public)


@get("/weeks/{week:int}/poster.xlsx", opt=READ)
async def poster_excel(
    request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int]
) -> Response[bytes]:
    """The same as a workbook."""
    facts = await papers.poster_facts(actor.school, week)
    return _file(paper.poster_workbook(facts, language(request)), f"{paper.poster_title(facts)}.xlsx", XLSX)


@get("/weeks/{week:int}/kitchen/{name:str}", opt=READ)
async def kitchen(
    request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    """The kitchen sheet of a meal (`12.pdf`, `12.xlsx`); `blank` for the pen, `tables` of so many seats."""
    meal, kind = _meal_file(name)
    facts = await papers.kitchen_facts(actor.school, week, meal)
    title = paper.kitchen_title(facts)
    if kind == "xlsx":
        return _file(paper.kitchen_workbook(facts, language(request)), f"{title}.xlsx", XLSX)
    chosen = parse(KitchenForm, request.query_params)
    return _file(await _kitchen_pdf(request, actor, facts, chosen), f"{title}.pdf", PDF)


async def _kitchen_pdf(
    request: AnyRequest, actor: Actor, facts: papers.KitchenFacts, chosen: KitchenForm
) -> bytes:
    await _fonts()
    lang = language(request)
    drawn = paper.kitchen_sheet(facts, lang, chosen)
    if facts.public:
        drawn = as_printed(drawn, await stamp(request, actor, kitchen_paper(facts, blank=chosen.blank)), lang)
    return await asyncio.to_thread(ledger_pdf, drawn)


@post("/weeks/{week:int}/kitchen/{name:str}", opt=PRINT)
async def print_kitchen(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    name: FromPath[str],
) -> Response[bytes]:
    """Print a kitchen sheet: a published week's gets its number."""
    meal, kind = _meal_file(name)
    if kind != "pdf":
        raise Missing
    chosen = parse(KitchenForm, request.query_params)
    facts = await papers.kitchen_facts(actor.school, week, meal)
    wanted = kitchen_paper(facts, blank=chosen.blank)
    return await _print(request, actor, wanted, now, public=facts.public)


async def _print(request: AnyRequest, actor: Actor, wanted: Paper, now: datetime, *, public: bool) -> Page:
    """What cannot be drawn yet gets no number; a draft never gets one."""
    await _fonts()
    if public:
        return await register(request, actor, wanted, now=now)
    return redirect(request, f"{request.scope['path']}?{request.scope['query_string'].decode()}")


@get("/weeks/{week:int}/menu.xlsx", opt=READ)
async def menu_excel(actor: NamedDependency[Actor], week: FromPath[int]) -> Response[bytes]:
    """The week in the import form."""
    sheet = await papers.plain_week(actor.school, week)
    return _file(paper.menu_workbook(sheet), f"食谱-{sheet.head.first_day}.xlsx", XLSX)


@get("/weeks/{week:int}/menu.csv", opt=READ)
async def menu_csv(actor: NamedDependency[Actor], week: FromPath[int]) -> Response[bytes]:
    """The same as CSV."""
    sheet = await papers.plain_week(actor.school, week)
    return _file(paper.menu_csv(sheet), f"食谱-{sheet.head.first_day}.csv", CSV)


@get("/weeks/import/form.xlsx", opt={"may": "weeks.import"})
async def import_form() -> Response[bytes]:
    """The import form, to be filled in."""
    return _file(paper.blank_menu(), "食谱-空白表.xlsx", XLSX)


async def _fonts() -> None:
    """Wait a little for fonts that are still being made. Raises fonts.FontsNotReady."""
    await asyncio.to_thread(fonts.ensure, fonts.home(), SECONDS_FOR_FONTS)


def _meal_file(name: str) -> tuple[int, str]:
    """`12.pdf` is the meal and the kind of file. Raises Missing."""
    found = re.fullmatch(r"(\d{1,15})\.(pdf|xlsx)", name)
    if not found:
        raise Missing
    return int(found[1]), found[2]


def _file(body: bytes, name: str, media_type: str) -> Response[bytes]:
    """PDFs open in the browser, the rest is saved."""
    where = "inline" if media_type == PDF else "attachment"
    headers = {
        "Content-Disposition": f"{where}; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media_type, headers=headers)


routes: list[Any] = [
    poster,
    print_poster,
    poster_excel,
    kitchen,
    print_kitchen,
    menu_excel,
    menu_csv,
    import_form,
]
