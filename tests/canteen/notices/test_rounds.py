"""The turn of a term: its tasks come by themselves, once, to those who do them."""

import asyncio
import logging
from datetime import date, datetime, timedelta

import pytest

from canteen.accounts.rules import Role
from canteen.app import create_app
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local, local_day, utc_now
from canteen.notices.rules.terms import TERM_TASKS, Turn
from canteen.notices.services import deeds
from canteen.notices.services.inbox import open_tasks
from canteen.notices.services.rounds import make_round, make_steps, rounds
from canteen.notices.tables import Notice
from canteen.schools.forms import TermForm
from canteen.schools.services.terms import add_term, change_term, withdraw_term
from canteen.settings import Settings
from tests.cast import NOW, SECOND
from tests.make import Cast, make_cast

FIRST, LAST = date(2026, 9, 21), date(2027, 1, 20)
BEFORE, OPENING, AT_SCHOOL, CLOSING = (
    at_local(day, 7) for day in (date(2026, 9, 13), date(2026, 9, 15), FIRST, date(2027, 1, 18))
)
OPENING_TASKS, CLOSING_TASKS = len(TERM_TASKS[Turn.OPENING]), len(TERM_TASKS[Turn.CLOSING])


async def school_with_term() -> tuple[Cast, int]:
    cast = await make_cast()
    form = TermForm("2026 年秋季学期", FIRST, LAST)
    return cast, (await add_term(cast.actor("wu"), form, now=NOW)).id


async def topics(cast: Cast, login: str, now: datetime) -> set[str]:
    return {task.topic.removeprefix("terms.") for task in await open_tasks(cast.actor(login), now)}


async def test_a_week_before_the_term_the_check_is_posted_and_at_its_end_the_clearing(database: str) -> None:
    cast, _term = await school_with_term()
    made = [await make_round(now) for now in (BEFORE, OPENING, AT_SCHOOL, CLOSING)]
    assert made == [0, OPENING_TASKS, 0, CLOSING_TASKS]
    (task, *_more) = await open_tasks(cast.actor("zhou"), CLOSING)
    assert (task.due_on, task.late(local_day(CLOSING)), task.by_hand) == (date(2026, 9, 20), True, True)
    assert await topics(cast, "he", CLOSING) == {"opening.clean", "closing.switch_off"}


async def test_the_principal_does_what_nobody_has_the_role_for(database: str) -> None:
    cast, _term = await school_with_term()
    await make_round(CLOSING)
    assert await topics(cast, "zhou", CLOSING) == {"closing.samples"}
    assert "closing.clear_stock" in await topics(cast, "chen", CLOSING)


async def test_however_often_and_from_however_many_sides_a_task_is_posted_once(database: str) -> None:
    cast, _term = await school_with_term()
    made = await asyncio.gather(*(make_round(OPENING) for _worker in range(4)))
    assert sum(made) == OPENING_TASKS
    (task, *_more) = await open_tasks(cast.actor("zhou"), OPENING)
    await deeds.tick(cast.actor("zhou"), task.id, now=OPENING)
    assert await make_round(OPENING + timedelta(days=1)) == 0
    assert await Notice.count().where(Notice.school == cast.school) == OPENING_TASKS


async def test_only_the_school_whose_term_turns_is_asked(database: str) -> None:
    cast, _term = await school_with_term()
    await make_round(OPENING)
    zheng = Actor(cast.people["zheng"], cast.schools[SECOND], frozenset({Role.PRINCIPAL}))
    assert await open_tasks(zheng, OPENING) == []


async def test_open_tasks_follow_a_term_that_is_moved(database: str) -> None:
    cast, term = await school_with_term()
    await make_round(OPENING)
    moved = TermForm("2026 年秋季学期", FIRST + timedelta(days=2), LAST)
    await change_term(cast.actor("wu"), term, moved, now=OPENING)
    assert await make_round(OPENING) == 0
    assert {task.due_on for task in await open_tasks(cast.actor("zhou"), OPENING)} == {date(2026, 9, 22)}


async def test_a_term_taken_back_takes_its_open_tasks_with_it(database: str) -> None:
    cast, term = await school_with_term()
    await make_round(OPENING)
    await withdraw_term(cast.actor("wu"), term, now=OPENING)
    assert await make_round(OPENING) == 0
    assert await open_tasks(cast.actor("zhou"), OPENING) == []


async def test_the_running_house_makes_its_round_at_once(sqlite: str) -> None:
    cast = await make_cast()
    today = local_day(utc_now())
    form = TermForm("新学期", today + timedelta(days=3), today + timedelta(days=90))
    await add_term(cast.actor("wu"), form, now=utc_now())
    async with rounds()(None):
        for _moment in range(100):
            await asyncio.sleep(0.02)
            if found := await open_tasks(cast.actor("zhou"), utc_now()):
                break
    assert found


async def test_the_app_makes_rounds_while_it_runs() -> None:
    managers = create_app(Settings(secret="tests"))._lifespan_managers
    assert any("rounds." in getattr(manager, "__qualname__", "") for manager in managers)


async def test_a_step_that_fails_keeps_none_of_the_others_from_being_made(
    sqlite: str, caplog: pytest.LogCaptureFixture
) -> None:
    cast = await make_cast()
    seen: list[int] = []

    async def broken(school: int, *, now: datetime) -> int:
        raise RuntimeError(school)

    async def counted(school: int, *, now: datetime) -> int:
        seen.append(school)
        return 0

    with caplog.at_level(logging.ERROR):
        await make_steps([broken, counted], OPENING)
    assert "could not be made" in caplog.text
    assert set(seen) >= {cast.schools["A001"], cast.schools["A002"]}
