"""The menus on the start page: who has something to do, and who only looks."""

from datetime import date
from pathlib import Path

import pytest

from canteen.accounts.rules import may
from canteen.kit.pages.cards import Card
from canteen.schools.forms import GroupForm, HeadsForm, ProfileForm, TermForm, TimetableForm, WeekForm
from canteen.schools.rules.calendar import MealName
from canteen.schools.services import groups, terms, timetables
from canteen.schools.services.profile import settle_profile
from menus.weeks.forms import ApprovalForm, ImportForm, NewWeek
from menus.weeks.services import approval, drafts, imports
from menus.weeks.services.sheet import week_sheet
from menus.weeks.web.home import home
from tests.cast import NOW
from tests.make import Cast, make_cast

MONDAY, THURSDAY = date(2026, 9, 7), date(2026, 9, 10)
SERVED = date(2025, 11, 10)
FILE = Path(__file__).parents[2] / "data" / "menus" / "diaozhuang-2025-11-10.csv"


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    made = await make_cast()
    wu, first = made.actor("wu"), date(2026, 9, 1)
    await settle_profile(wu, ProfileForm(go_live_on=first), now=NOW)
    await terms.add_term(wu, TermForm("2026 年秋季学期", first, date(2027, 1, 22)), now=NOW)
    group = (await groups.add_group(wu, GroupForm("一至六年级", 1, 6), now=NOW)).id
    await groups.count_heads(wu, group, HeadsForm(first, {"9-11": 200}), now=NOW)
    lunches = WeekForm(*[(MealName.LUNCH,)] * 5)
    await timetables.set_timetable(wu, group, TimetableForm(first, week_1=lunches), now=NOW)
    return made


async def cards(cast: Cast, login: str, today: date) -> dict[str, Card]:
    actor = cast.actor(login)
    found = await home(actor, lambda permission: may(actor.roles, permission), today)
    return {card.title: card for card in found}


async def plan(cast: Cast, monday: date) -> int:
    return await drafts.create_week(cast.actor("lin"), NewWeek(day=monday), now=NOW)


async def test_the_planner_is_told_of_a_week_without_a_menu(cast: Cast) -> None:
    shown = await cards(cast, "lin", MONDAY)
    assert (shown["This week's menu"].url, shown["This week's menu"].tone) == ("/weeks/new", "due")
    assert shown["Next week's menu"].tone == ""
    assert (await cards(cast, "lin", THURSDAY))["Next week's menu"].tone == "due"


async def test_a_teacher_reads_that_there_is_no_menu_and_is_asked_for_nothing(cast: Cast) -> None:
    shown = await cards(cast, "xu", THURSDAY)
    assert list(shown) == ["This week's menu"]
    assert (shown["This week's menu"].url, shown["This week's menu"].tone) == ("/weeks", "")


async def test_a_holiday_asks_for_no_menu(cast: Cast) -> None:
    assert await cards(cast, "lin", date(2027, 2, 1)) == {}
    assert list(await cards(cast, "lin", date(2026, 9, 12))) == ["Next week's menu"]


async def test_a_draft_is_the_planners_deed_and_nobody_elses(cast: Cast) -> None:
    week = await plan(cast, MONDAY)
    mine, hers = await cards(cast, "lin", MONDAY), await cards(cast, "he", MONDAY)
    assert (mine["This week's menu"].url, mine["This week's menu"].tone) == (f"/weeks/{week}", "due")
    assert (hers["This week's menu"].tag, hers["This week's menu"].tone) == ("Draft", "")


async def test_the_principal_is_led_to_the_menu_that_waits_for_approval(cast: Cast, tmp_path: Path) -> None:
    lin, zhou = cast.actor("lin"), cast.actor("zhou")
    (week,) = await imports.import_file(
        lin, FILE.read_bytes(), FILE.name, ImportForm(), folder=tmp_path, now=NOW
    )
    await approval.submit_week(lin, week, now=NOW)
    waiting = (await cards(cast, "zhou", SERVED))["A menu waits for your approval"]
    assert (waiting.url, waiting.tone) == (f"/weeks/{week}/approval", "due")
    assert (await cards(cast, "lin", SERVED))["This week's menu"].tone == ""
    version = (await week_sheet(cast.school, week)).head.version
    await approval.approve_week(zhou, week, ApprovalForm(version, "按原公示形式供应"), now=NOW)
    assert (await cards(cast, "lin", SERVED))["This week's menu"].tone == "due"
