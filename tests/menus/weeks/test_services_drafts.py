"""Planning a week, one dish after the other, on both engines."""

import asyncio
from datetime import date, timedelta

import pytest

from canteen.kit.problems import Conflict, Missing, Refused
from canteen.schools.forms import GroupForm, HeadsForm, ProfileForm, TermForm, TimetableForm, WeekForm
from canteen.schools.rules import calendar
from canteen.schools.services.groups import add_group, count_heads
from canteen.schools.services.profile import settle_profile
from canteen.schools.services.terms import add_term
from canteen.schools.services.timetables import set_timetable
from menus.weeks.forms import DishForm, IngredientForm, MealForm, MealToAdd, MoveForm, NewWeek
from menus.weeks.rules import MealName
from menus.weeks.services import drafts
from menus.weeks.services.due import heads_of_week
from menus.weeks.services.sheet import week_sheet
from menus.weeks.services.verdict import board
from tests.cast import NOW, TODAY
from tests.make import Cast, make_cast


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


def dish(name: str, *ingredients: tuple[str, float], **more: object) -> DishForm:
    lines = tuple(IngredientForm(food, round(grams * 1000)) for food, grams in ingredients)
    return DishForm(name=name, ingredients=lines, **more)


STEW = dish("土豆烧牛肉", ("土豆", 25), ("牛肉", 75))


async def test_a_new_week_has_a_lunch_on_five_days_and_nothing_on_it(cast: Cast) -> None:
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY), now=NOW)
    sheet = await week_sheet(cast.school, week)
    assert [meal.day for meal in sheet.meals] == [TODAY + timedelta(days=n) for n in range(5)]
    assert {meal.name for meal in sheet.meals} == {MealName.LUNCH}
    assert len((await board(cast.school, week)).empty) == 5


async def test_the_schools_calendar_says_which_meals_are_planned_and_for_how_many(cast: Cast) -> None:
    wu, first = cast.actor("wu"), date(2026, 9, 1)
    await settle_profile(wu, ProfileForm(go_live_on=first), now=NOW)
    await add_term(wu, TermForm("秋季学期", first, date(2027, 1, 22)), now=NOW)
    group = await add_group(wu, GroupForm("一至六年级", 1, 6), now=NOW)
    lunches = WeekForm(*[(calendar.MealName.LUNCH,)] * 4)
    await set_timetable(wu, group.id, TimetableForm(first, week_1=lunches), now=NOW)
    await count_heads(wu, group.id, HeadsForm(first, {"9-11": 290}), now=NOW)
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY, by_calendar=True), now=NOW)
    sheet = await week_sheet(cast.school, week)
    assert [meal.day.day for meal in sheet.meals] == [7, 8, 9, 10]
    assert await heads_of_week(cast.school, sheet) == {(m.day, m.name): 290 for m in sheet.meals}


async def test_without_a_calendar_nothing_is_due(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY, by_calendar=True), now=NOW)
    assert [finding.rule for finding in refused.value.findings] == ["no_meal"]


async def test_any_day_of_the_week_names_the_week(cast: Cast) -> None:
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=date(2026, 9, 10)), now=NOW)
    assert (await week_sheet(cast.school, week)).head.first_day == TODAY


async def test_a_canteen_has_one_menu_a_week_and_age(cast: Cast) -> None:
    await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY), now=NOW)
    with pytest.raises(Refused) as refused:
        await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY), now=NOW)
    assert [finding.rule for finding in refused.value.findings] == ["week_taken"]


async def test_a_typed_dish_is_judged_at_once(cast: Cast) -> None:
    week, meal = await _week(cast)
    await drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW)
    shown = await board(cast.school, week)
    judged = shown.verdict.meals[0]
    assert [(d.dish.name, d.dish.label, float(round(d.share or 0, 2))) for d in judged.dishes] == [
        ("土豆烧牛肉", "荤菜", 0.77)
    ]
    assert shown.sheet.head.error_count == len([f for f in shown.verdict.all_findings if f.level == "error"])


async def test_the_second_of_two_planners_is_told_and_nothing_is_overwritten(cast: Cast) -> None:
    week, meal = await _week(cast)
    await drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW)
    with pytest.raises(Conflict):
        await drafts.add_dish(cast.actor("chen"), week, meal, dish("清炒菠菜"), version=1, now=NOW)
    assert [d.value.name for d in (await week_sheet(cast.school, week)).meal(meal).dishes] == ["土豆烧牛肉"]


async def test_of_two_planners_at_the_same_moment_one_is_told(cast: Cast) -> None:
    week, meal = await _week(cast)
    made = await asyncio.gather(
        drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW),
        drafts.add_dish(cast.actor("chen"), week, meal, dish("清炒菠菜"), version=1, now=NOW),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in made) == ["Conflict", "int"]
    assert len((await week_sheet(cast.school, week)).meal(meal).dishes) == 1


async def test_two_planners_may_work_on_two_meals(cast: Cast) -> None:
    week, meal = await _week(cast)
    other = (await week_sheet(cast.school, week)).meals[1].id
    await drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW)
    await drafts.add_dish(cast.actor("chen"), week, other, STEW, version=1, now=NOW)


async def test_grams_are_typed_over(cast: Cast) -> None:
    week, meal = await _week(cast)
    made = await drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW)
    less = dish("土豆烧牛肉", ("土豆", 60.5), ("牛肉", 40), ("盐", 0.5))
    await drafts.change_dish(cast.actor("lin"), week, made, less, version=2, now=NOW)
    kept = (await week_sheet(cast.school, week)).meal(meal).dishes[0]
    assert kept.typed == (("土豆", 60_500), ("牛肉", 40_000), ("盐", 500))


async def test_a_dish_moves_to_another_day_and_place(cast: Cast) -> None:
    week, monday = await _week(cast)
    tuesday = (await week_sheet(cast.school, week)).meals[1].id
    lin = cast.actor("lin")
    stew = await drafts.add_dish(lin, week, monday, STEW, version=1, now=NOW)
    await drafts.add_dish(lin, week, tuesday, dish("清炒菠菜", ("菠菜", 100)), version=1, now=NOW)
    await drafts.move_dish(lin, week, stew, MoveForm(tuesday, 2, 0), now=NOW)
    sheet = await week_sheet(cast.school, week)
    assert [d.value.name for d in sheet.meal(tuesday).dishes] == ["土豆烧牛肉", "清炒菠菜"]
    assert sheet.meal(monday).dishes == ()


async def test_a_dish_moves_down_within_its_meal(cast: Cast) -> None:
    week, meal = await _week(cast)
    lin = cast.actor("lin")
    first = await drafts.add_dish(lin, week, meal, dish("甲"), version=1, now=NOW)
    await drafts.add_dish(lin, week, meal, dish("乙"), version=2, now=NOW)
    await drafts.move_dish(lin, week, first, MoveForm(meal, 3, 1), now=NOW)
    assert [d.value.name for d in (await week_sheet(cast.school, week)).meal(meal).dishes] == ["乙", "甲"]


async def test_a_dish_is_taken_off(cast: Cast) -> None:
    week, meal = await _week(cast)
    made = await drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW)
    await drafts.remove_dish(cast.actor("lin"), week, made, version=2, now=NOW)
    assert (await week_sheet(cast.school, week)).meal(meal).dishes == ()


async def test_a_meal_is_added_and_an_empty_one_dropped(cast: Cast) -> None:
    week, meal = await _week(cast)
    lin = cast.actor("lin")
    await drafts.add_meal(lin, week, MealToAdd(TODAY, MealName.DINNER), now=NOW)
    with pytest.raises(Refused):
        await drafts.add_meal(lin, week, MealToAdd(TODAY, MealName.DINNER), now=NOW)
    with pytest.raises(Refused):
        await drafts.add_meal(lin, week, MealToAdd(TODAY + timedelta(days=7), MealName.LUNCH), now=NOW)
    await drafts.drop_meal(lin, week, meal, version=1, now=NOW)
    sheet = await week_sheet(cast.school, week)
    assert (sheet.meals[0].day, sheet.meals[0].name) == (TODAY, MealName.DINNER)


async def test_a_meal_with_dishes_is_not_dropped(cast: Cast) -> None:
    week, meal = await _week(cast)
    await drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW)
    with pytest.raises(Refused):
        await drafts.drop_meal(cast.actor("lin"), week, meal, version=2, now=NOW)


async def test_a_program_sends_the_dishes_with_the_week(cast: Cast) -> None:
    content = (MealForm(0, "lunch", (STEW,)), MealForm(2, "午餐", (dish("米饭", ("大米", 75)),)))
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY, content=content), now=NOW)
    sheet = await week_sheet(cast.school, week)
    assert [(m.day.day, [d.value.name for d in m.dishes]) for m in sheet.meals] == [
        (7, ["土豆烧牛肉"]),
        (9, ["米饭"]),
    ]


async def test_a_draft_is_thrown_away(cast: Cast) -> None:
    week, meal = await _week(cast)
    await drafts.add_dish(cast.actor("lin"), week, meal, STEW, version=1, now=NOW)
    await drafts.delete_week(cast.actor("lin"), week, now=NOW)
    with pytest.raises(Missing):
        await week_sheet(cast.school, week)


async def test_another_school_sees_nothing(cast: Cast) -> None:
    week, meal = await _week(cast)
    stranger = cast.actor("ma")
    with pytest.raises(Missing):
        await week_sheet(stranger.school, week)
    with pytest.raises(Missing):
        await drafts.add_dish(stranger, week, meal, STEW, version=1, now=NOW)


async def _week(cast: Cast) -> tuple[int, int]:
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY), now=NOW)
    return week, (await week_sheet(cast.school, week)).meals[0].id
