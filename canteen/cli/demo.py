"""`canteen demo`: two schools, their district and a believable week, served at once."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from canteen.accounts.rules import ROLE_NAMES
from canteen.cli.answers import form_option, without_traceback
from canteen.cli.serve import run
from canteen.demo import prepare
from canteen.demo.cast import DISTRICT, PEOPLE, SCHOOLS
from canteen.kit.clock import utc_now
from canteen.kit.texts import DEFAULT, _, say
from canteen.settings import Settings

WIDE = 110


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Where to keep the demo.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-serve", is_flag=True, help="Only make the data.")
@form_option
@without_traceback(OSError, ValueError)
def demo(data: Path | None, host: str, port: int, no_serve: bool, form: str) -> None:
    """Make a demo, print its address and people, and serve it until stopped."""
    folder = (data or Path(tempfile.mkdtemp(prefix="canteen-demo-"))).resolve()
    made = asyncio.run(prepare(folder, now=utc_now()))
    address = f"http://{host}:{port}"
    if form == "json":
        click.echo(json.dumps({"address": address, "data": str(folder), **_open(made)}, ensure_ascii=False))
    else:
        _tell(made, folder, "" if no_serve else address)
    if not no_serve:
        rim = Settings(made["database_url"], folder, made["secret"], address)
        run(rim, host=host, port=port, workers=1)


def _open(made: dict[str, Any]) -> dict[str, Any]:
    return {"database_url": made["database_url"], "people": made["people"]}


def _tell(made: dict[str, Any], folder: Path, address: str) -> None:
    """The people and passwords as a table, then where to go."""
    schools = dict([DISTRICT, *((school.code, school.name) for school in SCHOOLS)])
    roles = {part.login: [say(DEFAULT, ROLE_NAMES[role]) for role in part.roles] for part in PEOPLE}
    headings = [_("School"), _("Name"), _("Role"), _("Sign-in name"), _("Password"), _("PIN")]
    table = Table(*[say(DEFAULT, heading) for heading in headings])
    for person in made["people"]:
        where = schools[person["school"]]
        login, password, pin = person["login"], person["password"], person["pin"]
        table.add_row(where, person["name"], "、".join(roles[login]), login, password, pin)
    console = Console()
    console.width = max(console.width, WIDE)  # a pipe or a narrow window scrolls rather than cuts a password
    console.print(table)
    console.print(say(DEFAULT, _("The demo is kept in {folder}"), folder=str(folder)))
    if address:
        console.print(
            say(DEFAULT, _("Open {address} and sign in as one of them; Ctrl+C stops."), address=address)
        )
