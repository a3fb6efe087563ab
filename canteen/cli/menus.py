"""`canteen menus`: commands on menus."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import click
import msgspec

from canteen.cli.answers import COULD_NOT, DATA_HAS_ERRORS, OK, form_option
from canteen.kit.sheets import BadFile, RowError
from canteen.kit.texts import DEFAULT, _, say
from menus.foods.rules import shipped
from menus.weeks.forms import read_policy
from menus.weeks.rules import Age, Policy, Verdict
from menus.weeks.services.check import check_file
from menus.weeks.services.report import as_document, as_text, error_document


@click.group()
def menus() -> None:
    """Menus: check a weekly menu file."""


@menus.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--age", type=click.Choice([age.value for age in Age]), default=Age.NINE.value, show_default=True
)
@click.option("--policy", type=click.Path(path_type=Path), help="A policy file (TOML).")
@form_option
def check(file: Path, age: str, policy: Path | None, form: str) -> None:
    """Check the weekly menu FILE (CSV or XLSX) against the rules.

    Exits 0 when all is well, 1 when a rule is broken, 2 when a file cannot be read.
    """
    try:
        rules = read_policy(_read(policy), policy.name) if policy else Policy()
        verdict = check_file(_read(file), file.name, age=Age(age), policy=rules)
    except BadFile as bad:
        _refuse(bad.errors, form)
    _tell(verdict, form)
    sys.exit(DATA_HAS_ERRORS if verdict.has_errors else OK)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as problem:
        found = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
        raise BadFile([RowError(str(path), 0, "", found, _("The file cannot be read."))]) from None


def _tell(verdict: Verdict, form: str) -> None:
    if form == "json":
        _print_json(as_document(verdict, DEFAULT))
        return
    for line in as_text(verdict, shipped(), DEFAULT):
        _print(line)


def _refuse(errors: list[RowError], form: str) -> NoReturn:
    """All errors on standard output (as JSON when asked), one line on standard error, exit 2."""
    document = error_document(errors, DEFAULT)
    if form == "json":
        _print_json(document)
    else:
        for error in document["errors"]:
            _print(_error_line(error))
    reason = _error_line(document["errors"][0])
    more = say(DEFAULT, _(" (and {more} more)"), more=len(errors) - 1) if len(errors) > 1 else ""
    _print(" ".join((reason + more).split()), err=True)
    sys.exit(COULD_NOT)


def _error_line(error: dict[str, Any]) -> str:
    line = f":{error['line']}" if error["line"] else ""
    if not error["column"]:
        found = f" ({error['found']})" if error["found"] else ""
        return f"{error['file']}{line}: {error['expected']}{found}"
    message = _("found “{found}”, expected {expected}") if error["found"] else _("{expected} is missing")
    problem = say(DEFAULT, message, **error)
    return f"{error['file']}{line} {error['column']}: {problem}"


def _print(line: str, err: bool = False) -> None:
    """A line on a terminal of any encoding; what it lacks becomes a question mark."""
    encoding = getattr(sys.stderr if err else sys.stdout, "encoding", None) or "utf-8"
    click.echo(line.encode(encoding, errors="replace"), err=err)


def _print_json(document: dict[str, Any]) -> None:
    """One document in UTF-8 whatever the terminal's encoding: programs read it."""
    click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2))
