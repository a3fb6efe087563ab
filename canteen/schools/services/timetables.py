"""Weekday tables of grade groups, and the days that are unlike them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import asdict

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import monday_of
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.schools.forms import SpecialForm, TimetableForm
from canteen.schools.rules import calendar
from canteen.schools.rules.calendar import MealName, SpecialKind
from canteen.schools.services.groups import group_of
from canteen.schools.tables import SpecialDay, Timetable

MOST_DAYS = 62
WITHOUT_MEALS = {SpecialKind.CLOSED, SpecialKind.AS_WEEKDAY}


async def set_timetable(actor: Actor, group: int, form: TimetableForm, *, now: datetime) -> Timetable:
    """Give a group a weekday table from a day on; the table before stays as it was until then.

    Raises Missing for another school's group, Refused for a table without any meal.
    """
    weeks = form.weeks()
    if not any(weeks):
        refuse_if([error("no_meal", _("Tick at least one meal."), "week_1")])
    async with write():
        refuse_other_canteen(actor, (await group_of(actor.school, group)).canteen)
        made = _timetable(actor, group, form, now)
        await made.save()
        after = {
            "from_day": form.from_day,
            "weeks": weeks,
            "returns_evening_before": form.returns_evening_before,
            "leaves_before_dinner": form.leaves_before_dinner,
        }
        await record(
            actor, "schools.set_timetable", subject="grade_group", subject_id=group, after=after, now=now
        )
    return made


async def add_special(actor: Actor, form: SpecialForm, *, now: datetime) -> list[SpecialDay]:
    """Enter a special day or a row of them. Raises Refused, and Missing for another school's group."""
    refuse_if(_special_findings(form))
    async with write():
        if form.grade_group is not None:
            await group_of(actor.school, form.grade_group)
        made = [_special(actor, form, day, now) for day in _days(form)]
        await SpecialDay.insert(*made)
        await record(actor, "schools.add_special_day", subject="special_day", after=asdict(form), now=now)
    return made


async def withdraw_special(actor: Actor, special: int, *, now: datetime) -> None:
    """Take a special day back. Raises Missing."""
    async with write():
        here = (SpecialDay.school == actor.school) & (SpecialDay.id == special)
        row = await SpecialDay.objects().where(here & SpecialDay.withdrawn_at.is_null()).first()
        if row is None:
            raise Missing
        row.withdrawn_at = now
        await row.save([SpecialDay.withdrawn_at])
        before = {"day": row.day, "kind": row.kind, "name": row.name}
        await record(
            actor,
            "schools.withdraw_special_day",
            subject="special_day",
            subject_id=special,
            before=before,
            now=now,
        )


async def specials(school: int, first: date, last: date) -> list[SpecialDay]:
    """The special days between two days, in their order."""
    here = (SpecialDay.school == school) & SpecialDay.withdrawn_at.is_null()
    between = (SpecialDay.day >= first) & (SpecialDay.day <= last)
    return list(await SpecialDay.objects().where(here & between).order_by(SpecialDay.day, SpecialDay.id))


async def timetables(school: int) -> list[Timetable]:
    """All weekday tables of a school, the first of each group first."""
    return list(
        await Timetable.objects()
        .where(Timetable.school == school)
        .order_by(Timetable.grade_group, Timetable.from_day, Timetable.id)
    )


def read_timetable(row: Timetable) -> calendar.Timetable:
    """A row as the rules take it."""
    weeks = msgspec.json.decode(row.weeks, type=list[dict[int, frozenset[MealName]]])
    return calendar.Timetable(
        row.from_day,
        tuple(weeks),
        row.anchor,
        row.returns_evening_before,
        row.leaves_before_dinner,
        row.id,
    )


def read_special(row: SpecialDay) -> calendar.Special:
    """A row as the rules take it."""
    meals = msgspec.json.decode(row.meals, type=frozenset[MealName])
    kind = SpecialKind(row.kind)
    return calendar.Special(row.day, kind, row.name, row.grade_group, row.as_weekday, meals, row.id)


def _timetable(actor: Actor, group: int, form: TimetableForm, now: datetime) -> Timetable:
    return Timetable(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        grade_group=group,
        from_day=form.from_day,
        anchor=monday_of(form.from_day),
        weeks=msgspec.json.encode(form.weeks()).decode(),
        returns_evening_before=form.returns_evening_before,
        leaves_before_dinner=form.leaves_before_dinner,
    )


def _special(actor: Actor, form: SpecialForm, day: date, now: datetime) -> SpecialDay:
    meals = () if form.kind in WITHOUT_MEALS else form.meals
    return SpecialDay(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        grade_group=form.grade_group,
        day=day,
        kind=form.kind.value,
        name=form.name,
        as_weekday=form.as_weekday if form.kind is SpecialKind.AS_WEEKDAY else None,
        meals=msgspec.json.encode(meals).decode(),
        withdrawn_at=None,
    )


def _days(form: SpecialForm) -> Iterator[date]:
    last = form.last_day or form.day
    return (form.day + timedelta(days=n) for n in range((last - form.day).days + 1))


def _special_findings(form: SpecialForm) -> list[Finding]:
    found = []
    span = ((form.last_day or form.day) - form.day).days
    if span < 0:
        found.append(error("days_backwards", _("The last day is before the first."), "last_day"))
    if span >= MOST_DAYS:
        found.append(error("too_many_days", _("At most {most} days at once."), "last_day", most=MOST_DAYS))
    if form.kind is SpecialKind.AS_WEEKDAY and form.as_weekday is None:
        found.append(error("missing", _("This is required."), "as_weekday"))
    if form.kind not in WITHOUT_MEALS and not form.meals:
        found.append(error("no_meal", _("Tick at least one meal."), "meals"))
    return found
