"""The database keeps what it acknowledged, once, on both engines."""

import asyncio
from datetime import UTC, datetime

import pytest
from piccolo.engine.exceptions import TransactionError

from canteen.kit import db
from canteen.kit.db.schema import outstanding
from canteen.kit.problems import Conflict
from canteen.schools.tables import Serial
from canteen.tenants.tables import Tenant
from tests.make import make_cast

NOW = datetime(2026, 9, 1, tzinfo=UTC)


def school(code: str) -> Tenant:
    return Tenant(code=code, kind="school", name="一小", created_at=NOW)


async def test_a_migrated_database_has_nothing_outstanding(database: str) -> None:
    assert await outstanding() == []


async def test_what_a_write_did_is_gone_when_it_fails(database: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with db.write():
            await school("A001").save()
            raise ZeroDivisionError
    assert await Tenant.count() == 0


async def test_a_deed_never_opens_a_deed(database: str) -> None:
    with pytest.raises(TransactionError):
        async with db.write(), db.write():
            pass
    assert await asyncio.wait_for(Tenant.count(), 5) == 0


async def test_the_second_of_two_equal_keys_is_told_of_the_first(database: str) -> None:
    async with db.write():
        await school("A001").save()
    with pytest.raises(Conflict):
        async with db.write():
            await school("A001").save()
    assert await Tenant.count() == 1


async def test_of_racing_writers_of_one_key_exactly_one_wins(database: str) -> None:
    async def attempt() -> bool:
        try:
            async with db.write():
                await school("A001").save()
        except Conflict:
            return False
        return True

    won = await asyncio.gather(*(attempt() for _ in range(30)))
    assert sum(won) == 1
    assert await Tenant.count() == 1


async def test_one_deed_and_only_one_takes_an_offered_transaction(database: str) -> None:
    with pytest.raises(TransactionError):
        async with db.offer_write():
            await _save_elsewhere()
            await _save_elsewhere()
    assert await Tenant.count() == 0
    async with db.offer_write():
        await _save_elsewhere()
    assert await Tenant.count() == 1


async def test_a_read_sees_one_moment(database: str) -> None:
    async with db.read():
        before = await Tenant.count()
        task = asyncio.create_task(_save_elsewhere(), context=__import__("contextvars").Context())
        await task
        assert await Tenant.count() == before
    assert await Tenant.count() == before + 1


async def _save_elsewhere() -> None:
    async with db.write():
        await school("B001").save()


async def test_a_cancelled_write_leaves_the_lock_free(database: str) -> None:
    async def slow() -> None:
        async with db.write():
            await school("A001").save()
            await asyncio.sleep(30)

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        await _save_elsewhere()
    assert await Tenant.count() == 1


async def test_the_number_of_a_row_that_is_gone_is_never_given_again(database: str) -> None:
    async with db.write():
        gone = school("A001")
        await gone.save()
        number = gone.id
        await gone.remove()
        following = school("A002")
        await following.save()
    assert following.id > number


def _serials(school: int, *names: str) -> list[Serial]:
    return [db.fresh(Serial, school=school, name=name, last=1) for name in names]


async def test_many_rows_are_kept_at_once_and_each_learns_its_id(database: str) -> None:
    school = (await make_cast()).school
    rows = _serials(school, *(f"row-{n}" for n in range(20_000)))
    async with db.write():
        await db.insert_numbered(rows, "name")
        await db.insert_rows(_serials(school, "one more"))
        await db.insert_rows([])
    kept = {row["name"]: row["id"] for row in await Serial.select().where(Serial.school == school)}
    assert len(kept) >= 20_001
    assert all(kept[row.name] == row.id for row in rows)


async def test_rows_are_kept_within_the_transaction_of_a_deed_alone(database: str) -> None:
    school = (await make_cast()).school
    with pytest.raises(RuntimeError):
        await db.insert_rows(_serials(school, "alone"))


def test_a_fresh_row_has_a_value_for_every_column() -> None:
    with pytest.raises(TypeError, match="last"):
        db.fresh(Serial, school=1, name="unfinished")
