"""Paper that a canteen prints, signs and files, read back from the PDF."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PageObject, PdfReader

from canteen.kit import codes
from canteen.kit.paper import (
    A3_LANDSCAPE,
    A4_LANDSCAPE,
    SLIP,
    Column,
    Dish,
    Ledger,
    Poster,
    Sheet,
    Signed,
    fonts,
    ledger_pdf,
    poster_pdf,
)
from canteen.kit.paper.sheets import MM
from canteen.kit.paper.text import drawable, width, widths, wrap

COLUMNS = [Column("序号", 0.5, "centre"), Column("产品名称", 2), Column("金额（元）", 1, "right")]
PRINT = Signed("RK-2025-0117", 2, "https://canteen.example/p/RK-2025-0117/2", replaces=1)


def ledger(count: int, **more: Any) -> Ledger:
    rows = [[str(n), f"土豆 {n} 号", f"{n}.50"] for n in range(1, count + 1)]
    return replace(Ledger("进货查验记录", "文林镇第一小学", COLUMNS, rows), **more)


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(BytesIO(pdf)).pages)


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pages(pdf)]


def where(page: PageObject, text: str) -> tuple[float, float]:
    """Where the line with that text begins, in points from the lower left corner."""
    found: list[tuple[float, float]] = []

    def note(said: str, _page: list[float], at: list[float], _font: object, _size: float) -> None:
        if text in said:
            found.append((at[4], at[5]))

    page.extract_text(visitor_text=note)
    return found[0]


def test_every_chinese_text_of_a_ledger_can_be_copied_out_of_it() -> None:
    wanted = ("供货商：绿源农产品", "单据数：3", "2025年11月", "留样 24 小时")
    paper = ledger(3, meta=wanted[:2], period=wanted[2], notices=wanted[3:])
    said = texts(ledger_pdf(paper))[0]
    for text in ("进货查验记录", "文林镇第一小学", "土豆 3 号", *wanted):
        assert text in said


def test_a_long_table_goes_on_with_its_headings_and_counts_its_pages() -> None:
    said = texts(ledger_pdf(ledger(120)))
    assert len(said) == 4
    for number, page in enumerate(said, 1):
        assert "产品名称" in page
        assert f"第 {number} 页，共 4 页" in page
    shown = [int(n) for page in said for n in re.findall(r"土豆 (\d+) 号", page)]
    assert shown == list(range(1, 121))


@pytest.mark.parametrize("rows", range(28, 48))
def test_a_total_and_its_signatures_never_stand_on_a_page_without_a_row(rows: int) -> None:
    paper = ledger(rows, total=["合计", "", "123.00"], signatures=["经手人", "验收人"], print=PRINT)
    last = texts(ledger_pdf(paper))[-1]
    assert "合计" in last
    assert "经手人" in last
    assert f"土豆 {rows} 号" in last


def test_a_text_higher_than_a_page_goes_on_on_the_next() -> None:
    story = "".join(f"第{n}句。" for n in range(1, 900))
    said = "".join(texts(ledger_pdf(ledger(0, rows=[["1", story, ""]]))))
    assert said.count("句") == 899


def test_amounts_end_at_the_same_place() -> None:
    amounts = ["5.50", "12345.50"]
    paper = Ledger("付款", "一小", [Column("金额", 1, "right")], [[text] for text in amounts])
    page = pages(ledger_pdf(paper))[0]
    ends = [where(page, text)[0] + width(text, fonts.REGULAR, 9) for text in amounts]
    assert ends[0] == pytest.approx(ends[1], abs=0.05)


def test_columns_of_one_group_stand_under_its_heading() -> None:
    papers = "随货证明文件"
    columns = [Column("产品名称"), Column("许可证", group=papers), Column("购货凭证", group=papers)]
    page = pages(ledger_pdf(Ledger("查验", "一小", columns, [["米", "√", "√"]])))[0]
    assert where(page, "许可证")[1] < where(page, "产品名称")[1] < where(page, papers)[1]


def test_a_print_says_its_number_and_version_and_which_it_replaces() -> None:
    said = texts(ledger_pdf(ledger(60, print=PRINT)))
    for page in said:
        assert "编号 RK-2025-0117 · 第 2 版" in page
        assert "替代编号 RK-2025-0117 第 1 版，原版作废" in page
    assert "替代" not in texts(ledger_pdf(ledger(1, print=replace(PRINT, replaces=None))))[0]


def test_an_english_reader_gets_english_furniture() -> None:
    assert "Page 1 of 1" in texts(ledger_pdf(ledger(1, lang="en")))[0]


def test_a_form_leaves_rows_high_enough_to_write_in() -> None:
    page = pages(ledger_pdf(Ledger("留样", "一小", [Column("菜名")], [["甲"], ["乙"], ["丙"]], row_mm=9)))[0]
    steps = [upper - lower for upper, lower in pairwise(where(page, text)[1] for text in "甲乙丙")]
    assert steps == pytest.approx([9 * MM] * 2, abs=0.1)
    assert len(texts(ledger_pdf(ledger(3, blank_rows=60)))) == 3


def test_a_slip_has_the_size_of_dot_matrix_paper_and_no_grey() -> None:
    paper = ledger(4, sheet=SLIP, total=["合计", "", "1"], print=PRINT, signatures=["领取人"])
    page = pages(ledger_pdf(paper))[0]
    size = (float(page.mediabox.width), float(page.mediabox.height))
    assert size == pytest.approx((241 * MM, 140 * MM), abs=0.01)
    greys = re.findall(rb"([\d.]+) [gG]\b", page.get_contents().get_data())
    assert set(greys) == {b"0"}


def test_a_printer_that_is_off_is_set_right_in_tenths_of_a_millimetre() -> None:
    shifted, straight = (pages(ledger_pdf(ledger(40, sheet=sheet))) for sheet in (SLIP.shifted(15, -8), SLIP))
    assert len(shifted) > 1
    for page, usual in zip(shifted, straight, strict=True):
        moved = [new - old for new, old in zip(_moved(page), _moved(usual), strict=True)]
        assert moved == pytest.approx([1.5 * MM, 0.8 * MM], abs=0.001)


def _moved(page: PageObject) -> list[float]:
    """How far the page's content is moved right and up."""
    moves = re.findall(rb"1 0 0 1 ([\d.-]+) ([\d.-]+) cm", page.get_contents().get_data())
    return [float(number) for number in moves[1]]


def test_bold_is_another_type_than_regular() -> None:
    names = {str(font) for font in _fonts(ledger_pdf(ledger(1)))}
    assert any(name.endswith("CanteenSans-Regular") for name in names)
    assert any(name.endswith("CanteenSans-Bold") for name in names)
    assert widths(fonts.BOLD)["i"] > widths(fonts.REGULAR)["i"]


def _fonts(pdf: bytes) -> list[str]:
    return [font.get_object()["/BaseFont"] for font in pages(pdf)[0]["/Resources"]["/Font"].values()]


def test_a_rare_character_is_drawn_or_shown_as_a_box_with_its_code() -> None:
    said = texts(ledger_pdf(ledger(0, rows=[["1", "张\U000312cf", "☑"], ["2", "王\U0002b5af", ""]])))[0]
    assert "张□U+312CF" in said
    assert "□U+2611" in said
    assert "王\U0002b5af" in said, "beyond the basic plane, but in the font: drawn, and copied exactly"


@given(st.text(min_size=1))
def test_nothing_is_dropped_whatever_is_typed(text: str) -> None:
    shown = drawable(text)
    assert len(shown) >= len(text)
    assert drawable(shown) == shown


@settings(max_examples=200)
@given(st.text(alphabet="米饭，。（）《》abc12 ：", max_size=60), st.integers(1000, 12000))
def test_lines_keep_to_their_column_and_break_as_chinese_does(text: str, ems: int) -> None:
    lines = wrap(text, fonts.REGULAR, ems)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(widths(fonts.REGULAR).of(line) <= ems or len(line) == 1 for line in lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("外包装完好，无异味", ("外包装完", "好，无异味")),
        ("按量取用（克）", ("按量取用", "（克）")),
        ("共3袋ABC12", ("共3袋", "ABC12")),
    ],
)
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket(
    text: str, lines: tuple[str, ...]
) -> None:
    assert wrap(text, fonts.REGULAR, 5000) == lines


def week(days: int, dishes: int) -> Poster:
    menu = [Dish(f"第{n}道土豆牛肉", "牛肉50 土豆60 克", ("微辣",)) for n in range(1, dishes + 1)]
    names = [f"周{name}" for name in "一二三四五六日"[:days]]
    meals = ["早餐", "午餐", "晚餐"]
    return Poster("一周带量食谱", "文林镇第一小学", names, meals, [[menu] * days] * 3, print=PRINT)


POSTERS = [
    (5, 2, A4_LANDSCAPE, 1),
    (5, 7, A4_LANDSCAPE, 1),
    (7, 7, A3_LANDSCAPE, 1),
    (7, 12, A4_LANDSCAPE, 3),
    (7, 40, A3_LANDSCAPE, 6),
]


@pytest.mark.parametrize(("days", "dishes", "sheet", "count"), POSTERS)
def test_a_week_stands_on_one_poster_or_goes_on_where_it_would_be_too_small_to_read(
    days: int, dishes: int, sheet: Sheet, count: int
) -> None:
    drawn = pages(poster_pdf(replace(week(days, dishes), sheet=sheet)))
    assert len(drawn) == count
    said = "".join(page.extract_text() for page in drawn)
    assert [said.count(f"第{n}道土豆牛肉") for n in range(1, dishes + 1)] == [days * 3] * dishes
    for page in drawn:
        content = page.get_contents().get_data()
        baselines = re.findall(rb" ([\d.]+) Tm \S", content)
        assert min(float(y) for y in baselines if y != b"0") >= 12 * MM
        assert min(float(size) for size in re.findall(rb"/F\S+ ([\d.]+) Tf", content)) >= 5


def test_a_short_row_does_not_stand_alone_on_a_page() -> None:
    """Three meals of which two fill a page, then a line: the line shares the last meal's page."""
    meal = [Dish(f"菜{n}", "配料10g") for n in range(9)]
    cells = [[meal] * 7] * 3 + [[[Dish("", "能量800千卡")]] * 7]
    paper = Poster("食谱", "一小", ["日"] * 7, ["早餐", "午餐", "晚餐", "营养"], cells)
    said = texts(poster_pdf(paper))
    assert len(said) > 1
    assert "营养" in said[-1] and "晚餐" in said[-1]


def test_a_meal_of_unequal_dishes_goes_on_without_running_over_its_notices() -> None:
    rich = Dish("什锦", " ".join(f"配料{n}号{n}g" for n in range(40)))
    cells = [[[rich] * 9 + [Dish(f"清淡{n}") for n in range(60)], []]]
    paper = Poster("食谱", "一小", ["周一", "周二"], ["午餐"], cells, notices=["举报电话"])
    for page in pages(poster_pdf(paper)):
        lines = [where(page, line)[1] for line in page.extract_text().splitlines() if line.startswith("配料")]
        names = [where(page, f"清淡{n}")[1] for n in range(60) if f"清淡{n}" in page.extract_text()]
        assert min(lines + names) > where(page, "举报电话")[1]


def test_an_ingredient_and_its_grams_stay_on_one_line() -> None:
    dish = Dish("什锦", "牛肉75g 土豆125g 胡萝卜25g 洋葱5g", ("含大豆",))
    paper = Poster("食谱", "一小", [f"周{n}" for n in range(9)], ["午餐"], [[[dish]] * 9])
    said = pages(poster_pdf(paper))[0].extract_text().split()
    assert {"牛肉75g", "土豆125g", "胡萝卜25g", "洋葱5g"} <= set(said)


def test_the_code_on_a_photographed_sheet_is_read(tmp_path: Path) -> None:
    photo = tmp_path / "sheet"
    _rasterised(ledger_pdf(ledger(20, print=PRINT)), photo)
    assert codes.read(photo.with_suffix(".png").read_bytes()) == [PRINT.code]


def _rasterised(pdf: bytes, target: Path) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", "-", str(target)], input=pdf, check=True)


def test_fonts_are_made_once_and_a_second_maker_finds_them(tmp_path: Path) -> None:
    for name in fonts.WEIGHTS:
        source = next(fonts.home().glob(f"{name}-*.ttf"))
        (tmp_path / source.name).symlink_to(source)
    before = {file.name for file in tmp_path.iterdir()}
    fonts.make(tmp_path, fonts.BOLD)
    assert fonts.ready(tmp_path)
    assert {file.name for file in tmp_path.glob("*.ttf")} == before
