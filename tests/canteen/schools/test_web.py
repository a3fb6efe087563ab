"""The pages of a school's settings, as its people and strangers meet them."""

from datetime import date
from io import BytesIO

import pytest
import segno
from PIL import Image

from canteen.kit import db
from canteen.kit.clock import local_day, utc_now
from canteen.schools.forms import GroupForm, HeadsForm, ProfileForm, TermForm, TimetableForm, WeekForm
from canteen.schools.rules.calendar import MealName
from canteen.schools.rules.prints import mark_path
from canteen.schools.services import calendar, duties, groups, modes, policies, terms, timetables
from canteen.schools.services.prints import mark_of, register_print
from canteen.schools.services.profile import settle_profile
from canteen.schools.tables import Print
from canteen.tenants import services as tree
from tests.cast import DISTRICT, NOW
from tests.make import Cast, client_for, make_cast

FIRST = date(2026, 9, 1)
PAGES = (
    "/school",
    "/school/setup",
    "/school/policies",
    "/school/policies/sample_hours",
    "/school/policies/menu_composition",
    "/school/policies/lunch_most_fen",
    "/school/policies/temperature_alarm_tenths",
    "/school/policies/eggs_are_meat",
    "/school/policies/lunch_window",
    "/school/calendar",
    "/school/calendar?month=2027-01",
    "/school/terms",
    "/school/groups",
    "/school/canteens",
    "/school/duties",
    "/prints",
    "/prints/excel",
)
FORMS = ("/school/profile", "/school/special", "/school/groups/new", "/school/duties/uv_lamps")


async def school_at_work() -> tuple[Cast, int]:
    cast = await make_cast()
    wu = cast.actor("wu")
    await settle_profile(wu, ProfileForm(go_live_on=FIRST), now=NOW)
    await terms.add_term(wu, TermForm("2026 年秋季学期", FIRST, date(2027, 1, 22)), now=NOW)
    group = await groups.add_group(wu, GroupForm("一至六年级", 1, 6), now=NOW)
    week = WeekForm(*[(MealName.LUNCH,)] * 5)
    await timetables.set_timetable(wu, group.id, TimetableForm(FIRST, week_1=week), now=NOW)
    await groups.count_heads(wu, group.id, HeadsForm(FIRST, {"6-8": 310, "9-11": 290}), now=NOW)
    return cast, int(group.id)


def today() -> date:
    return local_day(utc_now())


def photo(code: str = "") -> tuple[str, bytes, str]:
    """A photo of a sheet, with its code on it when one is named."""
    taken, sheet = BytesIO(), Image.new("RGB", (600, 600), "white")
    if code:
        drawn = BytesIO()
        segno.make(code, error="m").save(drawn, kind="png", scale=8, border=4)
        sheet.paste(Image.open(drawn), (50, 50))
    sheet.save(taken, "JPEG")
    return ("sheet.jpg", taken.getvalue(), "image/jpeg")


@pytest.mark.parametrize("page", [*PAGES, *FORMS])
async def test_general_affairs_opens_every_page(sqlite: str, page: str) -> None:
    cast, _group = await school_at_work()
    async with client_for(cast, "wu") as client:
        answer = await client.get(page)
    assert answer.status_code == 200, answer.text[-2000:]


@pytest.mark.parametrize("page", PAGES)
async def test_a_cook_may_look(sqlite: str, page: str) -> None:
    cast, _group = await school_at_work()
    async with client_for(cast, "he") as client:
        assert (await client.get(page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
async def test_pages_of_a_school_that_has_settled_nothing(sqlite: str, page: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "zheng") as client:
        assert (await client.get(page)).status_code == 200


@pytest.mark.parametrize("page", [*FORMS, "/school/schools/new"])
async def test_a_cook_settles_nothing(sqlite: str, page: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "he") as client:
        assert (await client.get(page)).status_code == 403
        assert (await client.post(page, data={})).status_code == 403


@pytest.mark.parametrize("page", [*PAGES, *FORMS])
async def test_who_is_not_signed_in_is_led_to_the_sign_in(sqlite: str, page: str) -> None:
    cast = await make_cast()
    async with client_for(cast) as client:
        answer = await client.get(page)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


async def test_the_48_hours_are_one_click_away(sqlite: str) -> None:
    cast, _group = await school_at_work()
    async with client_for(cast, "zhou") as client:
        assert "国家要求留样保存 48 小时以上" in (await client.get("/school/policies")).text
        typed = {"value": "48", "from_day": today().isoformat()}
        assert (await client.post("/school/policies/sample_hours", data=typed)).status_code == 303
        assert "国家要求留样保存 48 小时以上" not in (await client.get("/school/policies")).text
    assert await policies.policy(cast.school, "sample_hours", today()) == 48


async def test_a_refused_answer_stays_in_its_field_with_the_reason(sqlite: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "zhou") as client:
        typed = {"value": "100", "from_day": today().isoformat()}
        answer = await client.post("/school/policies/sample_grams", data=typed)
    assert answer.status_code == 422
    assert 'value="100"' in answer.text
    assert "f-value-error" in answer.text


async def test_a_fever_is_typed_in_degrees_and_a_cost_in_yuan(sqlite: str) -> None:
    cast = await make_cast()
    day = today().isoformat()
    async with client_for(cast, "zhou") as client:
        fever = {"value": "37.5", "from_day": day}
        await client.post("/school/policies/temperature_alarm_tenths", data=fever)
        await client.post("/school/policies/lunch_most_fen", data={"value": "9.50", "from_day": day})
        own = {"value": "own", "meat": "1", "vegetable": "2", "soup": "1", "from_day": day}
        await client.post("/school/policies/menu_composition", data=own)
        await client.post("/school/policies/eggs_are_meat", data={"value": "0", "from_day": day})
        shown = (await client.get("/school/policies")).text
    held = await policies.policies(cast.school, today())
    assert held["temperature_alarm_tenths"].value == 375
    assert held["lunch_most_fen"].value == 950
    assert held["menu_composition"].value == {"meat": 1, "vegetable": 2, "soup": 1}
    assert held["eggs_are_meat"].value is False
    assert "37.5 ℃" in shown


async def test_the_time_of_a_meal_is_decided_by_the_clock(sqlite: str) -> None:
    cast = await make_cast()
    day = today().isoformat()
    async with client_for(cast, "zhou") as client:
        before = (await client.get("/school/policies")).text
        asked = (await client.get("/school/policies/lunch_window")).text
        wrong = {"starts": "12:30", "ends": "11:40", "from_day": day}
        refused = await client.post("/school/policies/lunch_window", data=wrong)
        right = {"starts": "11:40", "ends": "12:30", "from_day": day}
        await client.post("/school/policies/lunch_window", data=right)
        after = (await client.get("/school/policies")).text
    assert "11:30–13:30" in before and "供餐时间" in before
    assert 'value="11:30"' in asked and 'value="13:30"' in asked
    assert refused.status_code == 422 and "结束时间不能早于开始时间" in refused.text
    assert "11:40–12:30" in after


async def test_what_was_decided_can_be_left_to_the_district_again(sqlite: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "zhou") as client:
        await client.post(
            "/school/policies/weight_unit", data={"value": "jin", "from_day": today().isoformat()}
        )
        assert (await client.get("/school/policies/weight_unit")).text.count("give-back") == 1
        assert (await client.post("/school/policies/weight_unit/give-back")).status_code == 303
    assert await policies.policy(cast.school, "weight_unit", today()) == "kg"


async def test_a_district_lays_a_rule_down(sqlite: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "shen") as client:
        typed = {"value": "48", "from_day": today().isoformat(), "locked": "1"}
        assert (await client.post("/school/policies/sample_hours", data=typed)).status_code == 303
    async with client_for(cast, "zhou") as client:
        assert "统一规定" in (await client.get("/school/policies/sample_hours")).text
        typed["value"] = "24"
        assert (await client.post("/school/policies/sample_hours", data=typed)).status_code == 422


async def test_a_district_sees_its_schools_and_takes_one_in(sqlite: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "shen") as client:
        shown = (await client.get("/school")).text
        assert "第一小学" in shown
        assert "外县小学" not in shown
        assert (await client.get("/school/schools/new")).status_code == 200
        bad = await client.post("/school/schools/new", data={"name": "第三小学", "code": "A001"})
        assert bad.status_code == 422
        made = await client.post("/school/schools/new", data={"name": "第三小学", "code": "A003"})
        assert made.status_code == 303
    assert len(await tree.schools_under(cast.schools[DISTRICT])) == 3


async def test_a_school_is_set_up_from_nothing(sqlite: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "zheng") as client:
        assert "0/8" in (await client.get("/school/setup")).text
        day = "2026-09-01"
        term = {"name": "秋季", "first_day": day, "last_day": "2027-01-22"}
        assert (await client.post("/school/terms", data=term)).status_code == 303
        grades = {"name": "一至六年级", "first_grade": "1", "last_grade": "6"}
        made = await client.post("/school/groups/new", data=grades)
        heads = {"heads.6-8": "120", "heads.9-11": "110", "from_day": day}
        table = await client.post(made.headers["location"], data=heads)
        assert table.headers["location"].endswith("/timetable")
        assert (await client.get(table.headers["location"])).status_code == 200
        week = {"week_1.monday": ["lunch", "dinner"], "week_1.friday": "lunch", "from_day": day, "cycle": "1"}
        assert (await client.post(table.headers["location"], data=week)).status_code == 303
        live = {"go_live_on": day, "nutrition_plan": "1"}
        assert (await client.post("/school/profile", data=live)).status_code == 303
        assert "4/8" not in (await client.get("/school/setup")).text
        assert "5/8" in (await client.get("/school/setup")).text
    school = cast.actor("zheng").school
    due = await calendar.meals_due(school, date(2026, 9, 7), date(2026, 9, 11))
    assert [(d.day.day, d.meal.value) for d in due] == [(7, "lunch"), (7, "dinner"), (11, "lunch")]


async def test_a_group_is_changed_and_taken_out(sqlite: str) -> None:
    cast, group = await school_at_work()
    async with client_for(cast, "wu") as client:
        for page in ("", "/heads", "/timetable"):
            assert (await client.get(f"/school/groups/{group}{page}")).status_code == 200
        typed = {"name": "小学部", "first_grade": "6", "last_grade": "1"}
        bad = await client.post(f"/school/groups/{group}", data=typed)
        assert bad.status_code == 422
        assert 'value="小学部"' in bad.text
        typed = {"name": "小学部", "first_grade": "1", "last_grade": "6"}
        assert (await client.post(f"/school/groups/{group}", data=typed)).status_code == 303
        assert (await client.post(f"/school/groups/{group}/withdraw")).status_code == 303
    assert await groups.groups(cast.school) == []


async def test_a_group_without_heads_and_table_says_so(sqlite: str) -> None:
    cast = await make_cast()
    await groups.add_group(cast.actor("wu"), GroupForm("初中", 7, 9), now=NOW)
    async with client_for(cast, "wu") as client:
        shown = (await client.get("/school/groups")).text
    assert "还没有填人数" in shown
    assert "还没有供餐周表" in shown


async def test_a_term_is_corrected_and_taken_back(sqlite: str) -> None:
    cast, _group = await school_at_work()
    [term] = await terms.terms(cast.school)
    url = f"/school/terms/{term.id}"
    async with client_for(cast, "wu") as client:
        assert (await client.get(url)).status_code == 200
        typed = {"name": "秋季", "first_day": "2026-09-01", "last_day": "2026-08-01"}
        assert (await client.post(url, data=typed)).status_code == 422
        typed["last_day"] = "2027-01-20"
        assert (await client.post(url, data=typed)).status_code == 303
        assert (await client.post(f"{url}/withdraw")).status_code == 303
    assert await terms.terms(cast.school) == []


async def test_a_special_day_is_entered_seen_and_taken_back(sqlite: str) -> None:
    cast, _group = await school_at_work()
    async with client_for(cast, "wu") as client:
        typed = {"day": "2026-09-16", "kind": "half_day", "name": "开学典礼"}
        bad = await client.post("/school/special", data=typed)
        assert bad.status_code == 422
        assert 'value="开学典礼"' in bad.text
        typed["meals"] = "lunch"
        made = await client.post("/school/special", data=typed)
        assert made.headers["location"] == "/school/calendar?month=2026-09"
        shown = (await client.get("/school/calendar?month=2026-09")).text
        assert "开学典礼：半天" in shown
        assert "中秋节" in shown
        [row] = await timetables.specials(cast.school, FIRST, date(2026, 9, 30))
        assert (await client.post(f"/school/special/{row.id}/withdraw")).status_code == 303
        assert "开学典礼" not in (await client.get("/school/calendar?month=2026-09")).text


async def test_a_calendar_of_2027_asks_for_the_holidays(sqlite: str) -> None:
    cast, _group = await school_at_work()
    async with client_for(cast, "wu") as client:
        assert "2027 年的节假日安排" in (await client.get("/school/calendar?month=2027-01")).text
        assert (await client.get("/school/calendar?month=2026-13")).status_code == 200


async def test_a_canteen_is_handed_to_a_firm(sqlite: str) -> None:
    cast, _group = await school_at_work()
    [canteen] = await tree.canteens_of(cast.school)
    url = f"/school/canteens/{canteen.id}"
    async with client_for(cast, "wu") as client:
        assert (await client.get(url)).status_code == 200
        typed = {"mode": "delivered", "from_day": today().isoformat(), "firm": "味佳餐饮"}
        bad = await client.post(url, data=typed)
        assert bad.status_code == 422
        assert "集体用餐配送" in bad.text
        typed |= {"licence": "JY25114020001234", "arrives": "11:20"}
        assert (await client.post(url, data=typed)).status_code == 303
        assert 'value="11:20"' in (await client.get(url)).text
        assert (await client.post(f"{url}/name", data={"name": "学生食堂"})).status_code == 303
        assert (await client.post("/school/canteens", data={"name": "教师食堂"})).status_code == 303
        assert "味佳餐饮" in (await client.get("/school/canteens")).text
    assert [run.canteen.name for run in await modes.runs(cast.school, today())] == ["学生食堂", "教师食堂"]


async def test_a_duty_is_said_away_and_taken_up_again(sqlite: str) -> None:
    cast, _group = await school_at_work()
    url = "/school/duties/uv_lamps"
    async with client_for(cast, "wu") as client:
        assert (await client.post(url, data={"applies": "0", "reason": ""})).status_code == 422
        assert (await client.post(url, data={"applies": "0", "reason": "没有紫外线灯"})).status_code == 303
        assert "没有紫外线灯" in (await client.get("/school/duties")).text
        assert not await duties.applies(cast.school, "uv_lamps", today())
        assert (await client.post(url, data={"applies": "1"})).status_code == 303
        assert (await client.get("/school/duties/sleeping")).status_code == 404
    assert await duties.applies(cast.school, "uv_lamps", today())


async def test_one_photo_finds_a_waiting_sheet_and_signs_it_back(sqlite: str) -> None:
    cast = await make_cast()
    sheet = await delivered_sheet(cast)
    path = mark_path(await mark_of(sheet))
    async with client_for(cast, "he") as client:
        done = await client.post("/prints/find", files={"photo": photo(f"http://x{path}")})
        assert done.status_code == 303
        assert "已签回" in (await client.get(done.headers["location"])).text
    async with client_for(cast, "xu") as teacher:
        assert (await teacher.post("/prints/find", files={"photo": photo()})).status_code == 403


async def delivered_sheet(cast: Cast) -> Print:
    async with db.write():
        return await register_print(
            cast.actor("wu"),
            kind="receipt",
            title="入库单",
            subject="delivery",
            subject_id=1,
            content=b"1",
            to_sign=True,
            now=NOW,
        )


async def test_a_pdf_that_somebody_sent_is_saved_and_never_opened_on_our_pages(sqlite: str) -> None:
    cast, _group = await school_at_work()
    sheet = await delivered_sheet(cast)
    async with client_for(cast, "wu") as client:
        await client.post(f"/prints/{sheet.id}", files={"photo": b"%PDF-1.4 ... %%EOF"})
        digest = (await client.get(f"/prints/{sheet.id}")).text.partition("/uploads/")[2][:64]
        opened = await client.get(f"/uploads/{digest}")
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in opened.headers["content-security-policy"]
    assert opened.headers["x-content-type-options"] == "nosniff"


async def test_a_signed_sheet_comes_back_and_only_its_school_opens_the_photo(sqlite: str) -> None:
    cast, _group = await school_at_work()
    sheet = await delivered_sheet(cast)
    mark = await mark_of(sheet)
    async with client_for(cast, "wu") as client:
        led = await client.get(f"/p/{mark.school_code}/{mark.number}/{mark.version}")
        url = led.headers["location"]
        assert (await client.get(url)).status_code == 200
        assert (await client.post(url, data={})).status_code == 422
        assert (await client.post(url, files={"photo": photo()})).status_code == 303
        shown = (await client.get(url)).text
        digest = shown.partition("/uploads/")[2][:64]
        opened = await client.get(f"/uploads/{digest}")
        assert opened.status_code == 200
        assert opened.headers["content-type"] == "image/jpeg"
        assert "private" in opened.headers["cache-control"]
        assert "sandbox" in opened.headers["content-security-policy"]
        assert opened.headers["content-disposition"].startswith("inline")
        assert (await client.get(f"/uploads/{digest}/thumbnail")).status_code == 200
        lost = await client.post("/prints/find", files={"photo": photo()})
        assert lost.status_code == 422
        again = await client.post("/prints/find", files={"photo": photo(f"http://x{mark_path(mark)}")})
        assert again.headers["location"] == url
    async with client_for(cast, "ma") as stranger:
        for path in (f"/uploads/{digest}", f"/uploads/{digest}/thumbnail", url):
            assert (await stranger.get(path)).status_code == 404


async def test_the_start_page_says_what_waits(sqlite: str) -> None:
    cast, _group = await school_at_work()
    async with client_for(cast, "wu") as client:
        page = (await client.get("/")).text
        assert "继续设置" in page and "今日供餐" in page
        assert "待签" not in page
    await delivered_sheet(cast)
    async with client_for(cast, "he") as client:
        page = (await client.get("/")).text
        assert "1 张单据待签" in page and "继续设置" not in page
