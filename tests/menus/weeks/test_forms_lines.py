"""A dish typed in one line, as planners type it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen.kit.problems import Refused
from menus.foods.rules import shipped
from menus.weeks.forms import as_line, grams_text, half_typed, read_dish, read_ingredients
from menus.weeks.rules import Ingredient
from menus.weeks.rules.guess import is_ambiguous, label_for


@pytest.mark.parametrize(
    "text",
    [
        "土豆 25, 牛肉 75",
        "土豆25，牛肉75",
        "土豆 25克、牛肉 75克",
        "土豆 25 牛肉 75",
        "土豆２５；牛肉７５ｇ",
        "土豆 25g 牛肉 75g",
        "土豆 25\n牛肉 75",
    ],
)
def test_however_it_is_typed_it_is_the_same(text: str) -> None:
    assert [(i.name, i.milligrams) for i in read_ingredients(text)] == [("土豆", 25_000), ("牛肉", 75_000)]


def test_the_name_stands_before_the_colon() -> None:
    name, lines = read_dish("青椒肉丝：青椒 60，盐 0.5")
    assert (name, [(i.name, i.milligrams) for i in lines]) == (
        "青椒肉丝",
        [("青椒", 60_000), ("盐", 500)],
    )
    assert read_dish("米饭") == ("米饭", [])


def test_a_name_with_a_blank_or_brackets_stays_whole() -> None:
    lines = read_ingredients("木耳（水发） 5, 牛 肉 75")
    assert [i.name for i in lines] == ["木耳(水发)", "牛 肉"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("土豆", ["no_grams"]),
        ("土豆, 牛肉", ["no_grams", "no_grams"]),
        ("土豆 0", ["grams"]),
        ("土豆 2001", ["grams"]),
        ("土豆 0.0001", ["grams"]),
    ],
)
def test_every_part_that_cannot_be_read_is_said(text: str, rules: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        read_ingredients(text)
    assert [finding.rule for finding in refused.value.findings] == rules


foods = st.text(alphabet="土豆牛肉茄子菠菜鸡蛋", min_size=1, max_size=6)
weights = st.integers(min_value=1, max_value=2_000_000)


@given(st.lists(st.tuples(foods, weights), min_size=1, max_size=8))
def test_what_the_board_shows_is_read_back_as_it_was(lines: list[tuple[str, int]]) -> None:
    assert [(i.name, i.milligrams) for i in read_ingredients(as_line(tuple(lines)))] == lines


def test_grams_lose_their_idle_zeros() -> None:
    assert [grams_text(mg) for mg in (75_000, 2_500, 500, 1_001)] == ["75", "2.5", "0.5", "1.001"]


def test_a_half_typed_dish_is_read_as_far_as_it_goes() -> None:
    rows = {0: {"name": "土豆", "milligrams": "25"}, 1: {"name": "牛肉", "milligrams": ""}, 2: "?"}
    form = half_typed({"name": "", "label": "怪", "ingredients": rows})
    assert (form.name, form.label, [i.name for i in form.ingredients]) == ("…", "", ["土豆"])


@pytest.mark.parametrize(
    ("name", "foods", "label"),
    [
        ("紫菜蛋汤", ["紫菜", "鸡蛋"], "汤"),
        ("白米饭", ["大米"], "主食"),
        ("土豆烧牛肉", ["土豆", "牛肉"], "荤菜"),
        ("番茄炒蛋", ["番茄", "鸡蛋"], "荤菜"),
        ("清炒菠菜", ["菠菜", "大豆油"], "素菜"),
        ("香蕉", ["香蕉"], "水果"),
        ("酸奶", ["酸奶"], "牛奶"),
        ("无名", [], "素菜"),
    ],
)
def test_the_kind_is_told_by_name_and_ingredients(name: str, foods: list[str], label: str) -> None:
    ingredients = [Ingredient(food, 50_000, shipped().find(food)) for food in foods]
    assert label_for(name, ingredients) == label


def test_which_names_have_to_be_asked_about() -> None:
    assert [is_ambiguous(name) for name in ("豆角", "金针", "豇豆")] == [True, True, False]
