"""Menus made: created from JSON, imported from a file, checked with or without being kept."""

from datetime import datetime
from typing import Any

from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_post
from canteen.kit.actor import Actor
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import language
from menus.weeks.api.sent import CheckIn, MenuIn, file_sent, week_sent
from menus.weeks.api.shown import MenuOut, MenusOut, VerdictOut, menu_shown, verdict_out
from menus.weeks.forms import ImportForm
from menus.weeks.services import drafts, imports, judging
from menus.weeks.services.verdict import board

AnyRequest = Request[Any, Any, Any]


@api_post("/api/v1/menus", "weeks.edit", takes=MenuIn)
async def create_menu(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> MenuOut:
    """Plan a week as a draft.

    The meals lie in one calendar week and hold their dishes with raw grams per head.
    """
    form = week_sent(parse(MenuIn, await read_form(request)))
    week = await drafts.create_week(actor, form, now=now)
    return await menu_shown(actor.school, week)


@api_post("/api/v1/menus/import", "weeks.import", with_file=ImportForm)
async def import_menus(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> MenusOut:
    """Take a menu file over as drafts, one a calendar week.

    All weeks are taken or none; a file that cannot be taken is answered with every error of every row, each
    with its line and column. `again` takes a file that was taken before, `replace` overwrites drafts.
    """
    typed = await read_form(request)
    data, name = await file_sent(typed)
    folder, form = request.app.state.data_dir, parse(ImportForm, typed)
    weeks = await imports.import_file(actor, data, name, form, folder=folder, now=now)
    return MenusOut([await menu_shown(actor.school, week) for week in weeks])


@api_post("/api/v1/menus/check", "weeks.read", takes=MenuIn, with_file=CheckIn, status=200)
async def check_menu(request: AnyRequest, actor: NamedDependency[Actor]) -> VerdictOut:
    """Judge a menu that is not kept.

    Sent as JSON or as a menu file, judged by the school's own foods and policies; nothing is saved.
    """
    typed = await read_form(request)
    if "file" in typed:
        file, age = await file_sent(typed), parse(CheckIn, typed).age
        return verdict_out(await judging.verdict_on_file(actor.school, *file, age), language(request))
    form = week_sent(parse(MenuIn, typed))
    plan = drafts.plan_of(form.day, form.content)
    return verdict_out(await judging.verdict_on_plan(actor.school, plan, form.age), language(request))


@api_post("/api/v1/menus/{week:int}/check", "weeks.read", status=200)
async def check_week(request: AnyRequest, actor: NamedDependency[Actor], week: PathId) -> VerdictOut:
    """Judge a menu as it stands now."""
    return verdict_out((await board(actor.school, week)).verdict, language(request))


routes: list[Any] = [create_menu, import_menus, check_menu, check_week]
