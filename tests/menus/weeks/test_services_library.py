"""The menu library of a district: planned on the board, given to its schools, copied, brought up to date."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from canteen.accounts.services.trail import deeds
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.pages import Listing
from canteen.kit.problems import Level, Missing, Refused
from canteen.notices.tables import Notice
from canteen.schools.services.policies import decide
from canteen.tenants.services import create_central, create_school
from menus.foods.rules import shipped
from menus.weeks.forms import CopyForm, DishForm, ImportForm, IngredientForm, MealForm, NewWeek, PushForm
from menus.weeks.services import copying, drafts, imports, library, lists, papers, templates
from menus.weeks.services.sheet import WeekSheet, week_sheet
from menus.weeks.services.verdict import board, head
from tests.cast import DISTRICT, ELSEWHERE, FIRST, NOW, SECOND, TODAY
from tests.make import Cast, make_cast

DATA = Path(__file__).parents[2] / "data" / "menus"
DIAOZHUANG = "diaozhuang-2025-11-10.csv"
GREENS = DishForm("炒青菜", (IngredientForm("青菜", 120_000),), "素菜")
SPINACH = DishForm("炒菠菜", (IngredientForm("菠菜", 120_000),), "素菜")
REASON = "学校急用，其余问题下周一前改正"
PLAN = (MealForm(0, "lunch", (GREENS,)), MealForm(1, "lunch", (SPINACH,)))


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


async def recommended(cast: Cast, name: str = "秋季菜谱一", content: tuple[MealForm, ...] = PLAN) -> int:
    """A menu in the district's library."""
    return await drafts.create_week(cast.actor("shen"), NewWeek(TODAY, content=content, name=name), now=NOW)


async def give(cast: Cast, menu: int, *codes: str) -> int:
    form = PushForm(tuple(cast.schools[code] for code in codes), REASON)
    return await library.push_week(cast.actor("shen"), menu, form, now=NOW)


def dishes(sheet: WeekSheet) -> list[str]:
    return [dish.value.name for meal in sheet.meals for dish in meal.dishes]


async def standing(district: int, menu: int) -> list[tuple[bool, bool]]:
    """Of each school: whether it has the menu, and as it is now."""
    return [(school.has, school.current) for school in await library.given(district, menu)]


async def told(school: int) -> list[str]:
    rows = await Notice.select(Notice.message).where(Notice.school == school).order_by(Notice.id)
    return [row["message"] for row in rows]


async def test_a_district_plans_a_menu_that_no_canteen_cooks(cast: Cast) -> None:
    menu = await recommended(cast)
    planned = await head(cast.schools[DISTRICT], menu)
    assert (planned.canteen, planned.name, planned.in_library) == (None, "秋季菜谱一", True)
    assert await lists.week_on(cast.schools[DISTRICT], TODAY) == []
    sheet = await week_sheet(cast.schools[DISTRICT], menu)
    with pytest.raises(Missing):
        await papers.kitchen_facts(cast.schools[DISTRICT], menu, sheet.meals[0].id)


async def test_menus_of_the_library_have_names_of_their_own_and_may_stand_for_one_week(
    cast: Cast,
) -> None:
    await recommended(cast)
    await recommended(cast, "秋季菜谱二")
    for name in ("", "  ", "秋季菜谱一"):
        with pytest.raises(Refused) as refused:
            await recommended(cast, name)
        assert refused.value.findings[0].at == "name"


async def test_a_district_imports_the_file_that_schools_use_and_judges_it_by_its_own_policy(
    cast: Cast, tmp_path: Path
) -> None:
    shen, district = cast.actor("shen"), cast.schools[DISTRICT]
    data = (DATA / DIAOZHUANG).read_bytes()
    preview = await imports.preview_file(shen, data, DIAOZHUANG, ImportForm())
    assert preview.weeks[0].stands is None
    [menu] = await imports.import_file(shen, data, DIAOZHUANG, ImportForm(), folder=tmp_path, now=NOW)
    assert (await head(district, menu)).name == "diaozhuang-2025-11-10"
    assert (await board(district, menu)).counts[Level.ERROR] > 0
    preset = "one_big_one_small_one_vegetable_one_soup"
    await decide(shen, "menu_composition", preset, from_day=date(2025, 9, 1), now=NOW)
    rules = {f.rule for f in (await board(district, menu)).verdict.all_findings if f.level is Level.ERROR}
    assert "two_vegetables" not in rules


async def test_a_copy_in_the_library_takes_another_name(cast: Cast) -> None:
    shen, menu = cast.actor("shen"), await recommended(cast)
    with pytest.raises(Refused):
        await copying.copy_week(shen, menu, CopyForm(TODAY), now=NOW)
    made = await copying.copy_week(shen, menu, CopyForm(TODAY, name="秋季菜谱二"), now=NOW)
    sheet = await week_sheet(cast.schools[DISTRICT], made)
    assert (sheet.head.name, dishes(sheet)) == ("秋季菜谱二", ["炒青菜", "炒菠菜"])


async def test_a_school_plans_from_what_its_district_gave_and_the_copy_names_its_origin(cast: Cast) -> None:
    menu = await recommended(cast)
    assert await give(cast, menu, FIRST, SECOND) == 2
    assert await give(cast, menu, FIRST) == 1
    [offered] = await templates.templates_of(cast.school)
    assert (offered["name"], offered["origin_school"]) == ("秋季菜谱一", cast.schools[DISTRICT])
    week = await templates.plan_from_template(cast.actor("lin"), offered["id"], CopyForm(TODAY), now=NOW)
    sheet = await week_sheet(cast.school, week)
    assert (sheet.head.origin_school, sheet.head.origin_id) == (cast.schools[DISTRICT], menu)
    assert not sheet.head.in_library
    assert sheet.head.name == ""
    assert dishes(sheet) == ["炒青菜", "炒菠菜"]
    origin = await library.origin_of(cast.school, sheet.head)
    assert origin is not None
    assert (origin.giver, origin.name, origin.differences) == ("城关区", "秋季菜谱一", ())


async def test_who_has_a_menu_already_gets_it_as_it_is_now_and_is_told_what_changed(cast: Cast) -> None:
    menu, shen, district = await recommended(cast), cast.actor("shen"), cast.schools[DISTRICT]
    await give(cast, menu, FIRST)
    [offered] = await templates.templates_of(cast.school)
    week = await templates.plan_from_template(cast.actor("lin"), offered["id"], CopyForm(TODAY), now=NOW)
    sheet = await week_sheet(district, menu)
    gone = sheet.meals[0]
    await drafts.change_dish(shen, menu, gone.dishes[0].id, SPINACH, version=gone.version, now=NOW)
    more = DishForm("炒菠菜", (IngredientForm("菠菜", 90_000),), "素菜")
    changed = sheet.meals[1]
    await drafts.change_dish(shen, menu, changed.dishes[0].id, more, version=changed.version, now=NOW)
    assert [(g.has, g.current) for g in await library.given(district, menu)] == [
        (True, False),
        (False, False),
    ]
    later = NOW.replace(hour=9)
    await library.push_week(shen, menu, PushForm((cast.school,), REASON), now=later)
    assert await standing(district, menu) == [(True, True), (False, False)]
    origin = await library.origin_of(cast.school, await head(cast.school, week))
    assert origin is not None
    first, second = origin.differences
    assert (first.day, first.come, first.gone) == (0, ("炒菠菜",), ("炒青菜",))
    assert (second.day, second.changed) == (1, ("炒菠菜",))
    assert dishes(await week_sheet(cast.school, week)) == ["炒青菜", "炒菠菜"]
    assert await told(cast.school) == [
        "The district recommends a menu: {menu}",
        "The district changed a menu that it recommends: {menu}",
    ]


async def test_the_same_menu_given_again_is_no_news(cast: Cast) -> None:
    menu = await recommended(cast)
    await give(cast, menu, FIRST)
    await give(cast, menu, FIRST)
    assert len(await told(cast.school)) == 1
    [offered] = await templates.templates_of(cast.school)
    assert offered["changed_at"] is None


async def test_only_a_filled_menu_of_the_library_goes_to_schools_of_the_own_district(cast: Cast) -> None:
    menu, empty = await recommended(cast), await recommended(cast, "空", (MealForm(0, "lunch"),))
    lin = cast.actor("lin")
    cooked = await drafts.create_week(lin, NewWeek(TODAY, content=PLAN), now=NOW)
    for work in (
        give(cast, menu, ELSEWHERE),
        give(cast, menu),
        give(cast, empty, FIRST),
        library.push_week(lin, cooked, PushForm((cast.school,), REASON), now=NOW),
    ):
        with pytest.raises(Refused):
            await work
    with pytest.raises(Missing):
        await give(cast, cooked, FIRST)


async def test_a_menu_with_errors_is_given_only_for_a_reason_that_the_trail_keeps(cast: Cast) -> None:
    menu, shen, district = await recommended(cast), cast.actor("shen"), cast.schools[DISTRICT]
    stood = await board(district, menu)
    broken = [f.rule for f in stood.verdict.all_findings if f.level is Level.ERROR]
    assert broken
    for reason in ("", " 急 "):
        with pytest.raises(Refused) as refused:
            await library.push_week(shen, menu, PushForm((cast.school,), reason), now=NOW)
        assert [(f.rule, f.at) for f in refused.value.findings] == [("reason", "reason")]
    assert await templates.templates_of(cast.school) == []
    assert await told(cast.school) == []
    assert await give(cast, menu, FIRST) == 1
    [deed] = (await deeds(district, Listing(filters={"deed": "weeks.push"})))[0]
    assert deed.after is not None
    assert (deed.after["errors"], deed.after["reason"]) == (broken, REASON)


async def test_a_given_menu_names_no_food_of_the_districts_own(cast: Cast) -> None:
    """S001 is a food of its own in every school: only the name and the shipped codes travel."""
    mine = IngredientForm("区南瓜泥", 20_000, "S001")
    rice = IngredientForm("大米", 80_000, next(iter(shipped())).code)
    plan = (MealForm(0, "lunch", (DishForm("南瓜饭", (mine, rice), "主食", dish=7),)),)
    await give(cast, await recommended(cast, content=plan), FIRST)
    [given] = await templates.templates_of(cast.school)
    content = (await templates.template_of(cast.school, given["id"]))["content"]
    [meal] = msgspec.json.decode(content, type=tuple[MealForm, ...])
    assert meal.dishes[0].dish is None
    assert meal.dishes[0].ingredients[0].food_code is None


async def test_a_central_school_gives_to_its_own_schools(cast: Cast) -> None:
    async with write():
        central = await create_central(code="C001", name="中心学校", parent=cast.schools[DISTRICT], now=NOW)
        below = await create_school(code="A003", name="村小", parent=central.id, now=NOW)
    officer = Actor(cast.people["shen"], central.id)
    menu = await drafts.create_week(officer, NewWeek(TODAY, content=PLAN, name="片区菜谱"), now=NOW)
    assert [school.school for school in await library.given(central.id, menu)] == [below.id]
    assert await library.push_week(officer, menu, PushForm((below.id,), REASON), now=NOW) == 1
    with pytest.raises(Refused):
        await library.push_week(officer, menu, PushForm((cast.school,), REASON), now=NOW)


async def test_the_library_counts_the_schools_that_have_a_menu(cast: Cast) -> None:
    menu = await recommended(cast)
    await give(cast, menu, FIRST, SECOND)
    heads, _more = await lists.weeks(cast.schools[DISTRICT], Listing(limit=20))
    assert await library.holders(cast.schools[DISTRICT], heads) == {menu: 2}
    [offered] = await templates.templates_of(cast.school)
    await templates.retire_template(cast.actor("lin"), offered["id"], now=NOW)
    assert await library.holders(cast.schools[DISTRICT], heads) == {menu: 1}
