"""Reading notices, ticking tasks off by hand. Each raises Missing for what is not for the actor."""

from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Missing, refuse_if
from canteen.notices.rules.kinds import reopen_findings, tick_findings
from canteen.notices.services.inbox import notice_of, unread_ids
from canteen.notices.tables import Notice, Reading


async def mark_read(actor: Actor, notice: int, *, now: datetime) -> str:
    """The person has read it; returns where it leads. Who has read it before does nothing."""
    if actor.person is None:
        raise Missing
    async with write():
        link = str((await notice_of(actor, notice))["link"])
        if await _note_read(actor, [notice], now):
            deed = "notices.mark_read"
            await record(actor, deed, subject="notice", subject_id=notice, now=now)
    return link


async def mark_all_read(actor: Actor, *, now: datetime) -> int:
    """The person has read whatever was unread; returns how many."""
    if actor.person is None:
        raise Missing
    async with write():
        count = await _note_read(actor, await unread_ids(actor, now), now)
        if count:
            after = {"count": count}
            await record(actor, "notices.mark_all_read", subject="notice", after=after, now=now)
    return count


async def tick(actor: Actor, notice: int, *, now: datetime) -> None:
    """A task is done. Raises Refused: `closes_itself`, `done_already`."""
    async with write():
        row = await notice_of(actor, notice)
        refuse_if(tick_findings(by_hand=row["by_hand"], done=row["done_at"] is not None))
        if not await _turn(actor, notice, Notice.done_at.is_null(), now):
            refuse_if(tick_findings(by_hand=True, done=True))
        after = {"task": row["message"], "done": True}
        await record(actor, "notices.tick", subject="notice", subject_id=notice, after=after, now=now)


async def reopen(actor: Actor, notice: int, *, now: datetime) -> None:
    """A task was ticked too early. Raises Refused: `closes_itself`, `open_still`."""
    async with write():
        row = await notice_of(actor, notice)
        refuse_if(reopen_findings(by_hand=row["by_hand"], done=row["done_at"] is not None))
        if not await _turn(actor, notice, Notice.done_at.is_not_null(), None):
            refuse_if(reopen_findings(by_hand=True, done=False))
        after = {"task": row["message"], "done": False}
        await record(actor, "notices.reopen", subject="notice", subject_id=notice, after=after, now=now)


async def _turn(actor: Actor, notice: int, stands: Any, done_at: datetime | None) -> bool:
    here = (Notice.school == actor.school) & (Notice.id == notice) & stands
    done_by = actor.person if done_at is not None else None
    values: dict[Any, Any] = {Notice.done_at: done_at, Notice.done_by: done_by}
    return bool(await Notice.update(values).where(here).returning(Notice.id))


async def _note_read(actor: Actor, notices: list[int], now: datetime) -> int:
    """How many of these were new to the person."""
    rows = [Reading(school=actor.school, notice=id_, person=actor.person, read_at=now) for id_ in notices]
    if not rows:
        return 0
    return len(await Reading.insert(*rows).on_conflict(action="DO NOTHING").returning(Reading.id))
