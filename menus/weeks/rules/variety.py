"""Variety: groups in a meal, kinds in a day and a week, vegetables, fruit, liver, milk, soy, repeats.

Rules: every meal draws on at least 3 of the 4 groups cereals and tubers / vegetables and fruit / fish,
poultry, meat and eggs / milk and soy; at least 3 kinds of vegetables a day, more than half of them dark;
fruit every day where possible; liver once a week; milk 200 to 250 g and soy products every day.
Source: WS/T 554-2017 §4 (domain.md §5.3, §5.6). At least 12 kinds a day and 25 a week: 中国学龄儿童膳食指南
(2022). Repeats: the refusal wording in use, 同一菜重复(周内) (domain.md §7).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from canteen.kit.problems import Finding, advice, warning
from canteen.kit.texts import _
from menus.foods.rules import normalised
from menus.weeks.rules.days import Day, mean
from menus.weeks.rules.limits import Band, Limits, apart
from menus.weeks.rules.values import Kind, Meal, MealName

FOUR_GROUPS: Mapping[str, str] = {
    group: part
    for part, groups in {
        "cereals": "cereal tuber legume_dry bakery other",
        "greens": "vegetable mushroom seaweed fruit",
        "animal": "livestock poultry aquatic egg",
        "milk_and_soy": "dairy soy nut",
    }.items()
    for group in groups.split()
}
# Dark green, red, orange or purple; the rest of the vegetables counts as light.
DARK = frozenset({
    "上海青", "小白菜", "鸡毛菜", "乌塌菜", "菜心", "紫甘蓝", "菠菜", "油麦菜", "水芹", "空心菜", "苋菜",
    "茼蒿", "芥蓝", "芥菜", "西兰花", "韭菜", "蒜薹", "青蒜", "茴香", "荠菜", "豌豆苗", "红薯叶", "木耳菜",
    "西洋菜", "番茄", "圣女果", "南瓜", "贝贝南瓜", "青椒", "红椒", "尖椒", "红尖椒", "胡萝卜", "小葱",
    "香菜",
})  # fmt: skip
LIVERS = frozenset({"猪肝", "鸡肝", "鸭肝"})
# Grams that stand for 100 g of fresh milk (annex A); milk drinks, cream and butter do not stand for milk.
MILK_EQUIVALENTS: Mapping[str, float] = {"奶粉": 15, "奶酪": 10, "芝士片": 10}
NOT_MILK = frozenset({"乳饮料", "炼乳", "淡奶油", "黄油"})
REPEATABLE = (Kind.MEAT, Kind.VEGETABLE, Kind.SOUP, Kind.SNACK)


def food_group_findings(meal: Meal, limits: Limits) -> list[Finding]:
    """`food_groups`: a main meal from fewer than three of the four groups."""
    if meal.name is MealName.SNACK:
        return []
    groups = {
        FOUR_GROUPS[i.group] for dish in meal.dishes for i in dish.ingredients if i.group in FOUR_GROUPS
    }
    if len(groups) >= limits.least_groups_of_meal:
        return []
    message = _("The meal draws on {found} of the four food groups, at least {least} are asked")
    return [warning("food_groups", message, found=len(groups), least=limits.least_groups_of_meal)]


def variety_findings(days: list[Day], band: Band, limits: Limits) -> Iterator[Finding]:
    """Everything about variety that is seen over days."""
    yield from _kinds_findings(days, limits)
    yield from _vegetable_findings(days, limits)
    yield from _liver_findings(days)
    yield from _daily_findings(days, band, limits)
    yield from repeated_dishes(days)


def _kinds_findings(days: list[Day], limits: Limits) -> Iterator[Finding]:
    short = _days_where(days, lambda day: len(day.kinds) < limits.least_kinds_day)
    if short:
        message = _("Fewer than {least} kinds of food on {days}")
        yield advice("kinds_day", message, least=limits.least_kinds_day, days=short)
    found = len(frozenset[str]().union(*(day.kinds for day in days)))
    if found < limits.least_kinds_week:
        message = _("{found} kinds of food in the week, at least {least} are asked")
        yield advice("kinds_week", message, found=found, least=limits.least_kinds_week)


def _vegetable_findings(days: list[Day], limits: Limits) -> Iterator[Finding]:
    short = _days_where(days, lambda day: len(day.vegetable_kinds) < limits.least_vegetable_kinds)
    if short:
        message = _("Fewer than {least} kinds of vegetables on {days}")
        yield advice("vegetable_kinds", message, least=limits.least_vegetable_kinds, days=short)
    vegetables = sum(day.grams_of("vegetable") for day in days)
    dark = sum(day.grams_of("vegetable", DARK) for day in days)
    if vegetables > 0 and dark <= limits.least_dark_share * vegetables:
        message = _("{found}% of the vegetables are dark ones, more than {least}% are asked")
        percent = int(dark / vegetables * 1000) / 10
        yield advice("dark_vegetables", message, found=percent, least=limits.least_dark_share * 100)


def _liver_findings(days: list[Day]) -> Iterator[Finding]:
    with_liver = _days_where(days, lambda day: bool(day.kinds & LIVERS))
    if not with_liver:
        yield advice("liver", "No liver in the week; once a week, 20 to 25 g, is asked")
    elif len(with_liver) > 1:
        yield advice("liver", "Liver on {days}; once a week is asked", days=with_liver)


def _daily_findings(days: list[Day], band: Band, limits: Limits) -> Iterator[Finding]:
    found = mean(milk_grams(day) for day in days)
    least = band.dairy_grams * mean(day.shares(limits)[0] for day in days)
    if found < least - 1e-9:
        message = _("Milk and dairy: {found} g a day, at least {least} g is asked of these meals")
        grams, asked = apart(found, least, 0)
        yield advice("milk", message, found=grams, least=asked)
    without_soy = _days_where(days, lambda day: day.grams_of("soy") == 0)
    if without_soy:
        yield advice("soy", "No soy product on {days}", days=without_soy)
    without_fruit = _days_where(days, lambda day: day.grams_of("fruit") == 0)
    if without_fruit:
        yield advice("fruit", "No fruit on {days}", days=without_fruit)


def milk_grams(day: Day) -> float:
    """Dairy as grams of fresh milk."""
    dairy = ((p.ingredient.known_name, p.grams) for p in day.by_group.get("dairy", ()))
    return sum(grams * 100 / MILK_EQUIVALENTS.get(name, 100) for name, grams in dairy if name not in NOT_MILK)


def repeated_dishes(days: list[Day]) -> Iterator[Finding]:
    """`repeated_dish`: the same meat, vegetable, soup or snack on two days or more; once a name."""
    seen: dict[tuple[Kind, str], list[tuple[date, str]]] = {}
    for day in days:
        for dish in day.dishes:
            if dish.kind in REPEATABLE:
                seen.setdefault((dish.kind, normalised(dish.name)), []).append((day.day, dish.name))
    for servings in seen.values():
        on = sorted({day for day, _name in servings})
        if len(on) > 1:
            name = servings[0][1]
            yield warning("repeated_dish", "{dish} is served on {days}", at=name, dish=name, days=on)


def _days_where(days: list[Day], holds: Callable[[Day], bool]) -> list[date]:
    return [day.day for day in days if holds(day)]
