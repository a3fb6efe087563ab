"""Sealing the trail into a chain a school at a time, and walking the chain to see whether it holds."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.querystring import QueryString

from canteen.accounts.rules.seals import SEALED, START, Break, chained, first_break
from canteen.accounts.services.answers import forget_answers
from canteen.accounts.tables import Trail, TrailHead
from canteen.kit.clock import utc_now
from canteen.kit.db import engine, read, write
from canteen.kit.problems import Missing
from canteen.tenants.rules import read_code
from canteen.tenants.tables import Tenant

LOG = logging.getLogger("canteen.trail")
BATCH = 500
EVERY_SECONDS = 2.0
COVERED = [getattr(Trail, name) for name in SEALED]
SET_SEALS = """
WITH sealed(id, place, seal) AS (VALUES {rows})
UPDATE "accounts_trail" SET "place" = sealed.place, "seal" = sealed.seal
FROM sealed WHERE "accounts_trail"."school" = {{}} AND "accounts_trail"."id" = sealed.id
"""


@dataclass(frozen=True, slots=True)
class Report:
    """How a school's chain stands.

    `sealed` rows hold up to the first `broken` place (all of them when there is none); `unsealed` rows wait
    for the sealer. `head` is the last seal: whoever keeps a copy of it can tell a chain made anew.
    """

    school: int
    sealed: int
    unsealed: int
    broken: Break | None
    head: str

    @property
    def holds(self) -> bool:
        """Nothing sealed was changed, moved, taken out or slipped in."""
        return self.broken is None


async def seal_all(now: datetime) -> int:
    """Seal what waits, in every school; returns how many rows were sealed."""
    waiting = await Trail.select(Trail.school).where(Trail.seal.is_null()).distinct().output(as_list=True)
    sealed = 0
    for school in waiting:
        sealed += await seal_school(school, now)
    return sealed


async def seal_school(school: int, now: datetime) -> int:
    """Seal what waits in one school, a batch a transaction; returns how many rows were sealed."""
    sealed = 0
    while True:
        done = await _seal_batch(school, now)
        sealed += done
        if done < BATCH:
            return sealed


async def _seal_batch(school: int, now: datetime) -> int:
    async with write():
        place, previous = await _lock_head(school, now)
        rows = await (
            Trail.select(*COVERED)
            .where((Trail.school == school) & Trail.seal.is_null())
            .order_by(Trail.id)
            .limit(BATCH)
        )
        if not rows:
            return 0
        seals = list(chained(previous, rows))
        await _set_seals(school, [row["id"] for row in rows], place, seals)
        await TrailHead.update(
            {TrailHead.place: place + len(rows), TrailHead.seal: seals[-1], TrailHead.sealed_at: now}
        ).where(TrailHead.school == school)
    return len(rows)


async def _lock_head(school: int, now: datetime) -> tuple[int, str]:
    """The end of the chain, locked until the transaction ends: touching its row queues a second sealer."""
    touch = TrailHead.update({TrailHead.school: school}).where(TrailHead.school == school)
    heads = await touch.returning(TrailHead.place, TrailHead.seal)
    if not heads:
        fresh = TrailHead(school=school, place=0, seal=START, sealed_at=now)
        await TrailHead.insert(fresh).on_conflict(target=TrailHead.school, action="DO NOTHING")
        heads = await touch.returning(TrailHead.place, TrailHead.seal)
    return heads[0]["place"], heads[0]["seal"]


async def _set_seals(school: int, ids: Sequence[int], place: int, seals: Sequence[str]) -> None:
    rows = ", ".join("(CAST({} AS BIGINT), CAST({} AS BIGINT), CAST({} AS TEXT))" for _id in ids)
    values: list[Any] = []
    for step, (id_, seal) in enumerate(zip(ids, seals, strict=True), start=1):
        values += [id_, place + step, seal]
    statement = QueryString(SET_SEALS.format(rows=rows), *values, school)
    await engine().run_querystring(statement)


async def verify(school: int) -> Report:
    """Walk the chain of a school from its first row and name the first that does not hold."""
    async with read():
        head = await TrailHead.select().where(TrailHead.school == school).first()
        end, last = (head["place"], head["seal"]) if head else (0, START)
        broken, place, previous = await _walk(school)
        if broken is None and (place, previous) != (end, last):
            broken = await _end_break(school, place, end)
        unsealed = await Trail.count().where((Trail.school == school) & Trail.seal.is_null())
    return Report(school, place, unsealed, broken, last)


async def verify_all(now: datetime, code: str | None = None) -> dict[str, Report]:
    """Seal what waits and verify every chain, or that of one tenant; the reports by tenant code.

    Raises Missing when nobody has the code.
    """
    which = Tenant.code == read_code(code) if code else Tenant.id > 0
    rows = await Tenant.select(Tenant.id, Tenant.code).where(which).order_by(Tenant.code)
    if code and not rows:
        raise Missing
    reports = {}
    for row in rows:
        await seal_school(row["id"], now)
        reports[row["code"]] = await verify(row["id"])
    return reports


async def _walk(school: int) -> tuple[Break | None, int, str]:
    place, previous = 0, START
    here = (Trail.school == school) & Trail.seal.is_not_null()
    while True:
        rows = await (
            Trail.select(*COVERED, Trail.place, Trail.seal)
            .where(here & (Trail.place > place))
            .order_by(Trail.place)
            .limit(BATCH)
        )
        broken, place, previous = first_break(rows, place, previous)
        if broken or not rows:
            return broken or await _placeless(school, place), place, previous


async def _placeless(school: int, place: int) -> Break | None:
    """A row that carries a seal but stands at no place was not sealed by us."""
    here = (Trail.school == school) & Trail.seal.is_not_null() & Trail.place.is_null()
    row = await Trail.select(Trail.id).where(here).order_by(Trail.id).first()
    return Break(place + 1, row["id"], "beyond") if row else None


async def _end_break(school: int, place: int, end: int) -> Break:
    """Fewer rows than the head knows: the next one is gone; more: the first beyond it was slipped in."""
    if place < end:
        return Break(place + 1, None, "gone")
    here = (Trail.school == school) & (Trail.place > end)
    row = await Trail.select(Trail.id, Trail.place).where(here).order_by(Trail.place).first()
    return Break(row["place"], row["id"], "beyond") if row else Break(end, None, "changed")


@contextlib.asynccontextmanager
async def sealer(_app: Any = None) -> AsyncIterator[None]:
    """While the app runs, every two seconds and once more at the end: seal what waits, and take away the
    answers that were kept long enough."""
    task = asyncio.create_task(_seal_for_ever())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await _seal_once()


async def _seal_for_ever() -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await _seal_once()


async def _seal_once() -> None:
    """A failing sweep is logged and the next one tried: the sealer must outlive a database that was away."""
    try:
        await seal_all(utc_now())
        await forget_answers(utc_now())
    except Exception:
        LOG.exception("the trail could not be sealed, or old answers not taken away")
