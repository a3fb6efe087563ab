"""Databases for the tests: migrated once a run, copied for each test, on both engines."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from canteen.kit import db
from canteen.kit.db import schema
from tests.postgres import Server

_numbers = itertools.count(1)


async def _migrate(url: str) -> None:
    db.connect(url)
    try:
        await schema.migrate()
    finally:
        await db.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the whole schema and no rows."""
    file = tmp_path_factory.mktemp("migrated") / "canteen.sqlite"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL whose database `migrated` holds the whole schema and no rows."""
    server = Server()
    try:
        server.run("CREATE DATABASE migrated")
        asyncio.run(_migrate(server.url("migrated")))
        yield server
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh migrated database, once on each engine."""
    if request.param == "sqlite":
        return fresh_sqlite(request.getfixturevalue("migrated_file"), tmp_path)
    server: Server = request.getfixturevalue("postgres")
    name = f"test_{next(_numbers)}"
    server.run(f"CREATE DATABASE {name} TEMPLATE migrated")
    return server.url(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """The process is connected to a fresh migrated database, on each engine in turn."""
    db.connect(database_url)
    await db.start()
    try:
        yield database_url
    finally:
        await db.close()


@pytest.fixture
async def sqlite(migrated_file: Path, tmp_path: Path) -> AsyncIterator[str]:
    """Like `database`, on SQLite only: for pages, where the engine makes no difference."""
    url = fresh_sqlite(migrated_file, tmp_path)
    db.connect(url)
    await db.start()
    try:
        yield url
    finally:
        await db.close()


def fresh_sqlite(migrated: Path, folder: Path) -> str:
    """A copy of the migrated file in that folder, as an address."""
    file = folder / "canteen.sqlite"
    shutil.copy(migrated, file)
    return f"sqlite:///{file}"
