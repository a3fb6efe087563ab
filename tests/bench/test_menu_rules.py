"""The rules against a bare sum over the same rows, in one run."""

import gc
from collections.abc import Callable
from datetime import timedelta
from itertools import cycle, islice
from time import process_time

import pytest

from menus.foods.rules import shipped
from menus.weeks.rules import Dish, Ingredient, Meal, MealName, Week, judge
from menus.weeks.rules.mends import mends
from tests.menus.weeks.kitchen import MONDAY, dish

pytestmark = pytest.mark.bench
LABELS = ("主食", "大荤", "小荤", "素菜", "素菜", "汤", "水果")
PER_DISH = 4
# What the bare sum takes on an idle core here; a busy machine is judged by the ratio to it.
BARE_MS = 0.75


def fastest(*works: Callable[[], object], rounds: int = 15) -> list[float]:
    """CPU milliseconds of each work's quickest round; they take turns, so that a busy machine slows all."""
    gc.collect()
    times: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = process_time()
            work()
            taken.append((process_time() - start) * 1000)
    return [min(taken) for taken in times]


def a_week() -> Week:
    """5 days x 3 meals x 7 dishes x 4 ingredients, every dish new, so that nothing is worked out yet."""
    foods = cycle(food for food in shipped() if not food.banned)
    numbers = iter(range(10_000))
    meals = (MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER)
    days = (MONDAY + timedelta(n) for n in range(5))
    return Week(
        tuple(
            Meal(day, meal, tuple(a_dish(label, next(numbers), foods) for label in LABELS))
            for day in days
            for meal in meals
        )
    )


def a_dish(label: str, number: int, foods) -> Dish:
    empty = dish(label, f"{label}{number}")
    ingredients = tuple(Ingredient(food.name, 25_000, food) for food in islice(foods, PER_DISH))
    return Dish(empty.name, empty.kind, ingredients, empty.label, empty.size)


def bare_sum(week: Week) -> dict[str, float]:
    """The least that any program must do: every figure of every row, added up."""
    sums = dict.fromkeys(next(iter(shipped())).nutrients, 0.0)
    for meal in week.meals:
        for served in meal.dishes:
            for ingredient in served.ingredients:
                grams = ingredient.milligrams / 1000
                for key, figure in ingredient.food.nutrients.items():
                    sums[key] += (figure or 0) * grams
    return sums


def test_a_week_is_judged_in_ten_milliseconds() -> None:
    weeks = iter([a_week() for _round in range(16)])
    summed = a_week()
    judge(next(weeks))
    bare, judged = fastest(lambda: bare_sum(summed), lambda: judge(next(weeks)))
    print(f"\nweek judged {judged:.2f} ms, bare sum {bare:.2f} ms, ratio {judged / bare:.1f}")
    assert judged < 10 or judged < 10 * bare / BARE_MS


def test_a_mend_is_found_in_two_hundred_milliseconds() -> None:
    foods = cycle(food for food in shipped() if not food.banned)
    pool = [a_dish(label, 1000 + n, foods) for n in range(29) for label in LABELS]
    week = a_week()
    verdict = judge(week)
    slowest: dict[str, tuple[float, float]] = {}
    places = [*enumerate(meal.findings for meal in verdict.meals), (None, verdict.findings)]
    for place, findings in places:
        for finding in {f.rule: f for f in findings if f.level != "advice"}.values():
            bare, taken = fastest(
                lambda: bare_sum(week), lambda f=finding, p=place: mends(verdict, f, pool, p), rounds=3
            )
            slowest[finding.rule] = max(slowest.get(finding.rule, (0.0, 0.0)), (taken, taken / bare))
    told = {rule: f"{ms:.0f} ms ({ratio:.0f} sums)" for rule, (ms, ratio) in slowest.items()}
    print("\nmends of one finding, slowest meal:", told)
    assert all(ms < 200 or ratio < 200 / BARE_MS for ms, ratio in slowest.values())
