"""The meal calendar of a school: which meals are due, for whom, for how many, and why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from canteen.kit.problems import Finding
from canteen.schools.rules import calendar
from canteen.schools.rules.calendar import Answer, Calendar, Group, MealName
from canteen.schools.rules.groups import AgeBand
from canteen.schools.services.groups import groups, standing_heads
from canteen.schools.services.profile import profile_of
from canteen.schools.services.terms import terms
from canteen.schools.services.timetables import read_special, read_timetable, specials, timetables
from canteen.schools.tables import GradeGroup, Heads


@dataclass(frozen=True, slots=True)
class MealDue:
    """A meal that a canteen serves on a day, the groups that eat it and how many of each age band."""

    day: date
    meal: MealName
    canteen: int
    groups: tuple[int, ...]
    heads: dict[AgeBand, int]

    @property
    def total(self) -> int:
        """How many eat it, of all ages."""
        return sum(self.heads.values())


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of the calendar, read once: ask it as often as needed."""

    first: date
    last: date
    calendar: Calendar
    groups: tuple[GradeGroup, ...]
    tables: dict[int, Group]
    heads: tuple[Heads, ...]

    def each(self) -> Iterator[date]:
        """The days of the stretch."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def answers(self, group: GradeGroup, day: date) -> dict[MealName, Answer]:
        """For every meal of the day whether it is due for the group, and why."""
        return calendar.answers(self.calendar, self.tables[group.id], day)

    def meals_due(self, day: date) -> list[MealDue]:
        """What is due on a day, canteen by canteen in the order of the meals."""
        answered = [(group, self.answers(group, day)) for group in self.groups]
        found = []
        for canteen in dict.fromkeys(group.canteen for group in self.groups):
            for meal in MealName:
                eaters = [g for g, answer in answered if g.canteen == canteen and answer[meal].due]
                if eaters:
                    found.append(self._due(day, meal, canteen, eaters))
        return found

    def notes(self, day: date) -> list[Finding]:
        """What is out of the ordinary on a day, each reason once; without a meal always why."""
        answered = [answer for group in self.groups for answer in self.answers(group, day).values()]
        whys = {(answer.why.rule, answer.why.message): answer.why for answer in answered}
        if any(answer.due for answer in answered):
            whys = {key: why for key, why in whys.items() if why.rule != "weekday_table"}
        return list(whys.values())

    def _due(self, day: date, meal: MealName, canteen: int, eaters: list[GradeGroup]) -> MealDue:
        counted = standing_heads(self.heads, day)
        total: dict[AgeBand, int] = {}
        for group in eaters:
            for band, heads in counted.get(group.id, {}).items():
                total[band] = total.get(band, 0) + heads
        return MealDue(day, meal, canteen, tuple(g.id for g in eaters), total)


async def days(school: int, first: date, last: date) -> Days:
    """The calendar of a school between two days, both included, in six queries."""
    grouped = await groups(school)
    rows = await timetables(school)
    tables = {
        group.id: Group(group.id, tuple(read_timetable(row) for row in rows if row.grade_group == group.id))
        for group in grouped
    }
    heads = await Heads.objects().where((Heads.school == school) & (Heads.from_day <= last))
    return Days(first, last, await _calendar(school, first, last), tuple(grouped), tables, tuple(heads))


async def _calendar(school: int, first: date, last: date) -> Calendar:
    """One day more on either side: boarders look ahead."""
    around = timedelta(days=1)
    special = [read_special(row) for row in await specials(school, first - around, last + around)]
    spans = [calendar.Term(term.first_day, term.last_day) for term in await terms(school)]
    return Calendar((await profile_of(school)).go_live_on, spans, special)


async def meals_due(school: int, first: date, last: date) -> list[MealDue]:
    """Every meal that is due between two days, both included."""
    found = await days(school, first, last)
    return [due for day in found.each() for due in found.meals_due(day)]


async def is_due(school: int, day: date, meal: MealName) -> bool:
    """Whether any canteen of the school serves that meal on that day."""
    return any(due.meal is meal for due in await meals_due(school, day, day))


async def heads(school: int, day: date, meal: MealName, canteen: int | None = None) -> dict[AgeBand, int]:
    """How many usually eat that meal, by age band; of one canteen when named. Empty when none is due."""
    total: dict[AgeBand, int] = {}
    for due in await meals_due(school, day, day):
        if due.meal is meal and canteen in (None, due.canteen):
            for band, count in due.heads.items():
                total[band] = total.get(band, 0) + count
    return total
