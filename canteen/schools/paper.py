"""The register of prints as a workbook."""

from collections.abc import Iterable
from typing import Any

from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import say
from canteen.schools.rules.prints import STATE_NAMES, PrintState


def prints_workbook(rows: Iterable[Any], lang: str) -> bytes:
    """Rows of the register as XLSX, headings and states in the reader's language."""
    columns = [
        Column(say(lang, "Number"), width=18),
        Column(say(lang, "Version"), "number"),
        Column(say(lang, "Paper"), width=40),
        Column(say(lang, "State")),
        Column(say(lang, "Printed at"), "instant", width=18),
        Column(say(lang, "Signed and back"), "instant", width=18),
    ]
    return write_xlsx(columns, (_cells(row, lang) for row in rows))


def _cells(row: Any, lang: str) -> tuple[object, ...]:
    state = say(lang, STATE_NAMES[PrintState(row.state)])
    return row.number, row.version, row.title, state, row.printed_at, row.signed_at
