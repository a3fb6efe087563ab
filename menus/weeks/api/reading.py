"""Menus looked at: the list, one by its id, those of a day, what was changed after publication."""

from datetime import date
from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from canteen.accounts.api import api_get
from canteen.kit.actor import Actor
from canteen.kit.described import PathId, listed
from canteen.kit.forms import parse
from canteen.kit.pages import Listing, listing
from menus.weeks.api.sent import ListIn
from menus.weeks.api.shown import (
    MenuHeadsOut,
    MenuOut,
    MenusOut,
    SubstitutionsOut,
    changed_out,
    head_out,
    menu_shown,
)
from menus.weeks.services import changes, lists
from menus.weeks.services.sheet import week_sheet

READ = "weeks.read"
FILTERS = {
    "state": "draft, checked, approved, published or served.",
    "from": "Weeks that end on this day or later (ISO 8601).",
    "to": "Weeks that begin on this day or earlier (ISO 8601).",
}


@api_get("/api/v1/menus", READ, asks=listed(FILTERS))
async def list_menus(request: Request[Any, Any, Any], actor: NamedDependency[Actor]) -> MenuHeadsOut:
    """The menus of the school without their meals, the latest week first."""
    page = listing(request)
    filters = parse(ListIn, request.query_params).filters
    asked = Listing(filters=filters, after=page.after, limit=page.limit)
    heads, following = await lists.weeks(actor.school, asked)
    return MenuHeadsOut([head_out(head) for head in heads], following)


@api_get("/api/v1/menus/{week:int}", READ)
async def get_menu(actor: NamedDependency[Actor], week: PathId) -> MenuOut:
    """One menu with its meals."""
    return await menu_shown(actor.school, week)


@api_get("/api/v1/menus/by-date/{day:date}", READ)
async def menus_of_day(
    actor: NamedDependency[Actor], day: FromPath[date], published: FromQuery[bool] = False
) -> MenusOut:
    """The menus that have a meal on a day, one for each canteen and age band.

    With `published=true` only those that are on the wall or served.
    """
    ids = await lists.week_on(actor.school, day, published=published)
    return MenusOut([await menu_shown(actor.school, week) for week in ids])


@api_get("/api/v1/menus/{week:int}/substitutions", READ)
async def list_substitutions(actor: NamedDependency[Actor], week: PathId) -> SubstitutionsOut:
    """What was changed after publication, in order."""
    await week_sheet(actor.school, week)
    return SubstitutionsOut([changed_out(one) for one in await changes.changes_of(actor.school, week)])


routes: list[Any] = [list_menus, get_menu, menus_of_day, list_substitutions]
