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
from canteen.kit.texts import DEFAULT, _, say
from canteen.settings import load

Answer = TypeVar("Answer")


class NoDatabase(Exception):
    """There is no database where the settings say."""


CANNOT = without_traceback(
    NoDatabase,
    OSError,
    ValueError,
    sqlite3.Error,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    tar.BackupProblem,
)


def in_database(work: Callable[[], Awaitable[Answer]], *, new: bool = False) -> Answer:
    """Run work on the configured database and close it whatever happens.

    Raises NoDatabase when its file is not there, unless a `new` one may be made: SQLite would make an empty
    one, in which all seems well.
    """
    url = load(os.environ).database_url
    if not new:
        refuse_absent(url)

    async def run() -> Answer:
        database.connect(url)
        try:
            return await work()
        finally:
            await database.close()

    return asyncio.run(run())


def refuse_absent(url: str) -> None:
    """Raise NoDatabase for an SQLite file that is not there."""
    file = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not file.is_file():
        message = _("There is no database {file}: canteen db migrate makes it")
        raise NoDatabase(say(DEFAULT, message, file=file))


@click.group()
def db() -> None:
    """Schema and data: migrate, check, backup, restore."""


@db.command()
@form_option
@CANNOT
def migrate(form: str) -> None:
    """Bring the schema up to date."""
    ran = in_database(schema.migrate, new=True)
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
    if in_database(schema.outstanding):
        raise tar.BackupProblem(_("This database has not this version’s schema: run canteen db migrate"))
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
