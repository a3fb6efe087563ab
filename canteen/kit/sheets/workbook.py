"""Workbooks (XLSX, XLS, ODS) as lines of cells."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from canteen.kit.sheets.archive import ZIP, Locked, TooBig, measured
from canteen.kit.sheets.cells import cleaned
from canteen.kit.sheets.sheet import MAX_CELLS, MAX_ROWS, Cell, unusable
from canteen.kit.texts import _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DAMAGES = (CalamineError, zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError)


class Empty(ValueError):
    """No visible sheet holds a cell."""


def workbook_lines(data: bytes, filename: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Every line of the first visible sheet that holds anything, numbered from 1. Raises BadFile."""
    try:
        sheet = _opened(data)
    except (PasswordError, Locked):
        raise unusable(
            filename, _("The file is protected with a password. Take it off and try again.")
        ) from None
    except TooBig:
        raise unusable(filename, _("The sheet has too many rows or columns.")) from None
    except Empty:
        raise unusable(filename, _("The file is empty.")) from None
    except DAMAGES:
        raise unusable(filename, _("The file is damaged or no spreadsheet.")) from None
    return _lines(sheet)


def _opened(data: bytes) -> CalamineSheet:
    if data.startswith(ZIP):
        data = measured(data)
    elif OLE_ENCRYPTED in data:
        raise Locked
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


def _lines(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[Cell]]]:
    lines = [[cleaned(cell) for cell in line] for line in sheet.to_python(skip_empty_area=False)]
    blank = [not any(cell != "" for cell in line) for line in lines]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(lines[top : bottom + 1], left, right)
    return ((n + 1, line) for n, line in enumerate(lines) if not blank[n])


def _fill(lines: list[list[Cell]], left: int, right: int) -> None:
    """A merged range holds its value in each of its cells."""
    if not lines or left >= len(lines[0]):
        return
    value = lines[0][left]
    for line in lines:
        line[left : right + 1] = [value] * len(line[left : right + 1])
