"""From a school's file to the wall and beyond: the story of one week, on both engines."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from canteen.accounts.services.trail import deeds
from canteen.accounts.tables import Trail
from canteen.kit import uploads
from canteen.kit.pages import Listing
from canteen.kit.pages.listing import read_cursor
from canteen.kit.problems import Conflict, Level, Missing, Refused
from canteen.kit.sheets import BadFile
from canteen.schools.services.policies import decide
from menus.dishes import forms as recipes
from menus.dishes.services import add_dish
from menus.foods.forms import NameForm
from menus.foods.services import name_food, names_of, table_of
from menus.weeks.forms import (
    ApprovalForm,
    CopyForm,
    DishForm,
    ImportForm,
    IngredientForm,
    MendForm,
    NewWeek,
    ReasonForm,
    TemplateForm,
    VagueForm,
)
from menus.weeks.rules import Age, Kind
from menus.weeks.rules.states import ServingStatus, State
from menus.weeks.services import approval, changes, copying, drafts, imports, lists, mending, templates
from menus.weeks.services import known as dishes_known
from menus.weeks.services.sheet import week_sheet
from menus.weeks.services.verdict import board
from tests.cast import NOW, TODAY
from tests.make import Cast, make_cast

DATA = Path(__file__).parents[2] / "data" / "menus"
DIAOZHUANG, ZHONGGU = "diaozhuang-2025-11-10.csv", "zhonggu-2022-02-21.csv"


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


@pytest.fixture
async def week(cast: Cast, tmp_path: Path) -> int:
    """The real week of Diaozhuang as a draft of the first school."""
    return await take(cast, DIAOZHUANG, tmp_path)


async def take(cast: Cast, name: str, folder: Path, **more: object) -> int:
    data = (DATA / name).read_bytes()
    form = ImportForm(**more)
    return (await imports.import_file(cast.actor("lin"), data, name, form, folder=folder, now=NOW))[0]


async def publish(cast: Cast, week: int, reason: str = "供货商缺货，本周按实际情况供应") -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    version = (await week_sheet(cast.school, week)).head.version
    await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(version, reason), now=NOW)
    await approval.publish_week(cast.actor("lin"), week, now=NOW)


def rules_of(shown: object, level: Level) -> set[str]:
    return {finding.rule for finding in shown.verdict.all_findings if finding.level is level}


async def test_the_board_shows_what_the_real_week_breaks(cast: Cast, week: int) -> None:
    shown = await board(cast.school, week)
    assert {"two_vegetables", "meat_share"} <= rules_of(shown, Level.ERROR)
    assert shown.sheet.head.error_count == shown.counts[Level.ERROR] > 0
    assert shown.sheet.head.first_day == date(2025, 11, 10)


@pytest.mark.parametrize("name", [DIAOZHUANG, ZHONGGU])
async def test_a_real_file_is_taken_without_hand_work_and_kept(cast: Cast, tmp_path: Path, name: str) -> None:
    made = await take(cast, name, tmp_path)
    data = (DATA / name).read_bytes()
    assert await imports.file_of(cast.school, made, tmp_path) == (name, data)
    assert len((await week_sheet(cast.school, made)).meals) == 5


async def test_the_kept_week_is_judged_as_the_file_was(cast: Cast, tmp_path: Path) -> None:
    data = (DATA / ZHONGGU).read_bytes()
    preview = await imports.preview_file(cast.actor("lin"), data, ZHONGGU, ImportForm())
    made = await take(cast, ZHONGGU, tmp_path)
    assert (await board(cast.school, made)).verdict.all_findings == preview.weeks[0].verdict.all_findings


async def test_the_same_file_is_refused_unless_told_to(cast: Cast, week: int, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        await take(cast, DIAOZHUANG, tmp_path)
    assert [f.rule for f in refused.value.findings] == ["same_file"]
    with pytest.raises(Refused) as refused:
        await take(cast, DIAOZHUANG, tmp_path, again=True)
    assert [f.rule for f in refused.value.findings] == ["week_taken"]
    again = await take(cast, DIAOZHUANG, tmp_path, again=True, replace=True)
    assert [w.id for w in (await lists.weeks(cast.school, Listing()))[0]] == [again]


async def test_a_broken_file_lists_every_bad_row_and_keeps_nothing(cast: Cast, tmp_path: Path) -> None:
    data = "日期,餐次,类别,菜名,食材,克重\n昨天,午餐,素菜,菠菜,菠菜,很多\n".encode()
    with pytest.raises(BadFile) as bad:
        await imports.import_file(cast.actor("lin"), data, "坏.csv", ImportForm(), folder=tmp_path, now=NOW)
    assert {error.column for error in bad.value.errors} == {"日期", "克重"}
    assert (await lists.weeks(cast.school, Listing()))[0] == []
    assert not (tmp_path / "uploads").exists()


async def test_an_unknown_food_is_shown_with_candidates_and_mapped_once_for_good(cast: Cast) -> None:
    data = "日期,餐次,类别,菜名,食材,克重\n2026-09-07,午餐,素菜,炒菠菜,赤根大菠菜,100\n".encode()
    before = await imports.preview_file(cast.actor("lin"), data, "周.csv", ImportForm())
    nearest = before.unknown["赤根大菠菜"]
    assert "菠菜" in [food.name for food in nearest]
    spinach = next(food for food in nearest if food.name == "菠菜")
    await name_food(cast.actor("lin"), NameForm("赤根大菠菜", spinach.code), now=NOW)
    after = await imports.preview_file(cast.actor("lin"), data, "周.csv", ImportForm())
    assert after.unknown == {}


async def test_a_refused_file_keeps_no_name_and_a_taken_one_keeps_them_in_its_own_trail_row(
    cast: Cast, tmp_path: Path
) -> None:
    data = "日期,餐次,类别,菜名,食材,克重\n2026-09-07,午餐,素菜,炒菠菜,赤根大菠菜,100\n".encode()
    lin, spinach = cast.actor("lin"), (await table_of(cast.school)).find("菠菜")
    assert spinach is not None

    async def taken(*names: NameForm) -> list[int]:
        form = ImportForm()
        return await imports.import_file(lin, data, "周.csv", form, folder=tmp_path, now=NOW, names=names)

    meant = NameForm("赤根大菠菜", spinach.code)
    with pytest.raises(Refused) as refused:
        await taken(meant, NameForm("怪菜", "X999"))
    assert [f.rule for f in refused.value.findings] == ["no_such_food"]
    assert await names_of(cast.school) == []
    [week] = await taken(meant)
    dish = (await week_sheet(cast.school, week)).meals[0].dishes[0]
    assert dish.value.ingredients[0].food == spinach
    with pytest.raises(Refused) as refused:
        await taken(NameForm("怪菜", spinach.code))
    assert [f.rule for f in refused.value.findings] == ["same_file"]
    assert [row["name"] for row in await names_of(cast.school)] == ["赤根大菠菜"]
    [deed] = (await deeds(cast.school, Listing()))[0]
    assert deed.deed == "weeks.import"
    assert deed.after is not None
    assert deed.after["names"] == [{"name": "赤根大菠菜", "food_code": spinach.code}]


async def test_a_file_of_two_weeks_becomes_two_menus(cast: Cast, tmp_path: Path) -> None:
    rows = "".join(f"2026-09-{d},午餐,素菜,炒菠菜,菠菜,100\n" for d in ("07", "14"))
    data = ("日期,餐次,类别,菜名,食材,克重\n" + rows).encode()
    made = await imports.import_file(
        cast.actor("lin"), data, "两周.csv", ImportForm(), folder=tmp_path, now=NOW
    )
    days = [(await week_sheet(cast.school, id_)).head.first_day.day for id_ in made]
    assert days == [7, 14]


async def test_a_finding_comes_with_mends_that_help(cast: Cast, week: int) -> None:
    shown = await board(cast.school, week)
    meal = shown.sheet.filled[0]
    place = next(n for n, f in enumerate(shown.verdict.meals[0].findings) if f.rule == "two_vegetables")
    found = await mending.mends_for(cast.school, week, meal.id, place)
    assert found.mends
    form = MendForm(finding=place, mend=0, version=found.version, meal=meal.id)
    await mending.apply_mend(cast.actor("lin"), week, form, now=NOW)
    after = await board(cast.school, week)
    assert after.counts[Level.ERROR] < shown.counts[Level.ERROR]
    assert "two_vegetables" not in {f.rule for f in after.verdict.meals[0].findings}


async def test_a_mend_of_an_older_version_is_not_taken(cast: Cast, week: int) -> None:
    shown = await board(cast.school, week)
    form = MendForm(finding=0, mend=0, version=shown.sheet.head.version + 1, meal=shown.sheet.meals[0].id)
    with pytest.raises(Conflict):
        await mending.apply_mend(cast.actor("lin"), week, form, now=NOW)


async def test_a_menu_with_errors_is_approved_only_for_a_written_reason(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    version = (await week_sheet(cast.school, week)).head.version
    with pytest.raises(Refused) as refused:
        await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(version), now=NOW)
    assert [f.rule for f in refused.value.findings] == ["reason"]
    form = ApprovalForm(version, "学校按一大荤一小荤一素一汤公示")
    await approval.approve_week(cast.actor("zhou"), week, form, now=NOW)
    head = (await week_sheet(cast.school, week)).head
    assert (head.state, head.approval_reason) == (State.APPROVED, form.reason)
    assert head.approved_errors == head.error_count > 0


async def test_who_sent_a_menu_does_not_approve_it(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("zhou"), week, now=NOW)
    version = (await week_sheet(cast.school, week)).head.version
    with pytest.raises(Refused) as refused:
        await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(version, "缺货缺货"), now=NOW)
    assert [f.rule for f in refused.value.findings] == ["same_hand"]


async def test_the_principal_approves_what_was_seen(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    with pytest.raises(Conflict):
        await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(0, "缺货缺货"), now=NOW)


async def test_the_principal_sends_a_menu_back_with_a_reason(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    with pytest.raises(Refused):
        await approval.send_back(cast.actor("zhou"), week, ReasonForm(""), now=NOW)
    await approval.send_back(cast.actor("zhou"), week, ReasonForm("周二少一个素菜"), now=NOW)
    head = (await week_sheet(cast.school, week)).head
    assert (head.state, head.sent_back_reason) == (State.DRAFT, "周二少一个素菜")


async def test_a_sent_menu_is_not_edited_behind_the_principals_back(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    meal = (await week_sheet(cast.school, week)).meals[0]
    with pytest.raises(Refused) as refused:
        await drafts.add_dish(cast.actor("lin"), week, meal.id, DishForm("菠菜"), version=1, now=NOW)
    assert [f.rule for f in refused.value.findings] == ["not_a_draft"]
    await approval.reopen_week(cast.actor("lin"), week, now=NOW)
    await drafts.add_dish(cast.actor("lin"), week, meal.id, DishForm("菠菜"), version=1, now=NOW)


async def test_published_is_frozen_and_changed_only_with_a_reason(cast: Cast, week: int) -> None:
    await publish(cast, week)
    meal = (await week_sheet(cast.school, week)).meals[0]
    with pytest.raises(Refused) as refused:
        await drafts.remove_dish(cast.actor("lin"), week, meal.dishes[0].id, version=1, now=NOW)
    assert [f.rule for f in refused.value.findings] == ["frozen"]
    with pytest.raises(Refused):
        await changes.mark_not_served(cast.actor("lin"), week, meal.dishes[0].id, reason="", now=NOW)


async def test_a_swap_stands_beside_what_was_published(cast: Cast, week: int) -> None:
    await publish(cast, week)
    meal = (await week_sheet(cast.school, week)).meals[0]
    gone = next(d for d in meal.dishes if d.value.name == "油焖茄子")
    instead = DishForm("清炒菠菜", (IngredientForm("菠菜", 120_000),))
    made = await changes.swap_dish(cast.actor("lin"), week, gone.id, instead, reason="茄子未到货", now=NOW)
    after = (await week_sheet(cast.school, week)).meal(meal.id)
    names = [(d.value.name, d.status) for d in after.dishes if d.adjusted]
    assert names == [("油焖茄子", ServingStatus.REPLACED), ("清炒菠菜", ServingStatus.PLANNED)]
    assert after.adjusted
    assert "油焖茄子" not in [d.name for d in after.value.dishes]
    told = (await changes.changes_of(cast.school, week))[0]
    assert (told.dish, told.instead, told.reason) == ("油焖茄子", "清炒菠菜", "茄子未到货")
    with pytest.raises(Refused):
        await changes.mark_not_served(cast.actor("lin"), week, gone.id, reason="又没有", now=NOW)
    await changes.mark_not_served(cast.actor("lin"), week, made, reason="停水停电", now=NOW)
    assert [c.kind for c in await changes.changes_of(cast.school, week)] == ["replaced", "not_served"]


async def test_the_week_is_served_with_its_last_meal(cast: Cast, week: int) -> None:
    await publish(cast, week)
    meals = (await week_sheet(cast.school, week)).meals
    for meal in meals:
        assert (await week_sheet(cast.school, week)).head.state is State.PUBLISHED
        await approval.mark_served(cast.actor("he"), week, meal.id, now=NOW)
    assert (await week_sheet(cast.school, week)).head.state is State.SERVED
    told = (await deeds(cast.school, Listing(filters={"deed": "weeks.serve"})))[0][0].after
    assert told == {"day": f"{meals[-1].day}", "meal": meals[-1].name}
    with pytest.raises(Missing):
        await approval.mark_served(cast.actor("he"), week, meals[0].id, now=NOW)


async def test_each_deed_leaves_one_row_in_the_trail(cast: Cast, week: int) -> None:
    await publish(cast, week)
    deeds = [row["deed"] for row in await Trail.select(Trail.deed).order_by(Trail.id)]
    assert deeds == ["weeks.import", "weeks.submit", "weeks.approve", "weeks.publish"]


async def test_a_week_is_copied_as_it_was_planned(cast: Cast, week: int) -> None:
    await publish(cast, week)
    meal = (await week_sheet(cast.school, week)).meals[0]
    dish = meal.dishes[1]
    swap = DishForm("菠菜", (IngredientForm("菠菜", 90_000),))
    await changes.swap_dish(cast.actor("lin"), week, dish.id, swap, reason="未到货了", now=NOW)
    made = await copying.copy_week(cast.actor("lin"), week, CopyForm(TODAY), now=NOW)
    copy = await week_sheet(cast.school, made)
    assert (copy.head.first_day, copy.head.state) == (TODAY, State.DRAFT)
    assert (copy.head.origin_school, copy.head.origin_id) == (cast.school, week)
    assert [d.value.name for d in copy.meals[0].dishes] == [d.value.name for d in meal.dishes]
    assert await copying.last_week_before(cast.school, TODAY + timedelta(days=7)) == made


async def test_a_template_becomes_a_week(cast: Cast, week: int) -> None:
    kept = await templates.keep_template(cast.actor("lin"), week, TemplateForm("秋季第一周"), now=NOW)
    made = await templates.plan_from_template(cast.actor("lin"), kept, CopyForm(TODAY), now=NOW)
    old, new = await week_sheet(cast.school, week), await week_sheet(cast.school, made)
    assert [[d.typed for d in m.dishes] for m in old.meals] == [
        [d.typed for d in m.dishes] for m in new.meals
    ]
    await templates.retire_template(cast.actor("lin"), kept, now=NOW)
    assert await templates.templates_of(cast.school) == []


async def test_the_schools_own_policy_judges_its_menu(cast: Cast, week: int) -> None:
    preset = "one_big_one_small_one_vegetable_one_soup"
    await decide(cast.actor("zhou"), "menu_composition", preset, from_day=date(2025, 9, 1), now=NOW)
    assert "two_vegetables" not in rules_of(await board(cast.school, week), Level.ERROR)


async def test_a_vague_name_is_asked_once_and_remembered(cast: Cast) -> None:
    beans = DishForm("炒豆角", (IngredientForm("豆角", 100_000),))
    week = await drafts.create_week(cast.actor("lin"), NewWeek(TODAY), now=NOW)
    meal = (await week_sheet(cast.school, week)).meals[0].id
    await drafts.add_dish(cast.actor("lin"), week, meal, beans, version=1, now=NOW)
    assert "banned_food" in rules_of(await board(cast.school, week), Level.WARNING)
    cowpea = (await board(cast.school, week)).larder.foods.find("豇豆")
    await changes.answer_vague(cast.actor("lin"), VagueForm("豆角", cowpea.code), now=NOW)
    assert "banned_food" not in rules_of(await board(cast.school, week), Level.WARNING)
    green = (await board(cast.school, week)).larder.foods.find("四季豆")
    await changes.answer_vague(cast.actor("lin"), VagueForm("豆角", green.code), now=NOW)
    assert "banned_food" in rules_of(await board(cast.school, week), Level.ERROR)


async def test_weeks_are_listed_the_latest_first_page_by_page(cast: Cast) -> None:
    days = [TODAY + timedelta(days=7 * n) for n in range(3)]
    for day in days:
        await drafts.create_week(cast.actor("lin"), NewWeek(day), now=NOW)
    first, cursor = await lists.weeks(cast.school, Listing(limit=2))
    assert [week.first_day for week in first] == [days[2], days[1]]
    rest, end = await lists.weeks(cast.school, Listing(limit=2, after=read_cursor(cursor)))
    assert ([week.first_day for week in rest], end) == ([days[0]], None)
    assert (await lists.weeks(cast.school, Listing(filters={"state": "published"})))[0] == []
    assert await lists.week_on(cast.school, days[1]) == [first[1].id]


async def test_what_was_cooked_lately_and_the_library_are_suggested(cast: Cast, week: int) -> None:
    known = await dishes_known.known_dishes(cast.school, Age.NINE, TODAY)
    assert known[0].name in [
        d.value.name for m in (await week_sheet(cast.school, week)).meals for d in m.dishes
    ]
    assert "土豆牛肉" in [dish.name for dish in dishes_known.suggested(known, "tdnr")]
    form = await dishes_known.dish_named(cast.school, "土豆牛肉", Age.NINE, TODAY)
    assert [(i.name, i.milligrams) for i in form.ingredients] == [("土豆", 25_000), ("牛肉", 75_000)]


async def test_the_schools_own_recipe_goes_before_and_is_scaled_to_the_age(cast: Cast, week: int) -> None:
    recipe = recipes.DishForm("土豆牛肉", Kind.MEAT, (recipes.LineForm("牛肉", 100_000),))
    made = await add_dish(cast.actor("lin"), recipe, now=NOW)
    form = await dishes_known.dish_named(cast.school, "土豆牛肉", Age.TWELVE, TODAY)
    assert [(i.name, i.milligrams) for i in form.ingredients] == [("牛肉", 114_000)]
    assert form.dish == getattr(made, "id", made)
    assert form.ingredients[0].food_code


async def test_a_kept_file_is_found_by_its_digest(cast: Cast, week: int, tmp_path: Path) -> None:
    kept = (await imports.files_of(cast.school, week))[0]
    assert uploads.read(tmp_path, kept["digest"]) == (DATA / DIAOZHUANG).read_bytes()
