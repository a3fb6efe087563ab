"""When is a meal due, for whom, and why not?"""

from datetime import date

import pytest

from canteen.schools.rules.calendar import (
    Calendar,
    Group,
    MealName,
    Special,
    SpecialKind,
    Term,
    Timetable,
    answers,
    due,
    unknown_years,
)

B, L, D = MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER
LUNCH, ALL = frozenset({L}), frozenset({B, L, D})
START = date(2026, 8, 31)
DAY_PUPILS = Group(1, (Timetable(START, (dict.fromkeys(range(5), LUNCH),), START),))
BOARDERS = Group(
    2,
    (
        Timetable(
            START,
            (dict.fromkeys(range(5), ALL),),
            START,
            returns_evening_before=True,
            leaves_before_dinner=True,
        ),
    ),
)
GRADUATING = Group(3, (Timetable(START, (dict.fromkeys(range(6), LUNCH),), START),))
BIG_AND_SMALL = Group(
    4, (Timetable(START, (dict.fromkeys(range(6), ALL), dict.fromkeys(range(5), ALL)), START),)
)
AUTUMN = Term(date(2026, 9, 1), date(2027, 1, 22))


def calendar(*specials: Special, go_live: date | None = START) -> Calendar:
    return Calendar(go_live, [AUTUMN, Term(date(2027, 2, 28), date(2027, 7, 2))], specials)


def served(group: Group, day: date, *specials: Special) -> str:
    """The meals due, by their first letters, and the reason of the dinner."""
    found = answers(calendar(*specials), group, day)
    return "".join(meal.value[0] for meal in MealName if found[meal].due)


def why(group: Group, day: date, *specials: Special, meal: MealName = L) -> str:
    return due(calendar(*specials), group, day, meal).why.rule


@pytest.mark.parametrize(
    ("group", "day", "meals", "reason"),
    [
        (DAY_PUPILS, date(2026, 9, 2), "l", "weekday_table"),  # a Wednesday
        (DAY_PUPILS, date(2026, 9, 5), "", "weekday_table"),  # a Saturday
        (DAY_PUPILS, date(2026, 8, 31), "", "outside_terms"),
        (DAY_PUPILS, date(2027, 2, 1), "", "outside_terms"),  # winter break
        (DAY_PUPILS, date(2026, 9, 20), "l", "make_up_day"),  # a Sunday worked for National Day
        (DAY_PUPILS, date(2026, 9, 25), "", "public_holiday"),  # Mid-autumn, a Friday
        (DAY_PUPILS, date(2026, 10, 1), "", "public_holiday"),
        (DAY_PUPILS, date(2026, 10, 7), "", "public_holiday"),
        (DAY_PUPILS, date(2026, 10, 8), "l", "weekday_table"),
        (DAY_PUPILS, date(2026, 10, 10), "l", "make_up_day"),  # a Saturday worked for National Day
        (GRADUATING, date(2026, 9, 5), "l", "weekday_table"),  # stays on Saturday
        (GRADUATING, date(2026, 9, 6), "", "weekday_table"),
        (GRADUATING, date(2026, 10, 3), "", "public_holiday"),  # a Saturday of the holiday week
        (BIG_AND_SMALL, date(2026, 9, 5), "bld", "weekday_table"),  # first week: lessons on Saturday
        (BIG_AND_SMALL, date(2026, 9, 12), "", "weekday_table"),
        (BIG_AND_SMALL, date(2026, 9, 19), "bld", "weekday_table"),
        (DAY_PUPILS, date(2027, 1, 1), "l", "weekday_table"),  # no public calendar for 2027 yet
        (DAY_PUPILS, date(2027, 3, 6), "", "weekday_table"),
    ],
)
def test_the_tables_and_the_public_calendar_decide(group: Group, day: date, meals: str, reason: str) -> None:
    assert served(group, day) == meals
    assert why(group, day) == reason


@pytest.mark.parametrize(
    ("day", "meals", "reason"),
    [
        (date(2026, 9, 10), "bld", "weekday_table"),  # Thursday
        (date(2026, 9, 11), "bl", "leaving_day"),  # Friday: home before dinner
        (date(2026, 9, 12), "", "weekday_table"),
        (date(2026, 9, 13), "d", "return_evening"),  # Sunday evening
        (date(2026, 9, 18), "bl", "leaving_day"),  # Friday, then Saturday free, Sunday worked
        (date(2026, 9, 19), "d", "return_evening"),  # back on Saturday evening for the Sunday worked
        (date(2026, 9, 20), "bld", "make_up_day"),  # Monday follows
        (date(2026, 9, 30), "bl", "leaving_day"),  # before the National Day week
        (date(2026, 10, 7), "d", "return_evening"),  # the last evening of the holiday
        (date(2026, 10, 9), "bld", "weekday_table"),  # Friday before a Saturday worked
        (date(2026, 10, 10), "bl", "leaving_day"),
        (date(2026, 8, 31), "d", "return_evening"),  # the evening before the term begins
        (date(2027, 1, 22), "bl", "leaving_day"),  # the last day of term
    ],
)
def test_boarders_leave_before_dinner_and_return_for_one(day: date, meals: str, reason: str) -> None:
    assert served(BOARDERS, day) == meals
    assert why(BOARDERS, day, meal=D) == reason


def special(day: date, kind: SpecialKind, **more: object) -> Special:
    return Special(day, kind, name="运动会", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "meals", "reason"),
    [
        (special(date(2026, 9, 16), SpecialKind.CLOSED), "", "closed"),
        (special(date(2026, 9, 16), SpecialKind.HALF_DAY, meals=frozenset({B})), "b", "half_day"),
        (special(date(2026, 9, 16), SpecialKind.EXAM_DAY, meals=ALL), "bld", "exam_day"),
        (special(date(2026, 9, 13), SpecialKind.OPEN, meals=LUNCH), "l", "open"),
        (special(date(2026, 10, 2), SpecialKind.OPEN, meals=LUNCH), "l", "open"),  # holiday lessons
        (special(date(2026, 9, 12), SpecialKind.AS_WEEKDAY, as_weekday=0), "l", "as_weekday"),
        (special(date(2026, 10, 10), SpecialKind.AS_WEEKDAY, as_weekday=6), "", "as_weekday"),
        (special(date(2026, 8, 28), SpecialKind.OPEN, meals=LUNCH), "", "before_go_live"),
        (special(date(2027, 2, 10), SpecialKind.OPEN, meals=LUNCH), "l", "open"),  # in the winter break
        (special(date(2027, 1, 1), SpecialKind.CLOSED), "", "closed"),  # 2027 is the school's to enter
    ],
)
def test_a_special_day_goes_before_table_and_holiday(said: Special, meals: str, reason: str) -> None:
    assert served(DAY_PUPILS, said.day, said) == meals
    assert why(DAY_PUPILS, said.day, said) == reason


def test_a_special_day_of_one_group_leaves_the_others_alone() -> None:
    day = date(2026, 9, 16)
    closed = special(day, SpecialKind.CLOSED, group=GRADUATING.id)
    assert served(GRADUATING, day, closed) == ""
    assert served(DAY_PUPILS, day, closed) == "l"


def test_the_groups_own_day_goes_before_everybodys() -> None:
    day = date(2026, 9, 16)
    everybody = special(day, SpecialKind.CLOSED, entered=9)
    own = special(day, SpecialKind.HALF_DAY, group=GRADUATING.id, meals=LUNCH, entered=1)
    assert served(GRADUATING, day, everybody, own) == "l"


def test_of_two_special_days_the_later_entry_counts() -> None:
    day = date(2026, 9, 16)
    first, second = special(day, SpecialKind.CLOSED, entered=1), special(day, SpecialKind.OPEN, entered=2)
    assert why(DAY_PUPILS, day, first, second) == "open"


def test_a_closed_day_keeps_boarders_away_and_the_day_before_they_leave() -> None:
    closed = special(date(2026, 9, 16), SpecialKind.CLOSED)
    assert served(BOARDERS, date(2026, 9, 15), closed) == "bl"
    assert served(BOARDERS, date(2026, 9, 16), closed) == ""


def test_a_half_day_has_just_the_meals_that_were_entered() -> None:
    half = special(date(2026, 9, 11), SpecialKind.HALF_DAY, meals=frozenset({B, L, D}))
    assert served(BOARDERS, date(2026, 9, 11), half) == "bld"


def test_a_month_of_three_weeks_and_a_long_weekend_turns_over() -> None:
    full, short = dict.fromkeys(range(7), ALL), dict.fromkeys(range(4), ALL)
    monthly = Group(5, (Timetable(START, (full, full, full, short), START),))
    assert served(monthly, date(2026, 9, 13)) == "bld"
    assert served(monthly, date(2026, 9, 24)) == "bld"
    assert served(monthly, date(2026, 9, 26)) == ""


def test_weeks_that_turn_over_are_told_from_any_day_on() -> None:
    [table] = BIG_AND_SMALL.timetables
    assert table.weeks_from(date(2026, 9, 16)) == table.weeks
    assert table.weeks_from(date(2026, 9, 13)) == (table.weeks[1], table.weeks[0])


def test_a_new_weekday_table_holds_from_its_day() -> None:
    two = (
        Timetable(START, (dict.fromkeys(range(5), LUNCH),), START),
        Timetable(date(2026, 9, 14), (dict.fromkeys(range(5), ALL),), START),
    )
    group = Group(6, two)
    assert served(group, date(2026, 9, 11)) == "l"
    assert served(group, date(2026, 9, 14)) == "bld"


def test_nothing_is_due_before_the_school_goes_live() -> None:
    assert why(DAY_PUPILS, date(2026, 8, 30)) == "before_go_live"
    assert due(calendar(go_live=None), DAY_PUPILS, date(2026, 9, 2), L).why.rule == "not_live"


def test_a_group_without_a_table_is_not_fed() -> None:
    assert why(Group(9, ()), date(2026, 9, 2)) == "no_timetable"


def test_years_beyond_the_public_calendar_are_named() -> None:
    assert list(unknown_years(date(2026, 9, 1), date(2027, 7, 2))) == [2027]
    assert list(unknown_years(date(2025, 9, 1), date(2026, 7, 2))) == []
