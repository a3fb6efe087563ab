"""Draws on ReportLab's canvas: measured from the top left corner in points, quickly.

A page's texts are collected by typeface and written as one text object each. That leaves out what
`drawString` does for every single string and makes layout as cheap as bare drawing.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from threading import Lock

from reportlab import rl_config
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from canteen.kit import codes
from canteen.kit.paper import fonts
from canteen.kit.paper.sheets import MM, Sheet
from canteen.kit.paper.text import drawable, widths

rl_config.useA85 = 0  # binary streams: ASCII armour makes them a quarter longer and helps nobody

Placed = tuple[float, float, str]
_ONE_AT_A_TIME = Lock()  # ReportLab's fonts keep a reading position; two papers at once would mix them up
_CODE_SIDE = 1000
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
INK, FAINT, GREY, LINE, GROUND, TINT = 0.0, 0.3, 0.45, 0.55, 0.92, 0.965


class Pen:
    """One paper being drawn."""

    def __init__(self, sheet: Sheet, title: str, author: str = "", lang: str = "zh_CN") -> None:
        self.sheet = sheet
        self._out = BytesIO()
        self._lang = lang.replace("_", "-")
        self._canvas = Canvas(self._out, (sheet.width, sheet.height), pageCompression=1, lang=self._lang)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setCreator("Canteen")
        self._texts: defaultdict[tuple[str, float, float], list[Placed]] = defaultdict(list)
        self._codes: dict[str, str] = {}
        self._begin()

    def texts(self, size: float, bold: bool = False, grey: float = INK) -> list[Placed]:
        """The list that takes this page's texts of one typeface as (x, baseline, drawable text)."""
        tone = INK if self.sheet.pure_black else grey
        return self._texts[fonts.BOLD if bold else fonts.REGULAR, size, tone]

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        at: float = 0,
        grey: float = INK,
    ) -> None:
        """One line whose baseline is at y; `at` is 0 when x is its left end, 0.5 its middle, 1 its right."""
        shown = drawable(text)
        if at:
            x -= at * widths(fonts.BOLD if bold else fonts.REGULAR).of(shown) * size / 1000
        self.texts(size, bold, grey).append((x, y, shown))

    def lines(self, segments: Sequence[tuple[float, float, float, float]], thick: float = 0.5) -> None:
        """Straight lines (x1, y1, x2, y2), all in one stroke."""
        self._canvas.setLineWidth(thick)
        self._canvas.setStrokeGray(INK if self.sheet.pure_black else LINE)
        self._canvas.lines([(x1, self._up(y1), x2, self._up(y2)) for x1, y1, x2, y2 in segments])

    def ground(self, boxes: Sequence[tuple[float, float, float, float]], grey: float = GROUND) -> None:
        """Lightly shaded boxes (x, y, width, height); nothing on paper that must stay pure black."""
        if self.sheet.pure_black or not boxes:
            return
        path = self._canvas.beginPath()
        for x, y, width, height in boxes:
            path.rect(x, self._up(y + height), width, height)
        self._canvas.setFillGray(grey)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def code(self, text: str, x: float, y: float, side: float) -> None:
        """The QR of `text` with its top left corner at (x, y)."""
        if text not in self._codes:  # kept once in the file, however many pages show it
            self._codes[text] = f"code{len(self._codes)}"
            self._canvas.beginForm(self._codes[text], 0, 0, _CODE_SIDE, _CODE_SIDE)
            codes.draw(self._canvas, text, 0, 0, _CODE_SIDE)
            self._canvas.endForm()
        self._canvas.saveState()
        self._canvas.setFillGray(INK)
        self._canvas.translate(x, self._up(y + side))
        self._canvas.scale(side / _CODE_SIDE, side / _CODE_SIDE)
        self._canvas.doForm(self._codes[text])
        self._canvas.restoreState()

    def picture(self, drawing: Drawing, x: float, y: float) -> None:
        """A chart of kit.charts with its top left corner at (x, y); its texts in our type."""
        shapes = Drawing(drawing.width, drawing.height)
        for shape in drawing.contents:
            if isinstance(shape, String):
                at, down = _ANCHORS[shape.textAnchor], drawing.height - shape.y
                self.write(x + shape.x, y + down, shape.text, shape.fontSize, at=at)
            else:
                shapes.add(shape)
        renderPDF.draw(shapes, self._canvas, x, self._up(y + drawing.height))

    def photo(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """A JPEG within a box whose top left corner is at (x, y), in its own proportions."""
        image = ImageReader(BytesIO(data))
        across, down = image.getSize()
        scale = min(width / across, height / down)
        wide, high = across * scale, down * scale
        self._canvas.drawImage(image, x + (width - wide) / 2, self._up(y + high), wide, high)

    def next_page(self) -> None:
        """Finish this page and begin another."""
        self._flush()
        self._canvas.showPage()
        self._begin()

    def finished(self) -> bytes:
        """The PDF. The page under the pen is its last."""
        self._flush()
        self._canvas.save()
        return self._out.getvalue()

    def _begin(self) -> None:
        self._canvas.translate(self.sheet.right_tenths * MM / 10, -self.sheet.down_tenths * MM / 10)

    def _up(self, y: float) -> float:
        return self.sheet.height - y

    def _flush(self) -> None:
        height = self.sheet.height
        for (font, size, grey), placed in self._texts.items():
            self._canvas.setFillGray(grey)
            text = self._canvas.beginText()
            text.setFont(font, size)
            for x, y, line in placed:
                text.setTextOrigin(x, height - y)
                text.textLine(line)  # unlike textOut it does not measure the line again
            self._canvas.drawText(text)
        self._texts.clear()


@contextmanager
def drawing(sheet: Sheet, title: str, author: str = "", lang: str = "zh_CN") -> Iterator[Pen]:
    """A pen for one paper, when no other is being drawn in this process; waits for the fonts.

    Blocking: call it in a thread.
    """
    with _ONE_AT_A_TIME:
        fonts.load(fonts.home())
        yield Pen(sheet, title, author, lang)
