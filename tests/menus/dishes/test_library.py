"""The shipped dishes: complete, lawful, and of plausible size."""

from collections import Counter

import pytest

from menus.dishes.rules import (
    Kind,
    Recipe,
    hazard_findings,
    library,
    reaches,
    recipe_findings,
)
from menus.foods.rules import FoodTable, normalised, shipped

DISHES = library()
ENERGY_KCAL = {
    Kind.MEAT: (50, 350),
    Kind.VEGETABLE: (20, 200),
    Kind.SOUP: (8, 230),
    Kind.STAPLE: (60, 480),
    Kind.FRUIT: (15, 130),
    Kind.DAIRY: (80, 180),
    Kind.SNACK: (50, 230),
}


def test_there_is_enough_of_every_kind_to_plan_two_weeks_from() -> None:
    counts = Counter(dish.kind for dish in DISHES)
    assert counts[Kind.MEAT] >= 60
    assert counts[Kind.VEGETABLE] >= 40
    assert counts[Kind.SOUP] >= 20
    assert counts[Kind.STAPLE] >= 15
    assert counts[Kind.FRUIT] >= 10
    assert counts[Kind.DAIRY] >= 2


def test_no_two_dishes_have_one_name() -> None:
    assert [n for n, c in Counter(normalised(d.name) for d in DISHES).items() if c > 1] == []


@pytest.mark.parametrize("dish", DISHES, ids=lambda dish: dish.name)
def test_a_shipped_dish_is_known_lawful_and_of_plausible_size(dish: Recipe) -> None:
    assert [i.name for i in dish.ingredients if i.food is None] == []
    assert [i.name for i in dish.ingredients if i.food and i.food.banned] == []
    assert hazard_findings(dish) == []
    assert recipe_findings(dish) == []
    assert dish.method
    assert all(0 < i.milligrams <= 300_000 for i in dish.ingredients)
    least, most = ENERGY_KCAL[dish.kind]
    assert least <= dish.nutrients.amounts["energy_kcal"] <= most


def test_every_meat_dish_is_at_least_half_meat() -> None:
    assert [d.name for d in DISHES if d.kind is Kind.MEAT and not reaches(d.ingredients)] == []


def test_big_and_small_meats_coarse_grains_soy_liver_and_fish_are_there() -> None:
    foods = {i.known_name for d in DISHES for i in d.ingredients}
    assert {"小米", "玉米面", "豆腐", "百叶", "猪肝", "带鱼", "牛奶", "豆浆"} <= foods
    assert {d.size for d in DISHES if d.kind is Kind.MEAT} == {"big", "small"}


def test_a_schools_own_figures_stand_in_its_library() -> None:
    rice = shipped().find("大米")
    assert rice is not None
    mine = FoodTable(shipped()).overlaid(
        [type(rice)("S001", "大米", (), "cereal", "0", 100, rice.nutrients)], {}
    )
    dish = next(dish for dish in library(mine) if dish.name == "米饭")
    assert dish.ingredients[0].food is not None
    assert dish.ingredients[0].food.code == "S001"
