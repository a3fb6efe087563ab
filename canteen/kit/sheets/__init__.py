"""Spreadsheets at the rim: rows in from CSV, XLSX, XLS and ODS, rows out to XLSX and CSV.

A file is judged by its content, never by its name. Reading ends in values or in BadFile, which lists every
error at once; no file, however broken, gives anything else.
"""

from canteen.kit.sheets.cells import (
    Unreadable,
    as_day,
    as_fen,
    as_figure,
    as_grams,
    as_instant,
    as_text,
    one_of,
)
from canteen.kit.sheets.columns import Reading, same_heading
from canteen.kit.sheets.reading import read_rows
from canteen.kit.sheets.sheet import BadFile, Cell, Row, RowError, Sheet, digest
from canteen.kit.sheets.writing import Column, bad_rows_file, write_csv, write_xlsx

__all__ = [
    "BadFile",
    "Cell",
    "Column",
    "Reading",
    "Row",
    "RowError",
    "Sheet",
    "Unreadable",
    "as_day",
    "as_fen",
    "as_figure",
    "as_grams",
    "as_instant",
    "as_text",
    "bad_rows_file",
    "digest",
    "one_of",
    "read_rows",
    "same_heading",
    "write_csv",
    "write_xlsx",
]
