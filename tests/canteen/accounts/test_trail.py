"""Each deed leaves one row; a chain that somebody touched names the row."""

import asyncio
import contextvars
import sqlite3
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from piccolo.querystring import QueryString

from canteen.accounts.services.seals import Report, seal_all, seal_school, sealer, verify
from canteen.accounts.services.trail import deeds, deeds_of, record
from canteen.accounts.tables import Trail, TrailHead
from canteen.kit.actor import Actor
from canteen.kit.db import engine, write
from canteen.kit.pages import Listing
from tests.cast import DISTRICT, FIRST, NOW, SECOND
from tests.make import Cast, thaw


async def note(actor: Actor, deed: str = "weeks.approve", subject_id: int = 1, **more: Any) -> None:
    async with write():
        await record(actor, deed, subject="week", subject_id=subject_id, now=NOW, **more)


async def sealed_rows(cast: Cast, count: int = 6) -> list[int]:
    for number in range(count):
        await note(cast.actor("zhou"), subject_id=number, after={"number": number})
    await seal_all(NOW)
    return list(await Trail.select(Trail.id).order_by(Trail.id).output(as_list=True))


async def run(sql: str, *values: Any) -> None:
    await engine().run_querystring(QueryString(sql, *values))


async def tamper(sql: str, *values: Any) -> None:
    """Somebody with the database in hand takes its guard away first."""
    await thaw("accounts_trail")
    await engine().run_querystring(QueryString(sql, *values))


async def broken(cast: Cast) -> Any:
    return (await verify(cast.school)).broken


async def test_a_deed_says_who_did_what_to_which_thing(cast: Cast) -> None:
    await note(cast.actor("zhou", request_id="r-1"), before={"state": "checked"}, after={"state": "approved"})
    [noted] = await deeds_of(cast.school, "week", 1)
    assert (noted.who, noted.deed, noted.request_id) == ("周校长", "weeks.approve", "r-1")
    assert (noted.before, noted.after) == ({"state": "checked"}, {"state": "approved"})
    assert (noted.at, noted.entered_at, noted.sealed) == (NOW, NOW, False)


async def test_a_deed_that_fails_leaves_no_trail(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError):
        async with write():
            await record(cast.actor(), "weeks.approve", subject="week", subject_id=1, now=NOW)
            raise ZeroDivisionError
    assert await Trail.count() == 0


async def test_the_trail_is_written_only_inside_the_deed(cast: Cast) -> None:
    with pytest.raises(RuntimeError):
        await record(cast.actor(), "weeks.approve", subject="week", subject_id=1, now=NOW)


async def test_a_school_sees_its_own_deeds_only_the_latest_first(cast: Cast) -> None:
    await note(cast.actor("zhou"), subject_id=1)
    await note(cast.actor("zheng"), subject_id=2)
    await note(cast.actor("wu"), "dishes.edit", subject_id=3)
    shown, following = await deeds(cast.school, Listing())
    assert [(d.who, d.subject_id) for d in shown] == [("吴主任", 3), ("周校长", 1)]
    assert following is None
    assert [d.who for d in (await deeds(cast.school, Listing(q="周")))[0]] == ["周校长"]
    assert [d.who for d in (await deeds(cast.school, Listing(filters={"deed": "dishes."})))[0]] == ["吴主任"]
    on_the_day = Listing(filters={"day": "2026-09-07"})
    assert len((await deeds(cast.school, on_the_day))[0]) == 2
    assert (await deeds(cast.school, Listing(filters={"day": "2026-09-08"})))[0] == []


async def test_a_long_trail_comes_page_by_page(cast: Cast) -> None:
    await sealed_rows(cast, 5)
    first, following = await deeds(cast.school, Listing(limit=3))
    assert following is not None
    rest, end = await deeds(cast.school, Listing(limit=3, after=first[-1].id))
    assert [d.subject_id for d in first + rest] == [4, 3, 2, 1, 0]
    assert end is None


async def test_a_sealed_chain_holds(cast: Cast) -> None:
    await sealed_rows(cast)
    await note(cast.actor("zheng"))
    head = (await verify(cast.school)).head
    assert await verify(cast.school) == Report(cast.school, 6, 0, None, head)
    assert await seal_all(NOW) == 1
    assert (await verify(cast.schools[SECOND])).sealed == 1


async def test_a_chain_says_what_is_not_sealed_yet(cast: Cast) -> None:
    await sealed_rows(cast, 2)
    await note(cast.actor())
    report = await verify(cast.school)
    assert (report.sealed, report.unsealed, report.holds) == (2, 1, True)


async def test_a_chain_grows_over_many_batches(cast: Cast) -> None:
    async with write():
        for number in range(1203):
            await record(cast.actor(), "weeks.edit", subject="week", subject_id=number, now=NOW)
    assert await seal_school(cast.school, NOW) == 1203
    report = await verify(cast.school)
    assert (report.sealed, report.unsealed, report.holds) == (1203, 0, True)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_trail SET deed = 'weeks.edit'",
        "UPDATE accounts_trail SET after = NULL",
        "UPDATE accounts_trail SET seal = 'another'",
        "UPDATE accounts_trail SET place = NULL",
        "DELETE FROM accounts_trail",
    ],
)
async def test_the_database_itself_refuses_to_change_or_delete_a_deed(cast: Cast, sql: str) -> None:
    await sealed_rows(cast, 2)
    before = await Trail.select().order_by(Trail.id)
    with pytest.raises((sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError), match="frozen"):
        await run(sql)
    assert await Trail.select().order_by(Trail.id) == before


async def test_a_changed_row_is_named(cast: Cast) -> None:
    ids = await sealed_rows(cast)
    await tamper("UPDATE accounts_trail SET after = {} WHERE id = {}", '{"number":9}', ids[3])
    assert ((await broken(cast)).row, (await broken(cast)).kind) == (ids[3], "changed")


@pytest.mark.parametrize("gone", [0, 2, 5])
async def test_a_row_that_was_taken_out_leaves_its_place(cast: Cast, gone: int) -> None:
    ids = await sealed_rows(cast)
    await tamper("DELETE FROM accounts_trail WHERE id = {}", ids[gone])
    assert ((await broken(cast)).place, (await broken(cast)).kind) == (gone + 1, "gone")


async def test_a_chain_that_was_emptied_is_found_out(cast: Cast) -> None:
    await sealed_rows(cast)
    await tamper("DELETE FROM accounts_trail WHERE school = {}", cast.school)
    assert ((await broken(cast)).place, (await broken(cast)).kind) == (1, "gone")


@pytest.mark.parametrize("place", [7, 99, None])
async def test_a_row_that_was_slipped_in_is_named(cast: Cast, place: int | None) -> None:
    await sealed_rows(cast)
    await note(cast.actor("wu"), subject_id=77)
    await run("UPDATE accounts_trail SET place = {}, seal = 'made up' WHERE subject_id = 77", place)
    found = await broken(cast)
    [slipped] = await deeds_of(cast.school, "week", 77)
    assert found.row in (slipped.id, None)
    assert found.kind in ("changed", "beyond", "gone")


async def test_a_row_with_a_well_made_seal_behind_the_end_is_named(cast: Cast) -> None:
    ids = await sealed_rows(cast)
    head = await TrailHead.select().where(TrailHead.school == cast.school).first()
    await note(cast.actor("wu"), subject_id=77)
    await seal_all(NOW)
    await TrailHead.update({TrailHead.place: head["place"], TrailHead.seal: head["seal"]}).where(
        TrailHead.school == cast.school
    )
    assert ((await broken(cast)).row, (await broken(cast)).kind) == (ids[-1] + 1, "beyond")


async def test_two_rows_that_changed_places_are_named(cast: Cast) -> None:
    ids = await sealed_rows(cast)
    await tamper("UPDATE accounts_trail SET place = 99 WHERE id = {}", ids[1])
    await run("UPDATE accounts_trail SET place = 2 WHERE id = {}", ids[2])
    await run("UPDATE accounts_trail SET place = 3 WHERE id = {}", ids[1])
    assert ((await broken(cast)).row, (await broken(cast)).place) == (ids[2], 2)


async def test_a_row_moved_to_another_school_breaks_both_chains(cast: Cast) -> None:
    ids = await sealed_rows(cast)
    await tamper("UPDATE accounts_trail SET school = {} WHERE id = {}", cast.schools[SECOND], ids[5])
    assert (await broken(cast)).kind == "gone"
    assert (await verify(cast.schools[SECOND])).broken is not None


async def test_the_sealer_seals_while_the_house_is_open_and_once_more_at_the_end(cast: Cast) -> None:
    async with sealer():
        await note(cast.actor())
    report = await verify(cast.school)
    assert (report.sealed, report.unsealed) == (1, 0)


async def test_a_deed_of_the_district_stands_in_its_own_chain_and_names_the_school(cast: Cast) -> None:
    await note(cast.actor("shen"), "weeks.push", about_school=cast.school)
    [noted] = (await deeds(cast.schools[DISTRICT], Listing()))[0]
    assert (noted.who, noted.about) == ("沈科长", "第一小学")
    assert (await deeds(cast.school, Listing()))[0] == []


async def test_what_happened_earlier_keeps_both_instants(cast: Cast) -> None:
    earlier = NOW - timedelta(hours=20)
    await note(cast.actor(), at=earlier)
    [noted] = (await deeds(cast.school, Listing()))[0]
    assert (noted.at, noted.entered_at) == (earlier, NOW)


async def test_racing_sealers_make_one_chain(cast: Cast) -> None:
    async def deed(number: int) -> None:
        await note(cast.actor("zhou" if number % 2 else "zheng"), subject_id=number)

    async def seal() -> int:
        return await seal_all(NOW)

    def apart(work: Any) -> asyncio.Task[Any]:
        return asyncio.create_task(work, context=contextvars.Context())

    done = await asyncio.gather(*(apart(deed(n) if n % 3 else seal()) for n in range(90)))
    rest = await seal_all(NOW)
    assert sum(n for n in done if n) + rest == 60
    for code in (FIRST, SECOND):
        report = await verify(cast.schools[code])
        assert (report.sealed, report.unsealed, report.broken) == (30, 0, None)
