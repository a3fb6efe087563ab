"""Rows out: XLSX with typed cells and CSV for programs; no text can turn into a formula."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import xlsxwriter

from canteen.kit.clock import SHANGHAI
from canteen.kit.sheets.cells import as_text, runs
from canteen.kit.sheets.sheet import RowError, Sheet
from canteen.kit.texts import _, say

Kind = Literal["text", "number", "day", "instant", "fen", "grams"]
FORMATS: dict[str, str] = {
    "text": "@",
    "number": "0.###",
    "day": "yyyy-mm-dd",
    "instant": "yyyy-mm-dd hh:mm",
    "fen": "#,##0.00",
    "grams": "#,##0.###",
}
LONGEST_TEXT = 32_767  # characters in a cell of XLSX


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write. `fen` are integers shown as yuan, `instant` aware and shown in local time."""

    heading: str
    kind: Kind = "text"
    width: int = 14


def write_xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as a workbook; None is a blank cell. Rows are written as they come, not kept in memory."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        formats = {kind: book.add_format({"num_format": text}) for kind, text in FORMATS.items()}
        bold = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, harmless(column.heading), bold)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(rows, start=1):
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                _write(sheet, (line, place), value, column.kind, formats[column.kind])
    return out.getvalue()


def _write(sheet: Any, at: tuple[int, int], value: Any, kind: Kind, style: Any) -> None:
    if value is None or value == "":
        return
    if kind == "text" or isinstance(value, str):
        sheet.write_string(*at, harmless(as_text(value))[:LONGEST_TEXT])
    elif kind in ("day", "instant"):
        sheet.write_datetime(*at, _local(value), style)
    else:
        sheet.write_number(*at, value / 100 if kind == "fen" else value, style)


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> bytes:
    """The rows as CSV, UTF-8 with the mark that lets Excel show Chinese."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(column.heading) for column in columns])
    for row in rows:
        writer.writerow([_plain(c.kind, value) for c, value in zip(columns, row, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def _plain(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if kind == "text" or isinstance(value, str):
        return harmless(as_text(value))
    if kind == "fen":
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    if kind == "instant":
        return f"{_local(value):%Y-%m-%d %H:%M:%S}"
    return as_text(value)


def _local(value: Any) -> Any:
    """A spreadsheet knows no zones: the school's wall clock."""
    aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(SHANGHAI).replace(tzinfo=None) if aware else value


def harmless(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets a quote in front; reading takes it off again."""
    return f"'{text}" if runs(text) else text


def bad_rows_file(sheet: Sheet, errors: Iterable[RowError], lang: str = "zh_CN") -> bytes:
    """The rows that cannot be read, as they are, with their reasons in a last column: mend, send again."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for e in errors:
        reasons[e.line].append(reason(e, lang))
    headings = [h for h in dict.fromkeys(sheet.headings) if h]
    columns = [*(Column(heading) for heading in headings), Column(say(lang, _("Reasons")), width=60)]
    bad = (row for row in sheet.rows if row.line in reasons)
    return write_xlsx(
        columns, ([*(row.cells[h] for h in headings), "; ".join(reasons[row.line])] for row in bad)
    )


def reason(e: RowError, lang: str) -> str:
    """One error as a sentence: the column and what it should hold."""
    expected = say(lang, e.expected, **e.facts)
    return say(lang, _("{column}: expected {expected}"), column=e.column, expected=expected)
