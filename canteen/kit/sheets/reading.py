"""From bytes to a sheet: tells the kind of file by its content and finds the heading and the rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from canteen.kit.sheets.archive import ZIP
from canteen.kit.sheets.cells import as_text, cleaned
from canteen.kit.sheets.sheet import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, Row, Sheet, unusable
from canteen.kit.sheets.workbook import OLE, workbook_lines
from canteen.kit.texts import _

Line = tuple[int, Sequence[Cell]]

# What people rename to .xls or .csv: web pages saved by older systems, PDF, RTF.
FOREIGN = (b"%pdf", b"{\\rtf", b"<!doctype", b"<html", b"<?xml", b"<table")
# Lines of one text above the headings: the school's name, the week, who wrote it.
MOST_TITLES = 5
FIRST_LINES = 10_000
TOO_LONG = _("A cell of line {start} is too long.")
CONTROL = bytes(sorted(set(range(32)) - set(b"\t\n\f\r")))


def read_rows(data: bytes, filename: str) -> Sheet:
    """The first sheet of a file: CSV (UTF-8 or GB18030), XLSX, XLS or ODS.

    The first line that is not blank holds the headings; titles above it, lines of one text only, are passed
    over. Raises BadFile when the file is empty, too big, encrypted, damaged, or no spreadsheet at all.
    """
    if not data.strip():
        raise unusable(filename, _("The file is empty."))
    if len(data) > MAX_BYTES:
        raise unusable(filename, _("The file is larger than {mb} MB."), mb=MAX_BYTES // 1024**2)
    known = data.startswith((ZIP, OLE))
    return _sheet(filename, workbook_lines(data, filename) if known else _csv_lines(data, filename))


def _sheet(filename: str, lines: Iterable[Line]) -> Sheet:
    filled = ((number, cells) for number, cells in lines if any(cell != "" for cell in cells))
    first, below = _heading(filled)
    if not first:
        raise unusable(filename, _("The file is empty."))
    headings = [as_text(cell) for cell in first]
    places = {heading: headings.index(heading) for heading in headings if heading}
    rows = [Row(number, _by_heading(places, cells)) for number, cells in _bounded(filename, below)]
    return Sheet(filename, headings, rows)


def _heading(filled: Iterator[Line]) -> tuple[Sequence[Cell], Iterator[Line]]:
    """The cells of the heading line and the lines below it; a sheet of one column has no titles."""
    above = list(islice(filled, MOST_TITLES + 1))
    place = next((n for n, (_number, cells) in enumerate(above) if len({*cells} - {""}) > 1), 0)
    return (above[place][1] if above else ()), chain(above[place + 1 :], filled)


def _by_heading(places: dict[str, int], cells: Sequence[Cell]) -> dict[str, Cell]:
    width = len(cells)
    return {heading: cells[place] if place < width else "" for heading, place in places.items()}


def _bounded(filename: str, lines: Iterable[Line]) -> Iterator[Line]:
    rows = total = 0
    for number, cells in lines:
        rows, total = rows + 1, total + len(cells)
        if rows > MAX_ROWS or total > MAX_CELLS or len(cells) > MAX_COLUMNS:
            raise unusable(filename, _("The sheet has too many rows or columns."))
        yield number, cells


def _csv_lines(data: bytes, filename: str) -> Iterator[Line]:
    text = _decoded(data, filename)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, [cleaned(cell) for cell in cells]
            start = reader.line_num + 1
    except csv.Error as problem:
        quoted = '"' in text
        reason = _("The quotation marks do not match from line {start} on.") if quoted else TOO_LONG
        raise unusable(filename, reason, start=start) from problem


def _decoded(data: bytes, filename: str) -> str:
    if data[:64].lstrip().lower().startswith(FOREIGN) or len(data.translate(None, CONTROL)) < len(data):
        raise unusable(filename, _("This is not a spreadsheet. Save it as XLSX or CSV and try again."))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unusable(
        filename, _("The text is neither UTF-8 nor GB18030. Save it as XLSX or CSV and try again.")
    )


def _delimiter(text: str) -> str:
    """The comma, unless the first line with a mark has tabs or semicolons (pasted from a spreadsheet)."""
    lines = text[:FIRST_LINES].splitlines()
    return next((mark for line in lines for mark in ",\t;" if mark in line), ",")
