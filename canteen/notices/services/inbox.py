"""What somebody has to do or to know at a school: whatever is for them or for a role they hold there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from piccolo.columns.combination import WhereRaw

from canteen.accounts.rules import AT_DEVICE
from canteen.kit.actor import Actor
from canteen.kit.pages.listing import Listing
from canteen.kit.problems import Level, Missing
from canteen.kit.texts import Word
from canteen.notices.rules.kinds import FRESH, Kind, is_late
from canteen.notices.tables import Notice, Reading

MOST_TASKS = 200
FOR = """EXISTS (SELECT 1 FROM "notices_addressee" AS a WHERE a."school" = "notices_notice"."school"
AND a."notice" = "notices_notice"."id" AND (%s))"""
READ = """EXISTS (SELECT 1 FROM "notices_reading" AS r WHERE r."school" = "notices_notice"."school"
AND r."notice" = "notices_notice"."id" AND r."person" = {})"""
NOTHING = WhereRaw("1 = 0")


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it is shown: `message` with `facts` is said in the reader's language."""

    id: int
    kind: Kind
    level: Level
    topic: str
    message: str
    facts: Mapping[str, Any]
    link: str
    due_on: date | None
    by_hand: bool
    posted_at: datetime
    done_at: datetime | None
    done_by: str | None
    unread: bool

    def late(self, today: date) -> bool:
        """Whether its last day is over while it is still open."""
        return self.done_at is None and is_late(self.due_on, today)


async def unread_count(actor: Actor, now: datetime) -> int:
    """How many notices the person has not read: of the last thirty days, and not settled meanwhile."""
    if actor.person is None:
        return 0
    return int(await Notice.count().where(mine(actor) & _unread(actor, now)))


async def open_tasks(actor: Actor, now: datetime) -> list[Shown]:
    """What is still to be done, the earliest last day first and what has none at the end."""
    here = mine(actor) & (Notice.kind == Kind.TASK.value) & Notice.done_at.is_null()
    dated = await _rows(here & Notice.due_on.is_not_null(), MOST_TASKS)
    found = [*dated, *(await _rows(here & Notice.due_on.is_null(), MOST_TASKS - len(dated)))]
    return await _shown(actor, now, sorted(found, key=lambda row: (row["due_on"] or date.max, row["id"])))


async def inbox(actor: Actor, asked: Listing, now: datetime) -> tuple[list[Shown], str | None]:
    """News and alerts, the unread ones first and each part the newest first; and the next page's cursor.

    Filter `kind`: news, alert, or task for the tasks that are done.
    """
    here = mine(actor) & _of_kind(asked.filters.get("kind", ""))
    after = asked.after if isinstance(asked.after, int) else None
    wanted = asked.limit + 1
    rows = (
        []
        if after is not None and after < 0
        else await _rows(here & _unread(actor, now) & _below(after), wanted)
    )
    if len(rows) < wanted:
        below = _below(-after if after is not None and after < 0 else None)
        rows += await _rows(here & _owed_no_more(actor, now) & below, wanted - len(rows))
    return asked.cut(await _shown(actor, now, rows), lambda shown: shown.id if shown.unread else -shown.id)


async def notice_of(actor: Actor, notice: int) -> dict[str, Any]:
    """One notice that is for the actor, as it is kept. Raises Missing."""
    rows = await _rows(mine(actor) & (Notice.id == notice), 1)
    if not rows:
        raise Missing
    return rows[0]


async def unread_ids(actor: Actor, now: datetime) -> list[int]:
    """What the person has not read."""
    which = mine(actor) & _unread(actor, now)
    return list(await Notice.select(Notice.id).where(which).output(as_list=True))


def mine(actor: Actor) -> Any:
    """The notices for the actor: by person, or by a role held at the school.

    A kitchen device that nobody has touched shows what is for the roles that stand at it.
    """
    roles = sorted(AT_DEVICE if actor.person is None and actor.device is not None else actor.roles)
    people = [actor.person] if actor.person is not None else []
    whom = ['a."role" = {}'] * len(roles) + ['a."person" = {}'] * len(people)
    here = Notice.school == actor.school
    return here & (WhereRaw(FOR % " OR ".join(whom), *roles, *people) if whom else NOTHING)


def _unread(actor: Actor, now: datetime) -> Any:
    """Nothing is unread to a machine or to a device that nobody has touched."""
    fresh = (Notice.posted_at > now - FRESH) & Notice.done_at.is_null()
    return fresh & (WhereRaw(f"NOT {READ}", actor.person) if actor.person is not None else NOTHING)


def _owed_no_more(actor: Actor, now: datetime) -> Any:
    """The rest: read, settled, or too old."""
    if actor.person is None:
        return Notice.id > 0
    old = (Notice.posted_at <= now - FRESH) | Notice.done_at.is_not_null()
    return old | WhereRaw(READ, actor.person)


def _of_kind(kind: str) -> Any:
    if kind == Kind.TASK:
        return (Notice.kind == kind) & Notice.done_at.is_not_null()
    return Notice.kind == kind if kind else Notice.kind != Kind.TASK.value


def _below(id_: int | None) -> Any:
    return Notice.id < id_ if id_ is not None else Notice.id > 0


async def _rows(which: Any, most: int) -> list[dict[str, Any]]:
    """At most that many, the newest first."""
    if most <= 0:
        return []
    asked = Notice.select(*Notice.all_columns(), Notice.done_by.name.as_alias("who")).where(which)
    return list(await asked.order_by(Notice.id, ascending=False).limit(most))


async def _shown(actor: Actor, now: datetime, rows: Sequence[Mapping[str, Any]]) -> list[Shown]:
    read = await _read(actor, [row["id"] for row in rows])
    return [_one(row, row["id"] not in read and _is_owed(actor, row, now)) for row in rows]


async def _read(actor: Actor, ids: list[int]) -> set[int]:
    if not ids or actor.person is None:
        return set()
    here = (Reading.school == actor.school) & (Reading.person == actor.person)
    return set(
        await Reading.select(Reading.notice).where(here & Reading.notice.is_in(ids)).output(as_list=True)
    )


def _is_owed(actor: Actor, row: Mapping[str, Any], now: datetime) -> bool:
    return actor.person is not None and row["done_at"] is None and row["posted_at"] > now - FRESH


def _one(row: Mapping[str, Any], unread: bool) -> Shown:
    return Shown(
        id=row["id"],
        kind=Kind(row["kind"]),
        level=Level(row["level"]),
        topic=row["topic"],
        message=row["message"],
        facts={name: _fact(value) for name, value in msgspec.json.decode(row["facts"]).items()},
        link=row["link"],
        due_on=row["due_on"],
        by_hand=row["by_hand"],
        posted_at=row["posted_at"],
        done_at=row["done_at"],
        done_by=row["who"],
        unread=unread,
    )


def _fact(value: Any) -> Any:
    """A day is a day again and a word a word: each language says them its own way (`posting.kept_facts`)."""
    if not isinstance(value, dict):
        return value
    return Word(value["word"]) if "word" in value else date.fromisoformat(value["day"])
