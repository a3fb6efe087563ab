"""What a school canteen must not use, and what it is asked about."""

import pytest

from canteen.kit.problems import Level
from tests.menus.weeks.kitchen import RICE, dish, found, judged


@pytest.mark.parametrize(
    "food",
    [
        "四季豆",
        "芸豆",
        "刀豆",
        "油豆角",
        "扁豆",
        "鲜黄花菜",
        "野生菌",
        "发芽土豆",
        "青皮土豆",
        "亚硝酸钠",
        "裱花蛋糕",
        "河豚",
    ],
)
def test_a_banned_food_is_an_error_under_any_of_its_names(food) -> None:
    (told,) = found(judged(dish("素菜", "家常小炒", **{food: 50})), "banned_food")
    assert told.level is Level.ERROR
    assert told.facts["food"] == food


@pytest.mark.parametrize("food", ["白果", "鲅鱼", "秋刀鱼", "黄花菜(干)"])
def test_a_risky_food_is_a_warning(food) -> None:
    (told,) = found(judged(dish("素菜", "家常小炒", **{food: 50})), "banned_food")
    assert told.level is Level.WARNING


@pytest.mark.parametrize("food", ["豆角", "黄花菜", "金针菜"])
def test_an_ambiguous_name_is_asked_about_never_refused(food) -> None:
    (told,) = found(judged(dish("素菜", "家常小炒", **{food: 50})), "banned_food")
    assert told.level is Level.WARNING


@pytest.mark.parametrize(
    ("title", "food", "levels"),
    [
        ("干煸四季豆", "豆角", [Level.ERROR]),
        ("豇豆肉末", "豆角", []),
        ("干煸四季豆", "四季豆", [Level.ERROR]),
        ("香煎豆腐", "四季豆段", [Level.ERROR]),
        ("长豆角炒肉", "豇豆", []),
        ("清炒荷兰豆", "荷兰豆", []),
        ("土豆炖粉条", "土豆", []),
    ],
)
def test_the_dish_name_tells_what_an_ingredient_means(title, food, levels) -> None:
    told = found(judged(dish("素菜", title, **{food: 50})), "banned_food")
    assert [finding.level for finding in told] == levels


@pytest.mark.parametrize(
    ("what", "levels"),
    [
        (dish("素菜", "凉拌黄瓜", 黄瓜=80), [Level.ERROR]),
        (dish("素菜", "凉 拌 黄瓜", 黄瓜=80), [Level.ERROR]),
        (dish("荤菜", "冷荤拼盘", 牛肉=80), [Level.ERROR]),
        (dish("素菜", "黄瓜", "凉拌", 黄瓜=80), [Level.ERROR]),
        (dish("素菜", "三文鱼", "生食", 三文鱼=80), [Level.ERROR]),
        (dish("凉菜", "黄瓜", 黄瓜=80), [Level.ERROR]),
        (dish("水果", "水果拼盘", 苹果=80), []),
        (dish("水果", "凉拌西瓜", 西瓜=80), []),
        (dish("点心", "凉拌水果", 西瓜=80, 沙拉酱=5), []),
        (dish("素菜", "土豆沙拉", 土豆=80), [Level.WARNING]),
        (dish("素菜", "清炒凉瓜", 苦瓜=80), []),
        (RICE, []),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_nothing_cold_or_raw_but_fruit(what, levels) -> None:
    assert [finding.level for finding in found(judged(what), "cold_dish")] == levels


@pytest.mark.parametrize("title", ["学生食堂炒饭", "师生食堂烩菜", "养生食疗粥"])
def test_a_word_that_holds_raw_by_chance_is_no_raw_dish(title) -> None:
    assert found(judged(dish("素菜", title, 青菜=50)), "cold_dish") == []
