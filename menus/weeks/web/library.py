"""A district's menu library: a menu given to its schools."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.problems import Level
from canteen.kit.texts import _
from menus.weeks.forms import PushForm
from menus.weeks.services import library
from menus.weeks.services.verdict import board
from menus.weeks.web.showing import AnyRequest, words

LIBRARY: dict[str, Any] = {"may": "weeks.library"}


@get("/weeks/{week:int}/push", opt=LIBRARY)
async def choose_schools(request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int]) -> Page:
    """The schools below, and which of them have this menu."""
    return await _choose(request, actor.school, week)


async def _choose(request: AnyRequest, school: int, week: int) -> Page:
    shown, given = await board(school, week), await library.given(school, week)
    errors = shown.counts[Level.ERROR]
    return await page(
        request, "weeks/push.html", head=shown.sheet.head, given=given, errors=errors, **words()
    )


@post("/weeks/{week:int}/push", opt=LIBRARY)
async def push_week(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Give a menu of the library to schools."""
    show_again(request, partial(_choose, request, actor.school, week))
    count = await library.push_week(actor, week, parse(PushForm, await read_form(request)), now=now)
    return redirect(request, f"/weeks/{week}", _("{count} schools have it now."), count=count)


routes: list[Any] = [choose_schools, push_week]
