"""Who is told what: posted by others' deeds, read and ticked by those it is for."""

from datetime import date, timedelta
from typing import Any

import pytest

from canteen.accounts.forms import NewDelegation
from canteen.accounts.rules import Role
from canteen.accounts.services.delegations import delegate
from canteen.accounts.services.places import lent_roles
from canteen.accounts.tables import Trail
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.pages import Listing
from canteen.kit.pages.listing import read_cursor
from canteen.kit.problems import Missing, Refused
from canteen.notices.rules.kinds import Kind
from canteen.notices.services import deeds
from canteen.notices.services.inbox import Shown, inbox, open_tasks, unread_count
from canteen.notices.services.posting import Note, ask, settle, tell, warn
from tests.cast import NOW, SECOND, TODAY
from tests.make import Cast, make_cast


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


def note(subject: int = 1, **more: Any) -> Note:
    given = {"topic": "weeks.test", "message": "Menus", "subject": "week", "subject_id": subject}
    return Note(**{**given, "roles": (Role.PRINCIPAL,), **more})


async def post_task(cast: Cast, subject: int = 1, **more: Any) -> bool:
    async with write():
        return await ask(cast.school, note(subject, **more), now=NOW)


async def post_news(cast: Cast, subject: int = 1, **more: Any) -> None:
    async with write():
        await tell(cast.school, note(subject, **more), now=NOW)


async def messages(actor: Actor, **asked: Any) -> list[Shown]:
    return (await inbox(actor, Listing(**asked), NOW))[0]


async def test_a_role_is_told_and_others_are_not(cast: Cast) -> None:
    await post_news(cast)
    assert [await unread_count(cast.actor(who), NOW) for who in ("zhou", "wu", "he")] == [1, 0, 0]
    assert [shown.message for shown in await messages(cast.actor("zhou"))] == ["Menus"]
    assert await messages(cast.actor("wu")) == []


async def test_one_person_is_told_whatever_the_role(cast: Cast) -> None:
    await post_news(cast, roles=(), people=(cast.people["he"], None))
    assert [await unread_count(cast.actor(who), NOW) for who in ("zhou", "he")] == [0, 1]


async def test_who_holds_two_of_the_roles_reads_it_once(cast: Cast) -> None:
    await post_news(cast, roles=(Role.DEPUTY, Role.GENERAL_AFFAIRS), people=(cast.people["wu"],))
    assert await unread_count(cast.actor("wu"), NOW) == len(await messages(cast.actor("wu"))) == 1


async def test_another_schools_principal_sees_nothing(cast: Cast) -> None:
    await post_task(cast)
    await post_news(cast)
    there = cast.actor("zheng")
    assert await unread_count(there, NOW) == 0
    assert (await open_tasks(there, NOW), await messages(there)) == ([], [])
    elsewhere = Actor(cast.people["zhou"], cast.schools[SECOND], frozenset({Role.PRINCIPAL}))
    assert await open_tasks(elsewhere, NOW) == []


async def test_a_district_or_an_inspector_from_above_is_told_nothing_of_a_school(cast: Cast) -> None:
    await post_news(cast)
    assert await unread_count(Actor(cast.people["shen"], cast.school), NOW) == 0


async def test_a_lent_role_brings_its_tasks(cast: Cast) -> None:
    await post_task(cast)
    form = NewDelegation(cast.people["wu"], Role.PRINCIPAL, TODAY, TODAY, "外出开会")
    await delegate(cast.actor("zhou"), form, now=NOW)
    lent = await lent_roles(cast.school, cast.people["wu"], TODAY)
    wu = Actor(cast.people["wu"], cast.school, cast.actor("wu").roles | lent.keys())
    assert len(await open_tasks(wu, NOW)) == 1


async def test_what_somebody_did_is_no_news_to_them(cast: Cast) -> None:
    async with write():
        await tell(cast.school, note(), now=NOW, by=cast.people["zhou"])
    assert await unread_count(cast.actor("zhou"), NOW) == 0
    assert len(await messages(cast.actor("zhou"))) == 1


async def test_a_task_is_asked_once_while_it_is_open(cast: Cast) -> None:
    assert [await post_task(cast), await post_task(cast), await post_task(cast, 2)] == [True, False, True]
    async with write():
        assert await settle(cast.school, "weeks.test", "week", 1, now=NOW, by=cast.people["zhou"])
        assert not await settle(cast.school, "weeks.test", "week", 1, now=NOW)
    assert len(await open_tasks(cast.actor("zhou"), NOW)) == 1
    assert await post_task(cast)


async def test_an_alert_stands_once_and_news_as_often_as_it_is_told(cast: Cast) -> None:
    async with write():
        raised = [await warn(cast.school, note(), now=NOW) for _again in range(2)]
        for _again in range(2):
            await tell(cast.school, note(), now=NOW)
    assert raised == [True, False]
    kinds = [shown.kind for shown in await messages(cast.actor("zhou"))]
    assert sorted(kinds) == [Kind.ALERT, Kind.NEWS, Kind.NEWS]
    async with write():
        await settle(cast.school, "weeks.test", "week", 1, now=NOW)
    assert await unread_count(cast.actor("zhou"), NOW) == 2


async def test_nothing_is_posted_outside_a_deed_or_for_nobody(cast: Cast) -> None:
    with pytest.raises(RuntimeError):
        await tell(cast.school, note(), now=NOW)
    with pytest.raises(RuntimeError):
        await settle(cast.school, "weeks.test", "week", 1, now=NOW)
    with pytest.raises(ValueError, match="for nobody"):
        await post_news(cast, roles=())


async def test_the_earliest_task_stands_first_and_what_has_no_day_last(cast: Cast) -> None:
    days = (None, TODAY + timedelta(days=2), TODAY - timedelta(days=1))
    for subject, due_on in enumerate(days, start=1):
        await post_task(cast, subject, due_on=due_on)
    tasks = await open_tasks(cast.actor("zhou"), NOW)
    assert [task.due_on for task in tasks] == [days[2], days[1], None]
    assert [task.late(TODAY) for task in tasks] == [True, False, False]


async def test_facts_come_back_as_they_were_given(cast: Cast) -> None:
    facts = {"first": TODAY, "name": "2026-99-99", "count": 3}
    await post_news(cast, facts=facts)
    assert (await messages(cast.actor("zhou")))[0].facts == facts


async def test_unread_stands_before_read_and_pages_go_on_where_they_stopped(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    for subject in range(1, 8):
        await post_news(cast, subject)
    shown = await messages(zhou)
    for one in shown[:3]:
        await deeds.mark_read(zhou, one.id, now=NOW)
    expected = [(one.id, True) for one in shown[3:]] + [(one.id, False) for one in shown[:3]]
    found: list[tuple[int, bool]] = []
    cursor: Any = None
    for _page in range(4):
        part, following = await inbox(zhou, Listing(after=cursor, limit=2), NOW)
        found += [(one.id, one.unread) for one in part]
        cursor = read_cursor(following or "")
    assert found == expected
    assert following is None


async def test_after_thirty_days_nobody_owes_the_reading(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    await post_news(cast)
    await post_task(cast)
    later = NOW + timedelta(days=31)
    assert [await unread_count(zhou, now) for now in (NOW, later)] == [2, 0]
    assert [len((await inbox(zhou, Listing(), later))[0]), len(await open_tasks(zhou, later))] == [1, 1]


async def test_reading_leaves_one_row_in_the_trail_and_leads_on(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    await post_news(cast, link="/weeks/1")
    (one,) = await messages(zhou)
    assert [await deeds.mark_read(zhou, one.id, now=NOW) for _again in range(2)] == ["/weeks/1"] * 2
    assert await unread_count(zhou, NOW) == 0
    noted = await Trail.select(Trail.deed).where(Trail.school == cast.school).output(as_list=True)
    assert noted.count("notices.mark_read") == 1


async def test_all_is_read_at_once_for_oneself_only(cast: Cast) -> None:
    for subject in range(3):
        await post_news(cast, subject, roles=(Role.PRINCIPAL, Role.DEPUTY))
    assert await deeds.mark_all_read(cast.actor("zhou"), now=NOW) == 3
    assert await deeds.mark_all_read(cast.actor("zhou"), now=NOW) == 0
    assert [await unread_count(cast.actor(who), NOW) for who in ("zhou", "wu")] == [0, 3]


async def test_a_task_of_the_hand_is_ticked_and_opened_again(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    await post_task(cast, by_hand=True, due_on=TODAY)
    (task,) = await open_tasks(zhou, NOW)
    await deeds.tick(zhou, task.id, now=NOW)
    (done,) = await messages(zhou, filters={"kind": "task"})
    assert (done.done_by, done.unread, await open_tasks(zhou, NOW)) == ("周校长", False, [])
    with pytest.raises(Refused) as refused:
        await deeds.tick(zhou, task.id, now=NOW)
    assert [finding.rule for finding in refused.value.findings] == ["done_already"]
    await deeds.reopen(zhou, task.id, now=NOW)
    assert [(t.done_at, t.done_by) for t in await open_tasks(zhou, NOW)] == [(None, None)]


async def test_a_task_that_closes_itself_is_not_ticked(cast: Cast) -> None:
    zhou = cast.actor("zhou")
    await post_task(cast)
    (task,) = await open_tasks(zhou, NOW)
    with pytest.raises(Refused):
        await deeds.tick(zhou, task.id, now=NOW)
    assert len(await open_tasks(zhou, NOW)) == 1


@pytest.mark.parametrize("who", ["wu", "zheng", "ma"])
async def test_what_is_not_for_somebody_is_not_there_for_them(cast: Cast, who: str) -> None:
    await post_task(cast, by_hand=True)
    (task,) = await open_tasks(cast.actor("zhou"), NOW)
    for deed in (deeds.mark_read, deeds.tick, deeds.reopen):
        with pytest.raises(Missing):
            await deed(cast.actor(who), task.id, now=NOW)


async def test_a_kitchen_device_shows_what_is_for_the_kitchen_and_owes_no_reading(cast: Cast) -> None:
    await post_task(cast, 1, roles=(Role.COOK,), due_on=date(2026, 9, 9))
    await post_task(cast, 2)
    device = Actor(None, cast.school, device=1)
    assert [task.unread for task in await open_tasks(device, NOW)] == [False]
    assert await unread_count(device, NOW) == 0
    with pytest.raises(Missing):
        await deeds.mark_all_read(device, now=NOW)


async def test_a_machine_reads_what_is_for_its_role(cast: Cast) -> None:
    await post_news(cast)
    machine = Actor(None, cast.school, frozenset({Role.PRINCIPAL}), key=1)
    assert [shown.unread for shown in await messages(machine)] == [False]
