"""Facts of papers as the tests write them: a week of values, as if a database had kept it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from pypdf import PdfReader

from menus.foods.rules import shipped
from menus.weeks.rules import Age, Dish, Meal, MealName, Week, judge
from menus.weeks.rules.states import ServingStatus, State
from menus.weeks.services.papers import KitchenFacts, PosterFacts
from menus.weeks.services.sheet import Larder, SheetDish, SheetMeal, WeekHead, WeekSheet
from menus.weeks.services.verdict import Board
from tests.cast import NOW
from tests.menus.weeks.kitchen import MONDAY

NAMES = {1: "林营养", 2: "周校长"}
HEAD = WeekHead(
    id=1,
    canteen=1,
    first_day=MONDAY,
    age=Age.NINE,
    audience="",
    state=State.PUBLISHED,
    version=1,
    error_count=0,
    warning_count=0,
    created_by=1,
    created_at=NOW,
    checked_by=1,
    checked_at=NOW,
    sent_back_reason="",
    approved_by=2,
    approved_at=NOW,
    approval_reason="",
    approved_errors=0,
    published_by=1,
    published_at=NOW,
    origin_school=None,
    origin_id=None,
)


def planned(dish: Dish, id_: int = 0, **more: Any) -> SheetDish:
    typed = tuple((i.name, i.milligrams) for i in dish.ingredients)
    row = SheetDish(id_, id_, dish, typed, None, ServingStatus.PLANNED, "", None)
    return replace(row, **more)


def sheet_of(week: Week, **head: Any) -> WeekSheet:
    numbers = count(1)
    meals = [
        SheetMeal(next(numbers), m.day, m.name, 1, None, tuple(planned(d, next(numbers)) for d in m.dishes))
        for m in week.meals
    ]
    return WeekSheet(replace(HEAD, **head), tuple(meals))


def poster_facts(week: Week, changes: Iterable[Any] = (), **head: Any) -> PosterFacts:
    return facts_of(sheet_of(week, **head), changes)


def facts_of(sheet: WeekSheet, changes: Iterable[Any] = ()) -> PosterFacts:
    shown = Board(sheet, judge(sheet.week, sheet.head.age), Larder(shipped(), {}))
    return PosterFacts("第一小学", shown, tuple(changes), NAMES)


def kitchen_facts(*dishes: Dish, heads: dict[Age, int] | None = None, **head: Any) -> KitchenFacts:
    sheet = sheet_of(Week((Meal(MONDAY, MealName.LUNCH, dishes),)), **head)
    return KitchenFacts("第一小学", sheet.head, sheet.meals[0], heads or {})


def pages(pdf: bytes) -> list[str]:
    """What each page says, without line breaks."""
    return [page.extract_text().replace("\n", "") for page in PdfReader(BytesIO(pdf)).pages]


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)
