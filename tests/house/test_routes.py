"""Every address says who may use it, and sends everybody else away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from canteen.accounts.rules import MAY, SIGNED_IN
from canteen.accounts.tables import Membership
from canteen.kit.clock import local_day, utc_now
from tests.cast import DISTRICT, FIRST
from tests.make import Cast, app, client_for, make_cast, session_for

PUBLIC = {
    "/",
    "/device",
    "/healthz",
    "/join/{token:str}",
    "/hand-in/{token:str}",
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


@pytest.mark.parametrize(
    ("login", "school", "done"),
    [("gu", DISTRICT, set()), ("gu", FIRST, set()), ("shen", FIRST, {"people.edit"})],
)
async def test_an_inspector_does_nothing_and_a_district_only_appoints_at_its_schools(
    cast: Cast, login: str, school: str, done: set[str]
) -> None:
    token = await session_for(cast.people[login], cast.schools[school])
    passed = set()
    async with client_for(cast, token=token) as client:
        for door in GUARDED:
            if door.may == SIGNED_IN or door.may.endswith(".read"):
                continue
            if (await client.request(door.method, door.url)).status_code != 403:
                passed.add(door.may)
    assert passed == done


async def test_asking_what_an_address_can_do_breaks_nothing(cast: Cast) -> None:
    async with client_for(cast) as client:
        assert (await client.request("OPTIONS", "/people")).status_code == 204
