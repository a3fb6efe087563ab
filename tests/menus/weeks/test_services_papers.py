"""What papers are made from, on both engines."""

from datetime import date

import pytest

from canteen.kit.problems import Missing
from canteen.schools.forms import GroupForm, HeadsForm, ProfileForm, TermForm, TimetableForm, WeekForm
from canteen.schools.rules.calendar import MealName as DueMeal
from canteen.schools.services import groups
from canteen.schools.services.profile import settle_profile
from canteen.schools.services.terms import add_term
from canteen.schools.services.timetables import set_timetable
from menus.weeks.forms import NewWeek
from menus.weeks.rules import Age
from menus.weeks.services import drafts, papers
from menus.weeks.services.sheet import week_sheet
from tests.cast import NOW, TODAY
from tests.make import Cast, make_cast

FIRST_DAY = date(2026, 9, 1)
LUNCHES = WeekForm(*[(DueMeal.LUNCH,)] * 5)


@pytest.fixture
async def cast(database: str) -> Cast:
    """The first school at work: 310 younger and 290 older pupils have lunch on weekdays."""
    cast = await make_cast()
    wu = cast.actor("wu")
    await settle_profile(wu, ProfileForm(go_live_on=FIRST_DAY), now=NOW)
    await add_term(wu, TermForm("2026 年秋季学期", FIRST_DAY, date(2027, 1, 22)), now=NOW)
    group = await groups.add_group(wu, GroupForm("一至六年级", 1, 6), now=NOW)
    await set_timetable(wu, group.id, TimetableForm(FIRST_DAY, week_1=LUNCHES), now=NOW)
    await groups.count_heads(wu, group.id, HeadsForm(FIRST_DAY, {"6-8": 310, "9-11": 290}), now=NOW)
    return cast


async def first_meal(cast: Cast, **form: object) -> tuple[int, int]:
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY, **form), now=NOW)  # type: ignore[arg-type]
    return week, (await week_sheet(cast.school, week)).meals[0].id


async def test_who_eats_comes_from_the_calendar(cast: Cast) -> None:
    facts = await papers.kitchen_facts(cast.school, *await first_meal(cast))
    assert facts.heads == {Age.SIX: 310, Age.NINE: 290}
    assert facts.school == "第一小学"


async def test_a_band_with_a_menu_of_its_own_is_not_counted_twice(cast: Cast) -> None:
    week, meal = await first_meal(cast)
    younger, its_meal = await first_meal(cast, age=Age.SIX)
    assert (await papers.kitchen_facts(cast.school, week, meal)).heads == {Age.NINE: 290}
    assert (await papers.kitchen_facts(cast.school, younger, its_meal)).heads == {Age.SIX: 310}


async def test_on_a_free_day_nobody_eats(cast: Cast) -> None:
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=date(2026, 10, 1)), now=NOW)
    meals = (await week_sheet(cast.school, week)).meals
    holiday = next(meal for meal in meals if meal.day == date(2026, 10, 1))
    assert (await papers.kitchen_facts(cast.school, week, holiday.id)).heads == {}


async def test_another_school_finds_neither_week_nor_meal(cast: Cast) -> None:
    week, meal = await first_meal(cast)
    stranger = cast.actor("ma").school
    for asked in (
        papers.poster_facts(stranger, week),
        papers.kitchen_facts(stranger, week, meal),
        papers.plain_week(stranger, week),
    ):
        with pytest.raises(Missing):
            await asked
