"""Making what a test needs, through the services: tenants, the cast, and browsers that are signed in.

cast = await make_cast()                       # the tenants and people of tests/cast.py
actor = cast.actor("zhou")                     # an Actor for services
async with client_for(url, cast, "chen") as client:
    answer = await client.get("/weeks")        # signed in, with the token that forms need
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.testing import AsyncTestClient

from canteen.accounts.guards import COOKIE
from canteen.accounts.services.passwords import hash_now
from canteen.accounts.services.places import places_of
from canteen.accounts.services.sessions import Browser, open_session
from canteen.accounts.tables import Membership, Person
from canteen.app import create_app
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day, utc_now
from canteen.kit.db import engine, write
from canteen.kit.locks import Lock
from canteen.settings import Settings
from canteen.tenants import services as tenants
from tests.cast import DISTRICT, ELSEWHERE, FIRST, FIRST_DAY, NOW, PASSWORD, PEOPLE, SECOND, TENANTS

SECRET = "the secret of the tests, long enough"
LOCK = Lock(SECRET)


@dataclass
class Cast:
    """The ids of the tenants by code and of the people by login."""

    schools: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    @property
    def school(self) -> int:
        """The first school."""
        return self.schools[FIRST]

    def actor(self, login: str = "zhou", *, school: str = "", **more: Any) -> Actor:
        """One of the cast as the services take them, at their own tenant unless another is named."""
        part = next(p for p in PEOPLE if p.login == login)
        at = self.schools[school or part.at]
        roles = frozenset(part.roles) if not school or school == part.at else frozenset()
        return Actor(self.people[login], at, roles, **more)


@cache
def password_hash() -> str:
    """The cast's password as it is kept; hashed once, for hashing is slow on purpose."""
    return hash_now(PASSWORD)


async def make_cast() -> Cast:
    """The tenants and people of tests/cast.py in the connected database."""
    cast = Cast()
    async with write():
        district = await tenants.create_district(code=DISTRICT, name=TENANTS[DISTRICT], now=NOW)
        cast.schools[DISTRICT] = district.id
        for code in (FIRST, SECOND):
            made = await tenants.create_school(code=code, name=TENANTS[code], parent=district.id, now=NOW)
            cast.schools[code] = made.id
        made = await tenants.create_school(code=ELSEWHERE, name=TENANTS[ELSEWHERE], now=NOW)
        cast.schools[ELSEWHERE] = made.id
        for part in PEOPLE:
            cast.people[part.login] = await _person(part.login, part.name)
            for role in part.roles:
                await give_role(cast.people[part.login], cast.schools[part.at], role)
    return cast


async def _person(login: str, name: str) -> int:
    person = Person(
        login=login,
        name=name,
        password=password_hash(),
        must_change_password=False,
        language="zh_CN",
        created_at=NOW,
    )
    await person.save()
    return int(person.id)


async def give_role(
    person: int, tenant: int, role: str, from_day: Any = FIRST_DAY, until: Any = None
) -> None:
    """A role without the deed around it."""
    await Membership(
        person=person, tenant=tenant, role=str(role), from_day=from_day, until_day=until, created_at=NOW
    ).save()


@cache
def app() -> Litestar:
    """The whole house, built once for all tests."""
    return create_app(Settings(secret=SECRET, data_dir=Path(gettempdir()) / "canteen-tests"))


async def session_for(person: int, school: int) -> str:
    """The token of a fresh session, from the present moment on."""
    now = utc_now()
    place = (await places_of(person, local_day(now)))[school]
    async with write():
        return await open_session(place, Browser("test", "127.0.0.1"), now=now, person=person)


@asynccontextmanager
async def client_for(
    cast: Cast, login: str = "", *, school: str = "", token: str = ""
) -> AsyncIterator[AsyncTestClient[Litestar]]:
    """A browser on the connected database: signed in as one of the cast, or nobody when no login is named.

    Redirects are not followed. Requests carry the token against forgery. Sessions begin at the real present
    moment, which lies after the cast's first day.
    """
    house = app()
    house._lifespan_managers = []  # the test's own database stays open, and nothing seals behind its back
    async with AsyncTestClient(house, base_url="http://testserver.local") as client:
        client.follow_redirects = False
        if login:
            at = school or next(p.at for p in PEOPLE if p.login == login)
            token = await session_for(cast.people[login], cast.schools[at])
        if token:
            client.cookies.set(COOKIE, token)
        await _take_forgery_token(client)
        yield client


@asynccontextmanager
async def machine_with(key: str = "") -> AsyncIterator[AsyncClient]:
    """A program that brings an API key, in the test's own event loop: on both engines, and many at once."""
    headers = {"authorization": f"Bearer {key}"} if key else {}
    async with AsyncClient(
        transport=ASGITransport(app()), base_url="http://testserver.local", headers=headers
    ) as client:
        yield client


async def _take_forgery_token(client: AsyncTestClient[Litestar]) -> None:
    await client.get("/healthz")
    found = [value for name, value in client.cookies.items() if name.startswith("csrf_")]
    client.headers["x-csrftoken"] = found[0]


async def thaw(table: str) -> None:
    """Take away what keeps a table's rows as written, as somebody with the database in hand could."""
    frozen = ("update", "delete") if engine().engine_type == "sqlite" else ("update", "delete", "truncate")
    where = "" if engine().engine_type == "sqlite" else f' ON "{table}"'
    for deed in frozen:
        await engine().run_ddl(f'DROP TRIGGER "{table}_frozen_{deed}"{where}')
