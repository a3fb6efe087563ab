"""Menus as programs read them."""

from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import field

from menus.weeks.rules import Age, Kind, MealName, Verdict
from menus.weeks.rules.states import ServingStatus, State
from menus.weeks.services.changes import Changed
from menus.weeks.services.report import as_document
from menus.weeks.services.sheet import SheetDish, SheetMeal, WeekHead, WeekSheet, week_sheet
from menus.weeks.services.times import Window, Windows, windows_on


class PortionOut(msgspec.Struct, frozen=True):
    """An ingredient as typed, raw grams per head; `food_code` is null while nobody knows the name."""

    name: str
    grams: float
    food_code: str | None


class ServingOut(msgspec.Struct, frozen=True):
    """A dish on a meal. After publication `status` says whether it was `replaced` or `not_served`, `reason`
    why, and `replaces` which dish it came instead of."""

    id: str
    name: str
    kind: Kind
    label: str
    method: str
    choice: str
    expected_percent: float
    status: ServingStatus
    reason: str
    replaces: str | None
    ingredients: list[PortionOut]


class MealOut(msgspec.Struct, frozen=True):
    """One meal of one day; `adjusted` when it was changed after publication.

    It is served `serving_from` to `serving_until`, local times such as 11:30; null for what is between meals.
    """

    id: str
    day: date = field(name="date")
    meal: MealName
    serving_from: str | None
    serving_until: str | None
    version: int
    adjusted: bool
    served_at: datetime | None
    dishes: list[ServingOut]


class MenuHeadOut(msgspec.Struct, frozen=True):
    """A week's menu without its meals. `error_count` and `warning_count` are of its last change.

    `approved_errors` is how many errors stood when it was approved for `approval_reason`. A menu of a
    district's library has a `name` and no `canteen`.
    """

    id: str
    canteen: str | None
    name: str
    first_day: date
    age: Age
    audience: str
    state: State
    version: int
    error_count: int
    warning_count: int
    created_at: datetime
    checked_at: datetime | None
    sent_back_reason: str
    approved_at: datetime | None
    approval_reason: str
    approved_errors: int
    published_at: datetime | None


class MenuOut(MenuHeadOut, frozen=True):
    """A week's menu."""

    meals: list[MealOut]


class MenuHeadsOut(msgspec.Struct, frozen=True):
    """A page of menus; `next` is the cursor of the following one."""

    items: list[MenuHeadOut]
    next: str | None


class MenusOut(msgspec.Struct, frozen=True):
    """Whole menus, all at once."""

    items: list[MenuOut]
    next: None = None


class SubstitutionOut(msgspec.Struct, frozen=True):
    """A change after publication; `instead` is null where nothing came."""

    day: date = field(name="date")
    meal: MealName
    kind: ServingStatus
    dish: str
    instead: str | None
    reason: str
    made_at: datetime


class SubstitutionsOut(msgspec.Struct, frozen=True):
    """The changes of a menu, in order, all at once."""

    items: list[SubstitutionOut]
    next: None = None


class RuleFindingOut(msgspec.Struct, frozen=True):
    """What a rule found; `dish` names the dish where it is about one."""

    rule: str
    level: str
    text: str
    dish: str | None


class JudgedDishOut(msgspec.Struct, frozen=True):
    """A dish judged: its share of meat (null but for meat dishes), whether it counts toward the meal."""

    name: str
    kind: Kind
    meat_share: float | None
    counts: bool


class JudgedMealOut(msgspec.Struct, frozen=True):
    """A meal judged; sums are of what is known, `incomplete` names those that lack a figure."""

    day: date = field(name="date")
    meal: MealName
    dishes: list[JudgedDishOut]
    counts: dict[str, int]
    presets_met: list[str]
    nutrients: dict[str, float]
    incomplete: list[str]
    findings: list[RuleFindingOut]


class JudgedWeekOut(msgspec.Struct, frozen=True):
    """The week as a whole: means a day served."""

    nutrients_mean: dict[str, float]
    incomplete: list[str]
    findings: list[RuleFindingOut]


class VerdictOut(msgspec.Struct, frozen=True):
    """The document of `canteen menus check --format json`."""

    age: Age
    meals: list[JudgedMealOut]
    week: JudgedWeekOut
    unknown_ingredients: list[str]


def head_out(head: WeekHead) -> MenuHeadOut:
    """A menu without its meals."""
    return MenuHeadOut(**_head(head))


def menu_out(sheet: WeekSheet, windows: Windows) -> MenuOut:
    """A whole menu, its meals with the times they are served at."""
    meals = [_meal(meal, windows.get((meal.day, meal.name))) for meal in sheet.meals]
    return MenuOut(**_head(sheet.head), meals=meals)


async def menu_shown(school: int, week: int) -> MenuOut:
    """A stored menu. Raises Missing."""
    sheet = await week_sheet(school, week)
    return menu_out(sheet, await windows_on(school, sheet.days))


def changed_out(changed: Changed) -> SubstitutionOut:
    """A change after publication."""
    return SubstitutionOut(
        day=changed.day,
        meal=changed.meal,
        kind=ServingStatus(changed.kind),
        dish=changed.dish,
        instead=changed.instead or None,
        reason=changed.reason,
        made_at=changed.made_at,
    )


def verdict_out(verdict: Verdict, lang: str) -> VerdictOut:
    """A verdict, its texts in that language."""
    return msgspec.convert(msgspec.to_builtins(as_document(verdict, lang)), VerdictOut)


def _head(head: WeekHead) -> dict[str, Any]:
    values = {name: getattr(head, name) for name in MenuHeadOut.__struct_fields__}
    return {**values, "id": str(head.id), "canteen": None if head.canteen is None else str(head.canteen)}


def _meal(meal: SheetMeal, window: Window | None) -> MealOut:
    return MealOut(
        id=str(meal.id),
        day=meal.day,
        meal=meal.name,
        serving_from=window.first if window else None,
        serving_until=window.last if window else None,
        version=meal.version,
        adjusted=meal.adjusted,
        served_at=meal.served_at,
        dishes=[_dish(dish) for dish in meal.dishes],
    )


def _dish(dish: SheetDish) -> ServingOut:
    foods = [ingredient.food for ingredient in dish.value.ingredients]
    lines = zip(dish.typed, foods, strict=True)
    return ServingOut(
        id=str(dish.id),
        name=dish.value.name,
        kind=dish.value.kind,
        label=dish.value.label,
        method=dish.value.method,
        choice=dish.value.choice,
        expected_percent=round(dish.value.share * 100, 1),
        status=dish.status,
        reason=dish.reason,
        replaces=None if dish.replaces is None else str(dish.replaces),
        ingredients=[PortionOut(n, mg / 1000, food.code if food else None) for (n, mg), food in lines],
    )
