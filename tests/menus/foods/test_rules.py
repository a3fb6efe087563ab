"""The shipped table answers to every name it carries, and a blank figure stays unknown."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from canteen.kit.sheets import BadFile, read_rows
from menus.foods.rules import ALLERGENS, NUTRIENTS, Food, check_food, foods_of, names_taken, shipped

MENUS = Path(__file__).parents[2] / "data" / "menus"


def own(name: str, code: str = "S001", **changes: object) -> Food:
    return replace(shipped().find("土豆"), code=code, name=name, aliases=(), match="own", **changes)  # type: ignore[arg-type, type-var]


def names(foods: list[Food]) -> list[str]:
    return [food.name for food in foods]


def test_the_table_has_479_foods_and_2023_names_each_of_one_food() -> None:
    claimed = [name for food in shipped() for name in food.names]
    assert len(shipped()) == 479
    assert len(claimed) == 2023
    assert len(set(claimed)) == len(claimed)
    assert all(shipped().find(name) is food for food in shipped() for name in food.names)


def test_codes_count_from_f001_and_lead_back() -> None:
    assert [food.code for food in shipped()] == [f"F{n:03d}" for n in range(1, 480)]
    assert all(shipped().get(food.code) is food for food in shipped())


@pytest.mark.parametrize("file", sorted(MENUS.glob("*.csv")), ids=lambda file: file.stem)
def test_every_ingredient_of_the_real_menus_is_known(file: Path) -> None:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        wanted = {row["食材"] for row in csv.DictReader(lines)}
    assert wanted
    assert not [name for name in wanted if shipped().find(name) is None]


def test_a_blank_figure_is_unknown_and_a_zero_is_zero() -> None:
    blanks = {key: sum(food.nutrients[key] is None for food in shipped()) for key in NUTRIENTS}
    assert blanks["fiber_g"] == 23
    assert blanks["vitamin_a_ug_rae"] == 26
    assert blanks["cholesterol_mg"] == 7
    nitrite = shipped().find("亚硝酸盐")
    assert nitrite and set(nitrite.nutrients.values()) == {None}
    assert shipped().find("盐").nutrients["protein_g"] == 0.0  # type: ignore[union-attr]


def test_every_row_keeps_its_source_and_how_well_it_matches() -> None:
    matches = [food.match for food in shipped()]
    assert [matches.count(kind) for kind in ("exact", "close", "proxy")] == [268, 102, 109]
    assert all(food.source or food.match == "proxy" for food in shipped())
    assert all(food.note for food in shipped() if food.match == "proxy")


def test_every_shipped_row_holds_what_is_asked_of_a_schools_row() -> None:
    assert [food.name for food in shipped() if check_food(food)] == []


@pytest.mark.parametrize(
    "typed", ["木耳（水发）", " 木耳 (水发) ", "木耳【水发】", "木　耳(水发)", "木耳(水发)\u200b"]
)
def test_width_blanks_and_kind_of_brackets_do_not_matter(typed: str) -> None:
    found = shipped().find(typed)
    assert found and found.name == "木耳(水发)"


def test_soaked_is_meant_where_menus_mean_soaked() -> None:
    meant = {
        "木耳": "木耳(水发)",
        "紫菜": "紫菜(干)",
        "银耳": "银耳(干)",
        "香菇": "香菇",
        "玉米": "玉米(带棒)",
    }
    assert {name: shipped().find(name).name for name in meant} == meant  # type: ignore[union-attr]


@pytest.mark.parametrize(("typed", "best"), [
    ("td", "土豆"), ("tudou", "土豆"), ("TUDOU", "土豆"), ("洋芋", "土豆"), ("niurou", "牛肉"),
    ("鸡翅", "鸡翅"), ("xihongshi", "番茄"), ("xhs", "番茄"), ("土豆", "土豆"),
])  # fmt: skip
def test_a_search_knows_names_aliases_and_pinyin(typed: str, best: str) -> None:
    assert best in names(shipped().search(typed))[:3]


def test_the_exact_name_stands_before_names_that_begin_with_it() -> None:
    assert names(shipped().search("鸡翅"))[:3] == ["鸡翅", "鸡翅中", "鸡翅根"]


def test_a_search_for_nothing_shows_all_and_for_nonsense_none() -> None:
    assert len(shipped().search("")) == 479
    assert shipped().search("qqqqzzz") == []


@pytest.mark.parametrize(("typed", "near"), [
    ("黑木耳块", "木耳(水发)"), ("毛豆腐", "豆腐"), ("弥猴桃干", "猕猴桃"), ("蒜头泥", "大蒜"),
    ("去皮土豆", "土豆"), ("毫油", "蚝油"),
])  # fmt: skip
def test_an_unknown_name_is_shown_the_nearest_foods(typed: str, near: str) -> None:
    assert shipped().find(typed) is None
    assert near in names(shipped().candidates(typed))
    assert len(shipped().candidates(typed, limit=3)) == 3


def test_a_name_that_shares_nothing_has_no_candidates() -> None:
    assert shipped().candidates("☃☃☃☃") == []


def test_a_schools_row_goes_before_the_shipped_one_and_keeps_its_names() -> None:
    mine = own("本地土豆", code="F048")
    table = shipped().overlaid([mine], {})
    assert table.find("本地土豆") is mine
    assert table.find("马铃薯") is mine
    assert len(table) == 479
    assert shipped().find("马铃薯") is not mine


def test_a_name_led_to_a_food_stays_led() -> None:
    table = shipped().overlaid([], {"秘制小菜": "F048", "无主": "X999"})
    assert table.find("秘制 小菜") is shipped().get("F048")
    assert table.find("无主") is None


@pytest.mark.parametrize(("changes", "rule", "at"), [
    ({"edible_pct": 0.0}, "edible_share", "edible_pct"),
    ({"edible_pct": 100.1}, "edible_share", "edible_pct"),
    ({"group": "meat"}, "not_one_of", "group"),
    ({"animal": "yes"}, "not_one_of", "animal"),
    ({"season": "13"}, "season", "season"),
    ({"allergens": frozenset({"dust"})}, "allergen", "allergens"),
    ({"nutrients": {"protein_g": 61.0, "fat_g": 40.1}}, "over_100_g", "nutrients.carbohydrate_g"),
    ({"nutrients": {"fiber_g": 3.0, "carbohydrate_g": 2.9}}, "fibre", "nutrients.fiber_g"),
    ({"nutrients": {"iron_mg": -0.1}}, "negative", "nutrients.iron_mg"),
    ({"nutrients": {"energy_kcal": 906.0}}, "energy", "nutrients.energy_kcal"),
])  # fmt: skip
def test_a_row_that_cannot_be_says_why(changes: dict[str, object], rule: str, at: str) -> None:
    found = check_food(own("新菜", **changes))
    assert [(f.rule, f.at) for f in found] == [(rule, at)]


@pytest.mark.parametrize("changes", [
    {"edible_pct": 0.1}, {"edible_pct": 100.0}, {"season": "8-3"}, {"season": "3-5;9-11"},
    {"nutrients": {"protein_g": 60.0, "fat_g": 40.0, "carbohydrate_g": 1.0}},
    {"nutrients": {"fiber_g": 3.0, "carbohydrate_g": 3.0}},
    {"nutrients": dict.fromkeys(NUTRIENTS)}, {"allergens": frozenset(ALLERGENS)},
])  # fmt: skip
def test_a_row_at_the_edge_stands(changes: dict[str, object]) -> None:
    assert check_food(own("新菜", **changes)) == []


def test_two_own_foods_cannot_share_a_name() -> None:
    first, second = own("野菜"), replace(own("山菜", code="S002"), aliases=("野 菜",))
    assert [(f.rule, f.at) for f in names_taken(second, [first])] == [("name_taken", "aliases")]
    assert names_taken(first, [first]) == []


def test_the_shipped_file_reads_back_as_itself() -> None:
    file = Path(__file__).parents[3] / "menus" / "foods" / "data" / "foods.csv"
    foods = foods_of(read_rows(file.read_bytes(), file.name), shipped())
    assert foods == list(shipped())


def test_a_schools_file_may_use_its_own_words_and_leave_out_what_it_does_not_know() -> None:
    rows = ["山野菜,蔬菜类,９０,2.5,,", "虾酱,水产类,100,,,甲壳类", "土豆,薯类,94,,,"]
    text = "\n".join(["食物名称,类别,可食部(%),蛋白质(g),钙,过敏原", *rows])
    wild, shrimp, potato = foods_of(read_rows(text.encode("gb18030"), "ours.csv"), shipped())
    assert (wild.code, wild.group, wild.animal, wild.edible_pct) == ("", "vegetable", "0", 90.0)
    assert (wild.nutrients["protein_g"], wild.nutrients["calcium_mg"]) == (2.5, None)
    assert (shrimp.animal, shrimp.allergens) == ("1", frozenset({"crustacean"}))
    assert potato.code == "F048"


def test_every_wrong_cell_of_every_row_is_listed_at_once() -> None:
    text = "名称,类别,可食部,蛋白质,编码\n,肉,90,abc,\n白菜干,vegetable,120,3,\n白菜干,vegetable,90,3,Q9\n"
    with pytest.raises(BadFile) as refused:
        foods_of(read_rows(text.encode(), "ours.csv"), shipped())
    assert [(e.line, e.column, e.found) for e in refused.value.errors] == [
        (2, "类别", "肉"), (2, "名称", ""), (2, "蛋白质", "abc"),
        (3, "可食部", "120"), (4, "编码", "Q9"), (4, "名称", "白菜干"),
    ]  # fmt: skip
