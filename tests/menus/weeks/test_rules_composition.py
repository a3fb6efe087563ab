"""Two meats, two vegetables, one soup; or what the school publishes by."""

import pytest

from canteen.kit.problems import Level
from menus.weeks.rules import PRESETS, Composition, MealName, Policy, Week, judge
from menus.weeks.rules.mends import mends
from menus.weeks.services.figures import pips
from tests.menus.weeks.kitchen import (
    BEEF,
    EGG,
    FULL,
    GREENS,
    MILK,
    PORK,
    RICE,
    SOUP,
    TOFU,
    dish,
    found,
    judged,
    lunch,
    rules_of,
)

THIN = dish("小荤", "莴苣炒蛋", 莴苣=75, 鸡蛋=30)
TWO = "two_meats_two_vegetables_one_soup"
BIG_SMALL = "one_big_one_small_one_vegetable_one_soup"
DEFAULT = Policy()
COMPOSITION_RULES = {"two_meats", "two_vegetables", "one_soup", "big_meat", "small_meat"}


def lacks(*dishes, name=MealName.LUNCH, policy=DEFAULT) -> set[str]:
    verdict = judge(Week((lunch(*dishes, name=name),)), policy=policy)
    return COMPOSITION_RULES & set(rules_of(verdict))


@pytest.mark.parametrize(
    ("dishes", "missing"),
    [
        (FULL, set()),
        ((RICE, BEEF, GREENS, TOFU, SOUP), {"two_meats"}),
        ((RICE, BEEF, THIN, GREENS, TOFU, SOUP), {"two_meats"}),
        ((RICE, BEEF, PORK, GREENS, SOUP), {"two_vegetables"}),
        ((RICE, BEEF, PORK, GREENS, TOFU), {"one_soup"}),
        ((RICE,), {"two_meats", "two_vegetables", "one_soup"}),
        ((BEEF, PORK, GREENS, TOFU, dish("汤粥", "小米粥", 小米=15)), set()),
        ((BEEF, PORK, GREENS, TOFU, dish("羹", "银鱼羹", 银鱼=15)), set()),
    ],
)
def test_a_lunch_offers_two_meats_two_vegetables_and_one_soup(dishes, missing) -> None:
    assert lacks(*dishes) == missing
    assert lacks(*dishes, name=MealName.DINNER) == missing


def test_each_lack_is_told_once_with_what_is_there_and_what_is_asked() -> None:
    (told,) = found(judged(RICE, GREENS, TOFU, SOUP), "two_meats")
    assert (told.facts["found"], told.facts["needed"]) == (0, 2)


def test_breakfast_and_snacks_are_not_held_to_it() -> None:
    assert lacks(RICE, name=MealName.BREAKFAST) == set()
    assert lacks(MILK, name=MealName.SNACK) == set()


def test_in_the_lenient_reading_a_thin_meat_dish_counts_and_is_still_told() -> None:
    verdict = judge(Week((lunch(RICE, BEEF, THIN, GREENS, TOFU, SOUP),)), policy=Policy(strict=False))
    assert found(verdict, "two_meats") == []
    assert len(found(verdict, "meat_share")) == 1


def test_a_school_may_ask_for_other_counts() -> None:
    assert lacks(RICE, BEEF, GREENS, policy=Policy(Composition(meat=1, vegetable=1, soup=0))) == set()
    assert lacks(*FULL, policy=Policy(Composition(meat=3, vegetable=2, soup=1))) == {"two_meats"}


@pytest.mark.parametrize(
    ("dishes", "met"),
    [
        (FULL, [TWO, BIG_SMALL]),
        ((RICE, BEEF, THIN, GREENS, SOUP), [BIG_SMALL]),
        ((RICE, BEEF, GREENS, SOUP), []),
        ((RICE, THIN, GREENS, SOUP), []),
        ((BEEF, PORK, GREENS, SOUP), [BIG_SMALL]),
        ((dish("大荤", "假大荤", 土豆=90, 肉丝=10), THIN, GREENS, SOUP), []),
        ((BEEF, dish("小荤", "全素小荤", 土豆=90), GREENS, SOUP), []),
    ],
)
def test_the_report_says_which_presets_a_meal_meets(dishes, met) -> None:
    assert list(judged(*dishes).meals[0].presets_met) == met


def test_where_a_small_meat_dish_is_asked_for_it_need_not_be_half_meat() -> None:
    policy = Policy(composition=PRESETS[BIG_SMALL])
    verdict = judge(Week((lunch(RICE, BEEF, THIN, GREENS, SOUP),)), policy=policy)
    assert not verdict.has_errors
    assert lacks(RICE, BEEF, GREENS, SOUP, policy=policy) == {"small_meat"}
    assert lacks(RICE, THIN, GREENS, SOUP, policy=policy) == {"big_meat"}


def test_what_is_offered_is_judged_where_pupils_choose() -> None:
    offered = [dish("荤菜", f"荤菜{n}", share=0.5, 牛肉=80) for n in (1, 2)]
    assert lacks(RICE, *offered, GREENS, TOFU, SOUP) == set()


@pytest.mark.parametrize(
    ("dishes", "wrong"),
    [
        ((RICE, EGG), False),
        ((RICE, MILK), False),
        ((RICE, dish("荤菜", "肉松", 肉松=20)), False),
        ((RICE, GREENS), True),
        ((MILK, EGG), True),
        ((GREENS,), True),
        ((RICE, dish("点心", "豆浆", 豆浆=200)), True),
    ],
)
def test_breakfast_is_a_staple_with_egg_dairy_or_meat(dishes, wrong) -> None:
    told = found(judged(*dishes, name=MealName.BREAKFAST), "breakfast")
    assert len(told) == int(wrong)


def test_a_meat_dish_at_breakfast_is_held_to_no_share() -> None:
    assert found(judged(RICE, MILK, THIN, name=MealName.BREAKFAST), "meat_share") == []


GREEN_ASKED = Policy(breakfast_greens=True)
PORRIDGE = dish("主食", "香葱花卷", 面粉=75, 小葱=3)


@pytest.mark.parametrize(
    ("dishes", "green"),
    [
        ((RICE, EGG), False),
        ((PORRIDGE, EGG), False),
        ((RICE, EGG, GREENS), True),
        ((RICE, EGG, dish("水果", "苹果", 苹果=100)), True),
        ((dish("主食", "青菜面", 面粉=75, 青菜=40), EGG), True),
    ],
)
def test_a_vegetable_or_fruit_at_breakfast_is_advised_and_an_error_only_where_it_is_asked(
    dishes, green
) -> None:
    week = Week((lunch(*dishes, name=MealName.BREAKFAST),))
    advised = [f.rule for f in judge(week).meals[0].findings if f.level is Level.ADVICE]
    asked = [f.rule for f in judge(week, policy=GREEN_ASKED).meals[0].findings if f.level is Level.ERROR]
    assert advised.count("vegetable_kinds") == int(not green)
    assert asked == ([] if green else ["breakfast_greens"])
    assert not judge(week).has_errors


def test_what_breakfast_asks_is_not_asked_of_lunch() -> None:
    assert not judge(Week((lunch(*FULL),)), policy=GREEN_ASKED).has_errors


@pytest.mark.parametrize(
    ("dishes", "have"),
    [
        ((RICE,), [1, 0, 0]),
        ((RICE, EGG, MILK), [1, 2, 0]),
        ((RICE, MILK, GREENS), [1, 1, 1]),
        ((dish("主食", "鲜肉小笼包", 面粉=50, 猪肉=20, 白菜=20),), [1, 1, 1]),
        ((SOUP,), [0, 1, 1]),
    ],
)
def test_the_pips_of_a_breakfast_show_its_three_parts(dishes, have) -> None:
    (meal,) = judge(Week((lunch(*dishes, name=MealName.BREAKFAST),))).meals
    assert [(p.have, p.want) for p in pips(meal, DEFAULT)] == [(n, 1) for n in have]


def test_a_snack_has_no_pips() -> None:
    (meal,) = judge(Week((lunch(MILK, name=MealName.SNACK),))).meals
    assert pips(meal, DEFAULT) == []


def test_a_breakfast_without_the_asked_greens_is_mended_by_some() -> None:
    verdict = judge(Week((lunch(RICE, MILK, name=MealName.BREAKFAST),)), policy=GREEN_ASKED)
    (wrong,) = found(verdict, "breakfast_greens")
    apple = dish("水果", "苹果", 苹果=100)
    (mend,) = mends(verdict, wrong, [BEEF, apple], place=0)
    assert [change.new for change in mend.changes] == [apple]
