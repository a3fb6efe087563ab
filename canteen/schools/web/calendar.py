"""The meal calendar: a month at a glance, terms and special days."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day, monday_of
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.forms import SpecialForm, TermForm
from canteen.schools.rules.calendar import unknown_years
from canteen.schools.services import calendar, groups, terms, timetables
from canteen.schools.web.words import (
    EDIT,
    MEAL_NAMES,
    READ,
    SPECIAL_NAMES,
    AnyRequest,
    choices,
    named,
    weekday_choices,
)


@get("/school/calendar", opt=READ)
async def show_month(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A month: which meals are due for whom, and why not."""
    first = _month(request.query_params.get("month", ""), local_day(now))
    last = _next_month(first) - timedelta(days=1)
    stretch = await calendar.days(actor.school, monday_of(first), monday_of(last) + timedelta(days=6))
    return await page(
        request,
        "schools/month.html",
        first=first,
        before=first - timedelta(days=1),
        after=_next_month(first),
        today=local_day(now),
        stretch=stretch,
        meal_names=MEAL_NAMES,
        special_names=SPECIAL_NAMES,
        specials=await timetables.specials(actor.school, first, last),
        unknown=list(unknown_years(first, last)),
    )


def _month(asked: str, today: date) -> date:
    """The first of the month in the address (`2026-09`), else of this one."""
    year, _dash, month = asked.partition("-")
    known = year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2100
    return date(int(year), int(month), 1) if known else today.replace(day=1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


@get("/school/special", opt=EDIT)
async def new_special(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A form for days that are unlike the weekday table."""
    return await _special(request, actor, now)


async def _special(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    return await page(
        request,
        "schools/special.html",
        day=local_day(now),
        kinds=choices(request, SPECIAL_NAMES),
        meals=choices(request, MEAL_NAMES),
        weekdays=weekday_choices(request),
        groups=named(await groups.groups(actor.school)),
    )


@post("/school/special", opt=EDIT)
async def add_special(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep it."""
    show_again(request, partial(_special, request, actor, now))
    form = parse(SpecialForm, await read_form(request))
    await timetables.add_special(actor, form, now=now)
    return redirect(request, f"/school/calendar?month={form.day:%Y-%m}", _("Saved."))


@post("/school/special/{special:int}/withdraw", opt=EDIT)
async def withdraw_special(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], special: FromPath[int]
) -> Page:
    """Take it back."""
    await timetables.withdraw_special(actor, special, now=now)
    return redirect(request, "/school/calendar", _("Taken back."))


@get("/school/terms", opt=READ)
async def list_terms(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The terms, and a form for the next one."""
    return await _terms(request, actor)


async def _terms(request: AnyRequest, actor: Actor) -> Page:
    return await page(request, "schools/terms.html", terms=await terms.terms(actor.school))


@post("/school/terms", opt=EDIT)
async def add_term(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """One more term."""
    show_again(request, partial(_terms, request, actor))
    await terms.add_term(actor, parse(TermForm, await read_form(request)), now=now)
    return redirect(request, "/school/terms", _("Saved."))


@get("/school/terms/{term:int}", opt=EDIT)
async def edit_term(request: AnyRequest, actor: NamedDependency[Actor], term: FromPath[int]) -> Page:
    """A term's name and days, to be corrected."""
    return await _term(request, actor, term)


async def _term(request: AnyRequest, actor: Actor, term: int) -> Page:
    return await page(request, "schools/term.html", term=await terms.term_of(actor.school, term))


@post("/school/terms/{term:int}", opt=EDIT)
async def change_term(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], term: FromPath[int]
) -> Page:
    """Keep the correction."""
    show_again(request, partial(_term, request, actor, term))
    await terms.change_term(actor, term, parse(TermForm, await read_form(request)), now=now)
    return redirect(request, "/school/terms", _("Saved."))


@post("/school/terms/{term:int}/withdraw", opt=EDIT)
async def withdraw_term(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], term: FromPath[int]
) -> Page:
    """Take a term back that was entered by mistake."""
    await terms.withdraw_term(actor, term, now=now)
    return redirect(request, "/school/terms", _("Taken back."))


routes: list[Any] = [
    show_month,
    new_special,
    add_special,
    withdraw_special,
    list_terms,
    add_term,
    edit_term,
    change_term,
    withdraw_term,
]
