"""Migrations: what Piccolo's manager cannot say, which are outstanding, and running them."""

import io
from contextlib import redirect_stdout
from dataclasses import dataclass, field

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration as Done
from piccolo.conf.apps import Finder

from canteen.kit.db import engine


@dataclass
class Migration(MigrationManager):
    """A migration that ends with indexes and checks.

    `keys` are statements both engines take; `checks` are (table, name, condition), a constraint on PostgreSQL
    and a pair of triggers on SQLite, which cannot add a constraint to a table that stands. `frozen` are
    (table, columns that never change, columns that are set once), triggers on both.
    """

    keys: list[str] = field(default_factory=list)
    checks: list[tuple[str, str, str]] = field(default_factory=list)
    frozen: list[tuple[str, list[str], list[str]]] = field(default_factory=list)

    async def _run_add_constraints(self, backwards: bool = False) -> None:
        await super()._run_add_constraints(backwards=backwards)
        for statement in self.keys:
            await engine().run_ddl(statement)
        for table, name, condition in self.checks:
            for statement in check_statements(engine().engine_type, table, name, condition):
                await engine().run_ddl(statement)
        for table, fixed, once in self.frozen:
            for statement in frozen_statements(engine().engine_type, table, fixed, once):
                await engine().run_ddl(statement)


def check_statements(engine_type: str, table: str, name: str, condition: str) -> list[str]:
    """The statements that keep `condition` true for each row of `table`."""
    if engine_type == "postgres":
        return [f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{name}" CHECK ({condition})']
    broken = f'NOT EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id AND ({condition}))'  # noqa: S608
    return [
        f'CREATE TRIGGER "{table}_{name}_{deed.lower()}" AFTER {deed} ON "{table}" WHEN {broken} '
        f"BEGIN SELECT RAISE(ABORT, '{table}_{name}'); END"
        for deed in ("INSERT", "UPDATE")
    ]


def frozen_statements(engine_type: str, table: str, fixed: list[str], once: list[str]) -> list[str]:
    """The statements that refuse to change a row's `fixed` columns, to set those of `once` again, and to
    delete it."""
    differs = "IS DISTINCT FROM" if engine_type == "postgres" else "IS NOT"
    changed = [f'NEW."{name}" {differs} OLD."{name}"' for name in fixed]
    changed += [f'(OLD."{name}" IS NOT NULL AND NEW."{name}" {differs} OLD."{name}")' for name in once]
    broken = " OR ".join(changed)
    if engine_type == "postgres":
        return _frozen_in_postgres(table, broken)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table}_frozen'); END"
    return [
        f'CREATE TRIGGER "{table}_frozen_update" BEFORE UPDATE ON "{table}" WHEN {broken} {refuse}',
        f'CREATE TRIGGER "{table}_frozen_delete" BEFORE DELETE ON "{table}" {refuse}',
    ]


def _frozen_in_postgres(table: str, broken: str) -> list[str]:
    refuse = f'EXECUTE FUNCTION "{table}_frozen"()'
    return [
        f'CREATE FUNCTION "{table}_frozen"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$$ BEGIN RAISE EXCEPTION '{table}_frozen' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f'CREATE TRIGGER "{table}_frozen_update" BEFORE UPDATE ON "{table}" FOR EACH ROW '
        f"WHEN ({broken}) {refuse}",
        f'CREATE TRIGGER "{table}_frozen_delete" BEFORE DELETE ON "{table}" FOR EACH ROW {refuse}',
        f'CREATE TRIGGER "{table}_frozen_truncate" BEFORE TRUNCATE ON "{table}" {refuse}',
    ]


async def migrate() -> list[str]:
    """Run what is outstanding; returns the names of what ran."""
    names = await outstanding()
    with redirect_stdout(io.StringIO()):
        await run_forwards("all")
    return names


async def outstanding() -> list[str]:
    """Migrations of the code that the database has not seen, in order."""
    await BaseMigrationManager().create_migration_table()
    names: list[str] = []
    for app in BaseMigrationManager().get_sorted_app_names():
        ran = set(await Done.get_migrations_which_ran(app_name=app))
        names += [name for name in _ids(app) if name not in ran]
    return names


def _ids(app: str) -> list[str]:
    folder = Finder().get_app_config(app_name=app).resolved_migrations_folder_path
    return sorted(BaseMigrationManager().get_migration_modules(folder))
