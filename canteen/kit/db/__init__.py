"""The database: one current engine for the process, `write()` and `read()`, and what tables are made of.

`CANTEEN_DATABASE_URL` says which: `sqlite:///PATH` (the embedded default) or `postgresql://…`. A deed opens
one `write()`; nesting is refused, so that a deed never calls a deed. Several reads that must agree share one
`read()`; a single read needs neither.
"""

import os
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import asyncpg
from piccolo.engine import PostgresEngine
from piccolo.engine.sqlite import TransactionType
from piccolo.table import TABLE_REGISTRY, Table

from canteen.kit.db import inserting
from canteen.kit.db.columns import Row, index, unique
from canteen.kit.db.inserting import fresh
from canteen.kit.db.sqlite import PooledSQLiteEngine
from canteen.kit.problems import Conflict, error

os.environ.setdefault("PICCOLO_CONF", "canteen.piccolo_conf")

Engine = PooledSQLiteEngine | PostgresEngine
DEFAULT_URL = "sqlite:///canteen.sqlite"
_current: list[Engine] = []
_offered: ContextVar[bool] = ContextVar("offered", default=False)


def open_engine(url: str) -> Engine:
    """An engine for a database URL, not yet started. Raises ValueError for another kind of URL."""
    if url.startswith("sqlite:///"):
        return PooledSQLiteEngine(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresEngine(config={"dsn": url})
    raise ValueError(
        f"{url.split(':', maxsplit=1)[0]!r} is no database: use sqlite:///PATH or postgresql://…"
    )


def connect(url: str) -> Engine:
    """Make this the process's database, for every table."""
    _current[:] = [open_engine(url)]
    for table in TABLE_REGISTRY:
        table._meta._db = None
    return _current[0]


def engine() -> Engine:
    """The current engine; the first call opens what the environment names."""
    return _current[0] if _current else connect(os.environ.get("CANTEEN_DATABASE_URL", DEFAULT_URL))


async def start(size: int = 8) -> None:
    """Open the pool of the current engine."""
    current = engine()
    if isinstance(current, PostgresEngine):
        await current.start_connection_pool(min_size=1, max_size=size)
    else:
        await current.start_connection_pool()


async def close() -> None:
    """Close the pool. An open SQLite connection keeps the interpreter from ending."""
    current = engine()
    if isinstance(current, PooledSQLiteEngine) or current.pool:
        await current.close_connection_pool()


@asynccontextmanager
async def write() -> AsyncIterator[None]:
    """One write transaction, IMMEDIATE on SQLite, not nested.

    Raises Conflict when somebody else saved the same key first (SQLite and PostgreSQL alike).
    """
    if _offered.get():
        _offered.set(False)
        yield
        return
    current = engine()
    try:
        if isinstance(current, PooledSQLiteEngine):
            async with current.transaction(TransactionType.immediate, allow_nested=False):
                yield
        else:
            async with current.transaction(allow_nested=False):
                yield
    except (sqlite3.IntegrityError, asyncpg.UniqueViolationError) as problem:
        if not _is_uniqueness(problem):
            raise
        raise Conflict(
            [error("already_there", "The same thing is already there. Look at it again before you save.")]
        ) from problem


@asynccontextmanager
async def offer_write() -> AsyncIterator[None]:
    """Open the transaction that the one deed within takes for its own.

    The API keeps its answer to an Idempotency-Key in the deed's transaction; nothing else may use this.
    """
    async with write():
        before = _offered.set(True)
        try:
            yield
        finally:
            _offered.reset(before)


@asynccontextmanager
async def read() -> AsyncIterator[None]:
    """One snapshot for several reads."""
    current = engine()
    if isinstance(current, PooledSQLiteEngine):
        async with current.transaction(TransactionType.deferred, allow_nested=False):
            yield
    else:
        async with current.transaction(allow_nested=False) as transaction:
            await transaction.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def in_write() -> bool:
    """Whether a transaction is open here: steps ask it of their deed."""
    return engine().current_transaction.get() is not None


async def insert_rows(rows: Sequence[Table]) -> None:
    """Step: keep many rows of one table by the driver's own means."""
    await inserting.insert_rows(_open_connection(), rows)


async def insert_numbered(rows: Sequence[Table], key: str) -> None:
    """Step: the same, and each row gets its id; the column `key` tells them apart."""
    await inserting.insert_numbered(_open_connection(), rows, key)


def _open_connection() -> Any:
    transaction = engine().current_transaction.get()
    if transaction is None:
        raise RuntimeError("Rows are kept outside the transaction they belong to")
    return transaction.connection


def _is_uniqueness(problem: BaseException) -> bool:
    return isinstance(problem, asyncpg.UniqueViolationError) or "UNIQUE constraint failed" in str(problem)


__all__ = [
    "Engine",
    "Row",
    "Table",
    "close",
    "connect",
    "engine",
    "fresh",
    "in_write",
    "index",
    "insert_numbered",
    "insert_rows",
    "offer_write",
    "open_engine",
    "read",
    "start",
    "unique",
    "write",
]
