"""How every command answers: one line or one JSON document; 2 with a reason when it cannot work."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

import click

from canteen.kit.texts import DEFAULT, say

OK, DATA_HAS_ERRORS, COULD_NOT = 0, 1, 2

form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


def told(form: str, document: dict[str, Any], message: str, **facts: Any) -> None:
    """Print the document, or the one line that says the same."""
    click.echo(json.dumps(document, ensure_ascii=False) if form == "json" else say(DEFAULT, message, **facts))


def give_up(reason: str) -> NoReturn:
    """Say on standard error why the work cannot be done, and exit 2."""
    click.echo(" ".join(reason.split()), err=True)
    sys.exit(COULD_NOT)


def without_traceback(*problems: type[Exception]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Turn these problems into a reason on standard error and exit code 2."""

    def wrap(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(*arguments: Any, **options: Any) -> Any:
            try:
                return command(*arguments, **options)
            except problems as problem:
                give_up(
                    say(DEFAULT, getattr(problem, "message", str(problem)), **getattr(problem, "facts", {}))
                )

        return run

    return wrap
