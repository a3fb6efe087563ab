"""The bell on every page, the inbox, and ticking tasks off; the same as JSON."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest

from canteen.accounts.forms import DeviceCode, NewDevice, NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services import devices, keys
from canteen.accounts.services.sessions import Browser
from canteen.kit import db
from canteen.kit.clock import local_day, utc_now
from canteen.kit.db import write
from canteen.notices.services.posting import Note, ask, tell, warn
from canteen.notices.web import home
from tests.cast import DISTRICT, FIRST, NOW
from tests.make import Cast, client_for, machine_with, make_cast

TODAY = local_day(utc_now())


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


async def post(cast: Cast, what: Any, subject: int, **more: Any) -> None:
    given = {"topic": "t.t", "message": "Weekly menus", "subject": "week", "subject_id": subject}
    note = Note(**{**given, "roles": (Role.PRINCIPAL,), **more})
    async with write():
        await what(cast.school, note, now=utc_now())


async def test_the_bell_counts_what_is_unread_on_every_page(cast: Cast) -> None:
    for subject in range(3):
        await post(cast, tell, subject, link="/weeks")
    for login, count in (("zhou", "通知，3条未读"), ("he", 'aria-label="通知"')):
        async with client_for(cast, login) as client:
            for address in ("/", "/weeks", "/notices", "/weeks/999"):
                assert count in (await client.get(address)).text, address
    async with client_for(cast) as client:
        assert "/notices" not in (await client.get("/sign-in")).text


async def test_tasks_stand_first_with_their_day_and_red_when_late(cast: Cast) -> None:
    days = {"Dishes": TODAY - timedelta(days=2), "Foods": TODAY, "People": TODAY + timedelta(days=9)}
    for subject, (message, due_on) in enumerate(days.items()):
        await post(cast, ask, subject, message=message, due_on=due_on, by_hand=True)
    await post(cast, warn, 1, topic="t.w", message="Prints")
    async with client_for(cast, "zhou") as client:
        text = (await client.get("/notices")).text.partition("<main")[2]
    said = ["菜品", "已逾期", "食材", "今天到期", "人员", "前完成", "打印"]
    assert sorted(said, key=text.find) == said and -1 not in map(text.find, said)


async def test_nothing_to_do_and_nothing_new_is_said_plainly(cast: Cast) -> None:
    async with client_for(cast, "xu") as client:
        assert "没有待办，也没有新消息" in (await client.get("/notices")).text


async def test_opening_one_reads_it_and_leads_on(cast: Cast) -> None:
    await post(cast, tell, 1, link="/weeks")
    await post(cast, tell, 2)
    async with client_for(cast, "zhou") as client:
        answer = await client.post("/notices/1/open")
        assert (answer.status_code, answer.headers["location"]) == (303, "/weeks")
        assert (await client.post("/notices/2/open")).headers["location"] == "/notices"
        assert "未读" not in (await client.get("/notices")).text


async def test_all_are_read_with_one_button(cast: Cast) -> None:
    await post(cast, tell, 1)
    async with client_for(cast, "zhou") as client:
        assert "全部标为已读" in (await client.get("/notices")).text
        assert (await client.post("/notices/read")).status_code == 303
        shown = (await client.get("/notices")).text
    assert "全部标为已读" not in shown.replace("已全部标为已读", "")


async def test_a_task_is_ticked_found_among_those_done_and_opened_again(cast: Cast) -> None:
    await post(cast, ask, 1, by_hand=True)
    async with client_for(cast, "zhou") as client:
        assert (await client.post("/notices/1/done")).status_code == 303
        assert (await client.post("/notices/1/done")).status_code == 422
        assert "周校长于" in (await client.get("/notices?kind=task")).text
        assert (await client.post("/notices/1/reopen")).status_code == 303
        assert "/notices/1/done" in (await client.get("/notices")).text


async def test_a_task_closed_by_a_deed_shows_its_way_and_no_tick(cast: Cast) -> None:
    await post(cast, ask, 1, link="/weeks/1/approval")
    async with client_for(cast, "zhou") as client:
        text = (await client.get("/notices")).text
        assert "/notices/1/open" in text and "/notices/1/done" not in text
        answer = await client.post("/notices/1/done")
        assert answer.status_code == 422 and "自动完成" in answer.text


@pytest.mark.parametrize("way", ["open", "done", "reopen"])
@pytest.mark.parametrize("login", ["wu", "zheng", "ma"])
async def test_what_is_for_others_is_not_there(cast: Cast, login: str, way: str) -> None:
    await post(cast, ask, 1, by_hand=True)
    async with client_for(cast, login) as client:
        assert (await client.post(f"/notices/1/{way}")).status_code == 404


async def test_an_inspector_ticks_nothing(cast: Cast) -> None:
    await post(cast, ask, 1, by_hand=True, roles=(Role.INSPECTOR,))
    async with client_for(cast, "gu", school=DISTRICT) as client:
        assert (await client.post("/notices/1/done")).status_code == 403


async def test_the_start_page_names_the_most_urgent_tasks(cast: Cast) -> None:
    assert await home(cast.actor("zhou"), lambda _permission: True, TODAY) == []
    for subject in range(5):
        due_on = TODAY + timedelta(days=subject)
        await post(cast, ask, subject, message="Dishes", due_on=due_on, by_hand=True)
    await post(cast, ask, 9, message="Foods", due_on=TODAY, link="/foods")
    (card,) = await home(cast.actor("zhou"), lambda _permission: True, TODAY)
    assert [message for message, _facts in card.lines] == ["Dishes"] * 3 + ["and {count} more"]
    assert (card.tone, card.tag) == ("due", "")
    (later,) = await home(cast.actor("zhou"), lambda _permission: True, TODAY + timedelta(days=1))
    assert later.tag == "overdue"
    async with client_for(cast, "zhou") as client:
        assert "还有2项" in (await client.get("/")).text


async def test_a_kitchen_phone_shows_the_kitchens_tasks(cast: Cast) -> None:
    await post(cast, ask, 1, by_hand=True, message="Dishes", roles=(Role.COOK,))
    _id, code = await devices.add_device(cast.actor("chen"), NewDevice("灶台手机"), now=utc_now())
    token = await register(code)
    async with client_for(cast, token=token) as client:
        text = (await client.get("/notices")).text
        assert "/notices/1/done" in text
        assert (await client.post("/notices/1/done")).status_code == 422


async def register(code: str) -> str:
    form = DeviceCode(FIRST, code)
    return await devices.register_device(form, Browser("phone", "10.0.0.8"), now=utc_now())


@pytest.fixture
async def key(database: str) -> AsyncIterator[tuple[Cast, str]]:
    """A key of the principal's role, on both engines."""
    made = await make_cast()
    secret = await keys.create_key(made.actor("zhou"), NewKey("看板", Role.PRINCIPAL), now=NOW)
    yield made, secret


async def test_a_program_reads_tasks_and_messages(key: tuple[Cast, str]) -> None:
    cast, secret = key
    await post(cast, ask, 1, message="Dishes", due_on=date(2026, 9, 1), link="/dishes")
    await post(cast, tell, 1)
    async with machine_with(secret) as machine:
        answer = (await machine.get("/api/v1/notices", headers={"accept-language": "en"})).json()
    (task,), (news,) = answer["tasks"], answer["items"]
    assert (task["text"], task["late"], task["link"], task["kind"]) == ("Dishes", True, "/dishes", "task")
    assert (news["text"], answer["unread"], answer["next"]) == ("Weekly menus", 0, None)


async def test_no_page_fails_for_a_broken_bell_of_a_broken_database(cast: Cast) -> None:
    async with client_for(cast, "zhou") as client:
        await db.engine().run_ddl('ALTER TABLE "notices_notice" RENAME TO "gone"')
        answer = await client.get("/notices")
    assert answer.status_code == 500
    assert "/notices" in answer.text
