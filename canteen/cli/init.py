"""`canteen init`: the first school, its first administrator, and 24 or 48 hours of sample retention."""

import sqlite3
import sys
from dataclasses import asdict
from typing import Any

import asyncpg
import click

from canteen.cli.answers import form_option, give_up, told, without_traceback
from canteen.cli.db import in_database
from canteen.kit.clock import utc_now
from canteen.kit.db import schema
from canteen.kit.forms import parse
from canteen.kit.problems import Refused
from canteen.kit.texts import DEFAULT, _, say, tell
from canteen.schools.forms import FoundingForm
from canteen.schools.services.founding import Founded, found_house

HOURS = _("How many hours are food samples kept, 24 or 48? (National rules ask for 48)")


class Asked(click.Option):
    """Asked on standard error; where nobody answers, as in a script, it has its default or is missing."""

    def prompt_for_value(self, ctx: click.Context) -> Any:
        """What was typed. Raises MissingParameter when nobody is there to type what has no default."""
        default = None if self.required else self.get_default(ctx)
        try:
            return click.prompt(str(self.prompt), default=default, type=self.type, err=True)
        except click.Abort:
            if sys.stdin.isatty():
                raise
        if self.required:
            raise click.MissingParameter(ctx=ctx, param=self)
        return default


@click.command()
@click.option(
    "--school",
    cls=Asked,
    required=True,
    prompt=say(DEFAULT, _("Name of the school")),
    help="Name of the first school.",
)
@click.option(
    "--code",
    cls=Asked,
    required=True,
    prompt=say(DEFAULT, _("Code of the school, 4 characters")),
    help="Its 4 characters.",
)
@click.option(
    "--district",
    cls=Asked,
    default="",
    prompt=say(DEFAULT, _("Name of the district, blank for none")),
    help="Its district, if it is to be in the same house.",
)
@click.option("--district-code", default="", help="The district's 4 characters; one is made when left out.")
@click.option(
    "--name",
    cls=Asked,
    required=True,
    prompt=say(DEFAULT, _("Name of the administrator")),
    help="Who administers it.",
)
@click.option(
    "--login",
    cls=Asked,
    required=True,
    prompt=say(DEFAULT, _("Sign-in name of the administrator")),
    help="To sign in with.",
)
@click.option(
    "--sample-hours",
    cls=Asked,
    type=click.IntRange(24, 240),
    default=24,
    prompt=say(DEFAULT, HOURS),
    help="24 as schools here ask, 48 as national rules ask.",
)
@form_option
@without_traceback(OSError, ValueError, sqlite3.Error, asyncpg.PostgresError)
def init(form: str, **typed: object) -> None:
    """Make the first school and its first administrator in an empty database."""
    made, hindrance = in_database(lambda: _begin(typed), new=True)
    if made is None:
        give_up(hindrance)
    message = _("{school} ({code}) is ready. Sign in as {login} with the first password {password}")
    told(form, asdict(made), message, **asdict(made))


async def _begin(typed: dict[str, object]) -> tuple[Founded | None, str]:
    """What was founded, or why it was not."""
    await schema.migrate()
    try:
        return await found_house(parse(FoundingForm, typed), now=utc_now()), ""
    except Refused as refused:
        return None, " ".join(_told(f.at, tell(DEFAULT, f)) for f in refused.findings)


def _told(at: str, text: str) -> str:
    return f"--{at.replace('_', '-')}: {text}" if at else text
