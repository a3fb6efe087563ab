"""Two real menus judged: facts that a person can check by hand."""

from pathlib import Path

import pytest

from canteen.kit.problems import Level
from menus.weeks.rules import PRESETS, Age, Policy, Verdict
from menus.weeks.services.check import check_file
from menus.weeks.services.report import as_document
from tests.menus.weeks.kitchen import found, rules_of

FOLDER = Path(__file__).parent.parent.parent / "data" / "menus"
DIAOZHUANG, ZHONGGU = "diaozhuang-2025-11-10.csv", "zhonggu-2022-02-21.csv"
BIG_SMALL = "one_big_one_small_one_vegetable_one_soup"


def check(name: str, **options) -> Verdict:
    return check_file((FOLDER / name).read_bytes(), name, **options)


def document(name: str) -> dict:
    return as_document(check(name), "zh_CN")


@pytest.mark.parametrize("name", [DIAOZHUANG, ZHONGGU])
def test_every_ingredient_of_the_real_menus_is_known(name) -> None:
    verdict = check(name)
    assert verdict.unknown_ingredients == []
    assert len(verdict.meals) == 5


def test_the_shares_of_the_first_menu_are_those_worked_out_by_hand() -> None:
    shares = {
        dish["name"]: (dish["meat_share"], dish["counts"])
        for meal in document(DIAOZHUANG)["meals"]
        for dish in meal["dishes"]
        if dish["kind"] == "meat"
    }
    assert shares == {
        "土豆牛肉": (0.773, True),  # 75 / (75 + 25 x 0.88)
        "莴苣炒蛋": (0.392, False),  # 30 / (30 + 75 x 0.62)
        "五香大排": (1.0, True),
        "茭白肉丝": (0.367, False),  # 30 / (30 + 70 x 0.74)
        "红烧翅中": (1.0, True),
        "杏鲍菇炒蛋": (0.29, False),  # 30 / (30 + 75 x 0.98)
        "盐水基围虾": (1.0, True),
        "宫保鸡丁": (0.361, False),  # 30 / (30 + 30 x 0.88 + 30 x 0.89)
        "西芹牛柳": (0.835, True),  # 90 / (90 + 20 x 0.89)
        "西红柿炒蛋": (0.273, False),  # 30 / (30 + 80)
    }


def test_the_first_menu_breaks_the_default_every_day_and_meets_the_other_preset() -> None:
    for meal in document(DIAOZHUANG)["meals"]:
        assert meal["presets_met"] == [BIG_SMALL]
        assert [f["rule"] for f in meal["findings"]] == ["two_meats", "two_vegetables", "meat_share"]
        assert {f["level"] for f in meal["findings"]} == {"error"}
    staples = [meal["counts"]["staple"] for meal in document(DIAOZHUANG)["meals"]]
    assert staples == [1, 1, 1, 1, 2]


def test_the_first_day_of_the_first_menu_feeds_as_it_should() -> None:
    first = document(DIAOZHUANG)["meals"][0]
    assert (first["date"], first["meal"]) == ("2025-11-10", "lunch")
    assert first["counts"] == {"meat": 1, "vegetable": 1, "soup": 1, "staple": 1}
    amounts = first["nutrients"]
    assert [amounts[key] for key in ("energy_kcal", "protein_g", "fat_g", "carbohydrate_g")] == [
        709.8,
        33.3,
        21.4,
        95.2,
    ]
    assert first["incomplete"] == []


def test_a_school_that_publishes_by_the_other_preset_has_no_error() -> None:
    verdict = check(DIAOZHUANG, policy=Policy(composition=PRESETS[BIG_SMALL]))
    assert not verdict.has_errors


def test_the_second_menu_meets_the_other_preset_on_three_days() -> None:
    meals = document(ZHONGGU)["meals"]
    assert [meal["presets_met"] for meal in meals] == [[BIG_SMALL], [BIG_SMALL], [], [BIG_SMALL], []]
    lacks = [{f["rule"] for f in meal["findings"] if f["level"] == "error"} for meal in meals]
    assert lacks == [
        {"two_meats", "two_vegetables", "meat_share"},
        {"two_meats", "two_vegetables", "meat_share"},
        {"two_meats", "two_vegetables"},
        {"two_meats", "two_vegetables", "meat_share"},
        {"two_vegetables", "one_soup"},
    ]


def test_porridge_under_soup_is_the_soup() -> None:
    tuesday = document(ZHONGGU)["meals"][1]
    assert tuesday["dishes"][-1] == {"name": "小米粥", "kind": "soup", "meat_share": None, "counts": True}


@pytest.mark.parametrize("name", [DIAOZHUANG, ZHONGGU])
def test_real_menus_repeat_no_dish_and_use_nothing_banned(name) -> None:
    assert not {"repeated_dish", "banned_food", "cold_dish", "unknown_ingredient"} & set(
        rules_of(check(name))
    )


def test_the_week_is_the_mean_of_its_days() -> None:
    told = document(DIAOZHUANG)
    days = [meal["nutrients"]["energy_kcal"] for meal in told["meals"]]
    assert told["week"]["nutrients_mean"]["energy_kcal"] == pytest.approx(sum(days) / 5, abs=0.1)
    assert told["week"]["incomplete"] == ["fiber_g", "vitamin_a_ug_rae", "vitamin_c_mg", "cholesterol_mg"]


def test_the_week_s_findings_are_warnings_and_advice() -> None:
    verdict = check(DIAOZHUANG)
    assert all(f.level is not Level.ERROR for f in verdict.findings)
    assert found(verdict, "energy") == []  # 675.9 of 630 to 880 kcal
    assert [f.facts["most"] for f in found(verdict, "protein")] == ["24"]  # 50 g x 40% x 1.2


def test_an_older_band_asks_for_more() -> None:
    assert [f.facts["least"] for f in found(check(DIAOZHUANG, age=Age.FIFTEEN), "energy")] == ["827"]


def test_one_ingredient_on_two_lines_is_one_ingredient() -> None:
    head = "日期,餐次,类别,菜名,食材,克重\n"
    rows = "2025-11-10,午餐,荤菜,烧肉,牛肉,30\n2025-11-10,午餐,荤菜,烧肉,牛 肉,20.5\n"
    verdict = check_file((head + rows).encode(), "menu.csv")
    (ingredient,) = verdict.meals[0].meal.dishes[0].ingredients
    assert ingredient.milligrams == 50_500


def test_rows_of_a_meal_belong_together_wherever_they_stand() -> None:
    rows = (
        "日期,餐次,类别,菜名,食材,克重",
        "2025-11-11,晚餐,荤菜,烧肉,牛肉,30",
        "2025-11-10,午餐,素菜,青菜,青菜,20",
        "2025-11-11,晚餐,荤菜,烧肉,土豆,9",
    )
    meals = [judged.meal for judged in check_file("\n".join(rows).encode(), "menu.csv").meals]
    assert [meal.day.day for meal in meals] == [10, 11]
    assert [len(meal.dishes[0].ingredients) for meal in meals] == [1, 2]
