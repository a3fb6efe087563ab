"""A sheet as values, and what can be wrong with it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from canteen.kit.problems import Finding, Refused, error

Cell = str | int | float | bool | date | datetime | time | timedelta

MAX_BYTES = 64 * 1024 * 1024
MAX_ROWS = 1_048_576
MAX_COLUMNS = 1_000
MAX_CELLS = 8_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of data: its number in the file (the heading is line 1) and its cells by heading.

    A blank cell is "". Cells of a heading that stands twice hold the first.
    """

    line: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: the file's name, its headings in order, and its rows without the blank ones."""

    file: str
    headings: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class RowError:
    """One cell (or line, or file: `column` "" and `line` 0) that cannot be read.

    `expected` is a message id (kit.texts) and `facts` the values for its places.
    """

    file: str
    line: int
    column: str
    found: str
    expected: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def finding(self) -> Finding:
        """The same as a finding, at `line N`."""
        facts = {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "found": self.found,
            **self.facts,
        }
        return error("bad_row", self.expected, at=f"line {self.line}" if self.line else self.file, **facts)


class BadFile(Refused):
    """The file cannot be taken. `errors` holds everything that is wrong with it, by line."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__([e.finding() for e in errors])
        self.errors = sorted(errors, key=lambda e: e.line)


def unusable(file: str, expected: str, **facts: Any) -> BadFile:
    """The refusal of a whole file."""
    return BadFile([RowError(file, 0, "", "", expected, facts)])


def digest(data: bytes) -> str:
    """SHA-256 in hex: the same file again has the same digest, whatever its name."""
    return hashlib.sha256(data).hexdigest()
