"""A call that comes twice under one key is done once, on both engines, whoever races."""

import asyncio
from datetime import timedelta

import pytest

from canteen.accounts.services.answers import KEPT, Answer, Call, answer_once, forget_answers
from canteen.accounts.services.trail import record
from canteen.accounts.tables import KeptAnswer, Trail
from canteen.kit.db import write
from canteen.kit.problems import Refused, error
from tests.cast import NOW, SECOND
from tests.make import Cast, make_cast


class Kitchen:
    """Counts what is cooked: each serving is one deed with its row in the trail."""

    def __init__(self, cast: Cast) -> None:
        self.actor = cast.actor("lin")
        self.asked = 0

    async def cook(self) -> Answer:
        self.asked += 1
        async with write():
            await record(self.actor, "tests.cook", subject="dish", now=NOW)
        return Answer(201, f'{{"number": {self.asked}}}')

    async def drop(self) -> Answer:
        await self.cook()
        raise RuntimeError("the power went")

    async def refuse(self) -> Answer:
        await self.cook()
        raise Refused([error("no_salt", "There is no salt.")])


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


@pytest.fixture
def kitchen(cast: Cast) -> Kitchen:
    return Kitchen(cast)


def call(cast: Cast, **other: object) -> Call:
    values = {
        "school": cast.school,
        "credential": "key 1",
        "route": "/api/v1/dishes",
        "key": "k",
        "body": "b",
    }
    return Call(**{**values, **other})


async def cooked() -> int:
    return await Trail.count().where(Trail.deed == "tests.cook")


async def test_the_same_call_again_gets_the_stored_answer(cast: Cast, kitchen: Kitchen) -> None:
    first = await answer_once(call(cast), kitchen.cook, now=NOW)
    again = await answer_once(call(cast), kitchen.cook, now=NOW + timedelta(hours=47, minutes=59))
    assert (first.status, first.body, first.replayed) == (201, '{"number": 1}', False)
    assert (again.status, again.body, again.replayed) == (201, '{"number": 1}', True)
    assert await cooked() == 1


async def test_another_body_under_the_same_key_is_refused(cast: Cast, kitchen: Kitchen) -> None:
    await answer_once(call(cast), kitchen.cook, now=NOW)
    with pytest.raises(Refused) as refused:
        await answer_once(call(cast, body="other"), kitchen.cook, now=NOW)
    assert [finding.rule for finding in refused.value.findings] == ["key_reused"]
    assert await cooked() == 1


@pytest.mark.parametrize("other", [{"credential": "key 2"}, {"route": "/api/v1/foods"}, {"key": "k2"}])
async def test_a_key_belongs_to_who_sends_it_and_where(
    cast: Cast, kitchen: Kitchen, other: dict[str, str]
) -> None:
    await answer_once(call(cast), kitchen.cook, now=NOW)
    assert not (await answer_once(call(cast, **other), kitchen.cook, now=NOW)).replayed
    assert not (await answer_once(call(cast, school=cast.schools[SECOND]), kitchen.cook, now=NOW)).replayed
    assert await cooked() == 3


async def test_of_twenty_racing_calls_one_is_done_and_all_get_its_answer(
    cast: Cast, kitchen: Kitchen
) -> None:
    answers = await asyncio.gather(*(answer_once(call(cast), kitchen.cook, now=NOW) for _ in range(20)))
    assert {(answer.status, answer.body) for answer in answers} == {(201, '{"number": 1}')}
    assert [answer.replayed for answer in answers].count(False) == 1
    assert (kitchen.asked, await cooked()) == (1, 1)


async def test_nothing_is_kept_of_a_deed_that_broke_after_it_wrote(cast: Cast, kitchen: Kitchen) -> None:
    with pytest.raises(RuntimeError):
        await answer_once(call(cast), kitchen.drop, now=NOW)
    assert (await cooked(), await KeptAnswer.count()) == (0, 0)
    assert not (await answer_once(call(cast), kitchen.cook, now=NOW)).replayed


async def test_a_refused_call_is_not_kept_and_may_come_mended_under_its_key(
    cast: Cast, kitchen: Kitchen
) -> None:
    with pytest.raises(Refused):
        await answer_once(call(cast), kitchen.refuse, now=NOW)
    assert (await cooked(), await KeptAnswer.count()) == (0, 0)
    assert (await answer_once(call(cast, body="mended"), kitchen.cook, now=NOW)).status == 201


async def test_after_two_days_the_key_is_new_again(cast: Cast, kitchen: Kitchen) -> None:
    await answer_once(call(cast), kitchen.cook, now=NOW)
    assert not (await answer_once(call(cast, body="other"), kitchen.cook, now=NOW + KEPT)).replayed
    assert (await cooked(), await KeptAnswer.count()) == (2, 1)


async def test_old_answers_are_swept_and_young_ones_stay(cast: Cast, kitchen: Kitchen) -> None:
    await answer_once(call(cast), kitchen.cook, now=NOW)
    await answer_once(call(cast, key="younger"), kitchen.cook, now=NOW + timedelta(seconds=1))
    assert await forget_answers(NOW + KEPT - timedelta(seconds=1)) == 0
    assert await forget_answers(NOW + KEPT) == 1
    assert await KeptAnswer.count() == 1
