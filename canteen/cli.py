"""The `canteen` command; each command is a few lines that call a service."""

import click


@click.group()
def main() -> None:
    """Canteen and food safety for schools."""
