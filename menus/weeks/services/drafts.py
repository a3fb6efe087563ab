"""Planning: a new week, and one dish after the other."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import monday_of
from canteen.kit.db import write
from canteen.kit.problems import error, refuse_if
from canteen.kit.texts import _
from menus.weeks.forms import DishForm, IngredientForm, MealForm, MealToAdd, MoveForm, NewWeek
from menus.weeks.rules import MealName, meal_of
from menus.weeks.services.due import due_plan
from menus.weeks.services.sheet import SheetDish, SheetMeal, WeekSheet, larder_of, sheet_with
from menus.weeks.services.steps import (
    Plan,
    Spot,
    canteen_for,
    claim_draft,
    claim_meal,
    forget,
    keep_dish,
    overwrite,
    put_in_order,
    settle,
    start_week,
    take_off,
)
from menus.weeks.services.telling import settle_week
from menus.weeks.tables import MenuMeal


async def create_week(actor: Actor, form: NewWeek, *, now: datetime) -> int:
    """A new draft, empty or with the dishes sent. Raises Refused, and Missing for a strange canteen."""
    plan = await _plan(actor, form)
    async with write():
        larder = await larder_of(actor.school)
        week = await start_week(
            actor,
            plan,
            larder,
            age=form.age,
            audience=form.audience,
            canteen=form.canteen,
            name=form.name,
            now=now,
        )
        await settle(actor.school, week)
        after = {"first_day": monday_of(form.day), "age": form.age, "meals": len(plan)}
        await record(actor, "weeks.create", subject="week", subject_id=week, after=after, now=now)
    return week


async def _plan(actor: Actor, form: NewWeek) -> Plan:
    """The dishes sent, the meals that the school's calendar says are due, or those asked for."""
    if form.content:
        return plan_of(monday_of(form.day), form.content)
    if form.by_calendar:
        canteen = await canteen_for(actor, form.canteen)
        return await due_plan(actor.school, monday_of(form.day), canteen)
    return empty_plan(form)


def empty_plan(form: NewWeek) -> Plan:
    """The meals asked for on so many days from Monday, without dishes."""
    monday = monday_of(form.day)
    return {(monday + timedelta(days=n), meal): () for n in range(form.days) for meal in form.meals}


def plan_of(monday: date, content: Sequence[MealForm]) -> Plan:
    """Meals as sent, from this Monday on. Raises Refused for a word that is no meal."""
    wrong = [
        error("not_one_of", _("Choose one of the list."), f"content.{n}.meal")
        for n, meal in enumerate(content)
        if meal_of(meal.meal) is None
    ]
    refuse_if(wrong)
    return {(monday + timedelta(days=m.day), meal_of(m.meal) or MealName.LUNCH): m.dishes for m in content}


async def add_dish(actor: Actor, week: int, meal: int, form: DishForm, *, version: int, now: datetime) -> int:
    """One more dish at the end of a meal. Raises Conflict when the meal was changed since `version`."""
    async with write():
        sheet = await _claimed(actor, week, {meal: version})
        await put_in_order(actor.school, meal, [dish.id for dish in sheet.meal(meal).dishes])
        made = await keep_dish(Spot(actor.school, week, meal, len(sheet.meal(meal).dishes)), form)
        await settle(actor.school, week)
        await _noted(actor, "weeks.add_dish", week, after=told(form, sheet.meal(meal)), now=now)
    return made


async def change_dish(
    actor: Actor, week: int, dish: int, form: DishForm, *, version: int, now: datetime
) -> None:
    """The dish as typed anew. Raises Conflict when its meal was changed since `version`."""
    async with write():
        meal, before = (await _sheet(actor.school, week)).dish(dish)
        await _claim(actor, week, {meal.id: version})
        await overwrite(Spot(actor.school, week, meal.id), dish, form)
        await settle(actor.school, week)
        old, new = told(form_of(before), meal), told(form, meal)
        await _noted(actor, "weeks.change_dish", week, before=old, after=new, now=now)


async def remove_dish(actor: Actor, week: int, dish: int, *, version: int, now: datetime) -> None:
    """Take a dish off a draft. Raises Conflict when its meal was changed since `version`."""
    async with write():
        meal, gone = (await _sheet(actor.school, week)).dish(dish)
        await _claim(actor, week, {meal.id: version})
        await take_off(actor.school, dish)
        await settle(actor.school, week)
        await _noted(actor, "weeks.remove_dish", week, before=told(form_of(gone), meal), now=now)


async def move_dish(actor: Actor, week: int, dish: int, form: MoveForm, *, now: datetime) -> None:
    """Put a dish at a place of its own or another meal. `form.version` is that of the meal it leaves."""
    async with write():
        before = await _sheet(actor.school, week)
        meal, moved = before.dish(dish)
        target = before.meal(form.meal)
        await _claim(actor, week, {target.id: target.version, meal.id: form.version})
        order = [other.id for other in target.dishes if other.id != dish]
        place = len(order) if form.place is None else min(form.place, len(order))
        order.insert(place, dish)
        await put_in_order(actor.school, target.id, order)
        await settle(actor.school, week)
        old, new = told(form_of(moved), meal), told(form_of(moved), target)
        await _noted(actor, "weeks.move_dish", week, before=old, after=new, now=now)


async def add_meal(actor: Actor, week: int, form: MealToAdd, *, now: datetime) -> None:
    """One more meal in the week's own days. Raises Refused when it is there or lies in another week."""
    async with write():
        await claim_draft(actor, week)
        sheet = await _sheet(actor.school, week)
        if monday_of(form.day) != sheet.head.first_day:
            refuse_if([error("other_week", _("The day lies in another week."), "day")])
        if any((meal.day, meal.name) == (form.day, form.meal) for meal in sheet.meals):
            refuse_if([error("meal_there", _("The week has this meal already."), "meal")])
        row = MenuMeal(school=actor.school, week=week, day=form.day, meal=form.meal.value, version=1)
        await row.save()
        await settle(actor.school, week)
        after = {"day": form.day, "meal": form.meal}
        await _noted(actor, "weeks.add_meal", week, after=after, now=now)


async def drop_meal(actor: Actor, week: int, meal: int, *, version: int, now: datetime) -> None:
    """Take an empty meal off the week. Raises Refused while it has dishes or is the last one."""
    async with write():
        sheet = await _claimed(actor, week, {meal: version})
        gone = sheet.meal(meal)
        if gone.dishes or len(sheet.meals) == 1:
            refuse_if([error("meal_in_use", _("Only an empty meal can be taken off, and never the last."))])
        await MenuMeal.delete().where((MenuMeal.school == actor.school) & (MenuMeal.id == meal))
        await settle(actor.school, week)
        before = {"day": gone.day, "meal": gone.name}
        await _noted(actor, "weeks.drop_meal", week, before=before, now=now)


async def delete_week(actor: Actor, week: int, *, now: datetime) -> None:
    """Throw a draft away. Raises Refused when it is none."""
    async with write():
        await claim_draft(actor, week)
        gone = (await _sheet(actor.school, week)).head
        await forget(actor.school, week)
        await settle_week(actor, week, now=now)
        before = {"first_day": gone.first_day, "age": gone.age}
        await _noted(actor, "weeks.delete", week, before=before, now=now)


def form_of(dish: SheetDish) -> DishForm:
    """A stored dish as somebody would send it: for copies, and for what the trail keeps."""
    codes = [i.food.code if i.food else None for i in dish.value.ingredients]
    lines = zip(dish.typed, codes, strict=True)
    return DishForm(
        name=dish.value.name,
        ingredients=tuple(IngredientForm(n, mg, code if dish.recipe else None) for (n, mg), code in lines),
        label=dish.value.label,
        method=dish.value.method,
        choice=dish.value.choice,
        expected_percent=max(1, round(dish.value.share * 100)),
        dish=dish.recipe,
    )


def told(form: DishForm, meal: SheetMeal) -> dict[str, Any]:
    """A dish as the trail keeps it."""
    return {"day": meal.day, "meal": meal.name, **msgspec.to_builtins(form)}


async def _claimed(actor: Actor, week: int, meals: dict[int, int]) -> WeekSheet:
    """The sheet of a draft whose meals stand as they were seen; nobody else may change it now."""
    await _claim(actor, week, meals)
    return await _sheet(actor.school, week)


async def _claim(actor: Actor, week: int, meals: dict[int, int]) -> None:
    await claim_draft(actor, week)
    for meal, version in meals.items():
        await claim_meal(actor.school, week, meal, version)


async def _sheet(school: int, week: int) -> WeekSheet:
    return await sheet_with(school, week, await larder_of(school))


async def _noted(
    actor: Actor,
    deed: str,
    week: int,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    now: datetime,
) -> None:
    await record(actor, deed, subject="week", subject_id=week, before=before, after=after, now=now)
