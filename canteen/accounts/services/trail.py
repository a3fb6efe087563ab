"""The trail: one row for each deed, written in the deed's own transaction."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

import msgspec

from canteen.accounts.tables import Membership, Trail
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local
from canteen.kit.db import in_write
from canteen.kit.pages.listing import Listing


async def record(
    actor: Actor,
    deed: str,
    *,
    now: datetime,
    subject: str,
    subject_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    about_school: int | None = None,
) -> None:
    """Step: note a deed (`room.verb`) in the open transaction.

    `now` is when it is typed in, `at` when it happened where that differs. A deed of a district stands in the
    district's chain and names the school it concerns (`about_school`). Raises RuntimeError outside a write.
    """
    if not in_write():
        raise RuntimeError(f"{deed} leaves its trail outside the transaction it belongs to")
    await Trail.insert(
        Trail(
            school=actor.school,
            at=at or now,
            entered_at=now,
            person=actor.person,
            device=actor.device,
            key=actor.key,
            deed=deed,
            subject=subject,
            subject_id=subject_id,
            about_school=about_school,
            before=as_json(before),
            after=as_json(after),
            request_id=actor.request_id,
        )
    )


def as_json(values: Mapping[str, Any] | None) -> str | None:
    """Values as the trail keeps them: JSON with sorted names."""
    if values is None:
        return None
    return msgspec.json.encode(values, enc_hook=_plain, order="sorted").decode()


def from_json(text: str) -> Any:
    """What was kept as JSON inside a value, None when the text is none."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return None


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else str(value)


class Noted(msgspec.Struct, frozen=True):
    """A row of the trail as it is shown."""

    id: int
    at: datetime
    entered_at: datetime
    who: str | None
    device: str | None
    key: str | None
    deed: str
    subject: str
    subject_id: int | None
    about: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    request_id: str
    sealed: bool


async def deeds(school: int, asked: Listing, named: Collection[str] = ()) -> tuple[list[Noted], str | None]:
    """A school's deeds, the latest first, and the cursor of the next page.

    Searched by deed or name, `named` being the deeds whose name in the asker's language holds the search;
    filters: `deed` (its beginning), `person`, `subject`, `day`.
    """
    rows = await (
        Trail.select(
            *Trail.all_columns(),
            Trail.person.name.as_alias("who"),
            Trail.device.name.as_alias("device_name"),
            Trail.key.name.as_alias("key_name"),
            Trail.about_school.name.as_alias("about"),
        )
        .where(_wanted(school, asked, named))
        .order_by(Trail.id, ascending=False)
        .limit(asked.limit + 1)
    )
    return asked.cut([_noted(row) for row in rows], lambda noted: noted.id)


async def deeds_of(school: int, subject: str, subject_id: int) -> list[Noted]:
    """What was done to one thing, the latest first."""
    asked = Listing(limit=200, filters={"subject": subject, "subject_id": str(subject_id)})
    return (await deeds(school, asked))[0]


def _wanted(school: int, asked: Listing, named: Collection[str]) -> Any:
    here: Any = Trail.school == school
    if isinstance(asked.after, int):
        here &= Trail.id < asked.after
    if asked.q:
        found: Any = Trail.deed.like(f"%{asked.q.lower()}%") | Trail.person.name.like(f"%{asked.q}%")
        here &= (found | Trail.deed.is_in(list(named))) if named else found
    for name, value in asked.filters.items():
        here &= _filter(name, value)
    return here


def _filter(name: str, value: str) -> Any:
    match name:
        case "deed":
            return Trail.deed.like(f"{value}%")
        case "subject":
            return Trail.subject == value
        case "day":
            return _on(value)
        case _:
            return getattr(Trail, name) == (int(value) if value.isdecimal() and len(value) < 19 else -1)


def _on(day: str) -> Any:
    try:
        start = at_local(date.fromisoformat(day), 0)
    except (ValueError, OverflowError):
        return Trail.id == -1
    return (Trail.at >= start) & (Trail.at < start + timedelta(days=1))


def _noted(row: Mapping[str, Any]) -> Noted:
    return Noted(
        id=row["id"],
        at=row["at"],
        entered_at=row["entered_at"],
        who=row["who"],
        device=row["device_name"],
        key=row["key_name"],
        deed=row["deed"],
        subject=row["subject"],
        subject_id=row["subject_id"],
        about=row["about"],
        before=msgspec.json.decode(row["before"]) if row["before"] else None,
        after=msgspec.json.decode(row["after"]) if row["after"] else None,
        request_id=row["request_id"],
        sealed=row["seal"] is not None,
    )


async def doers(school: int) -> list[tuple[int, str]]:
    """Who works or worked here, for the filter of the list; asked of the people, for a trail is long."""
    here = Membership.select(Membership.person, Membership.person.name.as_alias("name"))
    rows = await here.where(Membership.tenant == school).order_by(Membership.person.name)
    return list({row["person"]: (row["person"], row["name"]) for row in rows}.values())
