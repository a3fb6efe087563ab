"""Every row belongs to a school, and the database holds exactly what the tables say."""

import asyncio
import sqlite3
from pathlib import Path

import asyncpg
import pytest
from piccolo.columns import ForeignKey
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from canteen.kit.db.columns import Row, frozen_of
from canteen.kit.db.schema import frozen_statements
from canteen.piccolo_conf import APPS, app_config
from tests.postgres import Server

SHARED = {
    "tenants_tenant",
    "accounts_person",
    "accounts_membership",
    "accounts_throttle",
    "suppliers_used_slip",
}
"""The only tables without a school: tenants, people, where they work, the sign-in throttle, slips paid on."""

TABLES: list[type[Table]] = [t for app in APPS for t in app_config(app).table_classes]


def named(table: type[Table]) -> str:
    return table._meta.tablename


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_table_belongs_to_a_school_or_is_a_shared_one(table: type[Table]) -> None:
    columns = {c._meta.name for c in table._meta.columns}
    assert ("school" in columns) != (named(table) in SHARED)
    assert issubclass(table, Row)


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_shared_table_refers_only_to_shared_ones(table: type[Table]) -> None:
    if named(table) in SHARED:
        assert {
            named(fk._foreign_key_meta.resolved_references) for fk in table._meta.foreign_key_columns
        } <= SHARED


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_no_foreign_key_deletes_or_changes_rows(table: type[Table]) -> None:
    for key in table._meta.foreign_key_columns:
        assert isinstance(key, ForeignKey)
        meta = key._foreign_key_meta
        assert (meta.on_delete, meta.on_update) == (OnDelete.no_action, OnUpdate.no_action), key


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_parent_can_be_keyed_by_its_school(table: type[Table]) -> None:
    is_parent = any(
        fk._foreign_key_meta.resolved_references is table
        for other in TABLES
        for fk in other._meta.foreign_key_columns
    )
    if is_parent and named(table) not in SHARED:
        assert any(tuple(key) == ("school", "id") and key.unique for key in table.KEYS)  # type: ignore[attr-defined]


def test_sqlite_has_the_columns_indexes_and_checks_that_the_tables_declare(migrated_file: Path) -> None:
    connection = sqlite3.connect(migrated_file)
    objects = dict(connection.execute("SELECT name, sql FROM sqlite_master"))
    for table in TABLES:
        columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{named(table)}")')}
        assert columns == {c._meta.name for c in table._meta.columns}, named(table)
        assert expected_names(table, "sqlite") <= set(objects), named(table)
        for frozen in frozen_of(table):
            assert set(frozen_statements("sqlite", *frozen)) <= set(objects.values()), named(table)
    assert {n for n in objects if "_frozen" in n} == frozen_names("sqlite")
    connection.close()


def test_postgresql_has_the_columns_indexes_and_checks_that_the_tables_declare(postgres: Server) -> None:
    async def look() -> tuple[set[tuple[str, str]], set[str]]:
        connection = await asyncpg.connect(postgres.url("migrated"))
        try:
            columns = await connection.fetch(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            )
            names = await connection.fetch(
                "SELECT indexname AS n FROM pg_indexes UNION SELECT conname FROM pg_constraint "
                "UNION SELECT tgname FROM pg_trigger"
            )
        finally:
            await connection.close()
        return {(c["table_name"], c["column_name"]) for c in columns}, {n["n"] for n in names}

    columns, names = asyncio.run(look())
    for table in TABLES:
        assert {c for t, c in columns if t == named(table)} == {c._meta.name for c in table._meta.columns}, (
            named(table)
        )
        assert expected_names(table, "postgres") <= names, named(table)
    assert {n for n in names if "_frozen" in n} == frozen_names("postgres")


def test_a_distributed_postgresql_could_key_every_table_by_school(postgres: Server) -> None:
    """Make (school, id) the primary key of every table and every foreign key composite, as Citus asks."""
    postgres.run("CREATE DATABASE distributed TEMPLATE migrated")
    for table in TABLES:
        if named(table) in SHARED:
            continue
        postgres.run(
            f'ALTER TABLE "{named(table)}" DROP CONSTRAINT "{named(table)}_pkey" CASCADE, '
            "ADD PRIMARY KEY (school, id)",
            "distributed",
        )
    for table in TABLES:
        for key in table._meta.foreign_key_columns:
            parent = named(key._foreign_key_meta.resolved_references)
            if parent not in SHARED:
                postgres.run(
                    f'ALTER TABLE "{named(table)}" ADD FOREIGN KEY (school, "{key._meta.name}") '
                    f'REFERENCES "{parent}" (school, id)',
                    "distributed",
                )


def expected_names(table: type[Table], engine: str) -> set[str]:
    """Names of indexes and checks a table's declaration asks for."""
    name = named(table)
    keys = {key.sql(name).split('"')[1] for key in table.KEYS}  # type: ignore[attr-defined]
    suffixes = ("_insert", "_update") if engine == "sqlite" else ("",)
    return keys | {f"{name}_{check}{s}" for check in table.CHECKS for s in suffixes}  # type: ignore[attr-defined]


def frozen_names(engine: str) -> set[str]:
    """Names of the triggers that keep rows as they were written, and of no others."""
    statements = [s for t in TABLES for f in frozen_of(t) for s in frozen_statements(engine, *f)]
    return {s.split('"')[1] for s in statements if s.startswith("CREATE TRIGGER")}
