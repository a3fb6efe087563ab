"""The pages of the weekly menu: planner, principal and stranger with their browsers."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from canteen.schools.services.policies import decide
from menus.foods.forms import PriceForm
from menus.foods.services import names_of, set_price, table_of
from menus.weeks.forms import ApprovalForm, DishForm, ImportForm, IngredientForm, MealForm, NewWeek
from menus.weeks.rules.states import State
from menus.weeks.services import approval, changes, drafts, imports
from menus.weeks.services.sheet import larder_of, week_sheet
from tests.cast import ELSEWHERE, NOW, TODAY
from tests.make import Cast, client_for, give_role, make_cast

DATA = Path(__file__).parents[2] / "data" / "menus"
DIAOZHUANG = "diaozhuang-2025-11-10.csv"
PIECE = {"hx-request": "true"}


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


@pytest.fixture
async def week(cast: Cast, tmp_path: Path) -> int:
    data = (DATA / DIAOZHUANG).read_bytes()
    made = await imports.import_file(
        cast.actor("lin"), data, DIAOZHUANG, ImportForm(), folder=tmp_path, now=NOW
    )
    return made[0]


@pytest.fixture
async def planner(cast: Cast) -> AsyncIterator[Any]:
    async with client_for(cast, "lin") as client:
        yield client


@pytest.fixture
async def stranger(cast: Cast) -> AsyncIterator[Any]:
    async with client_for(cast, "ma") as client:
        yield client


async def publish(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    version = (await week_sheet(cast.school, week)).head.version
    await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(version, "按原公示形式供应"), now=NOW)
    await approval.publish_week(cast.actor("lin"), week, now=NOW)


async def test_the_list_says_what_to_do_while_there_is_nothing(planner: Any) -> None:
    answer = await planner.get("/weeks")
    assert answer.status_code == 200
    assert "/weeks/new" in answer.text


async def test_the_list_shows_state_and_findings(planner: Any, week: int) -> None:
    answer = await planner.get("/weeks?errors=1")
    assert f'href="/weeks/{week}"' in answer.text
    assert "草稿" in answer.text
    assert f'href="/weeks/{week}"' not in (await planner.get("/weeks?state=published")).text


async def test_the_list_says_which_days_of_which_year_and_who_approved_the_exception(
    planner: Any, cast: Cast, week: int
) -> None:
    await publish(cast, week)
    shown = (await planner.get("/weeks")).text
    assert "2025年11月10日–14日" in shown
    assert "2025年11月10日–14日" in (await planner.get(f"/weeks/{week}")).text
    assert "周校长" in shown
    assert "例外批准" in shown


async def test_the_board_shows_dishes_shares_pips_and_findings(planner: Any, week: int) -> None:
    answer = await planner.get(f"/weeks/{week}")
    assert answer.status_code == 200
    for text in ("土豆牛肉", "77%", "素菜", "能量", "WS/T 554", "逐日情况", "<title>脂肪供能比 %</title>"):
        assert text in answer.text
    assert "style=" not in answer.text
    assert "<script>" not in answer.text


async def test_a_small_meat_dish_that_the_school_asks_for_is_not_red(
    planner: Any, cast: Cast, week: int
) -> None:
    red = 'class="share low"'
    assert red in (await planner.get(f"/weeks/{week}")).text
    preset = "one_big_one_small_one_vegetable_one_soup"
    await decide(cast.actor("zhou"), "menu_composition", preset, from_day=date(2025, 9, 1), now=NOW)
    board = (await planner.get(f"/weeks/{week}")).text
    assert red not in board
    assert 'class="dish aside"' in board


async def test_a_stranger_is_told_that_there_is_nothing(stranger: Any, week: int) -> None:
    assert (await stranger.get(f"/weeks/{week}")).status_code == 404
    assert (await stranger.get(f"/weeks/{week}/approval")).status_code == 404
    assert (await stranger.get(f"/weeks/{week}/file")).status_code == 404


async def test_who_may_not_plan_only_reads(cast: Cast, week: int) -> None:
    async with client_for(cast, "xu") as teacher:
        answer = await teacher.get(f"/weeks/{week}")
        assert answer.status_code == 200
        assert '<form class="quick"' not in answer.text
        refused = await teacher.post(f"/weeks/{week}/submit")
        assert refused.status_code == 403


async def test_nobody_is_sent_to_the_sign_in_page(cast: Cast, week: int) -> None:
    async with client_for(cast) as nobody:
        answer = await nobody.get(f"/weeks/{week}")
        assert answer.headers["location"].startswith("/sign-in")


async def test_an_empty_week_is_begun(planner: Any, cast: Cast) -> None:
    assert (await planner.get("/weeks/new")).status_code == 200
    form = {"day": TODAY.isoformat(), "age": "9-11", "meals": ["breakfast", "lunch"], "days": "5"}
    answer = await planner.post("/weeks", data=form)
    week = int(answer.headers["location"].rsplit("/", 1)[1])
    assert len((await week_sheet(cast.school, week)).meals) == 10
    again = await planner.post("/weeks", data=form)
    assert again.status_code == 422
    assert "已有" in again.text


async def test_a_dish_is_typed_straight_into_the_board(planner: Any, cast: Cast) -> None:
    week, meal = await _empty(cast)
    url = f"/weeks/{week}/meals/{meal}/dishes"
    sent = {"dish": "青椒肉丝: 青椒 60, 猪肉 70", "version": "1"}
    answer = await planner.post(url, data=sent, headers=PIECE)
    assert answer.status_code in (200, 201)
    assert answer.text.lstrip().startswith('<div id="board"')
    assert "青椒 60, 猪肉 70" in answer.text


async def test_a_known_dish_needs_only_its_name(planner: Any, cast: Cast, week: int) -> None:
    other, meal = await _empty(cast)
    await planner.post(f"/weeks/{other}/meals/{meal}/dishes", data={"dish": "土豆牛肉", "version": "1"})
    dish = (await week_sheet(cast.school, other)).meal(meal).dishes[0]
    assert dish.typed == (("土豆", 25_000), ("牛肉", 75_000))


async def test_what_cannot_be_read_comes_back_as_it_was_typed(planner: Any, cast: Cast) -> None:
    week, meal = await _empty(cast)
    sent = {"dish": "青椒肉丝: 青椒, 猪肉 70", "version": "1"}
    answer = await planner.post(f"/weeks/{week}/meals/{meal}/dishes", data=sent, headers=PIECE)
    assert answer.status_code == 422
    assert 'value="青椒肉丝: 青椒, 猪肉 70"' in answer.text
    assert "青椒要多少克" in answer.text
    assert "没有保存" in answer.text


async def test_the_second_planner_keeps_the_typed_text_and_sees_the_new_state(
    planner: Any, cast: Cast
) -> None:
    week, meal = await _empty(cast)
    spinach = DishForm("清炒菠菜", (IngredientForm("菠菜", 100_000),))
    await drafts.add_dish(cast.actor("chen"), week, meal, spinach, version=1, now=NOW)
    sent = {"dish": "炒白菜: 白菜 100", "version": "1"}
    answer = await planner.post(f"/weeks/{week}/meals/{meal}/dishes", data=sent, headers=PIECE)
    assert answer.status_code == 422
    assert 'value="炒白菜: 白菜 100"' in answer.text
    assert "清炒菠菜" in answer.text
    assert 'data-version="2"' in answer.text


async def test_grams_are_typed_over_in_place(planner: Any, cast: Cast, week: int) -> None:
    meal = (await week_sheet(cast.school, week)).meals[0]
    dish = next(d for d in meal.dishes if d.value.name == "土豆牛肉")
    sent = {"ingredients": "土豆 60，牛肉 40.5克", "version": str(meal.version)}
    answer = await planner.post(f"/weeks/{week}/dishes/{dish.id}/line", data=sent, headers=PIECE)
    assert "土豆 60, 牛肉 40.5" in answer.text


async def test_a_dish_is_edited_in_full_and_as_a_choice(planner: Any, cast: Cast, week: int) -> None:
    meal = (await week_sheet(cast.school, week)).meals[0]
    dish = meal.dishes[1]
    assert (await planner.get(f"/weeks/{week}/dishes/{dish.id}")).status_code == 200
    sent = {
        "version": str(meal.version),
        "name": "土豆烧牛腩",
        "label": "大荤",
        "choice": "A",
        "expected_percent": "60",
        "ingredients.0.name": "牛腩",
        "ingredients.0.milligrams": "80",
        "ingredients.1.name": "",
        "ingredients.1.milligrams": "",
    }
    answer = await planner.post(f"/weeks/{week}/dishes/{dish.id}", data=sent)
    assert answer.headers["location"] == f"/weeks/{week}"
    kept = (await week_sheet(cast.school, week)).meal(meal.id).dishes[1]
    assert (kept.value.name, kept.value.choice, kept.value.share) == ("土豆烧牛腩", "A", 0.6)


async def test_a_wrong_weight_is_said_at_its_field(planner: Any, cast: Cast, week: int) -> None:
    meal = (await week_sheet(cast.school, week)).meals[0]
    sent = {"version": "1", "name": "炒", "ingredients.0.name": "菠菜", "ingredients.0.milligrams": "很多"}
    answer = await planner.post(f"/weeks/{week}/meals/{meal.id}/new", data=sent, headers=PIECE)
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#editor-body"
    assert 'value="很多"' in answer.text


async def test_a_dish_is_judged_while_it_is_typed(planner: Any, week: int) -> None:
    sent = {"name": "茭白肉丝", "ingredients.0.name": "茭白", "ingredients.0.milligrams": "70"}
    sent |= {"ingredients.1.name": "肉丝", "ingredients.1.milligrams": "30", "ingredients.2.name": "怪味豆豆"}
    sent |= {"ingredients.2.milligrams": "1", "ingredients.3.name": "盐", "ingredients.3.milligrams": ""}
    answer = await planner.post(f"/weeks/{week}/judge", data=sent, headers=PIECE)
    assert answer.status_code == 200
    assert "怪味豆豆" in answer.text
    assert re.search(r"3\d%", answer.text)


async def test_dishes_move_and_go(planner: Any, cast: Cast, week: int) -> None:
    monday, tuesday = (await week_sheet(cast.school, week)).meals[:2]
    dish = monday.dishes[0]
    sent = {"meal": str(tuesday.id), "version": str(monday.version), "place": "0"}
    assert (await planner.post(f"/weeks/{week}/dishes/{dish.id}/move", data=sent)).status_code == 303
    meal = (await week_sheet(cast.school, week)).meal(tuesday.id)
    assert meal.dishes[0].id == dish.id
    await planner.post(f"/weeks/{week}/dishes/{dish.id}/remove", data={"version": str(meal.version)})
    assert dish.id not in [d.id for d in (await week_sheet(cast.school, week)).meal(tuesday.id).dishes]


async def test_a_mend_is_asked_for_and_taken(planner: Any, cast: Cast, week: int) -> None:
    board = (await planner.get(f"/weeks/{week}")).text
    url = re.search(r'hx-get="(/weeks/\d+/mends\?finding=\d+&amp;meal=\d+)"', board)[1].replace("&amp;", "&")
    piece = (await planner.get(url, headers=PIECE)).text
    fields = dict(re.findall(r'name="(version|finding|mend|meal)" value="(\d+)"', piece.split("</form>")[0]))
    before = (await week_sheet(cast.school, week)).head.error_count
    answer = await planner.post(f"/weeks/{week}/mends", data=fields, headers=PIECE)
    assert answer.text.lstrip().startswith('<div id="board"')
    assert (await week_sheet(cast.school, week)).head.error_count < before
    undo = answer.text.split('class="flash good mended"')[1].split("</form>")[0]
    typed = dict(re.findall(r'name="([a-z_.0-9]+)" value="([^"]*)"', undo))
    back = await planner.post(f"/weeks/{week}/mends/undo", data=typed, headers=PIECE)
    assert 'class="flash good mended"' not in back.text
    assert (await week_sheet(cast.school, week)).head.error_count == before
    late = await planner.post(f"/weeks/{week}/mends/undo", data=typed, headers=PIECE)
    assert late.status_code == 422


async def test_known_dishes_are_offered_by_pinyin(planner: Any, week: int) -> None:
    answer = await planner.get(f"/weeks/{week}/known?dish=tdnr", headers=PIECE)
    assert '<option value="土豆牛肉">' in answer.text


async def test_the_principal_sees_all_errors_and_writes_the_reason(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    async with client_for(cast, "zhou") as principal:
        seen = (await principal.get(f"/weeks/{week}/approval")).text
        version = re.search(r'name="version" value="(\d+)"', seen)[1]
        shown = seen.count('class="finding error"')
        assert shown == (await week_sheet(cast.school, week)).head.error_count
        refused = await principal.post(f"/weeks/{week}/approval", data={"version": version, "reason": ""})
        assert refused.status_code == 422
        said = {"version": version, "reason": "学校按一大荤一小荤公示"}
        assert (await principal.post(f"/weeks/{week}/approval", data=said)).status_code == 303
        assert "学校按一大荤一小荤公示" in (await principal.get(f"/weeks/{week}")).text


async def test_the_planner_sends_and_publishes_what_the_principal_approved(
    planner: Any, cast: Cast, week: int
) -> None:
    await planner.post(f"/weeks/{week}/submit")
    version = (await week_sheet(cast.school, week)).head.version
    await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(version, "按原公示形式"), now=NOW)
    await planner.post(f"/weeks/{week}/publish")
    assert (await week_sheet(cast.school, week)).head.state is State.PUBLISHED


async def test_the_principal_sends_a_menu_back(cast: Cast, week: int) -> None:
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    async with client_for(cast, "zhou") as principal:
        await principal.post(f"/weeks/{week}/send-back", data={"reason": "周三少一个素菜"})
        assert "周三少一个素菜" in (await principal.get(f"/weeks/{week}")).text


async def test_a_planner_does_not_approve(planner: Any, week: int) -> None:
    assert (await planner.get(f"/weeks/{week}/approval")).status_code == 403
    assert (await planner.post(f"/weeks/{week}/approval", data={"version": "1"})).status_code == 403


async def test_a_published_dish_is_swapped_and_the_board_tells(planner: Any, cast: Cast, week: int) -> None:
    await publish(cast, week)
    meal = (await week_sheet(cast.school, week)).meals[0]
    dish = next(d for d in meal.dishes if d.value.name == "油焖茄子")
    assert "油焖茄子" in (await planner.get(f"/weeks/{week}/dishes/{dish.id}/swap")).text
    refused = await planner.post(f"/weeks/{week}/dishes/{dish.id}/swap", data={"dish": "炒菠菜: 菠菜 100"})
    assert refused.status_code == 422
    sent = {"dish": "炒菠菜: 菠菜 100", "reason": "茄子未到货"}
    await planner.post(f"/weeks/{week}/dishes/{dish.id}/swap", data=sent)
    board = (await planner.get(f"/weeks/{week}")).text
    assert "茄子未到货" in board
    assert "已调整" in board
    other = meal.dishes[0].id
    await planner.post(f"/weeks/{week}/dishes/{other}/not-served", data={"reason": "停电停水"})
    assert "未供应" in (await planner.get(f"/weeks/{week}")).text
    assert len(await changes.changes_of(cast.school, week)) == 2


async def test_a_meal_is_marked_as_served(cast: Cast, week: int) -> None:
    await publish(cast, week)
    meal = (await week_sheet(cast.school, week)).meals[0]
    async with client_for(cast, "he") as cook:
        await cook.post(f"/weeks/{week}/meals/{meal.id}/served")
    assert (await week_sheet(cast.school, week)).meals[0].served_at is not None


async def test_a_file_is_shown_before_it_is_taken(planner: Any, cast: Cast) -> None:
    assert (await planner.get("/weeks/import")).status_code == 200
    data = (DATA / DIAOZHUANG).read_bytes()
    shown = await planner.post("/weeks/import", files={"file": (DIAOZHUANG, data)}, data={"age": "9-11"})
    assert shown.status_code == 200
    assert "2025年11月10日" in shown.text or "11月10日" in shown.text
    fields = dict(re.findall(r'name="(digest|file_name|age)" value="([^"]*)"', shown.text))
    taken = await planner.post("/weeks/import/take", data=fields)
    week = int(taken.headers["location"].rsplit("/", 1)[1])
    file = await planner.get(f"/weeks/{week}/file")
    assert file.content == data
    again = await planner.post("/weeks/import/take", data=fields)
    assert again.status_code == 422


async def test_a_stranger_takes_no_file_that_another_school_handed_in(cast: Cast) -> None:
    await give_role(cast.people["ma"], cast.schools[ELSEWHERE], "nutritionist")
    data = b"\xef\xbb\xbf" + (DATA / DIAOZHUANG).read_bytes() + b"\n"
    async with client_for(cast, "lin") as planner:
        shown = await planner.post("/weeks/import", files={"file": (DIAOZHUANG, data)})
    fields = dict(re.findall(r'name="(digest|file_name|age)" value="([^"]*)"', shown.text))
    async with client_for(cast, "ma") as stranger:
        assert (await stranger.post("/weeks/import/take", data=fields)).status_code == 404
    async with client_for(cast, "lin") as planner:
        assert (await planner.post("/weeks/import/take", data=fields)).status_code == 303


async def test_a_files_name_writes_no_header_and_leads_into_no_folder(planner: Any) -> None:
    rows = "日期,餐次,类别,菜名,食材,克重\n2027-09-06,午餐,素菜,炒菠菜,菠菜,100\n".encode()
    sent = await planner.post("/weeks/import", files={"file": ("x.csv", rows)})
    fields = dict(re.findall(r'name="(digest|age)" value="([^"]*)"', sent.text))
    name = '../周"\nX-Evil: 1.csv'
    taken = await planner.post("/weeks/import/take", data={**fields, "file_name": name})
    file = await planner.get(f"{taken.headers['location']}/file")
    assert file.status_code == 200
    assert "x-evil" not in file.headers
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''..%2F%E5%91%A8%22%0A")


async def test_unknown_names_of_a_file_are_mapped_on_the_way(planner: Any, cast: Cast) -> None:
    rows = "日期,餐次,类别,菜名,食材,克重\n2026-09-07,午餐,素菜,炒菠菜,赤根大菠菜,100\n"
    shown = await planner.post("/weeks/import", files={"file": ("周.csv", rows.encode())})
    assert "赤根大菠菜" in shown.text
    fields = dict(re.findall(r'name="(digest|file_name|age)" value="([^"]*)"', shown.text))
    code = re.search(r'<option value="([^"]+)">菠菜</option>', shown.text)[1]
    fields |= {"names.0.name": "赤根大菠菜", "names.0.food_code": code}
    taken = await planner.post("/weeks/import/take", data=fields)
    week = int(taken.headers["location"].rsplit("/", 1)[1])
    dish = (await week_sheet(cast.school, week)).meals[0].dishes[0]
    assert dish.value.ingredients[0].food.name == "菠菜"


async def test_a_refused_take_keeps_no_name_and_shows_its_answers_again(planner: Any, cast: Cast) -> None:
    week = "日期,餐次,类别,菜名,食材,克重\n2026-09-07,午餐,素菜,炒菠菜,菠菜,100\n"
    other = week.replace("菠菜,100", "赤根大菠菜,100")
    for rows, status in ((week, 303), (other, 422)):
        shown = await planner.post("/weeks/import", files={"file": ("周.csv", rows.encode())})
        fields = dict(re.findall(r'name="(digest|file_name|age)" value="([^"]*)"', shown.text))
        fields |= {"names.0.name": "赤根大菠菜", "names.0.food": "菠菜"} if rows == other else {}
        answer = await planner.post("/weeks/import/take", data=fields)
        assert answer.status_code == status
    assert re.search(r'name="names.0.food"[^>]*value="菠菜"', answer.text)
    assert await names_of(cast.school) == []


async def test_an_unknown_name_may_be_any_food_of_the_table(planner: Any, cast: Cast) -> None:
    rows = "日期,餐次,类别,菜名,食材,克重\n2026-09-07,午餐,素菜,炒怪菜,甲乙丙,100\n"
    rows += "2026-09-07,午餐,素菜,炒菠菜,赤根大菠菜,100\n"
    shown = await planner.post("/weeks/import", files={"file": ("周.csv", rows.encode())})
    fields = dict(re.findall(r'name="(digest|file_name|age)" value="([^"]*)"', shown.text))
    fields |= {"names.0.name": "甲乙丙", "names.0.food": "没有的菜", "names.1.name": "赤根大菠菜"}
    refused = await planner.post("/weeks/import/take", data=fields | {"names.1.food": "菠菜"})
    assert refused.status_code == 422
    assert 'value="没有的菜"' in refused.text
    assert 'id="f-names-0-food-error"' in refused.text
    assert "没有叫“没有的菜”的食材" in refused.text
    assert '<option value="土豆">' in (await planner.get("/weeks/foods?names.0.food=td")).text
    taken = await planner.post("/weeks/import/take", data=fields | {"names.0.food": "土豆"})
    week = int(taken.headers["location"].rsplit("/", 1)[1])
    dishes = (await week_sheet(cast.school, week)).meals[0].dishes
    assert [dish.value.ingredients[0].food and dish.value.ingredients[0].food.name for dish in dishes] == [
        "土豆",
        None,
    ]


async def test_every_bad_row_of_a_file_is_listed(planner: Any) -> None:
    rows = "日期,餐次,类别,菜名,食材,克重\n昨天,午餐,素菜,菠菜,菠菜,1\n2026-09-07,午,怪,菠菜,菠菜,多\n"
    answer = await planner.post("/weeks/import", files={"file": ("坏.csv", rows.encode())})
    assert answer.status_code == 422
    assert answer.text.count('<tr><td class="num">') == 3


async def test_a_week_is_copied_and_kept_as_a_template(planner: Any, cast: Cast, week: int) -> None:
    answer = await planner.post(f"/weeks/{week}/copy", data={"day": TODAY.isoformat()})
    made = int(answer.headers["location"].rsplit("/", 1)[1])
    assert (await week_sheet(cast.school, made)).head.first_day == TODAY
    await planner.post(f"/weeks/{week}/template", data={"name": "秋季第一周"})
    shown = (await planner.get("/weeks/templates")).text
    assert "秋季第一周" in shown
    url = re.search(r'action="(/weeks/templates/\d+/use)"', shown)[1]
    later = (TODAY + timedelta(days=7)).isoformat()
    assert (await planner.post(url, data={"day": later})).status_code == 303


async def test_a_draft_is_thrown_away(planner: Any, week: int) -> None:
    await planner.post(f"/weeks/{week}/delete")
    assert (await planner.get(f"/weeks/{week}")).status_code == 404


async def test_meals_are_added_and_dropped(planner: Any, cast: Cast) -> None:
    week, meal = await _empty(cast)
    await planner.post(f"/weeks/{week}/meals", data={"day": TODAY.isoformat(), "meal": "dinner"})
    assert len((await week_sheet(cast.school, week)).meals) == 6
    await planner.post(f"/weeks/{week}/meals/{meal}/drop", data={"version": "1"})
    assert len((await week_sheet(cast.school, week)).meals) == 5


async def test_a_vague_name_is_answered_from_the_board(planner: Any, cast: Cast) -> None:
    week, meal = await _empty(cast)
    beans = DishForm("炒豆角", (IngredientForm("豆角", 100_000),))
    await drafts.add_dish(cast.actor("lin"), week, meal, beans, version=1, now=NOW)
    board = (await planner.get(f"/weeks/{week}")).text
    assert 'name="food_code"' in board
    code = re.search(r'<option value="([^"]+)">豇豆', board)[1]
    sent = {"name": "豆角", "food_code": code}
    left_open = await planner.post(f"/weeks/{week}/names", data={"name": "豆角"}, headers=PIECE)
    assert '<option value="" selected>先不定，验收时再定</option>' in left_open.text
    answer = await planner.post(f"/weeks/{week}/names", data=sent, headers=PIECE)
    assert 'name="food_code"' not in answer.text


async def test_a_vague_name_may_be_any_food_of_the_table(planner: Any, cast: Cast) -> None:
    week, meal = await _empty(cast)
    odd = DishForm("炒一窝丝", (IngredientForm("一窝丝菜", 100_000),), "素菜")
    await drafts.add_dish(cast.actor("lin"), week, meal, odd, version=1, now=NOW)
    board = (await planner.get(f"/weeks/{week}")).text
    assert re.search(r'<input [^>]*name="food" list="known-foods"', board)
    assert '<option value="空心菜">' in (await planner.get("/weeks/foods?food=kongxin")).text
    wrong = {"name": "一窝丝菜", "food_code": "", "food": "没有这种菜"}
    refused = await planner.post(f"/weeks/{week}/names", data=wrong, headers=PIECE)
    assert refused.status_code == 422
    assert (
        "食材库里没有叫“没有这种菜”的食材" in refused.text
        and 'value="没有这种菜" aria-invalid="true"' in refused.text
    )
    right = await planner.post(f"/weeks/{week}/names", data=wrong | {"food": "空心菜"}, headers=PIECE)
    assert 'name="food_code"' not in right.text
    larder = await larder_of(cast.school)
    assert larder.ingredient("一窝丝菜", 1).known_name == "空心菜"


async def test_a_cost_with_unknown_prices_says_so_wherever_it_stands(planner: Any, cast: Cast) -> None:
    rice = (await table_of(cast.school)).find("大米")
    assert rice
    await set_price(cast.actor("lin"), rice.code, PriceForm(800, TODAY), now=NOW)
    week, meal = await _empty(cast)
    porridge = DishForm("白菜粥", (IngredientForm("大米", 50_000), IngredientForm("白菜", 50_000)), "主食")
    await drafts.add_dish(cast.actor("lin"), week, meal, porridge, version=1, now=NOW)
    board = (await planner.get(f"/weeks/{week}")).text
    partial = '≥&nbsp;0.40 <span class="note">1种无单价</span>'
    assert partial in board  # at the head of its day
    assert partial.replace("note", "only-heard") in board  # beside the dish, where room is scarce
    assert '<b class="tabular">≥&nbsp;0.40</b>' in board
    typed = {"name": "白菜粥", "ingredients.0.name": "大米", "ingredients.0.milligrams": "50"}
    other = {"ingredients.1.name": "白菜", "ingredients.1.milligrams": "50"}
    assert partial in (await planner.post(f"/weeks/{week}/judge", data=typed | other)).text
    assert " 0.40 元" in (await planner.post(f"/weeks/{week}/judge", data=typed)).text


async def test_the_board_shows_the_three_parts_of_a_breakfast(planner: Any, cast: Cast) -> None:
    bun = DishForm("馒头", (IngredientForm("面粉", 75_000),), "主食")
    form = NewWeek(day=TODAY, content=(MealForm(0, "breakfast", (bun,)),))
    week = await drafts.create_week(cast.actor("lin"), form, now=NOW)
    board = (await planner.get(f"/weeks/{week}")).text
    for part in ("主食：1／1", "蛋奶肉：0／1", "蔬果：0／1"):
        assert f'aria-label="{part}"' in board


async def test_findings_stand_under_their_meal_which_is_named_once(planner: Any, week: int) -> None:
    board = (await planner.get(f"/weeks/{week}")).text
    named = re.findall(r'id="(at-error-\d+)"', board)
    assert len(named) == len(set(named)) > 1
    assert all(board.count(f'aria-labelledby="{one}"') == 1 for one in named)


async def _empty(cast: Cast) -> tuple[int, int]:
    week = await drafts.create_week(cast.actor("lin"), NewWeek(day=TODAY), now=NOW)
    return week, (await week_sheet(cast.school, week)).meals[0].id
