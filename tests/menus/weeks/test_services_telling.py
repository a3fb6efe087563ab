"""Who is told of a menu's way to the wall."""

from datetime import date
from pathlib import Path

import pytest

from canteen.kit.actor import Actor
from canteen.kit.pages import Listing
from canteen.kit.texts import say
from canteen.notices.services.inbox import Shown, inbox, open_tasks, unread_count
from menus.weeks.forms import ApprovalForm, DishForm, ImportForm, IngredientForm, ReasonForm
from menus.weeks.services import approval, changes, drafts, imports
from menus.weeks.services.sheet import week_sheet
from tests.cast import NOW, TODAY
from tests.make import Cast, make_cast

FILE = Path(__file__).parents[2] / "data" / "menus" / "diaozhuang-2025-11-10.csv"
EXCEPTION = "供货商缺货，本周按实际情况供应"
CABBAGE = DishForm("清炒大白菜", (IngredientForm("大白菜", 115_000),), label="素菜")


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


@pytest.fixture
async def week(cast: Cast, tmp_path: Path) -> int:
    """A real week as a draft, sent for approval."""
    form = ImportForm(audience="一至六年级")
    made = (
        await imports.import_file(
            cast.actor("lin"), FILE.read_bytes(), FILE.name, form, folder=tmp_path, now=NOW
        )
    )[0]
    await approval.submit_week(cast.actor("lin"), made, now=NOW)
    return made


async def approve(cast: Cast, week: int) -> None:
    version = (await week_sheet(cast.school, week)).head.version
    await approval.approve_week(cast.actor("zhou"), week, ApprovalForm(version, EXCEPTION), now=NOW)


async def asked(cast: Cast, login: str = "zhou") -> list[Shown]:
    return await open_tasks(cast.actor(login), NOW)


async def told(actor: Actor) -> list[str]:
    found, _cursor = await inbox(actor, Listing(), NOW)
    return [say("en", one.message, **one.facts) for one in found]


async def test_a_menu_sent_in_is_the_principals_task_and_the_deputys_news(cast: Cast, week: int) -> None:
    (task,) = await asked(cast)
    assert (task.link, task.due_on, task.by_hand) == (f"/weeks/{week}/approval", TODAY, False)
    assert say("zh_CN", task.message, **task.facts) == "审批11月10日这一周的菜谱"
    assert await asked(cast, "wu") == []
    assert await told(cast.actor("wu")) == ["The menu of the week of 10 Nov is with the principal"]
    assert await unread_count(cast.actor("lin"), NOW) == 0


async def test_a_menu_for_a_later_week_is_due_the_day_before_it(cast: Cast, tmp_path: Path) -> None:
    data = (
        FILE.read_text(encoding="utf-8").replace("2025-11-", "2026-11-").replace("2026-11-10", "2026-11-16")
    )
    rows = [line for line in data.splitlines() if "2026-11-16" in line or "日期" in line]
    (made,) = await imports.import_file(
        cast.actor("lin"), "\n".join(rows).encode(), "b.csv", ImportForm(), folder=tmp_path, now=NOW
    )
    await approval.submit_week(cast.actor("lin"), made, now=NOW)
    assert [task.due_on for task in await asked(cast)] == [date(2026, 11, 15)]


async def test_approving_closes_the_task_and_tells_the_planner(cast: Cast, week: int) -> None:
    await approve(cast, week)
    assert await asked(cast) == []
    (said,) = await told(cast.actor("lin"))
    assert said == f"The menu of the week of 10 Nov is approved by exception: {EXCEPTION}"
    assert await unread_count(cast.actor("zhou"), NOW) == 0


async def test_sending_back_alerts_the_planner_until_it_is_sent_in_again(cast: Cast, week: int) -> None:
    await approval.send_back(cast.actor("zhou"), week, ReasonForm("周三肉太少"), now=NOW)
    assert await asked(cast) == []
    assert await told(cast.actor("lin")) == ["The menu of the week of 10 Nov was sent back: 周三肉太少"]
    assert await unread_count(cast.actor("lin"), NOW) == 1
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    assert await unread_count(cast.actor("lin"), NOW) == 0
    assert len(await asked(cast)) == 1


@pytest.mark.parametrize("then", ["stays", "is thrown away"])
async def test_taking_a_menu_back_closes_the_task(cast: Cast, week: int, then: str) -> None:
    await approval.reopen_week(cast.actor("lin"), week, now=NOW)
    if then != "stays":
        await drafts.delete_week(cast.actor("lin"), week, now=NOW)
    assert await asked(cast) == []


async def test_a_menu_sent_back_and_thrown_away_alerts_nobody(cast: Cast, week: int) -> None:
    await approval.send_back(cast.actor("zhou"), week, ReasonForm("整周重新做"), now=NOW)
    await drafts.delete_week(cast.actor("lin"), week, now=NOW)
    assert await unread_count(cast.actor("lin"), NOW) == 0


async def test_a_change_after_publication_is_told_to_planner_and_principal(cast: Cast, week: int) -> None:
    await approve(cast, week)
    await approval.publish_week(cast.actor("lin"), week, now=NOW)
    dish = (await week_sheet(cast.school, week)).meals[0].dishes[0]
    await changes.swap_dish(cast.actor("chen"), week, dish.id, CABBAGE, reason="没有到货", now=NOW)
    said = f"10 Nov: 清炒大白菜 comes instead of {dish.value.name} (没有到货)"
    assert (await told(cast.actor("zhou")))[0] == (await told(cast.actor("lin")))[0] == said
    assert await unread_count(cast.actor("chen"), NOW) == 0
    other = (await week_sheet(cast.school, week)).meals[0].dishes[2]
    await changes.mark_not_served(cast.actor("lin"), week, other.id, reason="灶上停电了", now=NOW)
    assert (await told(cast.actor("zhou")))[0] == f"10 Nov: {other.value.name} is not served (灶上停电了)"
