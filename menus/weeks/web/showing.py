"""What the templates of a week are handed, and the words they share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlsplit

from litestar import Request

from canteen.accounts.guards import user_canteens, user_may
from canteen.kit.clock import local_day, monday_of
from canteen.kit.pages import Page, fragment, language, page, redirect, request_user
from canteen.kit.problems import Finding, Level
from canteen.kit.texts import _, say
from canteen.tenants.services import canteens_of
from menus.foods.rules import Food
from menus.weeks.forms import as_line, grams_text
from menus.weeks.rules import Age, Dish, Kind, MealName, MealVerdict
from menus.weeks.rules.guess import is_ambiguous
from menus.weeks.rules.states import CHANGEABLE, State
from menus.weeks.services.changes import changes_of
from menus.weeks.services.due import heads_of_week
from menus.weeks.services.figures import cost_by_day, gauges, pips
from menus.weeks.services.imports import files_of
from menus.weeks.services.library import given, origin_of
from menus.weeks.services.mending import Mended
from menus.weeks.services.people import names_of
from menus.weeks.services.report import KINDS, MEALS
from menus.weeks.services.sheet import SheetDish, SheetMeal, WeekHead
from menus.weeks.services.verdict import Board, board
from menus.weeks.web.charts import day_charts

READ: dict[str, Any] = {"may": "weeks.read"}
EDIT: dict[str, Any] = {"may": "weeks.edit"}
AnyRequest = Request[Any, Any, Any]
A_WEEK = [monday_of(date.min) + timedelta(days=n) for n in range(7)]
"""Any Monday and what follows, for the names of weekdays."""

STATES: Mapping[State, str] = {
    State.DRAFT: _("Draft"),
    State.CHECKED: _("Sent for approval"),
    State.APPROVED: _("Approved"),
    State.PUBLISHED: _("Published"),
    State.SERVED: _("Served"),
}
TONES: Mapping[State, str] = {
    State.DRAFT: "",
    State.CHECKED: "due",
    State.APPROVED: "good",
    State.PUBLISHED: "good",
    State.SERVED: "done",
}
AGES: Mapping[Age, str] = {
    Age.SIX: _("6 to 8 years"),
    Age.NINE: _("9 to 11 years"),
    Age.TWELVE: _("12 to 14 years"),
    Age.FIFTEEN: _("15 to 17 years"),
}
# One character for the tray: 荤, 素, 汤 …
MARKS: Mapping[Kind, str] = {
    Kind.MEAT: _("Mt"),
    Kind.VEGETABLE: _("Vg"),
    Kind.SOUP: _("Sp"),
    Kind.STAPLE: _("St"),
    Kind.FRUIT: _("Fr"),
    Kind.DAIRY: _("Dy"),
    Kind.SNACK: _("Sn"),
    Kind.SEASONING: _("Se"),
}
# What planners choose from; each is a 类别 that files use too.
LABELS: Mapping[str, str] = {
    "大荤": _("Big meat"),
    "小荤": _("Small meat"),
    "荤菜": _("meat"),
    "素菜": _("vegetable"),
    "汤": _("soup"),
    "主食": _("staple"),
    "水果": _("fruit"),
    "牛奶": _("dairy"),
    "点心": _("snack"),
    "调味品": _("seasoning"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and where it stands: the meal (None: the week) and its number there."""

    finding: Finding
    meal: SheetMeal | None
    number: int

    @property
    def asks_about(self) -> str:
        """The name that the school has to say the meaning of, "" when the finding asks for none."""
        asks = self.finding.rule == "unknown_ingredient" or is_ambiguous(self.finding.facts.get("key", ""))
        return str(self.finding.facts["food"]) if asks else ""


def placed(shown: Board) -> Iterator[Placed]:
    """Every finding with its place, meal by meal, then the week's."""
    for meal, judged in zip(shown.sheet.filled, shown.verdict.meals, strict=True):
        yield from (Placed(finding, meal, n) for n, finding in enumerate(judged.findings))
    yield from (Placed(finding, None, n) for n, finding in enumerate(shown.verdict.findings))


def by_level(shown: Board) -> dict[Level, list[Placed]]:
    """The same by weight, errors first."""
    found = list(placed(shown))
    return {level: [p for p in found if p.finding.level is level] for level in Level}


def grouped(found: Iterable[Placed]) -> list[tuple[SheetMeal | None, list[Placed]]]:
    """Findings by the meal they are about, as they come; the week's under None."""
    return [(meal, list(here)) for meal, here in groupby(found, key=lambda placed: placed.meal)]


def choices(request: AnyRequest, labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Codes and their names in the reader's language."""
    return [(str(code), say(language(request), label)) for code, label in labels.items()]


def rows_of(shown: Board) -> list[tuple[MealName, list[SheetMeal | None]]]:
    """The board as rows: each meal of the day with its cells, day by day."""
    cells = {(meal.day, meal.name): meal for meal in shown.sheet.meals}
    names = [name for name in MealName if any(meal.name is name for meal in shown.sheet.meals)]
    return [(name, [cells.get((day, name)) for day in shown.sheet.days]) for name in names]


def shown_day(request: AnyRequest, shown: Board, today: date) -> int:
    """Which day a phone shows: the one in the address of the page, today, or the first."""
    days = shown.sheet.days
    behind = parse_qs(urlsplit(request.headers.get("hx-current-url", "")).query)
    asked = request.query_params.get("day") or behind.get("day", [""])[0]
    if asked.isdigit() and int(asked) < len(days):
        return int(asked)
    return days.index(today) if today in days else 0


def pairs(foods: Iterable[Food]) -> list[tuple[str, str]]:
    """Foods as choices of a list."""
    return [(food.code, food.name) for food in foods]


def line_of(dish: Dish) -> str:
    """A dish's ingredients as one line."""
    return as_line(tuple((i.name, i.milligrams) for i in dish.ingredients))


def stops(request: AnyRequest, at: State) -> list[tuple[str, str]]:
    """The menu's way from draft to served: behind, here, to come."""
    order = list(State)
    here = order.index(at)
    marks = ["done" if n < here else "now" if n == here else "" for n in range(len(order))]
    return [(say(language(request), STATES[state]), mark) for state, mark in zip(order, marks, strict=True)]


def judged_dish(judged: MealVerdict | None, dish: SheetDish) -> Any:
    """The verdict on a dish of a judged meal."""
    return next((d for d in judged.dishes if d.dish is dish.value), None) if judged else None


def short_of_meat(judged: MealVerdict | None, dish: SheetDish) -> bool:
    """Whether the school's policy finds too little meat in a dish of a judged meal."""
    found = judged.findings if judged else ()
    return any(one.rule == "meat_share" and one.facts["dish"] == dish.value.name for one in found)


async def board_context(
    request: AnyRequest, school: int, week: int, now: datetime, *, failed: str = ""
) -> dict[str, Any]:
    """Everything the board shows; `failed` is the id of the field that was refused."""
    shown = await board(school, week)
    head = shown.sheet.head
    found, here = by_level(shown), partial(may_at, request, head)
    return {
        "shown": shown,
        "piece": is_htmx(request),
        "head": head,
        "rows": rows_of(shown),
        "days": shown.sheet.days,
        "now": now,
        "mended": None,
        "today": local_day(now),
        "failed": failed,
        "gauges": gauges(shown.verdict),
        "charts": day_charts(language(request), shown.verdict),
        "cost_by_day": cost_by_day(shown.verdict),
        "found": found,
        "counts": shown.counts,
        "may_here": here,
        "editable": head.state is State.DRAFT and here("weeks.edit"),
        "changeable": head.state in CHANGEABLE and here("weeks.substitute"),
        "servable": head.state in CHANGEABLE and here("weeks.serve"),
        **words(),
    }


def may_at(request: AnyRequest, head: WeekHead, permission: str) -> bool:
    """Whether who asks may do that to this week: at its canteen, if their roles are of some canteens only."""
    user = request_user(request)
    if user is None or not user_may(user, permission):
        return False
    canteens = user_canteens(user, permission)
    return canteens is None or head.canteen in canteens


def words() -> dict[str, Any]:
    """The names and helpers that every template of a week uses."""
    return {
        "states": STATES,
        "tones": TONES,
        "ages": AGES,
        "meals": MEALS,
        "kinds": KINDS,
        "marks": MARKS,
        "as_line": as_line,
        "line_of": line_of,
        "pairs": pairs,
        "timedelta": timedelta,
        "a_week": A_WEEK,
        "pips_of": pips,
        "dish_verdict": judged_dish,
        "short_of_meat": short_of_meat,
        "grouped": grouped,
        "grams_text": grams_text,
    }


async def page_context(
    request: AnyRequest, school: int, week: int, now: datetime, today: date
) -> dict[str, Any]:
    """The board with what stands around it: signatures, changes, files."""
    context = await board_context(request, school, week, now)
    head = context["head"]
    changes = await changes_of(school, week)
    signed = [head.created_by, head.checked_by, head.approved_by, head.published_by]
    return context | {
        "phone_day": shown_day(request, context["shown"], today),
        "most_heads": max((await heads_of_week(school, context["shown"].sheet)).values(), default=0),
        "stops": stops(request, head.state),
        "changes": changes,
        "files": await files_of(school, week),
        "given": await given(school, week) if head.in_library else [],
        "origin": await origin_of(school, head),
        "canteens": await _own_canteens(request, school),
        "names": await names_of([*signed, *(change.made_by for change in changes)]),
    }


async def _own_canteens(request: AnyRequest, school: int) -> list[tuple[int, str]]:
    """The canteens that who asks plans for, as choices of a list."""
    user = request_user(request)
    mine = user_canteens(user, "weeks.edit") if user else None
    return [(c.id, c.name) for c in await canteens_of(school) if mine is None or c.id in mine]


def is_htmx(request: AnyRequest) -> bool:
    """Whether a piece of the page is wanted rather than the whole."""
    return request.headers.get("hx-request") == "true"


async def board_again(
    request: AnyRequest,
    school: int,
    week: int,
    now: datetime,
    failed: str = "",
    *,
    mended: Mended | None = None,
) -> Page:
    """The board after a change, with what was mended: the piece for htmx, else the way back to the page."""
    if not is_htmx(request) and not failed:
        return redirect(request, f"/weeks/{week}")
    context = await board_context(request, school, week, now, failed=failed)
    context["phone_day"] = shown_day(request, context["shown"], local_day(now))
    context["mended"] = mended
    if is_htmx(request):
        return await fragment(request, "weeks/_board.html", **context)
    return await whole_board(request, school, week, now, failed)


async def whole_board(request: AnyRequest, school: int, week: int, now: datetime, failed: str = "") -> Page:
    """The page of a week, again where a plain form was refused."""
    context = await page_context(request, school, week, now, local_day(now))
    return await page(request, "weeks/board.html", **(context | {"failed": failed}))
