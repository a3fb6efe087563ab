"""The `canteen` command; each command is a few lines that call a service."""

import click

from canteen.cli.db import db
from canteen.cli.demo import demo
from canteen.cli.init import init
from canteen.cli.menus import menus
from canteen.cli.serve import serve
from canteen.cli.trail import trail


@click.group()
def main() -> None:
    """Canteen and food safety for schools."""


for command in (demo, serve, init, db, trail, menus):
    main.add_command(command)
