"""Is a meal due? Asked of one grade group, a day and a meal; answered with the reason.

Rules (practice 3 and 7; domain.md 9.2), the first that applies:
1. nothing is due before the school's go-live day, nor outside its terms;
2. a special day of the school's own: closed; lessons as on another weekday; a half day, exam day or other day
   with meals of its own. One for the group goes before one for everybody;
3. public holidays are free, the weekend days worked instead are school days (the State Council's calendar,
   2004 to 2026 in `chinesecalendar`; for other years weekdays and the school's own days alone);
4. the group's weekday table, which may turn over several weeks (大小周, 月假).
Boarders who go home before a free day have no dinner then, and have one the evening before they are back.
A day of lessons is one whose table has a breakfast or a lunch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

import chinese_calendar

from canteen.kit.clock import monday_of
from canteen.kit.problems import Finding, Level
from canteen.kit.texts import _

ONE_DAY = timedelta(days=1)
WeekTable: TypeAlias = Mapping[int, frozenset["MealName"]]


class MealName(StrEnum):
    """The meals of a day, in the day's order."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"
    SNACK = "snack"


class SpecialKind(StrEnum):
    """What makes a day special: closed, lessons as on another weekday, or meals of its own."""

    CLOSED = "closed"
    AS_WEEKDAY = "as_weekday"
    HALF_DAY = "half_day"
    EXAM_DAY = "exam_day"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Term:
    """Days from the first to the last on which meals may be due."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Special:
    """A special day of everybody (`group` None) or of one; `meals` count unless closed or as a weekday."""

    day: date
    kind: SpecialKind
    name: str = ""
    group: int | None = None
    as_weekday: int | None = None
    meals: frozenset[MealName] = frozenset()
    entered: int = 0


@dataclass(frozen=True, slots=True)
class Timetable:
    """A group's weekday table from a day on.

    `weeks` turn over in order, beginning with the week of the Monday `anchor`: one week is every week alike,
    two are 大小周, four 月假. Weekdays count from Monday 0.
    """

    from_day: date
    weeks: tuple[WeekTable, ...]
    anchor: date
    returns_evening_before: bool = False
    leaves_before_dinner: bool = False
    entered: int = 0

    def on(self, day: date, weekday: int | None = None) -> frozenset[MealName]:
        """The meals of the table on a day, or in its week on another weekday."""
        return self.weeks_from(day)[0].get(day.weekday() if weekday is None else weekday, frozenset())

    def weeks_from(self, day: date) -> tuple[WeekTable, ...]:
        """The weeks in the order in which they come, beginning with the week of a day."""
        turn = (monday_of(day) - monday_of(self.anchor)).days // 7 % len(self.weeks)
        return self.weeks[turn:] + self.weeks[:turn]


@dataclass(frozen=True, slots=True)
class Group:
    """A grade group with its weekday tables."""

    id: int
    timetables: tuple[Timetable, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that decides when a school serves meals. `go_live` None: nothing is due yet."""

    go_live: date | None
    terms: Sequence[Term]
    specials: Sequence[Special]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a meal is due, and why or why not (a finding, so that pages and programs can both tell)."""

    due: bool
    why: Finding


@dataclass(frozen=True, slots=True)
class Plan:
    """The meals of one day of a group before boarders' ways are looked at. `fixed`: take it as it stands."""

    meals: frozenset[MealName]
    why: Finding
    fixed: bool = False
    closed: bool = False

    @property
    def lessons(self) -> bool:
        """Whether the group is at school that day."""
        return bool(self.meals & {MealName.BREAKFAST, MealName.LUNCH})


def _why(rule: str, message: str, **facts: object) -> Finding:
    return Finding(rule, Level.ADVICE, message, facts)


def due(calendar: Calendar, group: Group, day: date, meal: MealName) -> Answer:
    """Whether that meal is due for that group on that day, and why."""
    return answers(calendar, group, day)[meal]


def answers(calendar: Calendar, group: Group, day: date) -> dict[MealName, Answer]:
    """The same for every meal of the day."""
    plan = plan_of(calendar, group, day)
    made = {meal: Answer(meal in plan.meals, plan.why) for meal in MealName}
    changed = None if plan.closed or plan.fixed else _dinner_on_the_way(calendar, group, day, plan)
    if changed is not None:
        made[MealName.DINNER] = changed
    return made


def plan_of(calendar: Calendar, group: Group, day: date) -> Plan:
    """What the tables say of the day, boarders' ways aside."""
    if calendar.go_live is None or day < calendar.go_live:
        return _not_live_plan(calendar.go_live)
    special = special_of(calendar, group.id, day)
    if special is not None and special.kind is not SpecialKind.AS_WEEKDAY:
        return _special_plan(special)
    if not any(term.first <= day <= term.last for term in calendar.terms):
        return Plan(frozenset(), _why("outside_terms", _("Outside the school's terms")))
    timetable = timetable_on(group, day)
    if timetable is None:
        return Plan(frozenset(), _why("no_timetable", _("This group has no weekday table yet")), closed=True)
    if special is not None:
        why = _why("as_weekday", _("{name}: meals as on another weekday"), name=special.name)
        return Plan(timetable.on(day, special.as_weekday), why)
    return _ordinary_plan(timetable, day)


def _not_live_plan(go_live: date | None) -> Plan:
    if go_live is None:
        return Plan(frozenset(), _why("not_live", _("The school has no go-live day yet")), closed=True)
    why = _why("before_go_live", _("Before the school went live on {day}"), day=go_live)
    return Plan(frozenset(), why, closed=True)


def _special_plan(special: Special) -> Plan:
    if special.kind is SpecialKind.CLOSED:
        why = _why("closed", _("{name}: no meals at the school"), name=special.name)
        return Plan(frozenset(), why, closed=True)
    message = {
        SpecialKind.HALF_DAY: _("{name}: a half day"),
        SpecialKind.EXAM_DAY: _("{name}: an exam day"),
    }.get(special.kind, _("{name}: an extra day"))
    return Plan(special.meals, _why(special.kind.value, message, name=special.name), fixed=True)


def _ordinary_plan(timetable: Timetable, day: date) -> Plan:
    public = public_day(day)
    if public is None or public == ORDINARY:
        meals = timetable.on(day)
        said = _("By the weekday table") if meals else _("No meals by the weekday table")
        return Plan(meals, _why("weekday_table", said))
    worked, name = public
    if not worked:
        return Plan(frozenset(), _why("public_holiday", HOLIDAY_NAMES.get(name, _("Public holiday"))))
    stands_in = 4 if day.weekday() == 5 else 0
    why = _why("make_up_day", _("Worked instead of a public holiday: meals as on a school day"))
    return Plan(timetable.on(day, stands_in if day.weekday() > 4 else None), why)


def _dinner_on_the_way(calendar: Calendar, group: Group, day: date, plan: Plan) -> Answer | None:
    """No dinner before a free day, a dinner the evening before lessons: None when neither is the case."""
    timetable = timetable_on(group, day)
    if timetable is None:
        return None
    tomorrow = plan_of(calendar, group, day + ONE_DAY).lessons
    if plan.lessons and not tomorrow and timetable.leaves_before_dinner:
        return Answer(False, _why("leaving_day", _("The boarders have gone home before dinner")))
    if not plan.lessons and tomorrow and timetable.returns_evening_before:
        return Answer(True, _why("return_evening", _("The boarders are back the evening before lessons")))
    return None


def special_of(calendar: Calendar, group: int, day: date) -> Special | None:
    """The special day that counts: the group's own before everybody's, the last entered before older ones."""
    here = [s for s in calendar.specials if s.day == day and s.group in (None, group)]
    return max(here, key=lambda s: (s.group is not None, s.entered), default=None)


def timetable_on(group: Group, day: date) -> Timetable | None:
    """The weekday table that holds on a day."""
    begun = [t for t in group.timetables if t.from_day <= day]
    return max(begun, key=lambda t: (t.from_day, t.entered), default=None)


ORDINARY = (False, "")
HOLIDAY_NAMES: Mapping[str, str] = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
    "National Day": _("National Day"),
    "Anti-Fascist 70th Day": _("Anti-Fascist 70th Day"),
}


@lru_cache(maxsize=4096)
def public_day(day: date) -> tuple[bool, str] | None:
    """Whether the State Council made it a day of work, and for which holiday; ORDINARY when it said nothing.

    None when the calendar does not reach that year.
    """
    try:
        free, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    return (not free, str(name)) if name else ORDINARY


def unknown_years(first: date, last: date) -> Iterator[int]:
    """The years between two days without a public calendar: their holidays are the school's to enter."""
    return (year for year in range(first.year, last.year + 1) if public_day(date(year, 1, 1)) is None)
