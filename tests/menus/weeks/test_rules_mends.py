"""A mend is proposed only when the rules agree that it helps."""

from datetime import timedelta

import pytest

from canteen.kit.problems import Level
from menus.weeks.rules import Kind, MealName, Week, judge
from menus.weeks.rules.mends import mends
from tests.menus.weeks.kitchen import (
    BEEF,
    EGG,
    FULL,
    GREENS,
    MILK,
    MONDAY,
    PORK,
    RICE,
    SOUP,
    TOFU,
    dish,
    found,
    judged,
    lunch,
    week_of_lunches,
)

THIN = dish("小荤", "莴苣炒蛋", 莴苣=75, 鸡蛋=30)
POOL = [
    dish("荤菜", "清蒸鲈鱼", 鲈鱼=100),
    dish("荤菜", "白切鸡", 鸡胸肉=70),
    dish("荤菜", "肉少菜多", 肉丝=10, 白菜=90),
    dish("素菜", "炒菠菜", 菠菜=120),
    dish("素菜", "清炒西兰花", 西兰花=120),
    dish("素菜", "干煸四季豆", 四季豆=120),
    dish("素菜", "凉拌黄瓜", 黄瓜=120),
    dish("汤", "冬瓜汤", 冬瓜=40),
    dish("汤", "紫菜汤", 紫菜=3),
    dish("主食", "馒头", 面粉=60),
    dish("牛奶", "酸奶", 酸奶=150),
    dish("水果", "苹果", 苹果=100),
]


def proposed(verdict, rule, pool=POOL, place=0):
    at = verdict.findings if place is None else verdict.meals[place].findings
    finding = next(f for f in at if f.rule == rule)
    return mends(verdict, finding, pool, place)


@pytest.mark.parametrize(
    ("dishes", "rule"),
    [
        ((RICE, BEEF, GREENS, TOFU, SOUP), "two_meats"),
        ((RICE, GREENS, TOFU, SOUP), "two_meats"),
        ((RICE, BEEF, THIN, GREENS, TOFU, SOUP), "two_meats"),
        ((RICE, BEEF, THIN, GREENS, TOFU, SOUP), "meat_share"),
        ((RICE, BEEF, PORK, GREENS, SOUP), "two_vegetables"),
        ((RICE, BEEF, PORK, SOUP), "two_vegetables"),
        ((RICE, BEEF, PORK, GREENS, TOFU), "one_soup"),
        ((*FULL, dish("素菜", "炒豆", 四季豆=50)), "banned_food"),
        ((*FULL, dish("素菜", "凉拌木耳", 木耳=50)), "cold_dish"),
        ((RICE, GREENS), "food_groups"),
    ],
)
def test_every_mend_clears_its_finding_and_makes_no_new_error(dishes, rule) -> None:
    verdict = judged(*dishes)
    told = proposed(verdict, rule)
    assert 1 <= len(told) <= 3
    for mend in told:
        assert rule in {finding.rule for finding in mend.cleared}
        assert len(mend.after.all_findings) < len(verdict.all_findings)
        before = sum(f.level is Level.ERROR for f in verdict.all_findings)
        assert sum(f.level is Level.ERROR for f in mend.after.all_findings) <= before


def test_grams_shift_towards_meat_without_making_the_dish_larger() -> None:
    mend = next(m for m in proposed(judged(*FULL, THIN), "meat_share") if m.kind == "shift")
    (change,) = mend.changes
    assert change.old == THIN
    assert {i.name: i.milligrams for i in change.new.ingredients} == {"莴苣": 61_000, "鸡蛋": 39_000}


def test_breakfast_gets_milk_or_a_staple() -> None:
    for dishes, kind in (((RICE, GREENS), Kind.DAIRY), ((EGG, MILK), Kind.STAPLE)):
        verdict = judged(*dishes, name=MealName.BREAKFAST)
        assert kind in {m.changes[0].new.kind for m in proposed(verdict, "breakfast")}


def test_neither_banned_nor_thin_nor_already_served_dishes_come_in() -> None:
    names = {c.new.name for m in proposed(judged(RICE, SOUP), "two_meats") for c in m.changes}
    assert names == {"清蒸鲈鱼", "白切鸡"}
    verdict = judge(week_of_lunches((RICE, BEEF, PORK, GREENS, SOUP), (RICE, POOL[3])))
    coming = {c.new.name for m in proposed(verdict, "two_vegetables") for c in m.changes}
    assert coming == {"清炒西兰花"}


def test_a_repeated_dish_is_swapped_on_a_later_day() -> None:
    verdict = judge(week_of_lunches((RICE, BEEF), (RICE, BEEF)))
    for mend in proposed(verdict, "repeated_dish", place=None):
        assert [c.place for c in mend.changes] == [1]
        assert found(mend.after, "repeated_dish") == []


def test_too_much_salt_is_taken_from_every_meal() -> None:
    salty = dish("调味品", "调味品", 盐=3)
    verdict = judge(week_of_lunches((*FULL, salty), (RICE, salty)))
    mend, *_others = proposed(verdict, "salt", place=None)
    assert [c.place for c in mend.changes] == [0, 1]
    assert found(mend.after, "salt") == []


def test_too_little_energy_is_met_with_more_staple() -> None:
    week = Week(tuple(lunch(dish("主食", "米饭", 大米=150), day=MONDAY + timedelta(n)) for n in range(2)))
    verdict = judge(week)
    told = proposed(verdict, "energy", pool=[], place=None)
    assert told and found(told[0].after, "energy") == []


def test_without_a_dish_that_helps_nothing_is_proposed() -> None:
    assert proposed(judged(RICE, BEEF, PORK, GREENS, TOFU), "one_soup", pool=[]) == []
