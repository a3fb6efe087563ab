"""What the school and its district have decided, as it reaches the verdict on a stored week."""

from datetime import date, timedelta

import pytest

from canteen.kit.problems import Level
from canteen.schools.services.policies import decide
from menus.foods.forms import PriceForm
from menus.foods.services import set_price, table_of
from menus.weeks.forms import DishForm, IngredientForm, MealForm, NewWeek
from menus.weeks.rules import MealName
from menus.weeks.services import drafts
from menus.weeks.services.policy import policy_on
from menus.weeks.services.times import windows_of, windows_on
from menus.weeks.services.verdict import Board, board
from tests.cast import NOW, TODAY
from tests.make import Cast, make_cast

NEXT_WEEK = TODAY + timedelta(days=7)
GREEN = "staple_egg_or_milk_and_green"


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


def dish(name: str, label: str, **grams: int) -> DishForm:
    lines = tuple(IngredientForm(food, weight * 1000) for food, weight in grams.items())
    return DishForm(name=name, ingredients=lines, label=label)


BREAKFAST = (dish("馒头", "主食", 面粉=75), dish("牛奶", "牛奶", 牛奶=200))


async def planned(cast: Cast, day: date, meal: MealName, *dishes: DishForm) -> Board:
    form = NewWeek(day=day, content=(MealForm(0, meal.value, dishes),))
    return await board(cast.school, await drafts.create_week(cast.actor("lin"), form, now=NOW))


async def test_breakfast_follows_the_districts_preset_from_its_day_on(cast: Cast) -> None:
    await decide(cast.actor("shen"), "breakfast_composition", GREEN, from_day=NEXT_WEEK, now=NOW)
    before = await planned(cast, TODAY, MealName.BREAKFAST, *BREAKFAST)
    after = await planned(cast, NEXT_WEEK, MealName.BREAKFAST, *BREAKFAST)
    assert before.counts[Level.ERROR] == 0
    assert [f.rule for f in after.verdict.all_findings if f.level is Level.ERROR] == ["breakfast_greens"]
    await decide(
        cast.actor("zhou"), "breakfast_composition", "staple_and_egg_or_milk", from_day=NEXT_WEEK, now=NOW
    )
    assert (await board(cast.school, after.sheet.head.id)).counts[Level.ERROR] == 0


async def test_each_meals_bound_holds_without_the_others(cast: Cast) -> None:
    assert (await policy_on(cast.school, TODAY)).most_fen == {}
    await decide(cast.actor("zhou"), "lunch_most_fen", 700, from_day=TODAY, now=NOW)
    assert (await policy_on(cast.school, TODAY)).most_fen == {MealName.LUNCH: 700}


async def test_a_cost_without_every_price_is_a_least_and_names_what_is_unknown(cast: Cast) -> None:
    beef = (await table_of(cast.school)).find("牛肉")
    assert beef
    await set_price(cast.actor("lin"), beef.code, PriceForm(8000, TODAY), now=NOW)
    await decide(cast.actor("zhou"), "lunch_most_fen", 700, from_day=TODAY, now=NOW)
    stew = dish("土豆烧牛肉", "大荤", 牛肉=100, 土豆=50, 水=200)
    shown = await planned(cast, TODAY, MealName.LUNCH, stew)
    assert shown.cost_a_day
    assert (shown.cost_a_day.fen, shown.cost_a_day.unpriced) == (800, ("土豆",))
    assert (shown.unpriced, shown.most_fen_a_day) == (("土豆",), 700)
    told = [f for f in shown.verdict.meals[0].findings if f.rule == "cost"]
    assert [f.facts for f in told] == [{"found": "8.00", "most": "7.00", "unknown": 1}]


async def test_without_a_price_nothing_is_said_to_cost_nothing(cast: Cast) -> None:
    shown = await planned(cast, TODAY, MealName.LUNCH, dish("清炒白菜", "素菜", 白菜=100))
    assert (shown.cost_a_day, shown.unpriced) == (None, ("白菜",))


async def test_a_meals_time_is_that_of_its_own_day(cast: Cast) -> None:
    tuesday = TODAY + timedelta(days=1)
    later = {"starts": 700, "ends": 780}
    await decide(cast.actor("shen"), "lunch_window", later, from_day=tuesday, now=NOW)
    windows = await windows_on(cast.school, [TODAY, tuesday])
    lunches = windows_of(MealName.LUNCH, [TODAY, tuesday], windows)
    assert [(w.first, w.last) for w in lunches] == [("11:30", "13:30"), ("11:40", "13:00")]
    dinners = windows_of(MealName.DINNER, [TODAY, tuesday], windows)
    assert [(w.first, w.last) for w in dinners] == [("17:30", "19:30")]
    assert windows_of(MealName.SNACK, [TODAY], windows) == []
    assert await windows_on(cast.school, []) == {}
