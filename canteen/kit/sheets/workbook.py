"""Workbooks (XLSX, XLS, ODS), unpacked under our own eyes before anything else reads them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from canteen.kit.sheets.cells import cleaned
from canteen.kit.sheets.sheet import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, unusable
from canteen.kit.texts import _

MAX_UNPACKED = 256 * 1024 * 1024
MAX_PARTS = 2_000
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,8})([0-9]{1,12})["']""")
XLSX_ROW = re.compile(rb"<(?:\w+:)?row[\s>]")
XLSX_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
ODS_ROW = re.compile(rb"<table:table-row\b([^>]*[^/])>(.*?)</table:table-row>", re.DOTALL)
ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
ODS_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
ODS_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")


class TooBig(ValueError):
    """The workbook would fill the memory."""


class Empty(ValueError):
    """No visible sheet holds a cell."""


def workbook_lines(data: bytes, filename: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Every line of the first visible sheet that holds anything, numbered from 1. Raises BadFile."""
    try:
        sheet = _opened(data)
    except (PasswordError, PermissionError):
        raise unusable(
            filename, _("The file is protected with a password. Take it off and try again.")
        ) from None
    except TooBig:
        raise unusable(filename, _("The sheet has too many rows or columns.")) from None
    except Empty:
        raise unusable(filename, _("The file is empty.")) from None
    except (
        CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
    ):
        raise unusable(filename, _("The file is damaged or no spreadsheet.")) from None
    return _lines(sheet)


def _opened(data: bytes) -> CalamineSheet:
    if data.startswith(b"PK"):
        data = _unpacked(data)
    elif OLE_ENCRYPTED in data:
        raise PermissionError
    try:
        return _first_sheet(CalamineWorkbook.from_filelike(io.BytesIO(data)))
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":  # a Rust panic is no Exception
            raise ValueError("the reader gave up") from None
        raise


def _first_sheet(book: CalamineWorkbook) -> CalamineSheet:
    visible = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
    sheets = (book.get_sheet_by_name(name) for name in visible or book.sheet_names)
    filled = next((sheet for sheet in sheets if sheet.end is not None), None)
    if filled is None:
        raise Empty
    if filled.total_height > MAX_ROWS or filled.total_height * filled.total_width > MAX_CELLS:
        raise TooBig
    return filled


def _unpacked(data: bytes) -> bytes:
    """The same archive stored without compression, so that the next reader sees only what was measured here.

    Raises TooBig for what unpacks to more than MAX_UNPACKED, PermissionError for encrypted parts.
    """
    stored, room = io.BytesIO(), MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(stored, "w") as plain:
        if len(packed.infolist()) > MAX_PARTS:
            raise TooBig
        for part in packed.infolist():
            if part.flag_bits & 1:
                raise PermissionError
            content = _part(packed, part, room)
            room -= len(content)
            plain.writestr(zipfile.ZipInfo(part.filename), content)
    return stored.getvalue()


def _part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    if part.file_size > room:
        raise TooBig
    content = packed.read(part)
    if part.filename.endswith("workbook.bin"):
        raise ValueError("a binary workbook (XLSB) cannot be measured")
    if b"sheetData" in content:
        _bound_xlsx(content)
    elif part.filename == "content.xml":
        _bound_ods(content)
    return content


def _bound_xlsx(content: bytes) -> None:
    """Two cells far apart would make the reader lay out everything between them."""
    if b"\x00" in content[:4]:
        raise ValueError("not UTF-8")
    references = REFERENCE.findall(content)
    named = sum(1 for letters, _digits in references if letters)
    rows = max(map(int, {digits for _letters, digits in references}), default=0)
    columns = max(map(_column, {letters for letters, _digits in references}), default=0)
    if named < len(XLSX_CELL.findall(content)):  # the standard lets a cell go without a reference
        columns = max(columns, *(len(XLSX_CELL.findall(row)) for row in XLSX_ROW.split(content)))
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise TooBig


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


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
    found = [ODS_COLUMNS.search(attributes) for attributes in ODS_CELL.findall(cells)]
    widths = [int(match[1]) if match else 1 for match in found]
    return sum(widths[:-1]) + min(widths[-1], MAX_COLUMNS) if widths else 0


def _lines(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[Cell]]]:
    lines = [[cleaned(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    blank = [not any(cell != "" for cell in line) for line in lines]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(lines[top : bottom + 1], left, right)
    return ((n + 1, line) for n, line in enumerate(lines) if not blank[n])


def _fill(lines: list[list[Cell]], left: int, right: int) -> None:
    if not lines or left >= len(lines[0]):
        return
    value = lines[0][left]
    for line in lines:
        line[left : right + 1] = [value] * len(line[left : right + 1])
