"""Labels at exactly the size of the roll, and on A4 sheets to cut."""

import re
from io import BytesIO

import pytest
from pypdf import PageObject, PdfReader

from canteen.kit.labels import Label, label_pages, label_sheets
from canteen.kit.paper import LABELS
from canteen.kit.paper.sheets import MM

SAMPLE = Label(
    "土豆牛肉",
    ["11月21日 午餐 留样 125 g", "保存至：11月22日 12:05", "留样人：王建国", "留样柜 2 层"],
    "https://canteen.example/s/17",
)


def pages(pdf: bytes) -> list[PageObject]:
    return list(PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize(("name", "size"), [("40x30", (40, 30)), ("50x30", (50, 30)), ("60x40", (60, 40))])
def test_each_label_is_a_page_of_exactly_its_size(name: str, size: tuple[int, int]) -> None:
    printed = pages(label_pages([SAMPLE] * 3, LABELS[name]))
    assert len(printed) == 3
    for page in printed:
        box = (float(page.mediabox.width), float(page.mediabox.height))
        assert box == pytest.approx((size[0] * MM, size[1] * MM), abs=0.01)
        for text in (SAMPLE.title, *SAMPLE.lines):
            assert text in page.extract_text()


def test_a_long_label_shrinks_until_nothing_runs_off_it() -> None:
    crowded = Label(
        "农家小炒肉配手撕包菜（少油少盐）", [*SAMPLE.lines, *SAMPLE.lines, *SAMPLE.lines], SAMPLE.code
    )
    page = pages(label_pages([crowded], LABELS["40x30"]))[0]
    baselines = [float(y) for y in re.findall(rb" ([\d.]+) Tm \S", page.get_contents().get_data())]
    assert len(baselines) >= 14
    assert min(y for y in baselines if y) > 1.4 * MM


def test_a_label_without_a_code_is_only_text() -> None:
    page = pages(label_pages([Label("盐", ["开封：11月21日"])], LABELS["40x30"]))[0]
    assert "/XObject" not in page["/Resources"]


def test_an_a4_sheet_holds_a_grid_and_a_begun_sheet_is_used_up() -> None:
    size = LABELS["50x30"]  # three across, nine down
    assert len(pages(label_sheets([SAMPLE] * 27, size))) == 1
    begun = pages(label_sheets([SAMPLE] * 27, size, used=2))
    assert [page.extract_text().count("土豆牛肉") for page in begun] == [25, 2]


def test_no_label_makes_an_empty_sheet_and_not_an_error() -> None:
    assert len(pages(label_sheets([], LABELS["40x30"]))) == 1
