"""The papers of a week, read back from the PDF and the workbook."""

from dataclasses import replace
from pathlib import Path

import pytest

from canteen.kit.paper import A3_LANDSCAPE, A4_LANDSCAPE, Sheet, Signed, ledger_pdf, poster_pdf
from canteen.kit.sheets import read_rows
from menus.foods.rules import shipped
from menus.weeks import paper
from menus.weeks.forms import read_menu
from menus.weeks.forms.papers import KitchenForm
from menus.weeks.rules import Age, Dish, Meal, MealName, Week
from menus.weeks.rules.states import ServingStatus, State
from menus.weeks.services.changes import Changed
from menus.weeks.services.check import week_of
from menus.weeks.services.papers import PosterFacts
from menus.weeks.services.times import Window
from tests.cast import NOW
from tests.menus.weeks.kitchen import BEEF, FULL, GREENS, MONDAY, RICE, SOUP, dish, lunch, week_of_lunches
from tests.menus.weeks.papers import day, facts_of, kitchen_facts, pages, planned, poster_facts, sheet_of

DATA = Path(__file__).parents[2] / "data" / "menus"
REAL = ["diaozhuang-2025-11-10.csv", "zhonggu-2022-02-21.csv"]
SIGNED = Signed("CP-2026-000123", 2, "https://canteen.example/p/A001/CP-2026-000123/2", replaces=1)
ONE_LUNCH = week_of_lunches(FULL)
BY_HEADS = KitchenForm()


def real_week(name: str) -> Week:
    return week_of(read_menu((DATA / name).read_bytes(), name), shipped())


def poster_text(facts: PosterFacts, lang: str = "zh_CN", sheet: Sheet = A4_LANDSCAPE) -> str:
    return "".join(pages(poster_pdf(paper.poster(facts, lang, sheet, SIGNED))))


@pytest.mark.parametrize("sheet", [A4_LANDSCAPE, A3_LANDSCAPE])
@pytest.mark.parametrize("name", REAL)
def test_every_dish_and_every_gram_of_a_real_week_is_on_its_poster(name: str, sheet: Sheet) -> None:
    week = real_week(name)
    said = poster_text(poster_facts(week), sheet=sheet)
    for meal in week.meals:
        for one in meal.dishes:
            assert one.name in said
            for i in one.ingredients:
                assert f"{i.name}{i.milligrams / 1000:g}g" in said


def test_the_poster_says_whose_it_is_and_for_whom() -> None:
    said = poster_text(poster_facts(ONE_LUNCH, audience="四至六年级"))
    for text in ("一周带量食谱", "第一小学", "四至六年级（9～11岁）", "2026年9月7日", "周一 9月7日", "午餐"):
        assert text in said
    for text in ("编制：林营养 2026-09-07", "审批：周校长", "公布：林营养", "投诉举报电话：12315"):
        assert text in said
    assert "编号 CP-2026-000123 · 第 2 版" in said and "第 1 版，原版作废" in said


LUNCHTIME = Window(690, 810)


def test_the_poster_says_when_each_meal_is_served() -> None:
    facts = poster_facts(ONE_LUNCH)
    timed = replace(facts, windows={(MONDAY, MealName.LUNCH): LUNCHTIME})
    assert "午餐11:30–13:30" in poster_text(timed).replace(" ", "")
    assert "13:30" not in poster_text(facts)
    assert paper.poster_content(timed) != paper.poster_content(facts)


def test_a_time_that_changes_within_the_week_stands_on_the_poster_twice() -> None:
    windows = {(day(0), MealName.LUNCH): LUNCHTIME, (day(1), MealName.LUNCH): Window(700, 780)}
    timed = replace(poster_facts(week_of_lunches(FULL, FULL)), windows=windows)
    assert "午餐11:30–13:3011:40–13:00" in poster_text(timed).replace(" ", "")


@pytest.mark.parametrize("chosen", [BY_HEADS, KitchenForm(blank=True)])
def test_the_kitchen_sheet_says_when_the_meal_is_served(chosen: KitchenForm) -> None:
    facts = replace(kitchen_facts(*FULL), window=LUNCHTIME)
    said = "".join(pages(ledger_pdf(paper.kitchen_sheet(facts, "zh_CN", chosen, SIGNED))))
    assert "午餐 11:30–13:30" in said


def test_a_menu_that_is_not_published_says_draft_in_its_title() -> None:
    assert "草稿" not in poster_text(poster_facts(ONE_LUNCH))
    for state in (State.DRAFT, State.CHECKED, State.APPROVED):
        assert "【草稿】一周带量食谱" in poster_text(poster_facts(ONE_LUNCH, state=state))


def test_kind_cooking_and_allergens_stand_under_a_dish_in_words() -> None:
    egg = dish("小荤", "莴苣炒蛋", method="炒", 莴苣=75, 鸡蛋=30)
    said = poster_text(poster_facts(week_of_lunches((egg,))))
    assert "鸡蛋30g（小荤·炒） 含蛋" in said
    assert "contains egg" in poster_text(poster_facts(week_of_lunches((egg,))), "en")


def test_a_dish_to_choose_says_how_many_take_it() -> None:
    chosen = Dish(BEEF.name, BEEF.kind, BEEF.ingredients, label="大荤", choice="荤", share=0.6)
    assert "（大荤·任选约60%）" in poster_text(poster_facts(week_of_lunches((chosen,))))


def test_each_day_shows_its_nutrition_beside_the_band_and_the_week_its_mean() -> None:
    facts = poster_facts(week_of_lunches(FULL, (RICE, GREENS)))
    said = poster_text(facts)
    for figure in ("能量", "蛋白质", "脂肪", "碳水化合物"):
        assert said.count(figure) >= 3
    energy = facts.board.verdict.mean.amounts["energy_kcal"]
    assert f"WS/T 554-2017）：能量{energy:.0f}千卡（630～880），偏低" in said


def test_incomplete_nutrition_is_said_and_starred() -> None:
    strange = dish("素菜", "炒山野菜", 山野菜=100)
    said = poster_text(poster_facts(week_of_lunches((RICE, strange))))
    assert "缺少山野菜的营养成分数据，实际值更高" in said
    assert "*千卡" in said and "*克" in said
    assert "*" not in poster_text(poster_facts(ONE_LUNCH))


def test_what_was_changed_after_publication_is_marked_with_its_reason() -> None:
    gone = planned(BEEF, 1, status=ServingStatus.REPLACED, reason="牛肉未到货")
    instead = planned(dish("大荤", "红烧鸡块", 鸡肉=80), 2, replaces=1)
    cold = planned(SOUP, 3, status=ServingStatus.NOT_SERVED, reason="蒸箱故障")
    sheet = sheet_of(ONE_LUNCH)
    sheet = replace(sheet, meals=(replace(sheet.meals[0], dishes=(gone, instead, cold)),))
    changes = [
        Changed(MONDAY, MealName.LUNCH, "replaced", "土豆牛肉", "红烧鸡块", "牛肉未到货", 1, NOW),
        Changed(MONDAY, MealName.LUNCH, "not_served", "番茄蛋汤", "", "蒸箱故障", 1, NOW),
    ]
    said = poster_text(facts_of(sheet, changes))
    assert "红烧鸡块【已调整】" in said and "番茄蛋汤【未供应】" in said
    assert "已调整 9月7日午餐：土豆牛肉改为红烧鸡块。原因：牛肉未到货" in said
    assert "未供应 9月7日午餐：番茄蛋汤。原因：蒸箱故障" in said
    assert "牛肉75g" not in said


def test_the_principals_reason_stands_on_the_poster() -> None:
    facts = poster_facts(ONE_LUNCH, approved_errors=3, approval_reason="供货商缺货")
    assert "本周有3处未达要求，经校长书面说明理由后批准，理由：供货商缺货" in poster_text(facts)
    assert "未达要求" not in poster_text(poster_facts(ONE_LUNCH))


def test_rare_characters_are_kept() -> None:
    rare = dish("大荤", "清蒸\U0002b5af鱼\U000312cf", 草鱼=80)
    said = poster_text(poster_facts(week_of_lunches((rare,))))
    assert "清蒸\U0002b5af鱼□U+312CF" in said


@pytest.mark.parametrize(("sheet", "most"), [(A4_LANDSCAPE, 3), (A3_LANDSCAPE, 1)])
def test_a_boarding_week_of_seven_days_flows_over_few_pages(sheet: Sheet, most: int) -> None:
    meals = [
        Meal(day(d), name, tuple(_numbered(d * 100 + m * 10 + n) for n in range(7)))
        for d in range(7)
        for m, name in enumerate((MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER))
    ]
    said = pages(poster_pdf(paper.poster(poster_facts(Week(tuple(meals))), "zh_CN", sheet, SIGNED)))
    assert len(said) <= most
    whole = "".join(said)
    assert all(one.name in whole for meal in meals for one in meal.dishes)


def _numbered(number: int) -> Dish:
    return dish("小荤", f"第{number:03d}道", method="炒", 牛肉=60, 土豆=40, 胡萝卜=20, 酱油=3)


def test_a_meal_that_does_not_take_place_is_a_dash() -> None:
    week = Week((lunch(RICE), lunch(GREENS, day=day(1)), lunch(SOUP, name=MealName.DINNER)))
    assert paper.poster(poster_facts(week), "zh_CN").cells[1][1][0].contents == "—"


def test_the_same_facts_are_the_same_paper_and_a_changed_gram_is_another() -> None:
    first = poster_facts(ONE_LUNCH)
    assert paper.poster_content(first) == paper.poster_content(poster_facts(ONE_LUNCH))
    more = week_of_lunches((*FULL[:-1], dish("汤", "番茄蛋汤", 番茄=31, 鸡蛋=10)))
    assert paper.poster_content(first) != paper.poster_content(poster_facts(more))
    meal = replace(first.board.sheet.meals[0], served_at=NOW)
    served = facts_of(replace(first.board.sheet, meals=(meal,)))
    assert paper.poster_content(served) == paper.poster_content(first), "serving changes nothing on it"


def kitchen_rows(heads: dict[Age, int], form: KitchenForm = BY_HEADS) -> list[list[str]]:
    ledger = paper.kitchen_sheet(kitchen_facts(RICE, BEEF, heads=heads), "zh_CN", form)
    return [list(row) for row in ledger.rows]


def test_the_kitchen_sheet_gives_grams_a_head_and_kilograms_in_all() -> None:
    rows = kitchen_rows({Age.NINE: 420})
    assert rows[:3] == [
        ["白米饭（主食）", "大米", "75", "31.50", "□", "□"],
        ["土豆牛肉（大荤）", "牛肉", "75", "31.50", "□", "□"],
        ["", "土豆", "25", "10.50", "□", "□"],
    ]
    assert rows[3:] == [
        ["本餐领料合计", "大米", "", "31.50", "□", ""],
        ["", "牛肉", "", "31.50", "□", ""],
        ["", "土豆", "", "10.50", "□", ""],
    ]


def test_each_band_has_its_own_grams_and_a_table_its_own_too() -> None:
    heads = {Age.SIX: 100, Age.NINE: 201}
    assert kitchen_rows(heads)[0][2:5] == ["61", "75", "21.18"]
    assert kitchen_rows(heads, KitchenForm(tables=8))[0][2:7] == ["61", "488", "75", "600", "21.18"]
    facts = kitchen_facts(RICE, heads=heads)
    ledger = paper.kitchen_sheet(facts, "zh_CN", KitchenForm(tables=8))
    assert list(ledger.meta) == ["就餐人数：301（6～8岁 100、9～11岁 201）", "每桌8人，共39桌"]


def test_without_counted_heads_the_totals_are_left_to_the_pen() -> None:
    assert kitchen_rows({})[0] == ["白米饭（主食）", "大米", "75", "", "□", "□"]


def test_the_form_for_a_power_cut_names_dishes_and_leaves_every_figure_blank() -> None:
    facts = kitchen_facts(RICE, BEEF, heads={Age.NINE: 420})
    said = pages(ledger_pdf(paper.kitchen_sheet(facts, "zh_CN", KitchenForm(blank=True), SIGNED)))
    assert len(said) == 1
    for text in ("配料单（手工填写）", "就餐人数：", "白米饭", "土豆牛肉", "牛肉", "厨师长", "库管员"):
        assert text in said[0]
    assert "31.5" not in said[0] and "75" not in said[0] and "420" not in said[0]


def test_a_kitchen_sheet_is_signed_by_three_and_of_a_draft_says_so() -> None:
    facts = kitchen_facts(*FULL, heads={Age.NINE: 420}, state=State.DRAFT)
    said = pages(ledger_pdf(paper.kitchen_sheet(facts, "zh_CN", KitchenForm())))[0]
    assert "【草稿】配料单" in said
    for title in ("编制", "厨师长", "库管员"):
        assert title in said


def test_the_wall_poster_is_a_workbook_with_typed_cells_too() -> None:
    rows = read_rows(paper.poster_workbook(poster_facts(ONE_LUNCH), "zh_CN"), "x.xlsx").rows
    first, mean = rows[0].cells, rows[-1].cells
    assert (first["日期"], first["菜品"], first["能量（千卡）"]) == (MONDAY, "白米饭", 270.0)
    assert mean["菜品"] == "本周日均" and isinstance(mean["蛋白质（克）"], float)


def test_the_kitchen_sheet_is_a_workbook_too() -> None:
    facts = kitchen_facts(RICE, BEEF, heads={Age.NINE: 420})
    rows = read_rows(paper.kitchen_workbook(facts, "zh_CN"), "x.xlsx").rows
    assert [row.cells["合计（公斤）"] for row in rows] == [31.5, 31.5, 10.5, 31.5, 31.5, 10.5]
    assert rows[0].cells["人数（9～11岁）"] == 420
    assert rows[-1].cells["菜品"] == "本餐领料合计"


ODD = Week(
    (
        lunch(dish("调味品", "调味品", 盐=2.5, 油=0.125), dish("主食", "=1+1", method="蒸", 大米=75)),
        lunch(dish("牛奶", "纯牛奶", 牛奶=200), name=MealName.SNACK),
    )
)


CHOSEN = Week(
    (
        lunch(
            RICE,
            replace(BEEF, choice="荤菜", share=0.6),
            replace(dish("荤菜", "青椒肉丝", 肉丝=80, 青椒=40), choice="荤菜", share=0.4),
            replace(GREENS, choice="=1+1", share=0.01),
            replace(SOUP, choice="汤", share=1.0),
        ),
        lunch(RICE, name=MealName.DINNER),
    )
)


@pytest.mark.parametrize("week", [*map(real_week, REAL), ODD, CHOSEN], ids=[*REAL, "odd", "chosen"])
@pytest.mark.parametrize("export", [paper.menu_workbook, paper.menu_csv])
def test_the_week_as_a_file_imports_back_as_it_was(week: Week, export: object) -> None:
    data = export(sheet_of(week))  # type: ignore[operator]
    again = week_of(read_menu(data, "week"), shipped())
    assert [_values(meal) for meal in again.meals] == [_values(meal) for meal in week.meals]


def _values(meal: Meal) -> object:
    dishes = [(d.name, d.kind, d.label, d.method, d.choice, d.share, d.ingredients) for d in meal.dishes]
    return meal.day, meal.name, dishes


def test_the_empty_form_holds_the_headings_that_an_import_reads() -> None:
    headings = read_rows(paper.blank_menu(), "form.xlsx").headings
    assert headings == ["日期", "餐次", "类别", "菜名", "食材", "克重", "做法", "任选组", "任选比例"]
