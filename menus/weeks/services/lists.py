"""Which weeks there are, and which of them have a meal on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from canteen.kit.clock import monday_of
from canteen.kit.pages import Listing
from menus.weeks.services.sheet import WeekHead, head_of
from menus.weeks.tables import Menu, MenuMeal


async def weeks(school: int, asked: Listing) -> tuple[list[WeekHead], str | None]:
    """The weeks of a school, the latest first, and the next page's cursor.

    Filters: state, age, errors; `from` and `to`, the days (ISO 8601) that a week must touch.
    """
    here: Any = (Menu.school == school) & _touching(asked.filters)
    if state := asked.filters.get("state"):
        here = here & (Menu.state == state)
    if age := asked.filters.get("age"):
        here = here & (Menu.age == age)
    if asked.filters.get("errors"):
        here = here & (Menu.error_count > 0)
    if after := _after(asked.after):
        day, id_ = after
        here = here & ((Menu.first_day < day) | ((Menu.first_day == day) & (Menu.id < id_)))
    rows = await (
        Menu.select().where(here).order_by(Menu.first_day, Menu.id, ascending=False).limit(asked.limit + 1)
    )
    return asked.cut([head_of(row) for row in rows], lambda week: [week.first_day.isoformat(), week.id])


async def last_days(school: int, weeks_: Sequence[WeekHead]) -> dict[int, date]:
    """The last day with a meal of each of these weeks, by id, in one query."""
    rows = await (
        MenuMeal.select(MenuMeal.week, MenuMeal.day)
        .where((MenuMeal.school == school) & MenuMeal.week.is_in([week.id for week in weeks_] or [0]))
        .order_by(MenuMeal.day)
        .distinct()
    )
    return {row["week"]: row["day"] for row in rows}


def _after(cursor: Any) -> tuple[date, int] | None:
    """The last week of the page before; None for a cursor that is not of this list."""
    try:
        day, id_ = msgspec.convert(cursor, tuple[date, Annotated[int, Meta(ge=0, le=2**63 - 1)]])
    except msgspec.ValidationError:
        return None
    return day, id_


def _touching(filters: Mapping[str, str]) -> Any:
    first = monday_of(date.fromisoformat(filters.get("from", date.min.isoformat())))
    last = date.fromisoformat(filters.get("to", date.max.isoformat()))
    return (Menu.first_day >= first) & (Menu.first_day <= last)


async def week_on(school: int, day: date, *, published: bool = False) -> list[int]:
    """The menus of canteens that have a meal on a day, by id; only published ones when asked."""
    rows = await MenuMeal.select(MenuMeal.week, MenuMeal.week.state).where(
        (MenuMeal.school == school) & (MenuMeal.day == day) & MenuMeal.week.canteen.is_not_null()
    )
    wanted = {"published", "served"} if published else None
    return sorted({row["week"] for row in rows if wanted is None or row["week.state"] in wanted})
