"""The daily round: at the turn of a term its tasks are posted, each once for all.

Any number of processes may make the round at the same time and as often as they like: a task that was ever
posted for a term is not posted again, and of those that race the unique index lets one through.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Any

from canteen.accounts.rules import Role
from canteen.accounts.services.places import roles_held
from canteen.kit.clock import local_day, utc_now
from canteen.kit.db import write
from canteen.notices.ports import SchoolStep
from canteen.notices.rules.terms import TermTask, due_of, tasks_on
from canteen.notices.services.posting import Note, ask
from canteen.notices.tables import Notice
from canteen.schools.services.terms import turning_terms
from canteen.schools.tables import Term
from canteen.tenants.services import all_schools

LOG = logging.getLogger("canteen.notices")
EVERY_SECONDS = 600.0
AROUND = timedelta(days=62)
"""So far away a term may have been moved while its tasks stand open."""

SUBJECT = "term"

Posted = Mapping[str, Mapping[str, Any]]
"""What was posted for a term, by topic."""


async def make_round(now: datetime) -> int:
    """Bring every school's term tasks up to today; returns how many were posted.

    Open tasks follow a term whose days were changed, and close with one that was taken back.
    """
    today = local_day(now)
    terms = await turning_terms(today - AROUND, today + AROUND)
    posted = await _posted(terms)
    return sum([await _bring_up(term, posted.get(term.id, {}), today, now) for term in terms])


async def _posted(terms: Sequence[Term]) -> dict[int, dict[str, dict[str, Any]]]:
    if not terms:
        return {}
    here = Notice.school.is_in([term.school for term in terms]) & (Notice.subject == SUBJECT)
    rows = await Notice.select(Notice.subject_id, Notice.topic, Notice.due_on, Notice.done_at).where(
        here & Notice.subject_id.is_in([term.id for term in terms])
    )
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["subject_id"], {})[row["topic"]] = row
    return found


async def _bring_up(term: Term, posted: Posted, today: date, now: datetime) -> int:
    still_open = [row for row in posted.values() if row["done_at"] is None]
    if term.withdrawn_at is not None:
        await _change(term, [row["topic"] for row in still_open], {Notice.done_at: now})
        return 0
    for row in still_open:
        due = due_of(row["topic"], term.first_day, term.last_day)
        if row["due_on"] != due:
            await _change(term, [row["topic"]], {Notice.due_on: due})
    wanted = tasks_on(term.first_day, term.last_day, today)
    return await _post(term, {topic: wanted[topic] for topic in wanted if topic not in posted}, now)


async def _change(term: Term, topics: list[str], values: dict[Any, Any]) -> None:
    if not topics:
        return
    mine = (Notice.school == term.school) & (Notice.subject == SUBJECT) & (Notice.subject_id == term.id)
    async with write():
        await Notice.update(values).where(mine & Notice.topic.is_in(topics) & Notice.done_at.is_null())


async def _post(term: Term, tasks: Mapping[str, tuple[TermTask, date]], now: datetime) -> int:
    if not tasks:
        return 0
    held = await roles_held(term.school, local_day(now))
    notes = [_note(term, topic, task, due, held) for topic, (task, due) in tasks.items()]
    async with write():
        return sum([await ask(term.school, note, now=now) for note in notes])


def _note(term: Term, topic: str, task: TermTask, due: date, held: Collection[str]) -> Note:
    """A task whose roles nobody holds is the principal's, who answers for all (校长负责制)."""
    return Note(
        topic=topic,
        message=task.message,
        subject=SUBJECT,
        subject_id=term.id,
        roles=[role for role in task.roles if role in held] or [Role.PRINCIPAL],
        facts={"about": term.name, "source": task.source},
        due_on=due,
        by_hand=True,
    )


def rounds(*steps: SchoolStep) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """While the app runs: a round at once, and one every ten minutes, so that a term entered late gets its
    tasks on the same day; the steps of other rooms follow once a day for each school.
    """

    @contextlib.asynccontextmanager
    async def lifespan(_app: Any = None) -> AsyncIterator[None]:
        task = asyncio.create_task(_for_ever(steps))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return lifespan


async def _for_ever(steps: Sequence[SchoolStep]) -> None:
    stepped_on = date.min
    while True:
        now = utc_now()
        await _tried(make_round(now))
        if (today := local_day(now)) > stepped_on:
            await make_steps(steps, now)
            stepped_on = today
        await asyncio.sleep(EVERY_SECONDS)


async def make_steps(steps: Sequence[SchoolStep], now: datetime) -> None:
    """Each step for each school; one that fails keeps none of the others from being made."""
    for school in await all_schools():
        for step in steps:
            await _tried(step(school, now=now))


async def _tried(work: Awaitable[int]) -> None:
    """What fails is logged and tried with the next round: the rounds outlive a database that was away."""
    try:
        await work
    except Exception:
        LOG.exception("the daily round could not be made")
