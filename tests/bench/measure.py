"""What the benches measure with: CPU time, the statements asked, their plans, and rows poured in bulk."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from time import process_time
from typing import Any

import asyncpg
from piccolo.engine import PostgresEngine
from piccolo.querystring import QueryString
from piccolo.table import Table

from canteen.kit import db

Statement = tuple[str, list[Any]]
# What the loop of `slowness` takes on an idle core here; a busier or older machine is judged by the ratio.
IDLE_MS = 6.7


def slowness(rounds: int = 7) -> float:
    """How many times slower this machine is at this moment than an idle one; never below 1.

    A long work asks it again and again with one round each: what slows the machine comes and goes.
    """
    return max(1.0, min(_loop() for _round in range(rounds)) / IDLE_MS)


def _loop() -> float:
    start = process_time()
    sums = dict.fromkeys(range(20), 0.0)
    for n in range(50_000):
        sums[n % 20] += n * 0.5
    return (process_time() - start) * 1000


async def fastest(*works: Callable[[], Awaitable[Any]], rounds: int) -> list[float]:
    """CPU milliseconds of each work's quickest round; they take turns, so that a busy machine slows all."""
    times: list[list[float]] = [[] for _work in works]
    for _round in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = process_time()
            await work()
            taken.append((process_time() - start) * 1000)
    return [min(taken) for taken in times]


def repeated(work: Callable[[], Awaitable[Any]], times: int) -> Callable[[], Awaitable[None]]:
    """The same work so many times over: one alone is too quick for the clock."""

    async def again() -> None:
        for _time in range(times):
            await work()

    return again


@asynccontextmanager
async def asked() -> AsyncIterator[list[Statement]]:
    """The statements that Piccolo hands to the engine inside, with their arguments."""
    kind = type(db.engine())
    plain, said = kind.run_querystring, []

    async def noting(self: Any, querystring: QueryString, in_pool: bool = True) -> Any:
        said.append(querystring.compile_string(engine_type=self.engine_type))
        return await plain(self, querystring, in_pool)

    kind.run_querystring = noting
    try:
        yield said
    finally:
        kind.run_querystring = plain


@asynccontextmanager
async def connection() -> AsyncIterator[Any]:
    """The driver's own connection in a write transaction."""
    async with db.write():
        yield db.engine().current_transaction.get().connection


async def pour(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Many rows at once, past the ORM: `executemany` or COPY. Every row names every column."""
    if not rows:
        return
    name, columns = table._meta.tablename, list(rows[0])
    records = [tuple(row[column] for column in columns) for row in rows]
    async with connection() as raw:
        if isinstance(db.engine(), PostgresEngine):
            await raw.copy_records_to_table(name, records=records, columns=columns)
            return
        quoted = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        await raw.executemany(f'INSERT INTO "{name}" ({quoted}) VALUES ({marks})', records)


async def insert_all(raw: Any, table: type[Table], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows in the open transaction by the driver's own `executemany`."""
    columns = list(rows[0])
    quoted = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(f"${n}" if _is_postgres(raw) else "?" for n in range(1, len(columns) + 1))
    records = [tuple(row.values()) for row in rows]
    await raw.executemany(f'INSERT INTO "{table._meta.tablename}" ({quoted}) VALUES ({marks})', records)


def _is_postgres(raw: Any) -> bool:
    return isinstance(raw, asyncpg.pool.PoolConnectionProxy | asyncpg.Connection)


async def analyze() -> None:
    """Let PostgreSQL know what is stored, as it does by itself in time; SQLite plans by the indexes alone."""
    if isinstance(db.engine(), PostgresEngine):
        await db.engine().run_ddl("ANALYZE")


async def scans(statements: Iterable[Statement], growing: Sequence[str]) -> list[str]:
    """The steps that read a whole growing table, where an index should lead to the rows.

    PostgreSQL is told to avoid such steps at any price: what is left of them has no index.
    """
    found = []
    async with connection() as raw:
        for sql, arguments in dict(statements).items():
            if not sql.lstrip().startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
                continue
            steps = await _plan(raw, sql, arguments)
            found += [f"{step}: {sql}" for step in steps if _is_scan(step, growing)]
    return found


async def _plan(raw: Any, sql: str, arguments: list[Any]) -> list[str]:
    if _is_postgres(raw):
        await raw.execute("SET LOCAL enable_seqscan = off")
        return [row[0] for row in await raw.fetch(f"EXPLAIN {sql}", *arguments)]
    return [row["detail"] for row in await raw.execute_fetchall(f"EXPLAIN QUERY PLAN {sql}", arguments)]


def _is_scan(step: str, growing: Sequence[str]) -> bool:
    named = re.search(r"(?:Seq Scan on|^SCAN) \"?(\w+)", step)
    return named is not None and named[1] in growing


class Raw:
    """The bare driver on the same database: what nothing above it can beat."""

    def __init__(self, url: str, driver: Any) -> None:
        self.url, self.driver = url, driver

    @classmethod
    async def open(cls, url: str) -> "Raw":
        """Connect as the engine does, with the same durability."""
        if not url.startswith("sqlite"):
            return cls(url, await asyncpg.connect(url))
        driver = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        driver.execute("PRAGMA synchronous=FULL")
        return cls(url, driver)

    async def run(self, sql: str, arguments: Sequence[Any] = ()) -> Any:
        """One statement; its rows."""
        if isinstance(self.driver, sqlite3.Connection):
            return self.driver.execute(sql, arguments).fetchall()
        return await self.driver.fetch(sql, *arguments)

    async def run_all(self, statements: Iterable[Statement]) -> None:
        """All of them in order."""
        for sql, arguments in statements:
            await self.run(sql, arguments)

    async def together(self, statements: Iterable[Statement]) -> None:
        """All of them in one transaction that is on the disk when it ends."""
        if isinstance(self.driver, sqlite3.Connection):
            await self.run("BEGIN IMMEDIATE")
            await self.run_all(statements)
            await self.run("COMMIT")
            return
        async with self.driver.transaction():
            await self.run_all(statements)

    async def close(self) -> None:
        """Let go of it."""
        if isinstance(self.driver, sqlite3.Connection):
            self.driver.close()
            return
        await asyncio.wait_for(self.driver.close(), 10)


def columns_of(row: Table, **changed: Any) -> dict[str, Any]:
    """A row's columns as `pour` takes them, some of them changed."""
    return {**{column._meta.name: getattr(row, column._meta.name) for column in _columns(row)}, **changed}


def _columns(row: Table) -> Any:
    return type(row)._meta.columns


def later(day: date, weeks: int) -> date:
    """The same weekday so many weeks later."""
    return date.fromordinal(day.toordinal() + 7 * weeks)
