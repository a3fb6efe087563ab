"""Our ledger against ReportLab's bare drawing of the same strings and lines, in one process."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from statistics import median
from time import perf_counter
from typing import Any, ClassVar

import pytest
from reportlab.pdfgen.canvas import Canvas

from canteen.kit.paper import (
    A4,
    A4_LANDSCAPE,
    Column,
    Dish,
    Ledger,
    Poster,
    Signed,
    ledger_pdf,
    pen,
    poster_pdf,
)
from canteen.kit.paper.pen import Pen, Placed

ROUNDS = 15
Box = tuple[float, float, float, float]
GOODS = ["土豆", "五花肉", "有机花菜", "大米", "菜籽油", "鲜牛奶", "鸡蛋", "豆腐干", "黄瓜", "番茄", "香菇"]
FIRMS = ["绿源农产品有限公司", "城北市场李记蔬菜批发部", "仁寿县粮油公司", "中农批冷链配送中心"]


def deliveries(count: int) -> list[list[str]]:
    """Rows of which hardly two texts are the same, some of them longer than their column."""
    dice = random.Random(7)
    return [
        [
            str(number),
            f"2025-11-{1 + number % 28:02d}",
            dice.choice(GOODS) + dice.choice(["", "（散装）", f" {number} 号"]),
            f"{dice.randint(1, 90)} 公斤",
            dice.choice(FIRMS),
            f"SC{dice.randint(10**13, 10**14 - 1)}",
            f"{dice.randint(100, 99999) / 100:,.2f}",
            dice.choice(["王建国", "李秀英", "张 伟"]),
        ]
        for number in range(1, count + 1)
    ]


def ledger() -> Ledger:
    columns = [
        Column("序号", 0.5, "centre"),
        Column("进货日期", 1.1),
        Column("产品名称", 1.5),
        Column("数量", 0.9, "right"),
        Column("供货者", 1.8),
        Column("许可证编号", 1.7),
        Column("金额（元）", 1.0, "right"),
        Column("记录人", 0.9),
    ]
    signed = Signed("RK-2025-0117", 1, "https://canteen.example/p/RK-2025-0117/1")
    return Ledger("进货查验记录", "文林镇第一小学", columns, deliveries(310), sheet=A4, print=signed)


def poster() -> Poster:
    pairs = zip(GOODS, GOODS[5:], strict=False)
    dishes = [Dish(f"{good}烧{other}", f"{good}60 {other}45 克", ("微辣",)) for good, other in pairs]
    cells = [[dishes[day : day + 5] for day in range(5)] for _ in range(3)]
    days = [f"周{name}" for name in "一二三四五"]
    return Poster("一周食谱", "文林镇第一小学", days, ["早餐", "午餐", "晚餐"], cells, sheet=A4_LANDSCAPE)


@dataclass
class Page:
    """What one page of a finished paper holds: texts by typeface, strokes, grounds."""

    texts: list[tuple[str, float, list[Placed]]] = field(default_factory=list)
    strokes: list[tuple[float, list[Box]]] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)


class Recording(Pen):
    """Our pen, noting what it draws."""

    pages: ClassVar[list[Page]] = []

    def _begin(self) -> None:
        self.pages.append(Page())
        super()._begin()

    def lines(self, segments: Sequence[Box], thick: float = 0.5) -> None:
        high = self.sheet.height
        self.pages[-1].strokes.append((thick, [(a, high - b, c, high - d) for a, b, c, d in segments]))
        super().lines(segments, thick)

    def ground(self, boxes: Sequence[Box], grey: float = 0.9) -> None:
        self.pages[-1].grounds += [(x, self.sheet.height - y - h, w, h) for x, y, w, h in boxes]
        super().ground(boxes, grey)

    def _flush(self) -> None:
        high = self.sheet.height
        for (font, size, _grey), placed in self._texts.items():
            self.pages[-1].texts.append((font, size, [(x, high - y, text) for x, y, text in placed]))
        super()._flush()


def bare(size: tuple[float, float], pages: Sequence[Page]) -> bytes:
    """The same strings, lines and grounds straight on ReportLab's canvas, all of it laid out beforehand;
    the QR of each page is left out, which makes the limit stricter."""
    out = BytesIO()
    canvas = Canvas(out, size, pageCompression=1)
    for page in pages:
        canvas.setFillGray(0.95)
        for box in page.grounds:
            canvas.rect(*box, stroke=0, fill=1)
        canvas.setFillGray(0)
        for thick, strokes in page.strokes:
            canvas.setLineWidth(thick)
            canvas.lines(strokes)
        for font, points, placed in page.texts:
            canvas.setFont(font, points)
            for x, y, text in placed:
                canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def timed(work: Callable[[], bytes]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


@pytest.mark.bench
@pytest.mark.parametrize(("paper", "drawn"), [(ledger(), ledger_pdf), (poster(), poster_pdf)])
def test_a_paper_costs_at_most_half_as_much_again_as_its_bare_strings(
    paper: Any, drawn: Callable[[Any], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    Recording.pages.clear()
    with monkeypatch.context() as patch:
        patch.setattr(pen, "Pen", Recording)
        drawn(paper)
    size = (paper.sheet.width, paper.sheet.height)
    ours, limit = [], []
    for _ in range(ROUNDS):
        ours.append(timed(lambda: drawn(paper)))
        limit.append(timed(lambda: bare(size, Recording.pages)))
    count, ratio = len(Recording.pages), median(ours) / median(limit)
    print(
        f"\n{type(paper).__name__}, {count} pages: {median(ours) / count * 1000:.2f} ms a page, "
        f"bare {median(limit) / count * 1000:.2f} ms, ratio {ratio:.2f}"
    )
    assert ratio <= 1.5
