"""One dish: its editor, the verdict as it is typed, and what stands instead after publication."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, fragment, page, redirect, show_again
from canteen.kit.texts import _
from menus.dishes.rules import METHOD_NAMES
from menus.foods.forms import NameForm
from menus.foods.services import name_food
from menus.weeks.forms import DishForm, ReasonForm, SwapForm, VagueForm, VersionForm, grams_text
from menus.weeks.rules.guess import is_ambiguous
from menus.weeks.services import changes, drafts, known, names, typing
from menus.weeks.services.drafts import form_of
from menus.weeks.services.sheet import week_sheet
from menus.weeks.services.verdict import head
from menus.weeks.web.showing import (
    EDIT,
    LABELS,
    AnyRequest,
    board_again,
    choices,
    is_htmx,
    words,
)

SWAP: dict[str, Any] = {"may": "weeks.substitute"}
BLANK_ROWS = 4


@get("/weeks/{week:int}/dishes/{dish:int}", opt=EDIT)
async def edit_dish(
    request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int], dish: FromPath[int]
) -> Page:
    """The editor of a dish, as a page or in the board's dialog."""
    return await _editor(request, actor.school, week, dish)


@get("/weeks/{week:int}/meals/{meal:int}/new", opt=EDIT)
async def new_dish(
    request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int], meal: FromPath[int]
) -> Page:
    """The editor with nothing in it."""
    return await _new_editor(request, actor.school, week, meal)


async def _editor(request: AnyRequest, school: int, week: int, dish: int) -> Page:
    sheet = await week_sheet(school, week)
    meal, stored = sheet.dish(dish)
    context = {"meal": meal, "dish": stored, "form": form_of(stored), "url": f"/weeks/{week}/dishes/{dish}"}
    return await _drawn(request, sheet, context)


async def _new_editor(request: AnyRequest, school: int, week: int, meal: int) -> Page:
    sheet = await week_sheet(school, week)
    url = f"/weeks/{week}/meals/{meal}/new"
    return await _drawn(
        request, sheet, {"meal": sheet.meal(meal), "dish": None, "form": DishForm(""), "url": url}
    )


async def _drawn(request: AnyRequest, sheet: Any, context: dict[str, Any]) -> Page:
    context |= {
        "sheet": sheet,
        "week": sheet.head.id,
        "labels": choices(request, LABELS),
        "methods": _methods(request, context["form"].method),
        "row_count": len(context["form"].ingredients) + BLANK_ROWS,
        "grams_text": grams_text,
        **words(),
    }
    if not is_htmx(request):
        return await page(request, "weeks/dish.html", **context)
    made = await fragment(request, "weeks/_dish_form.html", **context)
    made.headers |= {"HX-Retarget": "#editor-body", "HX-Reswap": "innerHTML"}
    return made


def _methods(request: AnyRequest, written: str) -> list[tuple[str, str]]:
    """The ways of cooking, and the school's own words where they are none of these."""
    offered = choices(request, METHOD_NAMES)
    return offered if written in ("", *(code for code, _name in offered)) else [*offered, (written, written)]


@post("/weeks/{week:int}/dishes/{dish:int}", opt=EDIT)
async def change_dish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    dish: FromPath[int],
) -> Page:
    """The dish as typed in the editor."""
    show_again(request, partial(_editor, request, actor.school, week, dish))
    typed = await read_form(request)
    form, version = parse(DishForm, typed), parse(VersionForm, typed).version
    await drafts.change_dish(actor, week, dish, form, version=version, now=now)
    return await board_again(request, actor.school, week, now)


@post("/weeks/{week:int}/meals/{meal:int}/new", opt=EDIT)
async def create_dish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    meal: FromPath[int],
) -> Page:
    """A new dish as typed in the editor."""
    show_again(request, partial(_new_editor, request, actor.school, week, meal))
    typed = await read_form(request)
    form, version = parse(DishForm, typed), parse(VersionForm, typed).version
    await drafts.add_dish(actor, week, meal, form, version=version, now=now)
    return await board_again(request, actor.school, week, now)


@post("/weeks/{week:int}/judge", opt={**EDIT, "looks": True}, status_code=200)
async def judge_dish(request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int]) -> Page:
    """The verdict on a dish that is still being typed."""
    made = await typing.sketch(actor.school, week, await read_form(request))
    return await fragment(request, "weeks/_sketch.html", sketch=made, week=week, **words())


@get("/weeks/{week:int}/known", opt=EDIT)
async def known_dishes(request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int]) -> Page:
    """Dishes whose name or pinyin begins as typed, as options of a list."""
    asked = request.query_params.get("dish", "") or request.query_params.get("name", "")
    of = await head(actor.school, week)
    found = known.suggested(await known.known_dishes(actor.school, of.age, of.first_day), asked)
    return await fragment(
        request, "weeks/_options.html", dishes=found, grams_text=grams_text, asked=asked.strip()
    )


@get("/weeks/{week:int}/dishes/{dish:int}/swap", opt=SWAP)
async def swap_page(
    request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int], dish: FromPath[int]
) -> Page:
    """What comes instead of a published dish, or that nothing does."""
    return await _swap(request, actor.school, week, dish)


async def _swap(request: AnyRequest, school: int, week: int, dish: int) -> Page:
    sheet = await week_sheet(school, week)
    meal, stored = sheet.dish(dish)
    context = {"sheet": sheet, "meal": meal, "dish": stored, "week": week, **words()}
    return await page(request, "weeks/swap.html", **context)


@post("/weeks/{week:int}/dishes/{dish:int}/swap", opt=SWAP)
async def swap_dish(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    dish: FromPath[int],
) -> Page:
    """Another dish instead, with the reason."""
    show_again(request, partial(_swap, request, actor.school, week, dish))
    form = parse(SwapForm, await read_form(request))
    instead = await typing.dish_from_line(actor.school, week, form.dish)
    await changes.swap_dish(actor, week, dish, instead, reason=form.reason, now=now)
    return redirect(request, f"/weeks/{week}", _("{name} stands on the menu now."), name=instead.name)


@post("/weeks/{week:int}/dishes/{dish:int}/not-served", opt=SWAP)
async def not_served(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    week: FromPath[int],
    dish: FromPath[int],
) -> Page:
    """The dish was not cooked, with the reason."""
    show_again(request, partial(_swap, request, actor.school, week, dish))
    form = parse(ReasonForm, await read_form(request))
    await changes.mark_not_served(actor, week, dish, reason=form.reason, now=now)
    return redirect(request, f"/weeks/{week}", _("Marked as not served."))


@post("/weeks/{week:int}/names", opt=EDIT)
async def answer_vague(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], week: FromPath[int]
) -> Page:
    """What the school means by a vague name, once and for good; no food: open until goods-in."""
    await head(actor.school, week)
    typed = await read_form(request)
    failed = f"means-{typed.get('name', '')}"
    show_again(request, partial(board_again, request, actor.school, week, now, failed))
    form = await names.answered(actor.school, parse(VagueForm, typed))
    if is_ambiguous(form.name) or not form.food_code:
        await changes.answer_vague(actor, form, now=now)
    else:
        await name_food(actor, NameForm(form.name, form.food_code), now=now)
    return await board_again(request, actor.school, week, now)


routes: list[Any] = [
    edit_dish,
    new_dish,
    change_dish,
    create_dish,
    judge_dish,
    known_dishes,
    swap_page,
    swap_dish,
    not_served,
    answer_vague,
]
