"""The yearly assessment: a school year's suppliers, and one of them."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.paper import fonts, ledger_pdf
from canteen.kit.texts import _, say
from canteen.schools.web.printing import as_printed, register, stamp
from canteen.tenants.services import tenant
from suppliers.assessments import services
from suppliers.assessments.forms import AssessmentForm
from suppliers.assessments.paper import (
    assessment_ledger,
    assessment_paper,
    assessments_workbook,
    measured,
    said_year,
)
from suppliers.assessments.rules import CRITERIA, OUTCOME_NAMES, Outcome, school_year

AnyRequest = Request[Any, Any, Any]
READ = {"may": "assessments.read"}
EDIT = {"may": "assessments.edit"}
PRINT = {"may": "prints.print"}
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHINESE = "zh_CN"
SECONDS_FOR_FONTS = 15.0
TONES = {
    Outcome.KEEP: "good",
    Outcome.WARN: "due",
    Outcome.SUSPEND: "bad",
    Outcome.BLACKLIST: "bad",
}
NAMES: dict[str, Any] = {"outcome_names": OUTCOME_NAMES, "tones": TONES, "said_year": said_year}
VALUE_NAMES = {"outcome": OUTCOME_NAMES}


@get("/assessments", opt=READ)
async def list_assessments(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Suppliers of a school year by score: what was decided, or what the figures would give."""
    asked = listing(request, filters=services.FILTERS, sorts=(*services.SORTS, "-score", "-name"))
    year, lang = _year(request, now), language(request)
    outcomes = [("open", say(lang, _("not assessed yet")))]
    outcomes += [(outcome.value, say(lang, name)) for outcome, name in OUTCOME_NAMES.items()]
    return await page(
        request,
        "assessments/list.html",
        asked=asked,
        year=year,
        years=[(str(y), said_year(y)) for y in range(school_year(local_day(now)), 2019, -1)][:6],
        rows=await services.assessed(actor.school, year, asked),
        outcomes=outcomes,
        **NAMES,
    )


@get("/assessments/excel", opt=READ)
async def assessments_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same as a workbook."""
    asked = listing(request, filters=services.FILTERS, sorts=(*services.SORTS, "-score", "-name"))
    year = _year(request, now)
    rows = await services.assessed(actor.school, year, asked)
    return _file(assessments_workbook(rows, year, language(request)), f"供应商考核-{year}.xlsx", XLSX)


@get("/assessments/{supplier:int}", opt=READ)
async def show_assessment(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """One supplier's school year: figures, marks, the form to decide, what was said before."""
    return await _detail(request, actor, supplier, _year(request, now))


async def _detail(request: AnyRequest, actor: Actor, supplier: int, year: int) -> Page:
    one, lang = await services.assessment_of(actor.school, supplier, year), language(request)
    marks = {mark.key: mark for mark in one.marks}
    return await page(
        request,
        "assessments/detail.html",
        one=one,
        year=year,
        rows=[(c, marks[c.key], measured(marks[c.key], one.figures, lang)) for c in CRITERIA],
        outcomes=[(outcome.value, say(lang, name)) for outcome, name in OUTCOME_NAMES.items()],
        history=await services.history(actor.school, supplier),
        **NAMES,
    )


@post("/assessments/{supplier:int}", opt=EDIT)
async def assess(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """Decide."""
    show_again(request, partial(_detail, request, actor, supplier, _year(request, now)))
    form = parse(AssessmentForm, await read_form(request))
    await services.assess(actor, supplier, form, now=now)
    return redirect(request, f"/assessments/{supplier}?year={form.year}", _("The assessment is kept."))


@get("/assessments/{supplier:int}/form.pdf", opt=READ)
async def show_form(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Response[bytes]:
    """供应商年度考核表: a copy, or with the number it was given."""
    year, school = _year(request, now), (await tenant(actor.school)).name
    one = await services.assessment_of(actor.school, supplier, year)
    await asyncio.to_thread(fonts.ensure, fonts.home(), SECONDS_FOR_FONTS)
    paper = assessment_paper(one, year, assessment_ledger(one, year, school, CHINESE))
    drawn = assessment_ledger(one, year, school, language(request))
    drawn = as_printed(drawn, await stamp(request, actor, paper), language(request))
    return _file(await asyncio.to_thread(ledger_pdf, drawn), f"{drawn.title}.pdf", PDF)


@post("/assessments/{supplier:int}/form.pdf", opt=PRINT)
async def print_form(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """It gets its number."""
    year, school = _year(request, now), (await tenant(actor.school)).name
    one = await services.assessment_of(actor.school, supplier, year)
    paper = assessment_paper(one, year, assessment_ledger(one, year, school, CHINESE))
    return await register(request, actor, paper, now=now)


def _year(request: AnyRequest, now: datetime) -> int:
    text = str(request.query_params.get("year", ""))
    return int(text) if text.isdecimal() and len(text) == 4 else school_year(local_day(now))


def _file(body: bytes, name: str, media_type: str) -> Response[bytes]:
    where = "inline" if media_type == PDF else "attachment"
    headers = {
        "Content-Disposition": f"{where}; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=media_type, headers=headers)


routes: list[Any] = [
    list_assessments,
    assessments_excel,
    show_assessment,
    assess,
    show_form,
    print_form,
]
