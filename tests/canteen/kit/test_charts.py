"""Charts in the page and on paper."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from canteen.kit import charts
from canteen.kit.charts import Meter, Series
from canteen.kit.paper import A4
from canteen.kit.paper.pen import drawing

WEEK = ["周一", "周二", "周三", "周四", "周五"]
ENERGY = [Series("早餐", [510, 480, None, 505, 530]), Series("午餐", [710, 820, 765, 690, 905])]
LUNCH = [
    Meter("能量", 710, "710 kcal", 665, 880),
    Meter("蛋白质", 33.3, "33.3 g", 14, 24),
    Meter("钙", 180, "180 mg", 297.5),
    Meter("盐", 1.6, "1.6 g", None, 2),
]
SVG = "{http://www.w3.org/2000/svg}"


def page_of(picture: object) -> ElementTree.Element:
    return ElementTree.fromstring(charts.svg(picture, "Energy <week>", "Monday 710 & more"))


@pytest.mark.parametrize(
    "picture",
    [
        charts.meters(LUNCH),
        charts.bars(WEEK, ENERGY, (600, 800)),
        charts.lines(WEEK, ENERGY, (600, 800)),
        charts.lines(WEEK, ENERGY, (600, None)),
    ],
)
def test_a_chart_in_a_page_is_named_told_and_free_of_inline_style(picture: object) -> None:
    root = page_of(picture)
    assert root.get("role") == "img"
    assert (root[0].text, root[1].text) == ("Energy <week>", "Monday 710 & more")
    assert all("style" not in part.attrib and "id" not in part.attrib for part in root.iter())
    paints = {part.get("fill") for part in root.iter()} - {None, "none"}
    assert all(paint.startswith("var(--") for paint in paints), "colours follow the theme"


def test_a_figure_outside_its_band_has_an_arrow_beside_it() -> None:
    said = [text.text for text in page_of(charts.meters(LUNCH)).iter(f"{SVG}text")]
    assert said == ["能量", "710 kcal", "蛋白质", "↑ 33.3 g", "钙", "↓ 180 mg", "盐", "1.6 g"]


def test_a_meal_that_was_not_served_has_no_bar() -> None:
    root = page_of(charts.bars(WEEK, ENERGY))
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("height") != "10"]
    assert len(bars) == 9
    assert "765" in [text.text for text in root.iter(f"{SVG}text")]


def test_a_band_without_an_upper_bound_goes_on_to_the_top() -> None:
    low = [Series("钙", [120, 180])]
    closed, open_above = (page_of(charts.bars(WEEK[:2], low, (300, most)))[2] for most in (320, None))
    assert float(open_above.get("y", "")) == 26, "from the bound up to the top of the plot"
    assert 26 < float(closed.get("y", "")) < 62


def test_a_missing_day_breaks_the_line_and_lines_differ_by_their_dashes() -> None:
    root = page_of(charts.lines(WEEK, ENERGY))
    drawn = list(root.iter(f"{SVG}polyline"))
    assert [len(line.get("points", "").split()) for line in drawn] == [2, 2, 5]
    assert [line.get("stroke-dasharray") for line in drawn] == [None, None, "5 3"]


@given(st.floats(0, 1e9))
def test_the_axis_holds_every_figure_in_a_few_round_steps(most: float) -> None:
    ticks = charts._ticks(most)
    assert ticks[0] == 0
    assert ticks[-1] >= most * 0.999
    assert 2 <= len(ticks) <= 8


@pytest.mark.parametrize("picture", [charts.bars([], []), charts.meters([]), charts.lines(["一"], [])])
def test_a_chart_of_nothing_is_empty_and_no_error(picture: object) -> None:
    assert page_of(picture).tag == f"{SVG}svg"


def test_the_same_chart_stands_on_paper_with_texts_that_can_be_copied() -> None:
    with drawing(A4, "图") as pen:
        pen.picture(charts.meters(LUNCH), 40, 40)
        pen.picture(charts.lines(WEEK, ENERGY), 40, 300)
        pdf = pen.finished()
    said = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    for text in ("蛋白质", "↑ 33.3 g", "周三", "午餐"):
        assert text in said
