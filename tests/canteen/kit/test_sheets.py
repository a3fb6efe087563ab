"""Files as schools make them are read; broken ones are refused whole, with every error."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from canteen.kit.sheets import (
    BadFile,
    Cell,
    Column,
    Reading,
    Sheet,
    Unreadable,
    as_day,
    as_fen,
    as_figure,
    as_grams,
    as_instant,
    as_text,
    bad_rows_file,
    digest,
    one_of,
    read_rows,
    write_csv,
    write_xlsx,
)
from canteen.kit.sheets.archive import measured
from canteen.kit.sheets.cells import BLANKS

DAY = date(2025, 9, 1)
NOON = datetime(2025, 9, 1, 11, 42)  # noqa: DTZ001  (a workbook knows no zones)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
DANGEROUS = ["=1+1", "+86 139", "-5", "@SUM(A1)", "\t=1", "＝1+1", "  =cmd()", "'=1", "''+1"]


def book(draw: Callable[[Any, Any], None]) -> bytes:
    """A workbook of one sheet, drawn by the test."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        draw(made, made.add_worksheet())
    return out.getvalue()


def cells(sheet: Sheet) -> list[list[Cell]]:
    return [list(row.cells.values()) for row in sheet.rows]


def refusal(data: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        read_rows(data, "file")
    assert [f.at for f in refused.value.findings] == ["file"]
    return refused.value.errors[0].expected


# Reading files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_schools_use(encoding: str) -> None:
    sheet = read_rows("日期,菜名\n2025-09-01,西红柿炒鸡蛋\n".encode(encoding), "menu.csv")
    assert sheet.headings == ["日期", "菜名"]
    assert cells(sheet) == [["2025-09-01", "西红柿炒鸡蛋"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_blank_lines_are_skipped_but_counted(end: str) -> None:
    sheet = read_rows(end.join(["券号,面值", "", "A1,5", " , ", "A2,6", ""]).encode(), "x")
    assert [(row.line, row.cells["券号"]) for row in sheet.rows] == [(3, "A1"), (5, "A2")]


def test_blanks_around_cells_go_and_short_lines_are_filled() -> None:
    sheet = read_rows("a , b　,c\n  1\t,\u3000二 \n".encode(), "x")
    assert dict(sheet.rows[0].cells) == {"a": "1", "b": "二", "c": ""}


def test_a_pasted_table_with_tabs_is_read() -> None:
    assert cells(read_rows(b"a\tb\n1\t2\n", "x.csv")) == [["1", "2"]]


def test_a_cell_of_two_lines_counts_both() -> None:
    sheet = read_rows(b'a,b\n"1\n2",3\n4,5\n', "x")
    assert [row.line for row in sheet.rows] == [2, 4]


def test_a_workbook_is_known_by_its_content_and_not_by_its_name() -> None:
    data = write_xlsx([Column("菜名"), Column("克重", "grams")], [["土豆", 50]])
    assert cells(read_rows(data, "menu.csv")) == [["土豆", 50.0]]


def test_merged_cells_hold_their_value_in_each_row() -> None:
    def draw(made: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["日期", "菜名", "食材"])
        sheet.merge_range(1, 0, 4, 0, DAY, made.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.merge_range(1, 1, 2, 1, "土豆牛肉")
        sheet.write_column(1, 2, ["土豆", "牛肉", "", "葱"])

    sheet = read_rows(book(draw), "x")
    assert [(row.line, *row.cells.values()) for row in sheet.rows] == [
        (2, DAY, "土豆牛肉", "土豆"), (3, DAY, "土豆牛肉", "牛肉"), (5, DAY, "", "葱"),
    ]  # fmt: skip


def test_the_first_visible_sheet_with_cells_is_read() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        made.add_worksheet("空")
        hidden, shown = made.add_worksheet("隐藏"), made.add_worksheet("菜谱")
        hidden.write(0, 0, "secret")
        hidden.hide()
        shown.write_column(0, 0, ["菜名", "土豆"])
    assert read_rows(out.getvalue(), "x").headings == ["菜名"]


def test_titles_over_the_headings_are_passed_over() -> None:
    def draw(made: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 1, "第11周食谱")
        sheet.write(1, 0, "制表：王师傅")
        sheet.write_row(2, 0, ["菜名", "食材"])
        sheet.write_row(3, 0, ["土豆牛肉", "土豆"])

    sheet = read_rows(book(draw), "x")
    assert sheet.headings == ["菜名", "食材"]
    assert [(row.line, *row.cells.values()) for row in sheet.rows] == [(4, "土豆牛肉", "土豆")]


def test_a_title_does_not_hide_the_tabs_below_it() -> None:
    assert cells(read_rows("第11周食谱\na\tb\n1\t2\n".encode(), "x")) == [["1", "2"]]


def test_a_formula_is_read_as_its_value() -> None:
    def draw(made: Any, sheet: Any) -> None:
        sheet.write(0, 0, "克重")
        sheet.write_formula(1, 0, "=20+30", None, 50)

    assert cells(read_rows(book(draw), "x")) == [[50.0]]


# Refusing files


def far_apart(made: Any, sheet: Any) -> None:
    sheet.write(0, 0, "a")
    sheet.write(1_048_575, 16_383, "b")


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_empty_file_is_refused() -> None:
    assert {refusal(data) for data in (b"", b" \n\n ", book(lambda _m, _s: None))} == {"The file is empty."}


@pytest.mark.parametrize("data", [
    b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.7 text", b"<html><table>", b"{\\rtf1", "a,b\n1,2".encode("utf-16"),
])  # fmt: skip
def test_what_is_no_spreadsheet_is_refused(data: bytes) -> None:
    assert refusal(data).startswith("This is not a spreadsheet.")


def test_a_damaged_workbook_is_refused_wherever_it_is_cut() -> None:
    whole = write_xlsx([Column("a")], [["b"]] * 50)
    for cut in range(4, len(whole) - 30, 97):
        assert refusal(whole[:cut]) == "The file is damaged or no spreadsheet."


@pytest.mark.parametrize("data", [packed(readme=b"hello"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
def test_an_archive_that_is_no_workbook_is_refused(data: bytes) -> None:
    assert refusal(data) == "The file is damaged or no spreadsheet."


def test_a_workbook_with_a_password_is_refused_by_its_reason() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(locked).startswith("The file is protected with a password.")


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    assert refusal(packed(**{"xl/workbook.xml": bytes(300 * 1024**2)})).endswith("too many rows or columns.")
    assert refusal(book(far_apart)).endswith("too many rows or columns.")


def test_one_long_text_in_very_many_cells_is_refused() -> None:
    shared = b"<sst><si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    cell = b'<c r="A1" t="s"><v>0</v></c>'
    sheet = b"<worksheet><sheetData><row>" + cell * 600 + b"</row></sheetData></worksheet>"
    data = packed(**{"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet})
    assert refusal(data).endswith("too many rows or columns.")


def test_one_long_text_beside_very_many_short_ones_is_no_bomb() -> None:
    shared = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si><si><t>y</t></si></sst>"
    cells_of_row = b'<c r="A1" t="s"><v>1</v></c>' * 5_000
    sheet = b"<worksheet><sheetData><row>" + cells_of_row + b"</row></sheetData></worksheet>"
    data = packed(**{"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet})
    assert sheet in measured(data)


def test_an_open_document_is_read_and_its_bomb_refused() -> None:
    assert cells(read_rows(open_document('table:number-columns-repeated="2"'), "x.ods")) == [["1", "1"]]
    bomb = open_document('table:number-columns-repeated="16000"', 'table:number-rows-repeated="1000000"')
    assert refusal(bomb).endswith("too many rows or columns.")


URN = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<office:document-content xmlns:office="{URN}:office:1.0" xmlns:table="{URN}:table:1.0"
 xmlns:text="{URN}:text:1.0"><office:body><office:spreadsheet><table:table table:name="s"><table:table-row>
<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>b</text:p></table:table-cell></table:table-row>
<table:table-row {{rows}}><table:table-cell {{columns}} office:value-type="string"><text:p>1</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def open_document(columns: str, rows: str = "") -> bytes:
    """A small ODS: the headings a and b, and a row of ones, repeated as said."""
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    content = ODS.replace("\n", "").format(columns=columns, rows=rows).encode()
    return packed(**{"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": b"<manifest/>"})


def test_quotation_marks_that_do_not_match_are_named_with_their_line() -> None:
    with pytest.raises(BadFile) as refused:
        read_rows(b'a,b\n1,2\n3,"4\n5,6\n', "x")
    assert refused.value.errors[0].facts == {"start": 3}


def test_a_cell_that_is_too_long_is_not_blamed_on_quotation_marks() -> None:
    with pytest.raises(BadFile) as refused:
        read_rows(b"a,b\n1," + b"x" * 200_000, "x")
    assert refused.value.errors[0].expected == "A cell of line {start} is too long."


@given(st.binary(max_size=300))
def test_no_bytes_at_all_give_anything_but_rows_or_a_refusal(data: bytes) -> None:
    for prefix in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n"):
        try:
            assert read_rows(prefix + data, "x").headings
        except BadFile as refused:
            assert refused.errors


# Reading cells


@pytest.mark.parametrize("cell", [
    "2025-09-01", "2025/9/1", "2025.9.1", "2025年9月1日", "２０２５－０９－０１", "2025-09-01 00:00:00",
    "2025/9/1 0:00", DAY, NOON,
])  # fmt: skip
def test_a_day_is_read_as_people_write_it(cell: Cell) -> None:
    assert as_day(cell) == DAY


@pytest.mark.parametrize("cell", [
    "2025-09-01 11:42", "2025/9/1 11:42", "2025年9月1日 11:42:00", "2025年9月1日11时42分",
    "2025-09-01T11:42:00+08:00", "2025-09-01T03:42:00Z", NOON,
])  # fmt: skip
def test_an_instant_is_the_schools_wall_clock(cell: Cell) -> None:
    assert as_instant(cell) == datetime(2025, 9, 1, 3, 42, tzinfo=UTC)


@pytest.mark.parametrize(("cell", "fen"), [
    ("12.5", 1250), ("1,234.50", 123450), ("￥12", 1200), ("12.5元", 1250), ("９.５０", 950), (6.25, 625),
    (12, 1200), (0.1 + 0.2, 30), ("0.01", 1),
])  # fmt: skip
def test_money_is_read_to_the_fen(cell: Cell, fen: int) -> None:
    assert as_fen(cell) == fen


@pytest.mark.parametrize(("cell", "grams"), [
    ("50", 50), ("５０", 50), ("50克", 50), ("50 g", 50), ("50G", 50), ("0.05kg", 50), ("0.1斤", 50),
    ("1两", 50),
    ("2.5", 2.5), (50.0, 50), (2.5, 2.5), ("1,200", 1200), ("500毫克", 0.5),
])  # fmt: skip
def test_a_weight_is_read_with_its_unit(cell: Cell, grams: float) -> None:
    assert as_grams(cell) == grams


@pytest.mark.parametrize(
    ("cell", "text"), [(1001.0, "1001"), (12.5, "12.5"), ("001", "001"), (DAY, "2025-09-01"), ("", "")]
)
def test_a_number_becomes_text_without_its_point(cell: Cell, text: str) -> None:
    assert as_text(cell) == text


@pytest.mark.parametrize(("reader", "cell"), [
    (as_day, "2025-13-01"), (as_day, "2025-02-30"), (as_day, "昨天"), (as_day, 45901.0), (as_day, ""),
    (as_instant, "11:42"), (as_instant, "2025-09-01 25:00"), (as_instant, "0001-01-01 00:00"),
    (as_instant, date(1, 1, 1)),
    (as_fen, "0"), (as_fen, "-5"), (as_fen, "12.345"), (as_fen, "1,23"), (as_fen, "abc"), (as_fen, True),
    (as_fen, float("nan")), (as_fen, float("inf")), (as_fen, "9" * 400), (as_fen, 1e300),
    (as_grams, "0"), (as_grams, "-1"), (as_grams, "适量"), (as_grams, "50件"), (as_grams, "0.0001"),
    (as_grams, "9" * 99),
    (as_figure, "-1"), (as_figure, "微量"), (as_figure, ""),
    (one_of({"午餐": "lunch"}), "夜宵"),
])  # fmt: skip
def test_what_cannot_be_read_says_what_was_expected(reader: Callable[[Cell], Any], cell: Cell) -> None:
    with pytest.raises(Unreadable) as unreadable:
        reader(cell)
    assert unreadable.value.expected


@given(st.one_of(st.text(max_size=20), st.floats(), st.booleans(), st.datetimes(), st.integers()))
def test_no_cell_breaks_a_reader(cell: Cell) -> None:
    for reader in (as_day, as_instant, as_fen, as_grams, as_figure, as_text):
        try:
            reader(cell)  # type: ignore[operator]
        except Unreadable as unreadable:
            assert unreadable.expected


@given(st.integers(1, 10**10))
def test_every_milligram_survives(milligrams: int) -> None:
    assert round(as_grams(f"{milligrams // 1000}.{milligrams % 1000:03d}") * 1000) == milligrams


# Columns


COLUMNS = {"day": ("日期", "date"), "grams": ("克重", "grams"), "note": ("备注", "note")}


@pytest.mark.parametrize("heading", ["日期,克重", "克重（g）,更多,日 期", "GRAMS,Date", "备注,克重(g),*日期"])
def test_columns_are_found_by_meaning_in_any_order(heading: str) -> None:
    reading = Reading(read_rows(f"{heading}\n1,2,3\n".encode(), "x"), COLUMNS, ["day", "grams"])
    assert reading.has("day") and reading.has("grams")


def test_missing_and_doubled_columns_are_all_named() -> None:
    with pytest.raises(BadFile) as refused:
        Reading(read_rows(b"date,\xe6\x97\xa5\xe6\x9c\x9f\n1,2\n", "x"), COLUMNS, ["day", "grams"])
    assert {e.facts["heading"] for e in refused.value.errors} == {"日期", "克重"}


def test_every_error_of_every_row_is_listed_at_once() -> None:
    sheet = read_rows("日期,克重,备注\n2025-09-01,50,\n昨天,abc,x\n\n,60,\n".encode(), "menu.csv")
    reading = Reading(sheet, COLUMNS, ["day", "grams"])
    for row in reading.rows:
        reading.need(row, "day", as_day)
        reading.need(row, "grams", as_grams)
    with pytest.raises(BadFile) as refused:
        reading.finish()
    assert [(e.file, e.line, e.column, e.found) for e in refused.value.errors] == [
        ("menu.csv", 3, "日期", "昨天"), ("menu.csv", 3, "克重", "abc"), ("menu.csv", 5, "日期", ""),
    ]  # fmt: skip
    assert [f.at for f in refused.value.findings] == ["line 3", "line 3", "line 5"]


def test_the_bad_rows_come_back_with_their_reasons_and_can_be_sent_again() -> None:
    sheet = read_rows("日期,克重\n2025-09-01,50\n昨天,abc\n".encode(), "x")
    reading = Reading(sheet, COLUMNS, ["day", "grams"])
    for row in reading.rows:
        reading.need(row, "day", as_day)
        reading.need(row, "grams", as_grams)
    back = read_rows(bad_rows_file(sheet, reading.errors), "back.xlsx")
    assert back.headings == ["日期", "克重", "错误原因"]
    assert dict(back.rows[0].cells) | {"错误原因": ""} == {"日期": "昨天", "克重": "abc", "错误原因": ""}
    assert "日期，如 2025-09-01" in str(back.rows[0].cells["错误原因"])
    assert len(back.rows) == 1


def test_the_same_file_has_the_same_digest_under_any_name() -> None:
    assert digest(b"a") == digest(b"a") != digest(b"b")


# Writing


ROWS = [["土豆", DAY, datetime(2025, 9, 1, 3, 42, tzinfo=UTC), 123456, 2.5], ["葱", None, None, -105, None]]
SHAPE = [
    Column("名称"),
    Column("日期", "day"),
    Column("时间", "instant"),
    Column("金额", "fen"),
    Column("克", "grams"),
]


def test_a_workbook_has_typed_cells() -> None:
    assert cells(read_rows(write_xlsx(SHAPE, ROWS), "x")) == [
        ["土豆", DAY, NOON, 1234.56, 2.5], ["葱", "", "", -1.05, ""],
    ]  # fmt: skip


def test_csv_is_marked_as_utf8_and_says_the_same() -> None:
    data = write_csv(SHAPE, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert cells(read_rows(data, "x")) == [
        ["土豆", "2025-09-01", "2025-09-01 11:42:00", "1234.56", "2.5"], ["葱", "", "", "-1.05", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_leaves_as_a_formula(text: str) -> None:
    csv_line = write_csv([Column("a"), Column("b")], [["x", text]]).decode("utf-8-sig").splitlines()[1]
    assert csv_line.removeprefix("x,").strip('"').startswith("'")
    with zipfile.ZipFile(io.BytesIO(write_xlsx([Column("a")], [[text]]))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS | st.sampled_from(DANGEROUS), st.integers(-(10**9), 10**9)), min_size=1))
def test_what_is_written_is_read_again(rows: list[tuple[str, int]]) -> None:
    columns = [Column("文字"), Column("金额", "fen")]
    wanted = [(text.strip(BLANKS), fen) for text, fen in rows]
    for data in (write_xlsx(columns, rows), write_csv(columns, rows)):
        got = [
            (row.cells["文字"], round(float(str(row.cells["金额"])) * 100))
            for row in read_rows(data, "x").rows
        ]
        assert got == wanted
