"""Workbooks that are zip archives (XLSX, ODS), unpacked under our own eyes before anything else reads them.

The reader of workbooks lays out the whole rectangle between the first and the last cell and copies every
shared text to each cell that names it, so a small file can ask for all the memory there is. Here the parts
are unpacked with a bound, measured, and handed on without compression.
"""

import io
import re
import zipfile
from collections.abc import Mapping

from canteen.kit.sheets.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

ZIP = b"PK\x03\x04"
MAX_UNPACKED = 256 * 1024 * 1024
MAX_TEXT = 512 * 1024 * 1024
MAX_PARTS = 2_000
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,8})([0-9]{1,12})["']""")
XLSX_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
XLSX_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
SHARED_CELL = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v[^>]*>\s*(\d{1,9})\s*<""")
SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)(?<!/)>(.*?)</table:table-row>", re.DOTALL)
ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
ODS_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")


class TooBig(ValueError):
    """The workbook would fill the memory."""


class Locked(ValueError):
    """The workbook is protected with a password."""


def measured(data: bytes) -> bytes:
    """The same archive stored without compression, so that the next reader sees only what was measured.

    Raises TooBig, Locked, and what zipfile raises for a damaged archive.
    """
    parts = _unpacked(data)
    _measure(parts)
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as plain:
        for name, content in parts.items():
            plain.writestr(zipfile.ZipInfo(name), content)
    return stored.getvalue()


def _unpacked(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if len(packed.infolist()) > MAX_PARTS:
            raise TooBig
        for part in packed.infolist():
            if part.flag_bits & 1:
                raise Locked
            if part.file_size > room:
                raise TooBig
            parts[part.filename] = packed.read(part)
            room -= len(parts[part.filename])
    return parts


def _measure(parts: Mapping[str, bytes]) -> None:
    if any(name.endswith("workbook.bin") for name in parts):
        raise ValueError("a binary workbook (XLSB) cannot be measured")
    sheets = [content for content in parts.values() if b"sheetData" in content]
    texts = [content for content in parts.values() if SHARED_TEXT.search(content)]
    for sheet in sheets:
        _bound_cells(sheet)
        for text in texts:
            _bound_texts(sheet, text)
    _bound_ods(parts.get("content.xml", b""))


def _bound_cells(sheet: bytes) -> None:
    """Two cells far apart would make the reader lay out everything between them."""
    if b"\x00" in sheet[:4]:
        raise ValueError("not UTF-8")
    references = REFERENCE.findall(sheet)
    named = sum(1 for letters, _digits in references if letters)
    rows = max(map(int, {digits for _letters, digits in references}), default=0)
    columns = max(map(_column, {letters for letters, _digits in references}), default=0)
    if named < len(XLSX_CELL.findall(sheet)):  # the standard lets a cell go without a reference
        columns = max(columns, *(len(XLSX_CELL.findall(row)) for row in XLSX_ROW.split(sheet)))
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise TooBig


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _bound_texts(sheet: bytes, shared: bytes) -> None:
    """One long text named by many cells; counted cell by cell only where it could matter."""
    lengths = [len(text) for text in SHARED_TEXT.split(shared)[1:]]
    if max(lengths) * sheet.count(b"<") < MAX_TEXT:
        return
    named = (int(number) for number in SHARED_CELL.findall(sheet))
    if sum(lengths[number] for number in named if number < len(lengths)) > MAX_TEXT:
        raise TooBig


def _bound_ods(content: bytes) -> None:
    """One filled cell may claim to be repeated a million times."""
    total = 0
    for attributes, cells in ODS_ROW.findall(content):
        repeated = ODS_ROWS.search(attributes)
        if b"text:p" in cells or b"office:value" in cells:
            total += int(repeated[1] if repeated else 1) * _width(cells)
        if total > MAX_CELLS:
            raise TooBig


def _width(cells: bytes) -> int:
    """Cells of a row; the blank tail that spreadsheets repeat to the sheet's edge counts little."""
    found = [ODS_COLUMNS.search(attributes) for attributes in ODS_CELL.findall(cells)]
    widths = [int(match[1]) if match else 1 for match in found]
    return sum(widths[:-1]) + min(widths[-1], MAX_COLUMNS) if widths else 0
