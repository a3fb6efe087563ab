"""After publication: another dish instead, or none, with the reason; and what a school means by a name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import msgspec

from canteen.accounts.services.trail import as_json, record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Missing, error, refuse_if
from canteen.kit.texts import _
from menus.foods.rules import normalised
from menus.foods.services import table_of
from menus.weeks.forms import DishForm, VagueForm
from menus.weeks.rules import MealName
from menus.weeks.rules.states import ServingStatus, change_findings
from menus.weeks.services.drafts import form_of, told
from menus.weeks.services.sheet import SheetDish, SheetMeal, week_sheet
from menus.weeks.services.steps import Spot, keep_dish, settle
from menus.weeks.services.telling import tell_change
from menus.weeks.tables import Change, Menu, MenuMeal, Serving, VagueName


@dataclass(frozen=True, slots=True)
class Changed:
    """One change after publication, as board and poster tell it. `instead` is "" when nothing came."""

    day: date
    meal: MealName
    kind: str
    dish: str
    instead: str
    reason: str
    made_by: int | None
    made_at: datetime


async def swap_dish(actor: Actor, week: int, dish: int, form: DishForm, *, reason: str, now: datetime) -> int:
    """Another dish instead of a published one, at its place. Returns the new dish's id."""
    async with write():
        meal, gone = await _changeable(actor, week, dish, reason)
        await _mark(actor.school, dish, ServingStatus.REPLACED, reason)
        form = msgspec.structs.replace(form, choice=form.choice or gone.value.choice)
        spot = Spot(actor.school, week, meal.id, gone.position)
        made = await keep_dish(spot, form, replaces=dish)
        gone = replace(gone, status=ServingStatus.REPLACED, reason=reason)
        await _changed(actor, week, (meal, gone), form, now=now)
    return made


async def mark_not_served(actor: Actor, week: int, dish: int, *, reason: str, now: datetime) -> None:
    """A published dish was not cooked (未供应), and why."""
    async with write():
        meal, gone = await _changeable(actor, week, dish, reason)
        await _mark(actor.school, dish, ServingStatus.NOT_SERVED, reason)
        gone = replace(gone, status=ServingStatus.NOT_SERVED, reason=reason)
        await _changed(actor, week, (meal, gone), None, now=now)


async def changes_of(school: int, week: int) -> list[Changed]:
    """Every change after publication, in order."""
    rows = (
        await Change.select(*Change.all_columns(), Change.meal.day, Change.meal.meal)
        .where((Change.school == school) & (Change.week == week))
        .order_by(Change.id)
    )
    return [_as_changed(row) for row in rows]


async def answer_vague(actor: Actor, form: VagueForm, *, now: datetime) -> None:
    """From now on this school means that food by the name, or leaves it open until goods-in."""
    async with write():
        if form.food_code and (await table_of(actor.school)).get(form.food_code) is None:
            refuse_if([error("no_such_food", _("Choose a food of the table."), "food_code")])
        spelling = normalised(form.name)
        mine = (VagueName.school == actor.school) & (VagueName.spelling == spelling)
        before = await VagueName.select(VagueName.food_code).where(mine).first()
        await VagueName.delete().where(mine)
        await VagueName(
            school=actor.school,
            spelling=spelling,
            name=form.name,
            food_code=form.food_code,
            answered_by=actor.person,
            answered_at=now,
        ).save()
        noted = {"name": form.name, "food_code": form.food_code}
        await record(actor, "weeks.name", subject="vague_name", before=before, after=noted, now=now)


async def _changeable(actor: Actor, week: int, dish: int, reason: str) -> tuple[SheetMeal, SheetDish]:
    """A published dish that still stands; the week is locked. Raises Missing, Forbidden, Refused."""
    here = (Menu.school == actor.school) & (Menu.id == week)
    if not await Menu.update({Menu.version: Menu.version + 1}).where(here).returning(Menu.id):
        raise Missing
    sheet = await week_sheet(actor.school, week)
    refuse_other_canteen(actor, sheet.head.canteen)
    refuse_if(change_findings(sheet.head.state, reason))
    meal, found = sheet.dish(dish)
    if not found.planned:
        refuse_if([error("gone_already", _("This dish was taken off already."))])
    return meal, found


async def _mark(school: int, dish: int, status: ServingStatus, reason: str) -> None:
    values: dict[Any, Any] = {Serving.status: status.value, Serving.reason: reason}
    await Serving.update(values).where((Serving.school == school) & (Serving.id == dish))


async def _changed(
    actor: Actor, week: int, at: tuple[SheetMeal, SheetDish], instead: DishForm | None, *, now: datetime
) -> None:
    """The row of the change (the dish's status and reason say which), the lists' counts, the trail."""
    meal, gone = at
    before = told(form_of(gone), meal)
    after = told(instead, meal) if instead else {}
    await Change(
        school=actor.school,
        week=week,
        meal=meal.id,
        serving=gone.id,
        kind=gone.status.value,
        reason=gone.reason,
        before=as_json(before),
        after=as_json(after),
        made_by=actor.person,
        made_at=now,
    ).save()
    version: dict[Any, Any] = {MenuMeal.version: MenuMeal.version + 1}
    await MenuMeal.update(version).where((MenuMeal.school == actor.school) & (MenuMeal.id == meal.id))
    await settle(actor.school, week)
    await record(
        actor,
        "weeks.substitute",
        subject="week",
        subject_id=week,
        before=before,
        after={**after, "kind": gone.status, "reason": gone.reason},
        now=now,
    )
    await tell_change(actor, week, meal, gone, instead.name if instead else "", now=now)


def _as_changed(row: Mapping[str, Any]) -> Changed:
    return Changed(
        day=row["meal.day"],
        meal=MealName(row["meal.meal"]),
        kind=row["kind"],
        dish=msgspec.json.decode(row["before"])["name"],
        instead=msgspec.json.decode(row["after"]).get("name", ""),
        reason=row["reason"],
        made_by=row["made_by"],
        made_at=row["made_at"],
    )
