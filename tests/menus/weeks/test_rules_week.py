"""What is seen only over days: nutrition, variety, caps, repeats, allergens."""

from datetime import timedelta

import pytest

from canteen.kit.problems import Level
from menus.weeks.rules import Age, MealName, Week, judge
from menus.weeks.rules.limits import WS_T_554, apart, limits_on, shares_of
from tests.menus.weeks.kitchen import (
    BEEF,
    FULL,
    GREENS,
    MILK,
    MONDAY,
    RICE,
    SOUP,
    dish,
    found,
    judged,
    lunch,
    rules_of,
    week_of_lunches,
)

OIL = "食用油"


def of_oil(kcal: float):
    """A dish with that much energy and nothing else to speak of (oil has 884 kcal per 100 g)."""
    return dish("调味品", "油", **{OIL: kcal / 8.84})


@pytest.mark.parametrize(("kcal", "level"), [(629, "least"), (631, None), (879, None), (881, "most")])
def test_lunch_energy_lies_between_nine_tenths_of_the_lower_and_eleven_of_the_upper_share(
    kcal, level
) -> None:
    # 9-11: (2100 + 1900) / 2 = 2000 kcal; lunch 35 to 40%; 0.9 x 700 = 630, 1.1 x 800 = 880
    told = found(judged(of_oil(kcal)), "energy")
    assert [level in finding.facts for finding in told] == ([True] if level else [])


def test_a_day_with_three_meals_carries_their_shares_together() -> None:
    least, most = shares_of([MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER], WS_T_554)
    assert (round(least, 2), round(most, 2)) == (0.90, 1.05)


def test_a_snack_alone_is_held_to_no_share() -> None:
    assert found(judged(of_oil(50), name=MealName.SNACK), "energy") == []


def test_the_mean_of_boys_and_girls_is_asked() -> None:
    assert WS_T_554.bands[Age.SIX].needs["energy_kcal"] == 1625
    assert WS_T_554.bands[Age.FIFTEEN].needs["zinc_mg"] == 10


def test_an_older_child_needs_more() -> None:
    week = Week((lunch(of_oil(640)),))
    assert found(judge(week, Age.NINE), "energy") == []
    assert len(found(judge(week, Age.TWELVE), "energy")) == 1


def test_limits_hold_from_their_day() -> None:
    assert limits_on(MONDAY) is WS_T_554


def test_the_mean_is_per_day_served() -> None:
    verdict = judge(week_of_lunches((of_oil(600),), (of_oil(800),)))
    assert round(verdict.mean.amounts["energy_kcal"]) == 700


def test_where_pupils_choose_the_expected_share_is_eaten() -> None:
    half = dish("调味品", "油", share=0.5, **{OIL: 100})
    assert judged(half).meals[0].nutrients.amounts["energy_kcal"] == pytest.approx(442)


def test_an_unknown_food_makes_every_figure_incomplete_and_is_named() -> None:
    verdict = judged(RICE, dish("素菜", "炒神秘菜", 神秘菜=50))
    (told,) = found(verdict, "unknown_ingredient")
    assert told.facts["dish"] == "炒神秘菜"
    assert verdict.unknown_ingredients == ["神秘菜"]
    assert len(verdict.mean.incomplete) == len(verdict.mean.amounts)


def test_a_blank_figure_makes_only_its_nutrient_incomplete() -> None:
    verdict = judged(dish("素菜", "味精水", 味精=1))
    assert "energy_kcal" in verdict.mean.incomplete
    assert "sodium_mg" not in verdict.mean.incomplete


def test_missing_figures_turn_a_warning_about_energy_into_advice() -> None:
    assert [f.level for f in found(judged(of_oil(100)), "energy")] == [Level.WARNING]
    unsure = judged(of_oil(100), dish("素菜", "炒神秘菜", 神秘菜=50))
    assert [f.level for f in found(unsure, "energy")] == [Level.ADVICE]


@pytest.mark.parametrize(("fat", "told"), [(19.9, True), (20.1, False), (29.9, False), (30.1, True)])
def test_fat_brings_a_fifth_to_three_tenths_of_the_energy(fat, told) -> None:
    oil = fat / 9  # per 100 kcal; the rest from sugar (387 kcal per 100 g)
    sugar = (100 - oil * 8.84) / 3.87
    assert bool(found(judged(dish("调味品", "油和糖", 食用油=oil, 白糖=sugar)), "fat_share")) is told


@pytest.mark.parametrize(("grams", "levels"), [(9, []), (11, [Level.ADVICE]), (13, [Level.WARNING])])
def test_oil_is_capped_by_the_part_of_the_day_that_is_served(grams, levels) -> None:
    # lunch: 40% of 25 g is 10 g (guideline), 40% of 30 g is 12 g (cap)
    assert [f.level for f in found(judged(dish("调味品", "油", 油=grams)), "oil")] == levels


def test_soy_sauce_and_oyster_sauce_count_as_salt() -> None:
    salted = judged(dish("调味品", "调味品", 盐=2))
    sauced = judged(dish("调味品", "调味品", 盐=2, 酱油=3, 蚝油=5))
    assert found(salted, "salt") == []
    assert [f.facts["found"] for f in found(sauced, "salt")] == ["2.8"]


def test_a_day_that_itemises_no_salt_is_unknown_not_saltless() -> None:
    salty = dish("调味品", "调味品", 盐=3)
    (told,) = found(judge(week_of_lunches((RICE, salty), (RICE,))), "salt")
    assert told.facts["found"] == "3.0"


def test_a_dish_on_two_days_is_told_once_with_its_days() -> None:
    verdict = judge(week_of_lunches((RICE, BEEF), (RICE, BEEF), (RICE, BEEF, GREENS)))
    (told,) = found(verdict, "repeated_dish")
    assert told.facts["dish"] == BEEF.name
    assert told.facts["days"] == [MONDAY + timedelta(n) for n in range(3)]


def test_staples_fruit_milk_and_seasoning_may_repeat_and_a_dish_within_a_day() -> None:
    daily = (RICE, MILK, dish("水果", "香蕉", 香蕉=90), dish("调味品", "调味品", 油=5))
    assert "repeated_dish" not in rules_of(judge(week_of_lunches(daily, daily)))
    twice = Week((lunch(BEEF), lunch(BEEF, name=MealName.DINNER)))
    assert "repeated_dish" not in rules_of(judge(twice))


@pytest.mark.parametrize(
    ("dishes", "told"),
    [((RICE, GREENS), True), ((RICE, GREENS, MILK), False), ((RICE, BEEF, MILK), False), ((RICE,), True)],
)
def test_a_meal_draws_on_three_of_four_groups(dishes, told) -> None:
    assert bool(found(judged(*dishes), "food_groups")) is told


def test_kinds_vegetables_liver_milk_soy_and_fruit_are_advised_on() -> None:
    told = rules_of(judged(RICE, BEEF))
    for rule in ("kinds_day", "kinds_week", "vegetable_kinds", "liver", "milk", "soy", "fruit"):
        assert told.count(rule) == 1


def test_a_week_with_everything_is_not_told_to_have_more() -> None:
    names = ("番茄", "胡萝卜", "菠菜", "西兰花", "香菇", "木耳", "豆腐", "猪肝", "苹果", "牛奶", "鸡蛋")
    more = ("大米", "小米", "面粉", "红薯", "虾仁", "白菜", "冬瓜", "黄瓜", "南瓜", "海带", "草鱼", "牛肉")
    rest = ("绿豆", "百叶")
    all_of = dish("素菜", "大杂烩", **dict.fromkeys(names, 40), **dict.fromkeys(more + rest, 5))
    told = rules_of(judged(all_of, dish("牛奶", "牛奶杯", 牛奶=200)))
    for rule in (
        "kinds_day",
        "kinds_week",
        "vegetable_kinds",
        "liver",
        "milk",
        "soy",
        "fruit",
        "dark_vegetables",
    ):
        assert rule not in told


@pytest.mark.parametrize(("spinach", "cabbage", "told"), [(49, 51, True), (55, 50, False)])
def test_more_than_half_of_the_vegetables_are_dark(spinach, cabbage, told) -> None:
    verdict = judged(dish("素菜", "双蔬", 菠菜=spinach, 大白菜=cabbage))
    assert bool(found(verdict, "dark_vegetables")) is told


def test_pupils_with_an_allergy_are_thought_of() -> None:
    week = Week((lunch(*FULL),))
    verdict = judge(week, pupils={MONDAY: {"egg": 2, "fish": 0}})
    (told,) = found(verdict, "allergen")
    assert (told.facts["dish"], told.facts["pupils"]) == (SOUP.name, 2)
    assert found(judge(week), "allergen") == []


def test_an_empty_week_has_nothing_to_say() -> None:
    assert judge(Week(())).all_findings == []


@pytest.mark.parametrize(
    ("figures", "texts"),
    [
        ((719, 720, 0), ("719", "720")),
        ((719.6, 720, 0), ("719.6", "720.0")),
        ((0.8712, 0.8738, 2), ("0.871", "0.874")),
        ((12.04, 12, 1), ("12.04", "12.00")),
    ],
)
def test_a_figure_never_looks_the_same_as_the_bound_it_misses(figures, texts) -> None:
    assert apart(*figures) == texts
