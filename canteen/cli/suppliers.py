"""`canteen suppliers`: commands on suppliers and their papers."""

import sys
from typing import Any

import click

from canteen.cli.answers import DATA_HAS_ERRORS, OK, form_option, told
from canteen.kit.texts import DEFAULT, _, say
from suppliers.licences.rules import NumberCheck, NumberKind, check_number

WITH_CHECK = (NumberKind.JY, NumberKind.SC, NumberKind.USCC)
_SAID = {
    NumberKind.YB: _("A filing (YB) has no check digit"),
    NumberKind.QS: _("QS numbers have been void since October 2018: ask for the SC licence."),
    NumberKind.UNKNOWN: _("neither JY, SC nor a credit code"),
}


@click.group()
def suppliers() -> None:
    """Suppliers: check the numbers on their licences."""


@suppliers.command("check-number")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True)
@form_option
def check_numbers(numbers: tuple[str, ...], form: str) -> None:
    """Tell of each NUMBER its kind (JY, SC, USCC, unknown) and whether its check character holds.

    Exits 0 when all hold, 1 when one does not or is of no kind that has a check character.
    """
    checks = [(_printable(number), check_number(number)) for number in numbers]
    document = {"numbers": [_document(typed, check) for typed, check in checks]}
    lines = [f"{typed}: {_words(check)}" for typed, check in checks]
    told(form, document, "{lines}", lines="\n".join(lines))
    sys.exit(OK if all(check.holds for _typed, check in checks) else DATA_HAS_ERRORS)


def _printable(number: str) -> str:
    """Bytes of an argument that are no text become question marks."""
    return number.encode(errors="replace").decode()


def _document(typed: str, check: NumberCheck) -> dict[str, Any]:
    kind = check.kind if check.kind in WITH_CHECK else NumberKind.UNKNOWN
    return {"number": typed, "kind": kind.value, "holds": check.holds, "text": _words(check)}


def _words(check: NumberCheck) -> str:
    if check.kind not in WITH_CHECK:
        return say(DEFAULT, _SAID[check.kind])
    meaning = f"{check.kind} ({say(DEFAULT, check.meaning)})" if check.meaning else check.kind.value
    message = (
        _("{kind}: the check character holds") if check.holds else _("{kind}: the check character is wrong")
    )
    return say(DEFAULT, message, kind=meaning)
