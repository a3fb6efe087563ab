"""`canteen serve`: the service on the database that CANTEEN_DATABASE_URL names."""

import asyncio
import os
import sqlite3
from dataclasses import asdict

import asyncpg
import click
import uvicorn

from canteen.accounts.services.places import demo_people
from canteen.cli.answers import give_up, without_traceback
from canteen.kit import db
from canteen.kit.clock import local_day, utc_now
from canteen.kit.db import schema
from canteen.kit.texts import DEFAULT, _, say
from canteen.settings import Settings, load

LEAST_SECRET = 32
"""Characters; the command that the refusal names makes 64."""
NO_SECRET = _(
    "CANTEEN_SECRET must be a random text of at least {least} characters that stays the same. "
    'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@without_traceback(OSError, ValueError, sqlite3.Error, asyncpg.PostgresError)
def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped; refuses an unready database, a weak secret and people of a demo."""
    rim = load(os.environ)
    if len(rim.secret) < LEAST_SECRET:
        give_up(say(DEFAULT, NO_SECRET, least=LEAST_SECRET))
    hindrance = asyncio.run(hindrance_of(rim.database_url))
    if hindrance:
        give_up(hindrance)
    run(rim, host=host, port=port, workers=workers)


async def hindrance_of(url: str) -> str:
    """Why this database must not be served, or nothing."""
    db.connect(url)
    try:
        if missing := await schema.outstanding():
            return say(
                DEFAULT, _("{count} migrations outstanding: run canteen db migrate"), count=len(missing)
            )
        if names := await demo_people(local_day(utc_now())):
            return say(
                DEFAULT, _("People of a demo are active here: {names}. End their roles first."), names=names
            )
        return ""
    finally:
        await db.close()


def run(rim: Settings, *, host: str, port: int, workers: int) -> None:
    """Run the server; each worker reads the settings from the environment."""
    os.environ.update(
        {f"CANTEEN_{name.upper()}": str(value) for name, value in asdict(rim).items() if value is not None}
    )
    uvicorn.run(
        "canteen.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        log_level="warning",
    )
