"""The `canteen` command; each command is a few lines that call a service."""

import click

from canteen.cli.db import db
from canteen.cli.menus import menus


@click.group()
def main() -> None:
    """Canteen and food safety for schools."""


main.add_command(menus)
main.add_command(db)
