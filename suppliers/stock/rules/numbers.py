"""Numbers of slips and lots, as they stand on paper and labels."""

from collections.abc import Mapping
from datetime import date

from suppliers.stock.rules.states import SlipKind

LETTERS: Mapping[SlipKind, str] = {
    SlipKind.RECEIPT: "RK",
    SlipKind.ISSUE: "CK",
    SlipKind.WRITE_OFF: "BS",
    SlipKind.STOCKTAKE: "PD",
    SlipKind.CORRECTION: "GZ",
}


def slip_number(kind: SlipKind, year: int, serial: int) -> str:
    """`RK-2026-00012` (入库), CK (出库), BS (报损), PD (盘点), GZ (更正); it counts within the year."""
    return f"{LETTERS[kind]}-{year}-{serial:05d}"


def lot_number(day: date, serial: int) -> str:
    """`L261121-003`: the day it came and the how many-th lot of that day."""
    return f"L{day:%y%m%d}-{serial:03d}"
