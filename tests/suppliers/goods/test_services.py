"""Keeping goods, taking them over from lists and files, and deciding which papers they need."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from canteen.accounts.tables import Trail
from canteen.kit.actor import Actor
from canteen.kit.pages import Listing
from canteen.kit.problems import Conflict, Missing, Refused
from canteen.kit.sheets import BadFile, Column, write_csv, write_xlsx
from menus.foods.rules import shipped
from suppliers.goods import services
from suppliers.goods.forms import GoodForm, NeedForm, TakeForm, UnitForm
from suppliers.goods.rules import (
    Category,
    Layer,
    Need,
    PaperKind,
    PaperNeedRule,
    Per,
    Source,
    Storage,
    banned_findings,
    quantity_of,
    starter,
    unit_findings,
    units_of,
)
from tests.cast import DISTRICT, ELSEWHERE, NOW, SECOND, TODAY
from tests.make import Cast, make_cast

RICE = GoodForm(
    "东北大米",
    Category.GRAIN,
    "袋",
    Storage.DRY,
    units=(UnitForm("袋", 25_000, "公斤"),),
    aliases="粳米；珍珠米",
    spec="25kg/袋",
    shelf_life_days=180,
    food_code="F001",
)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


async def names(school: int, **asked: Any) -> list[str]:
    return [good.name for good in (await services.list_goods(school, Listing(**asked)))[0]]


async def deeds(school: int) -> list[str]:
    return [row["deed"] for row in await Trail.select().where(Trail.school == school).order_by(Trail.id)]


def changed(form: GoodForm, **other: Any) -> GoodForm:
    return GoodForm(**{**{f: getattr(form, f) for f in form.__struct_fields__}, **other})


async def test_a_good_is_kept_with_its_units_and_told_in_the_trail(cast: Cast) -> None:
    chen = cast.actor("chen")
    good = await services.good_of(chen.school, await services.add_good(chen, RICE, now=NOW))
    assert (good.name, good.aliases, good.food_code) == ("东北大米", ("粳米", "珍珠米"), "F001")
    assert quantity_of(units_of(good), "袋", 2000) == 50_000
    assert await deeds(chen.school) == ["goods.add"]


async def test_everything_wrong_with_a_good_is_said_at_once(cast: Cast) -> None:
    bad = changed(RICE, name="亚硝酸盐", unit="筐", units=(UnitForm("公斤", 1000, "公斤"),))
    with pytest.raises(Refused) as refused:
        await services.add_good(cast.actor("chen"), bad, now=NOW)
    assert {f.rule for f in refused.value.findings} == {"unit_known", "unit_unknown", "banned_good"}
    assert await names(cast.school) == []


async def test_a_unit_is_told_in_a_unit_that_is_known(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        await services.add_good(
            cast.actor("chen"), changed(RICE, units=(UnitForm("袋", 1000, "筐"),)), now=NOW
        )
    assert [f.at for f in refused.value.findings] == ["units.0.of"]


async def test_two_goods_in_use_never_share_a_name_and_a_retired_one_gives_it_free(cast: Cast) -> None:
    chen = cast.actor("chen")
    first = await services.add_good(chen, RICE, now=NOW)
    with pytest.raises(Refused, match="good_name"):
        await services.add_good(chen, changed(RICE, name="东北 大米"), now=NOW)
    await services.retire_good(chen, first, now=NOW)
    second = await services.add_good(chen, RICE, now=NOW)
    with pytest.raises(Refused, match="good_name"):
        await services.restore_good(chen, first, now=NOW)
    await services.retire_good(chen, second, now=NOW)
    await services.restore_good(chen, first, now=NOW)
    assert [good.id for good in (await services.list_goods(chen.school, Listing()))[0]] == [first]
    assert (await services.good_of(chen.school, second)).retired


async def test_nobody_overwrites_what_was_not_seen(cast: Cast) -> None:
    chen = cast.actor("chen")
    id_ = await services.add_good(chen, RICE, now=NOW)
    seen = (await services.good_of(chen.school, id_)).changed_at
    assert seen
    form = changed(RICE, spec="10kg/袋", seen=seen.isoformat())
    await services.change_good(chen, id_, form, now=NOW + timedelta(minutes=1))
    with pytest.raises(Conflict):
        await services.change_good(chen, id_, form, now=NOW)
    assert (await services.good_of(chen.school, id_)).spec == "10kg/袋"


async def test_goods_are_found_by_name_other_name_pinyin_and_initials(cast: Cast) -> None:
    chen = cast.actor("chen")
    await services.add_good(chen, RICE, now=NOW)
    await services.add_good(chen, changed(RICE, name="大米", aliases=""), now=NOW)
    for typed in ("珍珠", "dongbei", "dbdm", "zzm", "北大"):
        assert [good.name for good in await services.find_goods(chen.school, typed)] == ["东北大米"]
    assert [good.name for good in await services.find_goods(chen.school, "大米")] == ["大米", "东北大米"]
    assert await services.find_goods(chen.school, "面%_") == []
    assert await names(chen.school, q="zhenzhu") == ["东北大米"]


async def test_a_list_is_filtered_and_goes_on_by_its_cursor(cast: Cast) -> None:
    chen = cast.actor("chen")
    await services.take_goods(chen, TakeForm(tuple(Category)), now=NOW)
    seen: list[str] = []
    asked = Listing(limit=50, sort="category")
    while True:
        goods, following = await services.list_goods(chen.school, asked)
        seen += [good.name for good in goods]
        if following is None:
            break
        last = goods[-1]
        asked = replace(asked, after=[last.category.value, last.id])
    assert len(seen) == len(set(seen)) == len(starter())
    frozen = await services.all_goods(chen.school, Listing(filters={"storage": "frozen", "category": "meat"}))
    assert {good.name for good in frozen} == {"冻牛肉", "冻鸡腿", "冻鸡翅中", "冻鸭腿", "鸡块", "鸡胸肉"}
    unmapped = await names(chen.school, filters={"unmapped": "1"})
    assert "保鲜膜" in unmapped and "大米" not in unmapped


async def test_the_starter_list_is_taken_by_category_once(cast: Cast) -> None:
    chen = cast.actor("chen")
    await services.add_good(chen, changed(RICE, name="大米", spec="自家的"), now=NOW)
    made = await services.take_goods(chen, TakeForm((Category.GRAIN,), ("菜籽油",)), now=NOW)
    grain = [good for good in starter() if good.category is Category.GRAIN]
    assert len(made) == len(grain)  # one is there already, the oil comes with them
    assert await services.take_goods(chen, TakeForm((Category.GRAIN,)), now=NOW) == []
    assert await deeds(chen.school) == ["goods.add", "goods.take"]
    offers = await services.starter_offers(chen.school)
    assert all(offer.mine for offer in offers[Category.GRAIN])
    assert [o.good.name for o in offers[Category.OIL] if o.mine] == ["菜籽油"]


async def test_a_school_copies_from_its_district_and_from_nobody_else(cast: Cast) -> None:
    above = await services.add_good(cast.actor("shen"), RICE, now=NOW)
    aside = await services.add_good(cast.actor("zheng"), RICE, now=NOW)
    chen = cast.actor("chen")
    assert [name for name, _good in await services.goods_above(chen.school, Listing())] == ["城关区"]
    (copy,) = await services.take_goods(chen, TakeForm(goods=(above,)), now=NOW)
    good = await services.good_of(chen.school, copy)
    assert (good.origin_school, good.origin_id) == (cast.schools[DISTRICT], above)
    for stranger in ((aside,), (above, aside), (10**9,)):
        with pytest.raises(Missing):
            await services.take_goods(chen, TakeForm(goods=stranger), now=NOW)


async def test_one_school_sees_nothing_of_another(cast: Cast) -> None:
    id_ = await services.add_good(cast.actor("chen"), RICE, now=NOW)
    for stranger in (SECOND, ELSEWHERE, DISTRICT):
        school = cast.schools[stranger]
        assert await services.goods_by_ids(school, [id_]) == {}
        assert await services.find_goods(school, "大米") == []
        with pytest.raises(Missing):
            await services.retire_good(Actor(1, school, frozenset()), id_, now=NOW)


async def test_names_and_foods_lead_to_goods(cast: Cast) -> None:
    chen = cast.actor("chen")
    rice = await services.add_good(chen, RICE, now=NOW)
    plain = await services.add_good(chen, changed(RICE, name="珍珠米", aliases=""), now=NOW)
    found = await services.goods_by_name(chen.school)
    assert {name: good.id for name, good in found.items()} == {
        "东北大米": rice,
        "粳米": rice,
        "珍珠米": plain,
    }
    foods = await services.goods_of_foods(chen.school, ["F001", "F002"])
    assert {code: [good.id for good in goods] for code, goods in foods.items()} == {
        "F001": [rice, plain],
        "F002": [],
    }


HEADS = ("名称", "品类", "单位", "换算", "储存", "保质期")


def sheet(*rows: tuple[str, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    return write_csv([Column(head) for head in heads], rows)


async def test_a_file_of_goods_is_taken_over_once(cast: Cast) -> None:
    chen = cast.actor("chen")
    await services.add_good(chen, RICE, now=NOW)
    rows = (
        ("东北大米", "米面", "袋", "袋=10000", "常温", "6个月"),
        ("豆腐", "豆制品", "斤", "", "冷藏", "1"),
    )
    assert await services.import_goods(chen, sheet(*rows), "goods.csv", again=False, now=NOW) == 2
    found = await services.goods_by_name(chen.school)
    assert found["东北大米"].units[0].quantity == 10_000 and found["东北大米"].food_code == "F001"
    assert found["豆腐"].storage is Storage.CHILLED and found["东北大米"].shelf_life_days == 180
    with pytest.raises(Refused, match="same_file"):
        await services.import_goods(chen, sheet(*rows), "copy.csv", again=False, now=NOW)
    assert await services.import_goods(chen, sheet(*rows), "copy.csv", again=True, now=NOW) == 0


async def test_english_headings_and_a_workbook_are_read_too(cast: Cast) -> None:
    heads = ("unit", "name", "category", "note")
    data = write_xlsx([Column(head) for head in heads], [("斤", " 菠菜 ", "produce", "新鲜")])
    assert await services.import_goods(cast.actor("chen"), data, "goods.xlsx", again=False, now=NOW) == 1
    assert await names(cast.school) == ["菠菜"]


async def test_every_error_of_every_row_is_said_and_nothing_is_kept(cast: Cast) -> None:
    rows = (
        ("", "米面", "袋", "袋=x", "常温", "明年"),
        ("豆腐", "豆制品类别", "筐", "", "太阳下", "0"),
        ("亚硝酸钠", "添加剂", "斤", "", "常温", ""),
        ("大葱", "蔬菜", "筐", "", "冷藏", "3"),
        ("大 葱", "蔬菜", "斤", "", "冷藏", "3"),
    )
    data = sheet(*rows)
    with pytest.raises(BadFile) as bad:
        await services.import_goods(cast.actor("chen"), data, "goods.csv", again=False, now=NOW)
    assert [(e.line, e.column) for e in bad.value.errors] == [
        (2, "名称"),
        (2, "换算"),
        (2, "保质期"),
        (3, "品类"),
        (3, "储存"),
        (3, "保质期"),
        (4, "名称"),
        (5, "单位"),
        (6, "名称"),
    ]
    assert await names(cast.school) == []
    told = await services.bad_rows(data, "goods.csv", "zh_CN", TODAY)
    assert told and len(told.errors) == 9 and told.file


async def test_a_file_that_can_be_taken_has_no_bad_rows(cast: Cast) -> None:
    assert await services.bad_rows(sheet(("豆腐", "豆制品", "斤", "", "", "")), "a.csv", "en", TODAY) is None
    broken = await services.bad_rows(b"PK\x03\x04", "a.xlsx", "en", TODAY)
    assert broken and broken.file == ""


def need(**other: Any) -> NeedForm:
    values: dict[str, Any] = {
        "category": Category.PRODUCE,
        "source": Source.MARKET,
        "paper": PaperKind.QUICK_TEST,
        "per": Per.BATCH,
        "need": Need.REQUIRED,
        "from_day": TOMORROW,
        "reason": "区里要求每批快检",
    }
    return NeedForm(**{**values, **other})


async def standing(school: int, on: date, paper: PaperKind = PaperKind.QUICK_TEST) -> PaperNeedRule | None:
    found = (await services.matrix_on(school, on)).needs(Category.PRODUCE, Source.MARKET)
    return next((row for row in found if row.paper is paper), None)


async def test_a_district_asks_for_a_paper_from_a_day_on_at_its_schools_alone(cast: Cast) -> None:
    await services.decide_need(cast.actor("shen"), need(), now=NOW)
    before, after = await standing(cast.school, TODAY), await standing(cast.school, TOMORROW)
    assert before and (before.need, before.layer) == (Need.CONDITIONAL, Layer.SHIPPED)
    assert after and (after.need, after.tenant, after.text) == (Need.REQUIRED, "城关区", "区里要求每批快检")
    elsewhere = await standing(cast.schools[ELSEWHERE], TOMORROW)
    assert elsewhere and elsewhere.need is Need.CONDITIONAL
    assert await deeds(cast.schools[DISTRICT]) == ["goods.decide_need"]


async def test_no_past_day_gets_another_rule(cast: Cast) -> None:
    with pytest.raises(Refused, match="need_past"):
        await services.decide_need(cast.actor("shen"), need(from_day=TODAY - timedelta(days=1)), now=NOW)
    await services.decide_need(cast.actor("shen"), need(from_day=TODAY), now=NOW)


async def test_a_school_asks_for_more_and_not_for_less(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    await services.decide_need(zhou, need(), now=NOW)
    with pytest.raises(Refused, match="need_loosened"):
        await services.decide_need(zhou, need(paper=PaperKind.CONFORMITY, need=Need.NONE), now=NOW)
    await services.decide_need(
        cast.actor("shen"), need(paper=PaperKind.CONFORMITY, need=Need.CONDITIONAL), now=NOW
    )
    row = await standing(cast.school, TOMORROW, PaperKind.CONFORMITY)
    assert row and row.need is Need.CONDITIONAL


async def test_a_school_under_nobody_decides_for_itself(cast: Cast) -> None:
    await services.decide_need(cast.actor("ma"), need(paper=PaperKind.CONFORMITY, need=Need.NONE), now=NOW)
    assert await standing(cast.schools[ELSEWHERE], TOMORROW, PaperKind.CONFORMITY) is None


async def test_what_a_district_locks_no_school_changes(cast: Cast) -> None:
    await services.decide_need(cast.actor("shen"), need(need=Need.CONDITIONAL, locked=True), now=NOW)
    with pytest.raises(Refused, match="need_locked"):
        await services.decide_need(cast.actor("zhou"), need(), now=NOW)


async def test_a_school_locks_nothing(cast: Cast) -> None:
    await services.decide_need(cast.actor("zhou"), need(locked=True), now=NOW)
    row = await standing(cast.school, TOMORROW)
    assert row and not row.locked


def test_every_food_code_of_the_starter_list_is_one_of_the_table() -> None:
    codes = {good.name: good.food_code for good in starter() if good.category is not Category.TABLEWARE}
    assert {name: code for name, code in codes.items() if code is None or shipped().get(code) is None} == {}


def test_the_starter_list_holds_what_can_be_kept() -> None:
    assert len({good.name for good in starter()}) == len(starter()) >= 150
    assert {good.category for good in starter()} == set(Category)
    for good in starter():
        assert unit_findings(good.measure, good.unit, good.units) == []
        assert banned_findings(good.names, TODAY) == []
