"""Every paper has a number, a version and a QR; a wet signature closes the loop (practice 10 and 11)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from canteen.kit.texts import _


class PrintState(StrEnum):
    """`waiting` for the signed sheet (待签), `signed` when its photo is there (已签回)."""

    PRINTED = "printed"
    WAITING = "waiting"
    SIGNED = "signed"
    REPLACED = "replaced"


STATE_NAMES = {
    PrintState.PRINTED: _("Printed"),
    PrintState.WAITING: _("Waiting for signature"),
    PrintState.SIGNED: _("Signed and back"),
    PrintState.REPLACED: _("Replaced"),
}


@dataclass(frozen=True, slots=True)
class PrintMark:
    """What a sheet's QR says: the school's code, the print's number and version."""

    school_code: str
    number: str
    version: int


def number_of(year: int, serial: int) -> str:
    """`CP-2026-000123`: the serial counts within school and year."""
    return f"CP-{year}-{serial:06d}"


def mark_path(mark: PrintMark) -> str:
    """The path a sheet's QR leads to; the product's address goes before it."""
    return f"/p/{mark.school_code}/{mark.number}/{mark.version}"


def read_mark(text: str) -> PrintMark | None:
    """The mark in what a QR says, whatever address stands before it; None when it is none of ours."""
    found = re.search(r"/p/([0-9A-Z]{4})/(CP-\d{4}-\d{6,})/(\d{1,6})$", text.strip())
    return PrintMark(found[1], found[2], int(found[3])) if found else None
