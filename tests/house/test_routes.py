"""Every address says who may use it, and sends everybody else away."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from canteen.accounts.forms import NewDelegation, NewDevice, NewInvitation, NewKey
from canteen.accounts.rules import MAY, SIGNED_IN, Role
from canteen.accounts.services import delegations, devices, invitations, keys
from canteen.accounts.services.people import make_person
from canteen.accounts.tables import Membership
from canteen.demo import prepare
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day, utc_now
from canteen.kit.db import close, connect, start, write
from canteen.tenants.services import create_school
from tests.cast import ELSEWHERE, NOW, TODAY
from tests.make import Cast, app, client_for, give_role, make_cast, password_hash, session_for

PUBLIC = {
    "/",
    "/device",
    "/healthz",
    "/join/{token:str}",
    "/language",
    "/metrics",
    "/readyz",
    "/schema",
    "/schema/openapi.json",
    "/schema/{path:str}",
    "/sign-in",
    "/static/{digest:str}/{name:path}",
    "/theme",
}
"""All that nobody needs to sign in for (contract.md, HTTP). A new one is written down here on purpose."""

OWN_DAYS = {"/api/v1/menus/by-date/{day:date}"}
"""Addresses that name a day: everybody sees their own school's."""

FILLED = {"int": "1", "str": "x", "date": "2026-09-07", "path": "x"}


@dataclass(frozen=True)
class Door:
    """One method of one address."""

    method: str
    path: str
    may: str
    public: bool

    @property
    def url(self) -> str:
        """The address with the first school's things (id 1) or unknown words in its places."""
        parts = []
        for part in self.path.split("/"):
            kind = part[1:-1].split(":")[-1] if part.startswith("{") else ""
            parts.append(FILLED.get(kind, part))
        return "/".join(parts)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def doors() -> Iterator[Door]:
    for route in app().routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in sorted(handler.http_methods - {"OPTIONS"}):
                yield Door(method, route.path, handler.opt.get("may", ""), bool(handler.opt.get("public")))


GUARDED = [door for door in doors() if not door.public]


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    """The cast on SQLite."""
    return await make_cast()


def test_every_door_names_a_permission_or_is_public() -> None:
    unknown = {str(d) for d in doors() if d.public == bool(d.may) or d.may not in {*MAY, SIGNED_IN, ""}}
    assert unknown == set()


def test_what_is_public_is_written_down() -> None:
    assert {d.path for d in doors() if d.public} == PUBLIC


async def test_nobody_gets_in_without_signing_in(cast: Cast) -> None:
    wrong = {}
    async with client_for(cast) as client:
        for door in GUARDED:
            answer = await client.request(door.method, door.url)
            led = answer.headers.get("location", "").startswith("/sign-in")
            if answer.status_code != 401 and not (answer.status_code == 303 and led):
                wrong[str(door)] = answer.status_code
    assert wrong == {}


async def test_who_has_left_gets_in_nowhere_but_to_their_own_account(cast: Cast) -> None:
    wrong = {}
    token = await session_for(cast.people["xu"], cast.school)
    yesterday = local_day(utc_now()) - timedelta(days=1)
    await Membership.update(until_day=yesterday).where(Membership.person == cast.people["xu"])
    async with client_for(cast, token=token) as client:
        for door in GUARDED:
            if door.may == SIGNED_IN:
                continue
            answer = await client.request(door.method, door.url)
            if answer.status_code != 403:
                wrong[str(door)] = answer.status_code
    assert wrong == {}


@pytest.fixture
async def lived_in(tmp_path: Path) -> AsyncIterator[str]:
    """The demo's schools with all they have done, one of each thing of accounts beside, and a stranger.

    Yields the stranger's token: somebody of a school elsewhere who holds every role there is, so that only
    the school can refuse.
    """
    made = await prepare(tmp_path, now=NOW)
    connect(made["database_url"])
    await start()
    try:
        await _leave_things(await _principal())
        yield await _stranger()
    finally:
        await close()


async def _principal() -> Actor:
    role = (
        await Membership.objects()
        .where(Membership.role == Role.PRINCIPAL.value)
        .order_by(Membership.id)
        .first()
    )
    return Actor(role.person, role.tenant, frozenset({Role.PRINCIPAL}))


async def _leave_things(actor: Actor) -> None:
    await session_for(actor.person or 0, actor.school)
    await devices.add_device(actor, NewDevice("库房手机"), now=NOW)
    await keys.create_key(actor, NewKey("售饭机", Role.COOK), now=NOW)
    await invitations.invite(actor, NewInvitation("甲", Role.COOK), now=NOW)
    others = await delegations.possible_delegates(actor.school, actor.person or 0)
    days = (TODAY, TODAY + timedelta(days=1))
    await delegations.delegate(actor, NewDelegation(others[0][0], Role.PRINCIPAL, *days, "外出"), now=NOW)


async def _stranger() -> str:
    async with write():
        school = await create_school(code=ELSEWHERE, name="外县小学", now=NOW)
        person = await make_person("stranger", "马校长", password_hash(), now=NOW, must_change=False)
        for role in Role:
            await give_role(person, school.id, role)
    return await session_for(person, school.id)


async def test_a_stranger_sees_nothing_of_another_school(lived_in: str) -> None:
    """Every address that names a thing, with the things of the first school in it (id 1)."""
    wrong = {}
    async with client_for(Cast(), token=lived_in) as client:
        for door in GUARDED:
            if "{" not in door.path or door.path in OWN_DAYS:
                continue
            answer = await client.request(door.method, door.url)
            if answer.status_code not in (400, 403, 404, 422):
                wrong[str(door)] = answer.status_code
    assert wrong == {}


async def test_asking_what_an_address_can_do_breaks_nothing(cast: Cast) -> None:
    async with client_for(cast) as client:
        assert (await client.request("OPTIONS", "/people")).status_code == 204
