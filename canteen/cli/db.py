"""`canteen db`: schema and data of the database that CANTEEN_DATABASE_URL names."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import asyncpg
import click

from canteen.cli.answers import DATA_HAS_ERRORS, form_option, told, without_traceback
from canteen.kit import db as database
from canteen.kit.clock import utc_now
from canteen.kit.db import backup as tar
from canteen.kit.db import schema
from canteen.kit.texts import _
from canteen.settings import load

Answer = TypeVar("Answer")

CANNOT = without_traceback(
    OSError, ValueError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, tar.BackupProblem
)


def in_database(work: Callable[[], Awaitable[Answer]]) -> Answer:
    """Run work on the configured database and close it whatever happens."""

    async def run() -> Answer:
        database.connect(load(os.environ).database_url)
        try:
            return await work()
        finally:
            await database.close()

    return asyncio.run(run())


@click.group()
def db() -> None:
    """Schema and data: migrate, check, backup, restore."""


@db.command()
@form_option
@CANNOT
def migrate(form: str) -> None:
    """Bring the schema up to date."""
    ran = in_database(schema.migrate)
    told(form, {"ran": ran}, _("{count} migrations ran; the schema is up to date"), count=len(ran))


@db.command()
@form_option
@CANNOT
def check(form: str) -> None:
    """Tell whether migrations are outstanding; exits 1 when they are."""
    missing = in_database(schema.outstanding)
    told(form, {"outstanding": missing}, _("{count} migrations outstanding"), count=len(missing))
    sys.exit(DATA_HAS_ERRORS if missing else 0)


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@form_option
@CANNOT
def backup(file: Path, form: str) -> None:
    """Write database, uploads and manifest into one tar FILE, while the service runs."""
    settings = load(os.environ)
    count = tar.backup(settings.database_url, settings.data_dir, file, now=utc_now())
    told(
        form, {"file": str(file), "files": count}, _("{count} files saved in {file}"), count=count, file=file
    )


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@form_option
@CANNOT
def restore(file: Path, form: str) -> None:
    """Put the backup FILE into an empty database and data folder; never overwrites."""
    settings = load(os.environ)
    count = tar.restore(file, settings.database_url, settings.data_dir)
    told(
        form,
        {"file": str(file), "files": count},
        _("{count} files restored from {file}"),
        count=count,
        file=file,
    )
