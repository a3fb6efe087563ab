"""Grade groups, how many eat, and their weekday tables."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.forms import WEEKDAY_FIELDS, GroupForm, HeadsForm, TimetableForm
from canteen.schools.rules.groups import STAGE_NAMES
from canteen.schools.services import groups, timetables
from canteen.schools.web.words import EDIT, MEAL_NAMES, READ, AnyRequest, choices, named, weekday_choices
from canteen.tenants import services as tree


@get("/school/groups", opt=READ)
async def list_groups(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Every group with its heads and whether it has a weekday table."""
    today = local_day(now)
    return await page(
        request,
        "schools/groups.html",
        groups=await groups.groups(actor.school),
        heads=await groups.heads_of_groups(actor.school, today),
        tabled={row.grade_group for row in await timetables.timetables(actor.school)},
        canteens={c.id: c.name for c in await tree.canteens_of(actor.school)},
        stages=STAGE_NAMES,
    )


@get("/school/groups/new", opt=EDIT)
async def new_group(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """A blank form."""
    return await _form(request, actor, None)


async def _form(request: AnyRequest, actor: Actor, group: int | None) -> Page:
    return await page(
        request,
        "schools/group.html",
        group=None if group is None else await groups.group_of(actor.school, group),
        canteens=named(await tree.canteens_of(actor.school)),
    )


@post("/school/groups/new", opt=EDIT)
async def add_group(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep it; its heads are asked next."""
    show_again(request, partial(_form, request, actor, None))
    made = await groups.add_group(actor, parse(GroupForm, await read_form(request)), now=now)
    return redirect(request, f"/school/groups/{made.id}/heads", _("Saved."))


@get("/school/groups/{group:int}", opt=EDIT)
async def edit_group(request: AnyRequest, actor: NamedDependency[Actor], group: FromPath[int]) -> Page:
    """Name, grades and canteen."""
    return await _form(request, actor, group)


@post("/school/groups/{group:int}", opt=EDIT)
async def change_group(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], group: FromPath[int]
) -> Page:
    """Keep the change."""
    show_again(request, partial(_form, request, actor, group))
    await groups.change_group(actor, group, parse(GroupForm, await read_form(request)), now=now)
    return redirect(request, "/school/groups", _("Saved."))


@post("/school/groups/{group:int}/withdraw", opt=EDIT)
async def withdraw_group(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], group: FromPath[int]
) -> Page:
    """The group eats here no more."""
    await groups.withdraw_group(actor, group, now=now)
    return redirect(request, "/school/groups", _("Taken back."))


@get("/school/groups/{group:int}/heads", opt=EDIT)
async def edit_heads(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], group: FromPath[int]
) -> Page:
    """How many usually eat, by age band."""
    return await _heads(request, actor, now, group)


async def _heads(request: AnyRequest, actor: Actor, now: datetime, group: int) -> Page:
    row, today = await groups.group_of(actor.school, group), local_day(now)
    return await page(
        request,
        "schools/heads.html",
        group=row,
        bands=groups.bands_of(row),
        heads=(await groups.heads_of_groups(actor.school, today)).get(group, {}),
        today=today,
    )


@post("/school/groups/{group:int}/heads", opt=EDIT)
async def count_heads(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], group: FromPath[int]
) -> Page:
    """Keep the counts; then the weekday table, where there is none yet."""
    show_again(request, partial(_heads, request, actor, now, group))
    await groups.count_heads(actor, group, parse(HeadsForm, await read_form(request)), now=now)
    tabled = {row.grade_group for row in await timetables.timetables(actor.school)}
    url = "/school/groups" if group in tabled else f"/school/groups/{group}/timetable"
    return redirect(request, url, _("Saved."))


@get("/school/groups/{group:int}/timetable", opt=EDIT)
async def edit_timetable(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], group: FromPath[int]
) -> Page:
    """The weekday table, to be replaced from a day on."""
    return await _timetable(request, actor, now, group)


async def _timetable(request: AnyRequest, actor: Actor, now: datetime, group: int) -> Page:
    rows = [row for row in await timetables.timetables(actor.school) if row.grade_group == group]
    table = timetables.read_timetable(rows[-1]) if rows else None
    return await page(
        request,
        "schools/timetable.html",
        group=await groups.group_of(actor.school, group),
        table=table,
        weeks=table.weeks_from(local_day(now)) if table else (),
        history=rows,
        today=local_day(now),
        meals=choices(request, MEAL_NAMES),
        weekdays=list(zip(WEEKDAY_FIELDS, weekday_choices(request), strict=True)),
    )


@post("/school/groups/{group:int}/timetable", opt=EDIT)
async def set_timetable(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], group: FromPath[int]
) -> Page:
    """Keep the new table; the one before stands until its day."""
    show_again(request, partial(_timetable, request, actor, now, group))
    await timetables.set_timetable(actor, group, parse(TimetableForm, await read_form(request)), now=now)
    return redirect(request, "/school/groups", _("Saved."))


routes: list[Any] = [
    list_groups,
    new_group,
    add_group,
    edit_group,
    change_group,
    withdraw_group,
    edit_heads,
    count_heads,
    edit_timetable,
    set_timetable,
]
