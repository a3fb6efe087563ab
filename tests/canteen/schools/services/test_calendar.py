"""A school's own calendar, from its terms to the heads at a meal."""

from datetime import date

import pytest

from canteen.kit.problems import Missing, Refused
from canteen.schools.forms import (
    CanteenForm,
    GroupForm,
    HeadsForm,
    ProfileForm,
    SpecialForm,
    TermForm,
    TimetableForm,
    WeekForm,
)
from canteen.schools.rules.calendar import MealName, SpecialKind
from canteen.schools.services import groups as grades
from canteen.schools.services.calendar import days, heads, is_due, meals_due
from canteen.schools.services.modes import open_canteen
from canteen.schools.services.profile import profile_of, settle_profile
from canteen.schools.services.terms import add_term, change_term, term_on, terms, withdraw_term
from canteen.schools.services.timetables import add_special, set_timetable, specials, withdraw_special
from tests.cast import NOW, TODAY
from tests.make import Cast, make_cast

FIRST_DAY = date(2026, 9, 1)
B, L, D = MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER
LUNCHES = WeekForm(*[(L,)] * 5)
AUTUMN = TermForm("2026 年秋季学期", FIRST_DAY, date(2027, 1, 22))


async def school_at_work() -> tuple[Cast, int]:
    """The first school in its autumn term, with one primary group that has lunch on weekdays."""
    cast = await make_cast()
    wu = cast.actor("wu")
    await settle_profile(wu, ProfileForm(go_live_on=FIRST_DAY), now=NOW)
    await add_term(wu, AUTUMN, now=NOW)
    group = await grades.add_group(wu, GroupForm("一至六年级", 1, 6), now=NOW)
    await set_timetable(wu, group.id, TimetableForm(FIRST_DAY, week_1=LUNCHES), now=NOW)
    await grades.count_heads(wu, group.id, HeadsForm(FIRST_DAY, {"6-8": 310, "9-11": 290}), now=NOW)
    return cast, group.id


async def test_lunch_is_due_on_weekdays_for_six_hundred(database: str) -> None:
    cast, group = await school_at_work()
    week = await meals_due(cast.school, TODAY, date(2026, 9, 13))
    assert [(due.day.day, due.meal) for due in week] == [(day, L) for day in range(7, 12)]
    assert week[0].groups == (group,)
    assert await heads(cast.school, TODAY, L) == {"6-8": 310, "9-11": 290}


async def test_where_nothing_is_due_nobody_eats(database: str) -> None:
    cast, _group = await school_at_work()
    assert await heads(cast.school, TODAY, D) == {}
    assert await heads(cast.school, date(2026, 10, 1), L) == {}
    assert not await is_due(cast.school, date(2026, 10, 1), L)
    assert await is_due(cast.school, TODAY, L)


async def test_a_school_that_has_settled_nothing_has_no_meal_due(database: str) -> None:
    cast = await make_cast()
    assert await meals_due(cast.school, TODAY, TODAY) == []


async def test_new_counts_hold_from_their_day(database: str) -> None:
    cast, group = await school_at_work()
    wu = cast.actor("wu")
    await grades.count_heads(wu, group, HeadsForm(date(2026, 9, 14), {"6-8": 300}), now=NOW)
    assert (await heads(cast.school, date(2026, 9, 11), L))["6-8"] == 310
    assert await heads(cast.school, date(2026, 9, 14), L) == {"6-8": 300, "9-11": 290}


async def test_heads_of_an_age_the_group_does_not_have_are_refused(database: str) -> None:
    cast, group = await school_at_work()
    with pytest.raises(Refused) as refused:
        await grades.count_heads(cast.actor("wu"), group, HeadsForm(TODAY, {"12-14": 5}), now=NOW)
    assert [f.at for f in refused.value.findings] == ["heads.12-14"]


async def test_each_canteen_serves_its_own_groups(database: str) -> None:
    cast, _group = await school_at_work()
    wu = cast.actor("wu")
    east = await open_canteen(wu, CanteenForm("东区食堂"), now=NOW)
    junior = await grades.add_group(wu, GroupForm("初中", 7, 9, east.id), now=NOW)
    await set_timetable(wu, junior.id, TimetableForm(FIRST_DAY, week_1=LUNCHES), now=NOW)
    await grades.count_heads(wu, junior.id, HeadsForm(FIRST_DAY, {"12-14": 150}), now=NOW)
    assert len(await meals_due(cast.school, TODAY, TODAY)) == 2
    assert await heads(cast.school, TODAY, L, east.id) == {"12-14": 150}
    assert sum((await heads(cast.school, TODAY, L)).values()) == 750


async def test_a_new_table_leaves_the_days_before_it_alone(database: str) -> None:
    cast, group = await school_at_work()
    everything = TimetableForm(date(2026, 9, 14), week_1=WeekForm(*[(B, L, D)] * 5))
    await set_timetable(cast.actor("wu"), group, everything, now=NOW)
    found = await meals_due(cast.school, date(2026, 9, 11), date(2026, 9, 14))
    assert [(due.day.day, due.meal) for due in found] == [(11, L), (14, B), (14, L), (14, D)]


async def test_a_table_without_meals_is_refused(database: str) -> None:
    cast, group = await school_at_work()
    with pytest.raises(Refused):
        await set_timetable(cast.actor("wu"), group, TimetableForm(TODAY), now=NOW)


async def test_a_sports_meeting_of_two_days_closes_both(database: str) -> None:
    cast, _group = await school_at_work()
    wu = cast.actor("wu")
    closed = SpecialForm(TODAY, SpecialKind.CLOSED, "运动会", last_day=date(2026, 9, 8))
    await add_special(wu, closed, now=NOW)
    assert await meals_due(cast.school, TODAY, date(2026, 9, 8)) == []
    assert len(await specials(cast.school, TODAY, date(2026, 9, 30))) == 2


async def test_a_special_day_taken_back_is_an_ordinary_day_again(database: str) -> None:
    cast, _group = await school_at_work()
    wu = cast.actor("wu")
    await add_special(wu, SpecialForm(TODAY, SpecialKind.CLOSED, "停水"), now=NOW)
    [row] = await specials(cast.school, TODAY, TODAY)
    await withdraw_special(wu, row.id, now=NOW)
    assert len(await meals_due(cast.school, TODAY, TODAY)) == 1
    with pytest.raises(Missing):
        await withdraw_special(wu, row.id, now=NOW)


@pytest.mark.parametrize(
    ("form", "at"),
    [
        (SpecialForm(TODAY, SpecialKind.AS_WEEKDAY, "调课"), "as_weekday"),
        (SpecialForm(TODAY, SpecialKind.HALF_DAY, "半天"), "meals"),
        (SpecialForm(TODAY, SpecialKind.CLOSED, "放假", last_day=FIRST_DAY), "last_day"),
        (SpecialForm(TODAY, SpecialKind.CLOSED, "放假", last_day=date(2027, 9, 7)), "last_day"),
    ],
)
async def test_half_a_special_day_is_refused(database: str, form: SpecialForm, at: str) -> None:
    cast = await make_cast()
    with pytest.raises(Refused) as refused:
        await add_special(cast.actor("wu"), form, now=NOW)
    assert [f.at for f in refused.value.findings] == [at]


async def test_terms_do_not_run_into_each_other(database: str) -> None:
    cast, _group = await school_at_work()
    wu = cast.actor("wu")
    with pytest.raises(Refused) as refused:
        await add_term(wu, TermForm("补课", date(2027, 1, 22), date(2027, 2, 1)), now=NOW)
    assert [f.rule for f in refused.value.findings] == ["terms_overlap"]
    with pytest.raises(Refused):
        await add_term(wu, TermForm("倒着", date(2027, 3, 2), date(2027, 3, 1)), now=NOW)
    assert len(await terms(cast.school)) == 1


async def test_a_term_is_corrected_and_taken_back(database: str) -> None:
    cast, _group = await school_at_work()
    wu = cast.actor("wu")
    [term] = await terms(cast.school)
    await change_term(wu, term.id, TermForm("秋季", date(2026, 9, 8), AUTUMN.last_day), now=NOW)
    assert await term_on(cast.school, TODAY) is None
    await withdraw_term(wu, term.id, now=NOW)
    assert await terms(cast.school) == []


async def test_a_group_taken_out_of_use_eats_no_more(database: str) -> None:
    cast, group = await school_at_work()
    await grades.withdraw_group(cast.actor("wu"), group, now=NOW)
    assert await meals_due(cast.school, TODAY, TODAY) == []
    with pytest.raises(Missing):
        await grades.group_of(cast.school, group)


async def test_a_group_changes_its_grades(database: str) -> None:
    cast, group = await school_at_work()
    row = await grades.change_group(cast.actor("wu"), group, GroupForm("初中", 7, 9), now=NOW)
    assert (row.stage, grades.bands_of(row)) == ("junior", ["12-14"])
    with pytest.raises(Refused):
        await grades.change_group(cast.actor("wu"), group, GroupForm("大学", 10, 13), now=NOW)


async def test_another_schools_group_is_missing(database: str) -> None:
    cast, group = await school_at_work()
    with pytest.raises(Missing):
        await set_timetable(cast.actor("ma"), group, TimetableForm(TODAY, week_1=LUNCHES), now=NOW)
    with pytest.raises(Missing):
        await grades.count_heads(cast.actor("ma"), group, HeadsForm(TODAY, {"6-8": 1}), now=NOW)


async def test_the_calendar_says_why(database: str) -> None:
    cast, _group = await school_at_work()
    stretch = await days(cast.school, date(2026, 10, 1), date(2026, 10, 10))
    [group] = stretch.groups
    assert stretch.answers(group, date(2026, 10, 1))[L].why.rule == "public_holiday"
    assert stretch.answers(group, date(2026, 10, 10))[L].due


async def test_the_profile_is_kept_and_can_be_changed(database: str) -> None:
    cast = await make_cast()
    wu = cast.actor("wu")
    assert await profile_of(cast.school) == ProfileForm()
    await settle_profile(wu, ProfileForm(FIRST_DAY, nutrition_plan=True), now=NOW)
    await settle_profile(wu, ProfileForm(TODAY, nutrition_plan=False), now=NOW)
    assert await profile_of(cast.school) == ProfileForm(TODAY)
