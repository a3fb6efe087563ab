"""Dishes and meals as the tests write them: `dish("荤菜", "土豆牛肉", 牛肉=75, 土豆=25)`."""

from datetime import date, timedelta

from canteen.kit.problems import Finding
from menus.foods.rules import shipped
from menus.weeks.rules import (
    Dish,
    Ingredient,
    Meal,
    MealName,
    Verdict,
    Week,
    food_named,
    judge,
    kind_of,
    size_of,
)

MONDAY = date(2026, 9, 7)


def ingredient(name: str, grams: float) -> Ingredient:
    return Ingredient(name, round(grams * 1000), food_named(name, shipped()))


def dish(label: str, name: str, method: str = "", share: float = 1.0, **grams: float) -> Dish:
    kind = kind_of(label)
    assert kind is not None, label
    ingredients = tuple(ingredient(food, weight) for food, weight in grams.items())
    return Dish(name, kind, ingredients, label=label, size=size_of(label), method=method, share=share)


def lunch(*dishes: Dish, day: date = MONDAY, name: MealName = MealName.LUNCH) -> Meal:
    return Meal(day, name, dishes)


RICE = dish("主食", "白米饭", 大米=75)
BEEF = dish("大荤", "土豆牛肉", 牛肉=75, 土豆=25)
PORK = dish("荤菜", "青椒肉丝", 肉丝=80, 青椒=40)
GREENS = dish("素菜", "蒜蓉青菜", 青菜=120)
TOFU = dish("素菜", "家常豆腐", 豆腐=80, 胡萝卜=30)
SOUP = dish("汤", "番茄蛋汤", 番茄=30, 鸡蛋=10)
MILK = dish("牛奶", "纯牛奶", 牛奶=200)
EGG = dish("点心", "茶叶蛋", 鸡蛋=50)
FULL = (RICE, BEEF, PORK, GREENS, TOFU, SOUP)


def week_of_lunches(*lunches: tuple[Dish, ...]) -> Week:
    return Week(tuple(lunch(*dishes, day=MONDAY + timedelta(n)) for n, dishes in enumerate(lunches)))


def found(verdict: Verdict, rule: str) -> list[Finding]:
    return [finding for finding in verdict.all_findings if finding.rule == rule]


def rules_of(verdict: Verdict) -> list[str]:
    return [finding.rule for finding in verdict.all_findings]


def judged(*dishes: Dish, name: MealName = MealName.LUNCH) -> Verdict:
    return judge(Week((lunch(*dishes, name=name),)))
