"""SQLite through a small pool of open connections.

Piccolo's own engine opens a thread, a file and a connection for every query. Here connections stay open, a
statement is one hop to its thread, and writers of one process queue on a lock instead of on the file.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import SQLiteEngine, SQLiteTransaction, TransactionType, dict_factory
from piccolo.querystring import QueryString

READERS = 4

# Piccolo reads every INTEGER through Decimal, half of what a long result costs. The affinity of those columns
# keeps whole numbers as integers, which sqlite3 hands over as they are.
sqlite3.converters.pop("INTEGER", None)


class PooledTransaction(SQLiteTransaction):
    """A transaction on a pooled connection; a writing one holds the process's write lock."""

    engine: "PooledSQLiteEngine"

    async def __aenter__(self) -> SQLiteTransaction:
        if self._parent is not None:
            return self._parent
        if self.transaction_type is not TransactionType.deferred:
            await self.engine.writing.acquire()
        try:
            self.connection = await self.engine.borrow()
            await self.begin()
        except BaseException:
            self._unlock()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: Any, problem: BaseException | None, traceback: Any) -> bool:
        if self._parent:
            return problem is None
        self.engine.current_transaction.reset(self.context)
        try:
            await self._end(problem)
        finally:
            self.engine.give_back(self.connection)
            self._unlock()
        return problem is None

    async def _end(self, problem: BaseException | None) -> None:
        if self._committed or self._rolled_back:
            return
        if problem:
            await self.rollback()
            return
        try:
            await self.commit()
        except BaseException:
            await self.rollback()
            raise

    def _unlock(self) -> None:
        if self.transaction_type is not TransactionType.deferred and self.engine.writing.locked():
            self.engine.writing.release()


class PooledSQLiteEngine(SQLiteEngine):
    """A file database with open connections: WAL, synchronous FULL, foreign keys on, 30 s of patience."""

    __slots__ = ("_idle", "_opened", "_slots", "writing")

    def __init__(self, path: str) -> None:
        super().__init__(path=path, timeout=30)
        self._reset()

    def _reset(self) -> None:
        self._idle: list[aiosqlite.Connection] = []
        self._opened: list[aiosqlite.Connection] = []
        self._slots = asyncio.Semaphore(READERS)
        self.writing = asyncio.Lock()

    async def start_connection_pool(self) -> None:
        """Open the first connection, so that a wrong path is told at start."""
        self.give_back(await self.borrow())

    async def close_connection_pool(self) -> None:
        """Close every connection this engine opened."""
        opened = self._opened
        self._reset()
        for connection in opened:
            await connection.close()

    async def borrow(self) -> aiosqlite.Connection:
        """An open connection, waiting while all are in use; give it back."""
        await self._slots.acquire()
        try:
            return self._idle.pop() if self._idle else await self._open()
        except BaseException:
            self._slots.release()
            raise

    def give_back(self, connection: aiosqlite.Connection) -> None:
        """Return a borrowed connection."""
        self._idle.append(connection)
        self._slots.release()

    async def _open(self) -> aiosqlite.Connection:
        opening = aiosqlite.connect(**self.connection_kwargs)
        try:
            connection = await opening
        except sqlite3.Error:  # its thread has a last word for this loop, which must not be gone by then
            await asyncio.to_thread(opening._thread.join)
            raise
        connection.row_factory = dict_factory  # type: ignore[assignment]
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=1", "busy_timeout=30000"):
            await connection.execute_fetchall(f"PRAGMA {pragma}")
        self._opened.append(connection)
        return connection

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[aiosqlite.Connection]:
        current = self.current_transaction.get()
        if current:
            yield current.connection
            return
        connection = await self.borrow()
        try:
            yield connection
        finally:
            self.give_back(connection)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = False) -> Any:
        """Run one statement in the open transaction, or alone."""
        sql, arguments = querystring.compile_string(engine_type=self.engine_type)
        async with self._connection() as connection:
            return list(await connection.execute_fetchall(sql, arguments))

    async def run_ddl(self, ddl: str, in_pool: bool = False) -> Any:
        """Run one schema statement in the open transaction, or alone."""
        async with self._connection() as connection:
            return list(await connection.execute_fetchall(ddl))

    def transaction(
        self,
        transaction_type: TransactionType = TransactionType.deferred,
        allow_nested: bool = True,
    ) -> PooledTransaction:
        """A transaction on a pooled connection."""
        return PooledTransaction(self, transaction_type=transaction_type, allow_nested=allow_nested)
