"""The board of a week: the page, what is typed straight into it, mends."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from canteen.kit.actor import Actor
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, fragment, redirect, show_again
from canteen.kit.texts import _
from menus.weeks.forms import LineForm, MealToAdd, MendForm, MoveForm, QuickForm, VersionForm
from menus.weeks.forms.dishes import UndoForm
from menus.weeks.services import drafts, mending, typing
from menus.weeks.web.showing import EDIT, READ, AnyRequest, board_again, whole_board, words


@get("/weeks/{week:int}", opt=READ)
async def show_week(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """The board, with the verdict beside it."""
    return await whole_board(request, actor.school, week, now)


@post("/weeks/{week:int}/meals/{meal:int}/dishes", opt=EDIT)
async def add_dish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    meal: FromPath[int],
) -> Page:
    """A dish typed in one line: a known name, or a name with its ingredients."""
    show_again(request, partial(board_again, request, actor.school, week, now, f"add-{meal}"))
    form = parse(QuickForm, await read_form(request))
    dish = await typing.dish_from_line(actor.school, week, form.dish)
    await drafts.add_dish(actor, week, meal, dish, version=form.version, now=now)
    return await board_again(request, actor.school, week, now)


@post("/weeks/{week:int}/dishes/{dish:int}/line", opt=EDIT)
async def type_line(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    dish: FromPath[int],
) -> Page:
    """A dish's ingredients typed over in place."""
    show_again(request, partial(board_again, request, actor.school, week, now, f"line-{dish}"))
    form = parse(LineForm, await read_form(request))
    changed = await typing.dish_with_line(actor.school, week, dish, form.ingredients)
    await drafts.change_dish(actor, week, dish, changed, version=form.version, now=now)
    return await board_again(request, actor.school, week, now)


@post("/weeks/{week:int}/dishes/{dish:int}/move", opt=EDIT)
async def move_dish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    dish: FromPath[int],
) -> Page:
    """A dish dragged or sent to another place."""
    show_again(request, partial(board_again, request, actor.school, week, now, f"dish-{dish}"))
    await drafts.move_dish(actor, week, dish, parse(MoveForm, await read_form(request)), now=now)
    return await board_again(request, actor.school, week, now)


@post("/weeks/{week:int}/dishes/{dish:int}/remove", opt=EDIT)
async def remove_dish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    dish: FromPath[int],
) -> Page:
    """A dish taken off the draft."""
    show_again(request, partial(board_again, request, actor.school, week, now, f"dish-{dish}"))
    form = parse(VersionForm, await read_form(request))
    await drafts.remove_dish(actor, week, dish, version=form.version, now=now)
    return await board_again(request, actor.school, week, now)


@post("/weeks/{week:int}/meals", opt=EDIT)
async def add_meal(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """One more meal of the week."""
    show_again(request, partial(whole_board, request, actor.school, week, now))
    await drafts.add_meal(actor, week, parse(MealToAdd, await read_form(request)), now=now)
    return redirect(request, f"/weeks/{week}", _("The meal is on the board."))


@post("/weeks/{week:int}/meals/{meal:int}/drop", opt=EDIT)
async def drop_meal(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    meal: FromPath[int],
) -> Page:
    """An empty meal taken off the week."""
    show_again(request, partial(board_again, request, actor.school, week, now, f"add-{meal}"))
    form = parse(VersionForm, await read_form(request))
    await drafts.drop_meal(actor, week, meal, version=form.version, now=now)
    return await board_again(request, actor.school, week, now)


@get("/weeks/{week:int}/mends", opt=EDIT)
async def show_mends(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    week: FromPath[int],
    finding: FromQuery[int],
    meal: FromQuery[int | None] = None,
) -> Page:
    """What would mend a finding: each proposal checked by the rules."""
    found = await mending.mends_for(actor.school, week, meal, finding)
    context: dict[str, Any] = {"found": found, "meal": meal, "number": finding, "week": week}
    return await fragment(request, "weeks/_mends.html", **context, **words())


@post("/weeks/{week:int}/mends", opt=EDIT)
async def take_mend(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Take a proposal over."""
    show_again(request, partial(board_again, request, actor.school, week, now, "mend"))
    done = await mending.apply_mend(actor, week, parse(MendForm, await read_form(request)), now=now)
    return await board_again(request, actor.school, week, now, mended=done)


@post("/weeks/{week:int}/mends/undo", opt=EDIT)
async def undo_mend(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """Take a mend back."""
    show_again(request, partial(board_again, request, actor.school, week, now, "mend"))
    await mending.undo_mend(actor, week, parse(UndoForm, await read_form(request)), now=now)
    return await board_again(request, actor.school, week, now)


routes: list[Any] = [
    show_week,
    add_dish,
    type_line,
    move_dish,
    remove_dish,
    add_meal,
    drop_meal,
    show_mends,
    take_mend,
    undo_mend,
]
