"""When meals are served: the school's dated decisions, as poster, kitchen sheet and programs show them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from canteen.schools.rules.policies import clock
from canteen.schools.services.policies import values_by_day
from menus.weeks.rules import MealName

WINDOW_KEYS = {meal: f"{meal}_window" for meal in (MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER)}


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a meal is served, in minutes since midnight."""

    starts: int
    ends: int

    @property
    def first(self) -> str:
        """`11:30`."""
        return clock(self.starts)

    @property
    def last(self) -> str:
        """`13:30`."""
        return clock(self.ends)


Windows = Mapping[tuple[date, MealName], Window]


async def windows_on(school: int, days: Collection[date]) -> Windows:
    """The times of breakfast, lunch and dinner on each of these days; what is between meals has none."""
    held: Mapping[date, Mapping[str, Any]] = await values_by_day(school, list(WINDOW_KEYS.values()), days)
    return {(day, meal): Window(**held[day][key]) for day in days for meal, key in WINDOW_KEYS.items()}


def windows_of(meal: MealName, days: Iterable[date], windows: Windows) -> list[Window]:
    """The times of one meal over some days, each once; more than one where the school changed it."""
    return list(dict.fromkeys(windows[day, meal] for day in days if (day, meal) in windows))
