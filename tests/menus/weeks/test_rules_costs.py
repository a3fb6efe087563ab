"""What a menu costs against the school's bounds, meal by meal."""

from dataclasses import replace

import pytest

from canteen.kit.problems import Finding
from menus.dishes.rules import Cost
from menus.weeks.rules import Dish, Meal, MealName, Policy, Week, judge
from menus.weeks.rules.costs import cost_of_dishes, most_of_day
from tests.menus.weeks.kitchen import BEEF, GREENS, MILK, PORK, RICE, lunch

BREAKFAST, LUNCH, DINNER, SNACK = MealName


def priced(dish: Dish, fen: int, *unpriced: str) -> Dish:
    return replace(dish, cost_fen=fen, unpriced=unpriced)


def bounded(**fen: int) -> Policy:
    return Policy(most_fen={MealName(meal): most for meal, most in fen.items()})


def told(policy: Policy, *meals: Meal) -> tuple[list[Finding], list[Finding]]:
    """What is said of the meals, and of the days."""
    verdict = judge(Week(meals), policy=policy)
    of_meals = [f for meal in verdict.meals for f in meal.findings if f.rule == "cost"]
    return of_meals, [f for f in verdict.findings if f.rule == "cost"]


@pytest.mark.parametrize(("most", "over"), [(899, True), (900, False), (901, False)])
def test_a_meal_over_its_bound_is_told_in_yuan(most: int, over: bool) -> None:
    of_meals, of_days = told(bounded(lunch=most), lunch(priced(RICE, 100), priced(PORK, 800)))
    assert [f.facts for f in of_meals] == ([{"found": "9.00", "most": "8.99"}] if over else [])
    assert of_days == []


def test_a_meal_is_judged_whatever_is_known_of_the_others() -> None:
    dinner = lunch(GREENS, name=DINNER)
    of_meals, of_days = told(bounded(lunch=800), lunch(priced(PORK, 900)), dinner)
    assert [f.facts["found"] for f in of_meals] == ["9.00"]
    assert of_days == []


def test_a_partial_cost_over_the_bound_says_that_it_is_a_least_and_what_is_unknown() -> None:
    of_meals, _days = told(bounded(lunch=800), lunch(priced(PORK, 900, "青椒"), GREENS))
    assert [f.facts for f in of_meals] == [{"found": "9.00", "most": "8.00", "unknown": 2}]


def test_without_a_bound_or_a_price_nothing_is_told() -> None:
    assert told(Policy(), lunch(priced(PORK, 9000))) == ([], [])
    assert told(bounded(lunch=1), lunch(PORK)) == ([], [])
    assert told(bounded(dinner=1), lunch(priced(PORK, 9000))) == ([], [])


def test_a_day_over_its_bounds_is_told_once_at_the_meal_that_is_over() -> None:
    meals = (lunch(priced(PORK, 900)), lunch(priced(BEEF, 600), name=DINNER))
    of_meals, of_days = told(bounded(lunch=800, dinner=600), *meals)
    assert [f.facts["most"] for f in of_meals] == ["8.00"]
    assert of_days == []


def test_a_snack_has_no_bound_and_does_not_count_toward_the_day() -> None:
    snack = lunch(priced(MILK, 300), name=SNACK)
    meals = (lunch(priced(PORK, 800)), lunch(priced(BEEF, 600), name=DINNER), snack)
    assert told(bounded(lunch=800, dinner=600), *meals) == ([], [])
    assert most_of_day([LUNCH, SNACK], bounded(lunch=800)) == 800
    assert most_of_day([SNACK], bounded(lunch=800)) is None


def test_a_choice_costs_what_its_expected_share_costs() -> None:
    half = replace(priced(PORK, 900), share=0.5)
    assert cost_of_dishes([half, priced(RICE, 50)]) == Cost(500)


def test_a_dish_of_which_nothing_is_known_stands_among_the_unknown_prices() -> None:
    assert cost_of_dishes([priced(RICE, 50), PORK]) == Cost(50, (PORK.name,))
    assert cost_of_dishes([PORK]) is None


def test_the_same_unknown_price_counts_once() -> None:
    dishes = [priced(RICE, 50, "盐"), priced(BEEF, 500, "盐", "生抽")]
    assert cost_of_dishes(dishes) == Cost(550, ("盐", "生抽"))
