"""Foods and ways of cooking that a school canteen must not use, and those that need care.

Rule: school canteens buy, keep and use no nitrite, make no cold meat dishes, raw food or decorated cakes
(cold dishes altogether, fruit excepted), and process no green beans (四季豆), fresh daylily, wild mushrooms,
sprouted potatoes or other high-risk foods; provinces may add to the list.
Source: 学校食品安全与营养健康管理规定 (order 45 of 2019), article 36, in force since 2019-04-01;
domain.md §2.7. An ambiguous name is asked about, never refused (practice.md 18).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import _
from menus.dishes.rules.ingredients import Ingredient
from menus.dishes.rules.values import Kind, Recipe
from menus.foods.rules import normalised, shipped

# Marked `risk` in the table, so that other canteens may decide; article 36 names them for schools.
ALSO_BANNED = frozenset({"四季豆", "扁豆"})

# A name with two meanings, and the words in a dish's name that tell which is meant.
AMBIGUOUS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "豆角": (
        _("{dish}: {food} may be green beans, which are banned, or cowpeas: which is it?"),
        ("豇豆", "长豆角"),
    ),
    "黄花菜": (_("{dish}: {food} is banned when fresh: is it dried?"), ()),
    "金针菜": (_("{dish}: {food} is banned when fresh: is it dried?"), ()),
    "金针": (_("{dish}: {food} is banned when fresh: is it dried?"), ()),
}
# Some words hold 生食 by chance: 学生食堂, 师生食堂, 养生食疗, 花生食品.
COLD_WORDS = re.compile("冷荤|凉拌|凉菜|(?<![学师养花])生食|冷菜|冷盘|凉盘|冷切|冷食|刺身|生鱼片")
PERHAPS_COLD_WORDS = re.compile("沙拉|寿司|凉面|冷面|凉皮")

BANNED = _("{dish}: {food} must not be used in a school canteen")
RISKY = _("{dish}: {food} is a high-risk food and needs special care")
COLD = _("{dish}: school canteens make no cold or raw dishes ({word})")
PERHAPS_COLD = _("{dish}: is it served cold? School canteens make no cold dishes")


def hazard_findings(dish: Recipe) -> list[Finding]:
    """`banned_food` and `cold_dish` of one dish."""
    return [*_banned_findings(dish), *_cold_findings(dish)]


def _banned_findings(dish: Recipe) -> Iterable[Finding]:
    first: dict[str, Finding] = {}
    for finding in [*[_judged(i, dish) for i in dish.ingredients], _named_in_title(dish)]:
        if finding:
            first.setdefault(finding.facts["key"], finding)
    return first.values()


def _judged(ingredient: Ingredient, dish: Recipe) -> Finding | None:
    """An ingredient by its name: banned, to be asked about, risky, or nothing."""
    name, food = normalised(ingredient.name), ingredient.food
    if name in AMBIGUOUS:
        return _asked(ingredient.name, name, dish)
    banned = food.name if food else _banned_within(name)
    if banned and (banned in ALSO_BANNED or (food.banned == "ban" if food else True)):
        return error("banned_food", BANNED, at=dish.name, dish=dish.name, food=ingredient.name, key=banned)
    if food and food.banned == "risk":
        return warning(
            "banned_food", RISKY, at=dish.name, dish=dish.name, food=ingredient.name, key=food.name
        )
    return None


def _asked(written: str, name: str, dish: Recipe) -> Finding | None:
    question, answers = AMBIGUOUS[name]
    title = normalised(dish.name)
    if _banned_within(title) or any(word in title for word in answers):
        return None
    return warning("banned_food", question, at=dish.name, dish=dish.name, food=written, key=name)


def _named_in_title(dish: Recipe) -> Finding | None:
    banned = _banned_within(normalised(dish.name))
    if not banned:
        return None
    return error("banned_food", BANNED, at=dish.name, dish=dish.name, food=banned, key=banned)


def _banned_within(text: str) -> str:
    """The banned food whose name stands within the text (`干煸四季豆`), "" when none does."""
    match = _banned_pattern().search(text)
    return _banned_words()[match[0]] if match else ""


@cache
def _banned_pattern() -> re.Pattern[str]:
    """All of them at once: every dish of every board is searched."""
    return re.compile("|".join(map(re.escape, _banned_words())))


@cache
def _banned_words() -> Mapping[str, str]:
    """Every unmistakable name of a banned food; short aliases (刀豆, 芸豆) name other foods too."""
    foods = [food for food in shipped() if food.banned == "ban" or food.name in ALSO_BANNED]
    return {
        normalised(word): food.name
        for food in foods
        for word in food.names
        if (word == food.name or len(word) > 2) and normalised(word) not in AMBIGUOUS
    }


def _cold_findings(dish: Recipe) -> Iterator[Finding]:
    text = normalised(dish.name) + normalised(dish.method) + normalised(dish.label)
    cold, perhaps = COLD_WORDS.search(text), PERHAPS_COLD_WORDS.search(text)
    if (cold or perhaps) and not _is_fruit(dish):
        if cold:
            yield error("cold_dish", COLD, at=dish.name, dish=dish.name, word=cold[0])
        else:
            yield warning("cold_dish", PERHAPS_COLD, at=dish.name, dish=dish.name)


def _is_fruit(dish: Recipe) -> bool:
    """Fruit, or a dish of nothing but fruit (and dressing)."""
    main = [i for i in dish.ingredients if i.main]
    return dish.kind is Kind.FRUIT or (bool(main) and all(i.group == "fruit" for i in main))
