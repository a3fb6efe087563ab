"""API keys: a machine's role at one school, shown once, kept as a digest."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import role_findings
from canteen.accounts.rules.sessions import is_worth_noting
from canteen.accounts.services.sessions import SignedIn, digest, make_token
from canteen.accounts.services.trail import record
from canteen.accounts.tables import ApiKey
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import at_local
from canteen.kit.db import write
from canteen.kit.problems import Missing, refuse_if
from canteen.tenants.services import tenant


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key as the list shows it."""

    id: int
    name: str
    role: str
    created_by: str | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


async def keys_of(school: int) -> list[ShownKey]:
    """A school's keys, the latest first, revoked ones included."""
    rows = await (
        ApiKey.select(
            ApiKey.id,
            ApiKey.name,
            ApiKey.role,
            ApiKey.created_by.name.as_alias("created_by"),
            ApiKey.created_at,
            ApiKey.expires_at,
            ApiKey.last_used_at,
            ApiKey.revoked_at,
        )
        .where(ApiKey.school == school)
        .order_by(ApiKey.id, ascending=False)
    )
    return [ShownKey(**row) for row in rows]


async def create_key(actor: Actor, form: NewKey, *, now: datetime) -> str:
    """A new key; returns what the machine sends, never to be seen again. Raises Refused (`role_place`).

    A key reaches the whole school: Forbidden for who acts at some canteens only.
    """
    refuse_other_canteen(actor, None)
    here = await tenant(actor.school)
    refuse_if(role_findings((), form.role, here.kind))
    token, kept = make_token(here.code)
    async with write():
        key = ApiKey(
            school=actor.school,
            name=form.name,
            token=kept,
            role=form.role.value,
            created_by=actor.person,
            created_at=now,
            expires_at=_end_of(form.until_day),
        )
        await key.save()
        after = {"name": form.name, "role": form.role, "until_day": form.until_day}
        await record(actor, "keys.create", subject="key", subject_id=key.id, after=after, now=now)
    return token


async def revoke_key(actor: Actor, key: int, *, now: datetime) -> None:
    """The key opens nothing any more. Raises Missing."""
    live = (ApiKey.school == actor.school) & (ApiKey.id == key) & ApiKey.revoked_at.is_null()
    async with write():
        if not await ApiKey.update(revoked_at=now).where(live).returning(ApiKey.id):
            raise Missing
        await record(actor, "keys.revoke", subject="key", subject_id=key, now=now)


async def look_up_key(token: str, now: datetime) -> SignedIn | None:
    """The machine that brings this key, or None when it is unknown, revoked or past its last day."""
    row = await _live_key(token, now)
    if row is None:
        return None
    if row["last_used_at"] is None or is_worth_noting(row["last_used_at"], now):
        here = (ApiKey.school == row["school"]) & (ApiKey.id == row["id"])
        async with write():
            await ApiKey.update(last_used_at=now).where(here)
    return SignedIn(
        school=row["school"],
        school_name=row["school_name"],
        school_code=row["code"],
        kind=row["kind"],
        name=row["name"],
        key=row["id"],
        roles=frozenset({row["role"]}),
        schools=((row["school"], row["school_name"]),),
    )


async def _live_key(token: str, now: datetime) -> dict[str, Any] | None:
    code = token.partition(".")[0]
    live = ApiKey.revoked_at.is_null() & (ApiKey.expires_at.is_null() | (ApiKey.expires_at > now))
    row: dict[str, Any] | None = await (
        ApiKey.select(
            ApiKey.id,
            ApiKey.school,
            ApiKey.name,
            ApiKey.role,
            ApiKey.last_used_at,
            ApiKey.school.code.as_alias("code"),
            ApiKey.school.name.as_alias("school_name"),
            ApiKey.school.kind.as_alias("kind"),
        )
        .where((ApiKey.school.code == code) & (ApiKey.token == digest(token)) & live)
        .first()
    )
    return row


def _end_of(day: date | None) -> datetime | None:
    """The instant after the last of a school day's hours."""
    return at_local(day, 0) + timedelta(days=1) if day else None
