"""Issue by menu in one step, and what the coming menus need."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, own_path, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.rules.calendar import MealName
from menus.demand import services
from menus.demand.forms import MapForm, MenuIssueForm
from menus.demand.paper import shopping_workbook
from suppliers.goods.services import find_goods
from suppliers.stock.services.witness import colleagues
from suppliers.stock.web.showing import (
    ISSUE,
    READ,
    XLSX,
    AnyRequest,
    Room,
    asked_day,
    file,
    meal_choices,
    room_of,
)

MOST_GOODS = 2000


@get("/demand/issue", opt=ISSUE)
async def issue_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The slip that the day's menu proposes for a meal, to be changed and confirmed."""
    return await _issue(request, actor, now)


async def _issue(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    day, meal, meals = await _meal(request, actor.school, room)
    found = await services.propose(actor.school, room.canteen.id, day, meal) if meal else None
    return await page(
        request,
        "demand/issue.html",
        day=day,
        meal=meal,
        meals=meals,
        found=found,
        meal_choices=meal_choices(request),
        people=await colleagues(actor, room.today),
        catalogue=await _catalogue(actor.school, found.unmatched if found else []),
        **room.words,
    )


async def _catalogue(school: int, unmatched: Any) -> list[tuple[int, str]]:
    """Goods to lead a name to, when there is any name to lead."""
    if not unmatched:
        return []
    return [(good.id, good.name) for good in await find_goods(school, "", MOST_GOODS)]


async def _meal(request: AnyRequest, school: int, room: Room) -> tuple[date, MealName | None, list[MealName]]:
    """The day and meal asked for; without a meal the day's lunch, or its first."""
    typed = request.state.get("typed") or {}
    day = asked_day(request, "day", _typed_day(typed) or room.today)
    meals = await services.meals_on(school, room.canteen.id, day)
    asked = str(typed.get("meal") or request.query_params.get("meal", ""))
    if asked in meals:
        return day, MealName(asked), meals
    lunch = MealName.LUNCH if MealName.LUNCH in meals else None
    return day, lunch or (meals[0] if meals else None), meals


def _typed_day(typed: Any) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(str(typed.get("day", "")))
    return None


@post("/demand/issue", opt=ISSUE)
async def issue(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Issue what was proposed, as it was changed."""
    show_again(request, partial(_issue, request, actor, now))
    slip = await services.issue_by_menu(actor, parse(MenuIssueForm, await read_form(request)), now=now)
    return redirect(request, f"/stock/slips/{slip}", _("The meal's goods are issued."))


@post("/demand/map", opt={"may": "goods.edit"})
async def map_good(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """From now on this good is that food."""
    form = parse(MapForm, await read_form(request))
    await services.map_good(actor, form, now=now)
    back = own_path(request.query_params.get("back", "/demand"))
    return redirect(request, back, _("Menus find this good from now on."))


@get("/demand", opt=READ)
async def show_demand(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What the published menus of some days need, what lies there, what to buy."""
    room = await room_of(request, actor, local_day(now))
    found = await _shopping(request, actor.school, room)
    return await page(
        request,
        "demand/buy.html",
        found=found,
        catalogue=await _catalogue(actor.school, found.unmatched),
        **room.words,
    )


async def _shopping(request: AnyRequest, school: int, room: Room) -> services.Shopping:
    """The days asked for; today and the six after it unless others are."""
    first = asked_day(request, "from", room.today)
    last = asked_day(request, "to", first + timedelta(days=6))
    return await services.to_buy(school, room.canteen.id, first, max(first, last))


@get("/demand/excel", opt=READ)
async def demand_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same as a workbook."""
    room = await room_of(request, actor, local_day(now))
    found = await _shopping(request, actor.school, room)
    return file(shopping_workbook(found, room.lang), "采购需求.xlsx", XLSX)


routes: list[Any] = [issue_page, issue, map_good, show_demand, demand_excel]
