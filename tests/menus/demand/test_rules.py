"""What a meal needs of each food, and what covers it."""

from menus.demand.rules import Cover, FoodNeed, OnHand, covered, food_needs, summed, unmatched
from menus.weeks.rules import Age
from tests.menus.weeks.kitchen import BEEF, EGG, SOUP, dish


def test_one_food_is_fetched_once_whatever_dish_it_is_in() -> None:
    needs = {need.name: need.grams for need in food_needs((SOUP, EGG), Age.NINE, {Age.NINE: 100})}
    assert needs["鸡蛋"] == 6_000


def test_a_dish_that_half_choose_needs_half() -> None:
    half = dish("荤菜", "红烧肉", share=0.5, 五花肉=100)
    assert [need.grams for need in food_needs((half,), Age.NINE, {Age.NINE: 10})] == [500]


def test_without_heads_nothing_is_needed() -> None:
    assert {need.grams for need in food_needs((BEEF,), Age.NINE, {})} == {0}


def test_water_is_not_fetched_and_unknown_names_are_kept() -> None:
    needs = food_needs((dish("汤", "清汤", 水=200, 龙须=5),), Age.NINE, {Age.NINE: 3})
    assert [(need.code, need.name, need.grams) for need in needs] == [(None, "龙须", 15)]


def test_goods_are_taken_in_their_order_until_the_need_is_met() -> None:
    need = FoodNeed("F001", "大米", 30_000)
    assert covered(need, [OnHand(1, 20_000), OnHand(2, 50_000)]) == Cover(
        need, [OnHand(1, 20_000), OnHand(2, 10_000)], 70_000
    )
    assert covered(need, [OnHand(1, 20_000)]).short == 10_000
    assert covered(need, []).short == 30_000


def test_meals_are_summed_food_by_food() -> None:
    rice, unknown = FoodNeed("F001", "大米", 5), FoodNeed(None, "龙须", 1)
    assert summed([rice, unknown, rice, unknown]) == [FoodNeed("F001", "大米", 10), FoodNeed(None, "龙须", 2)]
    assert unmatched([rice, unknown], {"F001": []}) == [unknown]
