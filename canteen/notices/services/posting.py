"""Steps for the deeds of other rooms: they take the open transaction and leave no trail row of their own.

await tell(school, Note("weeks.approved", _("…"), to(person), ...), now=now)      news, each time
await warn(school, Note(...), now=now)                  an alert, unless one of its subject stands open
await ask(school, Note(..., due_on=day), now=now)       a task, likewise
await settle(school, "weeks.approve", "week", week, by=actor.person, now=now)     closes what stands open
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from canteen.accounts.rules import Role
from canteen.kit.db import in_write
from canteen.kit.problems import Level
from canteen.kit.texts import Word
from canteen.notices.rules.kinds import Kind
from canteen.notices.tables import Addressee, Notice, Reading


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said, about which subject, and for whom: holders of `roles` and `people`, by id.

    `message` is a message id, `facts` fill its places (texts, whole numbers and days). `link` is a path.
    """

    topic: str
    message: str
    subject: str
    subject_id: int
    roles: Sequence[Role] = ()
    people: Sequence[int | None] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    link: str = ""
    level: Level = Level.ADVICE
    due_on: date | None = None
    by_hand: bool = False


async def tell(school: int, note: Note, *, now: datetime, by: int | None = None) -> None:
    """Step: news. `by` did it and need not read it."""
    await _post(school, Kind.NEWS, note, now, by)


async def warn(school: int, note: Note, *, now: datetime) -> bool:
    """Step: an alert; False when one of its topic and subject stands open already."""
    return await _post(school, Kind.ALERT, note, now)


async def ask(school: int, note: Note, *, now: datetime) -> bool:
    """Step: a task; False when one of its topic and subject stands open already."""
    return await _post(school, Kind.TASK, note, now)


async def settle(
    school: int, topic: str, subject: str, subject_id: int, *, now: datetime, by: int | None = None
) -> bool:
    """Step: close the open task or alert of a topic and subject; whether there was one."""
    _demand_write(topic)
    here = (Notice.school == school) & (Notice.topic == topic) & (Notice.subject == subject)
    is_open = (Notice.subject_id == subject_id) & (Notice.kind != Kind.NEWS.value) & Notice.done_at.is_null()
    values: dict[Any, Any] = {Notice.done_at: now, Notice.done_by: by}
    return bool(await Notice.update(values).where(here & is_open).returning(Notice.id))


async def _post(school: int, kind: Kind, note: Note, now: datetime, by: int | None = None) -> bool:
    _demand_write(note.topic)
    row = _row(school, kind, note, now)
    made = await Notice.insert(row).on_conflict(action="DO NOTHING").returning(Notice.id)
    if not made:
        return False
    notice = made[0]["id"]
    await Addressee.insert(*_addressees(school, notice, note))
    if by is not None:
        await Reading.insert(Reading(school=school, notice=notice, person=by, read_at=now))
    return True


def _row(school: int, kind: Kind, note: Note, now: datetime) -> Notice:
    return Notice(
        school=school,
        kind=kind.value,
        level=note.level.value,
        topic=note.topic,
        subject=note.subject,
        subject_id=note.subject_id,
        message=note.message,
        facts=kept_facts(note.facts),
        link=note.link,
        due_on=note.due_on,
        by_hand=note.by_hand,
        posted_at=now,
    )


def kept_facts(facts: Mapping[str, Any]) -> str:
    """Facts as JSON, which knows no days and no words: `{"day": "2026-09-07"}`, `{"word": "Tea"}`."""
    return msgspec.json.encode({name: _kept(value) for name, value in facts.items()}).decode()


def _kept(value: Any) -> Any:
    if isinstance(value, Word):
        return {"word": str(value)}
    return {"day": value} if isinstance(value, date) else value


def _addressees(school: int, notice: int, note: Note) -> list[Addressee]:
    """Raises ValueError for a note that is for nobody: a mistake of the room that posts it."""
    people = dict.fromkeys(person for person in note.people if person is not None)
    roles = [Addressee(school=school, notice=notice, role=role.value) for role in dict.fromkeys(note.roles)]
    found = [*roles, *(Addressee(school=school, notice=notice, person=person) for person in people)]
    if not found:
        raise ValueError(f"{note.topic} is for nobody")
    return found


def _demand_write(topic: str) -> None:
    if not in_write():
        raise RuntimeError(f"{topic} is posted outside the transaction it belongs to")
