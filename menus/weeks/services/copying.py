"""A week again at another date."""

from datetime import date, datetime, timedelta

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, acts_at
from canteen.kit.clock import monday_of
from canteen.kit.db import write
from menus.weeks.forms import CopyForm, DishForm
from menus.weeks.rules import MealName
from menus.weeks.services.drafts import form_of
from menus.weeks.services.sheet import SheetMeal, WeekHead, WeekSheet, larder_of, sheet_with
from menus.weeks.services.steps import settle, start_week
from menus.weeks.tables import Menu


async def copy_week(actor: Actor, week: int, form: CopyForm, *, now: datetime) -> int:
    """A new draft with the dishes of a week as planned, weekday by weekday. Raises Missing, Refused."""
    async with write():
        larder = await larder_of(actor.school)
        source = await sheet_with(actor.school, week, larder)
        made = await start_week(
            actor,
            shifted(source, monday_of(form.day)),
            larder,
            age=form.age or source.head.age,
            audience=form.audience or source.head.audience,
            canteen=form.canteen or _same_canteen(actor, source.head),
            name=form.name or source.head.name,
            origin=(actor.school, week),
            now=now,
        )
        await settle(actor.school, made)
        after = {"from": week, "first_day": monday_of(form.day)}
        await record(actor, "weeks.copy", subject="week", subject_id=made, after=after, now=now)
    return made


def _same_canteen(actor: Actor, source: WeekHead) -> int | None:
    """The canteen that is copied from, unless the actor plans for another."""
    return source.canteen if acts_at(actor, source.canteen) else None


def shifted(source: WeekSheet, monday: date) -> dict[tuple[date, MealName], tuple[DishForm, ...]]:
    """The dishes of a week from another Monday on."""
    days = monday - source.head.first_day
    return {(meal.day + days, meal.name): planned(meal) for meal in source.meals}


def planned(meal: SheetMeal) -> tuple[DishForm, ...]:
    """The dishes as they were planned: what was swapped or not cooked later is no part of the plan."""
    return tuple(form_of(dish) for dish in meal.dishes if dish.replaces is None)


async def last_week_before(school: int, first_day: date) -> int | None:
    """The latest menu of an earlier week: what "copy last week" takes."""
    row = (
        await Menu.select(Menu.id)
        .where((Menu.school == school) & (Menu.first_day < first_day))
        .order_by(Menu.first_day, Menu.id, ascending=False)
        .first()
    )
    return row["id"] if row else None


def next_monday(today: date) -> date:
    """The week that is planned now."""
    return monday_of(today) + timedelta(days=7)
