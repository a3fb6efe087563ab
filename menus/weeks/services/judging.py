"""A menu that is not kept, judged by a school's own foods and policies: a file, or dishes as sent."""

import asyncio

from menus.weeks.forms import DishForm
from menus.weeks.rules import Age, Dish, Meal, MealName, Verdict, Week, judge, size_of
from menus.weeks.services.imports import read_week
from menus.weeks.services.policy import policy_on
from menus.weeks.services.sheet import Larder, larder_of
from menus.weeks.services.steps import Plan, labelled


async def verdict_on_file(school: int, data: bytes, filename: str, age: Age) -> Verdict:
    """The verdict on a menu file. Raises BadFile with every error of every row."""
    larder = await larder_of(school)
    return await _judged(school, await asyncio.to_thread(read_week, data, filename, larder), age)


async def verdict_on_plan(school: int, plan: Plan, age: Age) -> Verdict:
    """The verdict on meals as sent. Raises Refused for a kind of dish that nobody knows."""
    larder = await larder_of(school)
    order = list(MealName)
    filled = sorted((day, order.index(name)) for (day, name), dishes in plan.items() if dishes)
    keys = ((day, order[place]) for day, place in filled)
    meals = (Meal(*key, tuple(_value(dish, larder) for dish in plan[key])) for key in keys)
    return await _judged(school, Week(tuple(meals)), age)


async def _judged(school: int, week: Week, age: Age) -> Verdict:
    """By the policy of the first day; without a meal nothing is found."""
    days = [meal.day for meal in week.meals]
    if not days:
        return judge(week, age)
    return judge(week, age, await policy_on(school, min(days)))


def _value(form: DishForm, larder: Larder) -> Dish:
    label, kind = labelled(form, larder)
    ingredients = tuple(larder.ingredient(i.name, i.milligrams, i.food_code) for i in form.ingredients)
    share = form.expected_percent / 100
    return Dish(form.name, kind, ingredients, label, size_of(label), form.method, form.choice, share)
