"""The `canteen` command; each command is a few lines that call a service."""

import os

import click

from canteen.cli.db import db
from canteen.cli.demo import demo
from canteen.cli.init import init
from canteen.cli.menus import menus
from canteen.cli.serve import serve
from canteen.cli.suppliers import suppliers
from canteen.cli.trail import trail

PRIVATE = 0o077
"""Database, uploads and backups hold password hashes and children's data: for the owner's account alone."""


@click.group()
def main() -> None:
    """Canteen and food safety for schools."""
    os.umask(PRIVATE)


for command in (demo, serve, init, db, trail, menus, suppliers):
    main.add_command(command)
