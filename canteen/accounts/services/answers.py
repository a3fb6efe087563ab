"""Answers kept for an Idempotency-Key: a call that comes twice is done once (contract.md, HTTP).

The answer is written in the deed's own transaction: either both stand or neither. A refused call wrote
nothing, so nothing of it is kept and it may be sent again, mended, under the same key.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from canteen.accounts.tables import KeptAnswer
from canteen.kit.db import offer_write, write
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _

KEPT = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Call:
    """A call that may come again: who makes it, where to, under which key, and a digest of what is sent."""

    school: int
    credential: str
    route: str
    key: str
    body: str

    @property
    def scope(self) -> str:
        """What the key belongs to, as one digest."""
        parts = (self.credential, self.route, self.key)
        return sha256("\n".join(parts).encode(errors="surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with its JSON; `replayed` when an earlier call was answered so."""

    status: int
    body: str
    replayed: bool = False


async def answer_once(call: Call, do: Callable[[], Awaitable[Answer]], *, now: datetime) -> Answer:
    """What `do` answers, or what it answered to the same call within 48 hours.

    The one deed that `do` does takes the transaction opened here. Of calls that race, one does it and the
    others wait for its answer. Raises Refused (`key_reused`) when the key came with another body, and
    whatever `do` raises.
    """
    async with offer_write():
        if not await _claim(call, now):
            return await _kept(call)
        made = await do()
        values: dict[Any, Any] = {KeptAnswer.status: made.status, KeptAnswer.answer: made.body}
        await KeptAnswer.update(values).where(_this(call))
    return made


async def forget_answers(now: datetime) -> int:
    """Take away what is older than 48 hours, school by school; returns how many."""
    old = KeptAnswer.answered_at <= now - KEPT
    schools = await KeptAnswer.select(KeptAnswer.school).where(old).distinct().output(as_list=True)
    gone = 0
    for school in schools:
        async with write():
            here = (KeptAnswer.school == school) & old
            gone += len(await KeptAnswer.delete().where(here).returning(KeptAnswer.id))
    return gone


async def _claim(call: Call, now: datetime) -> bool:
    """Whether this call is the first; on PostgreSQL a second one waits here for the first to end."""
    await KeptAnswer.delete().where(_this(call) & (KeptAnswer.answered_at <= now - KEPT))
    row = KeptAnswer(school=call.school, scope=call.scope, body=call.body, answered_at=now)
    scope = (KeptAnswer.school, KeptAnswer.scope)
    made = KeptAnswer.insert(row).on_conflict(target=scope, action="DO NOTHING")
    return bool(await made.returning(KeptAnswer.id))


async def _kept(call: Call) -> Answer:
    found: Any = await KeptAnswer.select().where(_this(call)).first()
    if found["body"] != call.body:
        message = _("This Idempotency-Key came with another request before. Send a new one.")
        raise Refused([error("key_reused", message, "Idempotency-Key")])
    return Answer(found["status"], found["answer"], replayed=True)


def _this(call: Call) -> Any:
    return (KeptAnswer.school == call.school) & (KeptAnswer.scope == call.scope)
