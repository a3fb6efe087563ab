"""Sessions: opened at sign-in, looked up with every request, ended by their owner or by time."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from canteen.accounts.rules.places import Place
from canteen.accounts.rules.sessions import (
    DEVICE_LONGEST,
    FORGOTTEN_AFTER,
    PERSON_LONGEST,
    has_ended,
    is_worth_noting,
)
from canteen.accounts.services.places import lent_roles, only_at, places_of, tenants_with_below
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Membership, Person, Session
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Missing
from canteen.kit.texts import DEFAULT


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever makes a request: a person, a person at a kitchen device, the device alone, or a machine's key.

    `roles` are held at `school` (lent ones included), `above` at a district over it: those only look.
    `only_at` are the canteens of those roles that hold at some canteens only; `lent` names who lent a role.
    `schools` are the places to switch to, as (id, name).
    """

    school: int
    school_name: str
    school_code: str = ""
    kind: str = "school"
    name: str = ""
    person: int | None = None
    device: int | None = None
    key: int | None = None
    session: int | None = None
    roles: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    only_at: Mapping[str, frozenset[int]] = field(default_factory=dict)
    lent: dict[str, int] = field(default_factory=dict)
    schools: tuple[tuple[int, str], ...] = ()
    language: str = DEFAULT
    must_change_password: bool = False


@dataclass(frozen=True, slots=True)
class Browser:
    """What a session is recognised by in its owner's list."""

    name: str = ""
    address: str = ""


def make_token(code: str) -> tuple[str, str]:
    """A new secret that begins with the tenant's code, and the digest that is kept."""
    token = f"{code}.{secrets.token_urlsafe(32)}"
    return token, digest(token)


def digest(token: str) -> str:
    """SHA-256 in hexadecimal: enough for 256 random bits."""
    return sha256(token.encode()).hexdigest()


async def open_session(
    place: Place, browser: Browser, *, now: datetime, person: int | None = None, device: int | None = None
) -> str:
    """Step: a session at a place for a person or a device; returns the token for the cookie.

    Takes away those of the same person that ended long ago.
    """
    old = (Session.school == place.id) & (Session.expires_at < now - FORGOTTEN_AFTER)
    await Session.delete().where(old & (Session.person == person))
    token, kept = make_token(place.code)
    await Session.insert(
        Session(
            school=place.id,
            token=kept,
            person=person,
            device=device,
            browser=browser.name[:300],
            address=browser.address[:64],
            created_at=now,
            last_seen_at=now,
            expires_at=now + (DEVICE_LONGEST if device else PERSON_LONGEST),
        )
    )
    return token


async def look_up(token: str, now: datetime) -> SignedIn | None:
    """Who holds this token, or None when it is unknown, revoked or has ended."""
    row = await _session(token)
    if row is None or has_ended(
        row["last_seen_at"], row["expires_at"], is_device=row["device"] is not None, now=now
    ):
        return None
    if is_worth_noting(row["last_seen_at"], now):
        await _note_seen(row, now)
    if row["device"] is not None:
        return None if row["device_revoked_at"] else _device(row)
    return await _person(row, now)


async def _session(token: str) -> dict[str, Any] | None:
    code = token.partition(".")[0]
    row: dict[str, Any] | None = await (
        Session.select(
            Session.id,
            Session.school,
            Session.person,
            Session.device,
            Session.last_seen_at,
            Session.expires_at,
            Session.school.code.as_alias("code"),
            Session.school.name.as_alias("school_name"),
            Session.school.kind.as_alias("kind"),
            Session.person.name.as_alias("name"),
            Session.person.language.as_alias("language"),
            Session.person.must_change_password.as_alias("must_change_password"),
            Session.device.name.as_alias("device_name"),
            Session.device.revoked_at.as_alias("device_revoked_at"),
        )
        .where(
            (Session.school.code == code) & (Session.token == digest(token)) & Session.revoked_at.is_null()
        )
        .first()
    )
    return row


async def _note_seen(row: dict[str, Any], now: datetime) -> None:
    """Move `last_seen_at` on, for whoever comes first in this minute."""
    here = (Session.school == row["school"]) & (Session.id == row["id"])
    async with write():
        await Session.update({Session.last_seen_at: now}).where(here & (Session.last_seen_at < now))


def _device(row: dict[str, Any]) -> SignedIn:
    return SignedIn(
        school=row["school"],
        school_name=row["school_name"],
        school_code=row["code"],
        kind=row["kind"],
        name=row["device_name"],
        device=row["device"],
        session=row["id"],
        schools=((row["school"], row["school_name"]),),
    )


async def _person(row: dict[str, Any], now: datetime) -> SignedIn:
    today = local_day(now)
    found = await places_of(row["person"], today)
    here = found.get(row["school"])
    own = here.roles if here else frozenset()
    found_lent = await lent_roles(row["school"], row["person"], today) if own else {}
    lent = {role: lender for role, lender in found_lent.items() if role not in own}
    return SignedIn(
        school=row["school"],
        school_name=row["school_name"],
        school_code=row["code"],
        kind=row["kind"],
        name=row["name"],
        person=row["person"],
        session=row["id"],
        roles=own | lent.keys(),
        above=here.above if here else frozenset(),
        only_at={**(here.only_at if here else {}), **await _lent_at(row["school"], lent, today)},
        lent=lent,
        schools=tuple((place.id, place.name) for place in found.values()),
        language=row["language"],
        must_change_password=row["must_change_password"],
    )


async def _lent_at(school: int, lent: Mapping[str, int], day: date) -> dict[str, frozenset[int]]:
    """A role lent reaches no further than its lender's own."""
    held = {role: await only_at(school, lender, day) for role, lender in lent.items()}
    return {role: theirs[role] for role, theirs in held.items() if role in theirs}


async def switch_school(actor: Actor, session: int, school: int, browser: Browser, *, now: datetime) -> str:
    """Act in another place of one's own: a new session there, the old one ends. Returns the token.

    Raises Missing for a place the person has no role in.
    """
    assert actor.person is not None
    place = (await places_of(actor.person, local_day(now))).get(school)
    if place is None:
        raise Missing
    async with write():
        await _revoke(actor.school, Session.id == session, now)
        token = await open_session(place, browser, now=now, person=actor.person)
        await Person.update({Person.last_school: school}).where(Person.id == actor.person)
        there = Actor(actor.person, school, request_id=actor.request_id)
        await record(there, "accounts.switch_school", subject="person", subject_id=actor.person, now=now)
    return token


async def sign_out(actor: Actor, session: int, *, now: datetime) -> None:
    """End this session."""
    async with write():
        await _revoke(actor.school, Session.id == session, now)
        await record(actor, "accounts.sign_out", subject="session", subject_id=session, now=now)


async def revoke_session(actor: Actor, session: int, school: int, *, now: datetime) -> None:
    """End another of one's own sessions. Raises Missing when it is not one's own."""
    async with write():
        own = (Session.id == session) & (Session.person == actor.person)
        if not await _revoke(school, own, now):
            raise Missing
        await record(actor, "accounts.revoke_session", subject="session", subject_id=session, now=now)


async def sign_out_everywhere(actor: Actor, *, now: datetime, keep: int | None = None) -> int:
    """End all of one's sessions but `keep`; returns how many ended."""
    assert actor.person is not None
    async with write():
        ended = await revoke_all(actor.person, now, keep=keep)
        await record(
            actor,
            "accounts.sign_out_everywhere",
            subject="person",
            subject_id=actor.person,
            after={"ended": ended},
            now=now,
        )
    return ended


async def revoke_all(person: int, now: datetime, *, keep: int | None = None) -> int:
    """Step: end a person's sessions wherever they are; returns how many."""
    ended = 0
    for school in await schools_ever(person):
        mine: Any = Session.person == person
        ended += await _revoke(school, mine if keep is None else mine & (Session.id != keep), now)
    return ended


async def end_replaced(before: SignedIn | None, now: datetime) -> None:
    """Step: the session a browser had before its person signed in again; a kitchen device keeps its own."""
    if before is not None and before.session is not None and before.device is None:
        await _revoke(before.school, Session.id == before.session, now)


async def revoke_device(school: int, device: int, now: datetime) -> None:
    """Step: end the sessions of a kitchen device."""
    await _revoke(school, Session.device == device, now)


async def schools_ever(person: int) -> list[int]:
    """Every tenant a session of this person may stand in: those of all memberships, and the schools below."""
    ids = await (
        Membership.select(Membership.tenant)
        .where(Membership.person == person)
        .distinct()
        .output(as_list=True)
    )
    return [row["id"] for row in await tenants_with_below(set(ids))]


async def _revoke(school: int, which: Any, now: datetime) -> int:
    live = (Session.school == school) & Session.revoked_at.is_null()
    ended = await Session.update({Session.revoked_at: now}).where(live & which).returning(Session.id)
    return len(ended)


async def sessions_of(person: int, now: datetime) -> list[dict[str, Any]]:
    """A person's live sessions, the last used first."""
    live = (Session.person == person) & Session.revoked_at.is_null() & (Session.expires_at > now)
    schools = await schools_ever(person)
    rows = await (
        Session.select(
            Session.id,
            Session.school,
            Session.school.name.as_alias("school_name"),
            Session.browser,
            Session.address,
            Session.created_at,
            Session.last_seen_at,
            Session.expires_at,
        )
        .where(live & Session.school.is_in(schools or [0]))
        .order_by(Session.last_seen_at, ascending=False)
    )
    return [r for r in rows if not has_ended(r["last_seen_at"], r["expires_at"], is_device=False, now=now)]
