"""Columns by meaning: whatever a school calls them, in whatever order, with every error gathered."""

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from canteen.kit.sheets.cells import Unreadable, as_text
from canteen.kit.sheets.sheet import BadFile, Cell, Row, RowError, Sheet
from canteen.kit.texts import _

T = TypeVar("T")
UNIT = re.compile(r"\([^()]*\)$")


def same_heading(heading: str) -> str:
    """One spelling of a heading: half width, no blanks or underscores, lower case."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(c for c in text if not c.isspace() and c not in "_*：:")


class Reading:
    """Reads a sheet by keys and gathers every error; `finish()` raises them together.

    `columns` says which headings (Chinese or English, the first is the one named in errors) mean a key. A
    heading may carry a unit in brackets (`克重(g)`). Raises BadFile at once when required columns are missing
    or stand twice.
    """

    def __init__(self, sheet: Sheet, columns: Mapping[str, Sequence[str]], required: Collection[str]) -> None:
        self.sheet = sheet
        self.rows: Sequence[Row] = sheet.rows
        self.errors: list[RowError] = []
        self._headings = {key: self._heading(names) for key, names in columns.items()}
        for key in required:
            if self._headings[key] is None:
                self._add(1, columns[key][0], "", _("the column {heading}"), heading=columns[key][0])
        self.finish()

    def has(self, key: str) -> bool:
        """Whether the file has this column."""
        return self._headings[key] is not None

    def cell(self, row: Row, key: str) -> Cell:
        """The cell as it stands; "" when it is blank or the column is missing."""
        heading = self._headings[key]
        return "" if heading is None else row.cells[heading]

    def need(self, row: Row, key: str, reader: Callable[[Cell], T]) -> T | None:
        """The value of a cell that must be filled; None after noting an error."""
        if self.cell(row, key) == "":
            self.refuse(row, key, _("a value"))
            return None
        return self.may(row, key, reader, None)

    def may(self, row: Row, key: str, reader: Callable[[Cell], T], blank: T | None) -> T | None:
        """The value of a cell, `blank` when there is none; None after noting an error."""
        cell = self.cell(row, key)
        try:
            return reader(cell) if cell != "" else blank
        except Unreadable as problem:
            self.refuse(row, key, problem.expected, **problem.facts)
            return None

    def refuse(self, row: Row, key: str, expected: str, **facts: Any) -> None:
        """Note that a cell is wrong."""
        self._add(row.line, self._headings[key] or key, as_text(self.cell(row, key)), expected, **facts)

    def finish(self) -> None:
        """Raise BadFile with everything noted so far."""
        if self.errors:
            raise BadFile(self.errors)

    def _heading(self, names: Sequence[str]) -> str | None:
        wanted = {same_heading(name) for name in names}
        exact = [h for h in self.sheet.headings if same_heading(h) in wanted]
        loose = [h for h in self.sheet.headings if UNIT.sub("", same_heading(h)) in wanted]
        found = exact or loose
        if len(found) > 1:
            self._add(1, found[0], found[1], _("the column {heading} only once"), heading=names[0])
        return found[0] if found else None

    def _add(self, line: int, column: str, found: str, expected: str, **facts: Any) -> None:
        self.errors.append(RowError(self.sheet.file, line, column, found, expected, facts))
