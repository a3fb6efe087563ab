"""Many rows of a table in one go, past the ORM's builder of statements, which costs more than the database.

A deed that writes a dozen rows makes them with `fresh` and keeps them with `insert_rows` or, where their ids
are wanted, `insert_numbered`. Both are steps: they take the open transaction.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import asyncpg
from piccolo.table import Table

T = TypeVar("T", bound=Table)
MOST_PLACES = 30_000
"""SQLite takes 32,766 values in a statement, PostgreSQL 32,767."""


@cache
def columns_but_id(table: type[Table]) -> tuple[str, ...]:
    """The names of a table's columns in order, the id left out."""
    return tuple(column._meta.name for column in table._meta.columns if not column._meta.primary_key)


def fresh(table: type[T], **values: Any) -> T:
    """A new row with a value for every column. Raises TypeError when one is missing or unknown.

    What `table(**values)` makes, without its search for defaults: nothing here has any.
    """
    if values.keys() != set(columns_but_id(table)):
        wrong = sorted(values.keys() ^ set(columns_but_id(table)))
        raise TypeError(f"{table.__name__}: {', '.join(wrong)}")
    row = table.__new__(table)
    row.__dict__.update(values, id=None, _exists_in_db=False, _was_created=None)
    return row


async def insert_rows(connection: Any, rows: Sequence[Table]) -> None:
    """Step: keep the rows by the driver's own `executemany`."""
    if not rows:
        return
    table = type(rows[0])
    names = columns_but_id(table)
    one = _values([len(names)], is_postgres(connection))
    values = attrgetter(*names)
    await connection.executemany(f"{_into(table)} {one}", [values(row) for row in rows])


async def insert_numbered(connection: Any, rows: Sequence[Table], key: str) -> None:
    """Step: keep the rows and give each its id; no two of them have the same value in the column `key`."""
    for part in _parts(rows):
        table = type(part[0])
        names = columns_but_id(table)
        places = _values([len(names)] * len(part), is_postgres(connection))
        sql = f'{_into(table)} {places} RETURNING "id", "{key}"'
        values = attrgetter(*names)
        answers = await _asked(connection, sql, [value for row in part for value in values(row)])
        ids = {answer[key]: answer["id"] for answer in answers}
        for row in part:
            row.__dict__.update(id=ids[getattr(row, key)], _exists_in_db=True)


async def _asked(connection: Any, sql: str, values: Sequence[Any]) -> Any:
    if is_postgres(connection):
        return await connection.fetch(sql, *values)
    return await connection.execute_fetchall(sql, values)


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    at_once = MOST_PLACES // len(columns_but_id(type(rows[0]))) if rows else 1
    return (rows[start : start + at_once] for start in range(0, len(rows), at_once))


@cache
def _into(table: type[Table]) -> str:
    names = ", ".join(f'"{name}"' for name in columns_but_id(table))
    return f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES'


def _values(widths: Sequence[int], numbered: bool) -> str:
    """`(?, ?), (?, ?)` or `($1, $2), ($3, $4)`."""
    if not numbered:
        return ", ".join(f"({', '.join('?' * width)})" for width in widths)
    place = iter(range(1, sum(widths) + 1))
    return ", ".join(f"({', '.join(f'${next(place)}' for _n in range(width))})" for width in widths)


def is_postgres(connection: Any) -> bool:
    """Whether it is asyncpg's."""
    return isinstance(connection, asyncpg.pool.PoolConnectionProxy | asyncpg.Connection)
