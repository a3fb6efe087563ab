"""Charts drawn once: as SVG in a page, as vectors on paper (`Pen.picture`).

In the page colours follow the theme through the style sheet's own variables, no inline style is used, and
a screen reader is told title and figures. No chart speaks by colour alone: figures stand beside the marks,
lines differ by their dashes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from math import ceil, floor, log10

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, Shape, String
from reportlab.lib.colors import Color, HexColor

from canteen.kit.paper import fonts

INK, MUTE, RULE = HexColor("#1b2018"), HexColor("#59624f"), HexColor("#dfe3d8")
BAND, GOOD, DUE = HexColor("#bfdcc6"), HexColor("#256b3a"), HexColor("#7d5100")
SERIES = (GOOD, HexColor("#c98a1b"), HexColor("#3c6e9f"), HexColor("#858e7c"))
_DASHES = (None, [5, 3], [2, 2], [7, 2, 2, 2])
_VARIABLES = {
    INK: "--ink",
    MUTE: "--mute",
    RULE: "--line",
    BAND: "--band",
    GOOD: "--accent",
    DUE: "--due",
    SERIES[1]: "--chart-2",
    SERIES[2]: "--chart-3",
    SERIES[3]: "--line-strong",
}
Band = tuple[float, float | None]  # from, and up to; None: open above
_SIZE = 11.0
_LEFT, _BOTTOM, _TOP = 40.0, 22.0, 26.0


@dataclass(frozen=True, slots=True)
class Meter:
    """One figure against its target band; `shown` is the figure as written (`33.3 g`), None has no bound."""

    label: str
    value: float
    shown: str
    low: float | None = None
    high: float | None = None

    @property
    def fits(self) -> bool:
        """Neither below nor above the band."""
        return (self.low is None or self.value >= self.low) and (self.high is None or self.value <= self.high)


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of figures, one for each label along the axis; None where there is none."""

    name: str
    values: Sequence[float | None]


def meters(items: Sequence[Meter], width: float = 360) -> Drawing:
    """A bar for each figure, its band behind it; outside the band it is amber and an arrow says which way."""
    drawing = Drawing(width, 24 * max(len(items), 1))
    left, right = 90.0, width - 90.0
    for number, item in enumerate(items):
        y = drawing.height - 24 * (number + 1)
        _draw_all(drawing, _meter(item, left, right - left, y))
    return drawing


def bars(
    labels: Sequence[str],
    series: Sequence[Series],
    band: Band | None = None,
    width: float = 480,
    height: float = 220,
) -> Drawing:
    """Bars side by side for each label (a day), the figure on top of each, the target band behind them."""
    drawing = Drawing(width, height)
    plot = _Plot(drawing, labels, series, band)
    each = plot.step * 0.76 / max(len(series), 1)
    for number, one in enumerate(series):
        for place, value in enumerate(one.values):
            if value is None:
                continue
            x = plot.middle(place) - plot.step * 0.38 + number * each
            bar = Rect(
                x, _BOTTOM, each * 0.9, plot.y(value) - _BOTTOM, fillColor=_tone(number), strokeColor=None
            )
            drawing.add(bar)
            drawing.add(_text(x + each * 0.45, plot.y(value) + 3, _figure(value), "middle", size=9))
    return drawing


def lines(
    labels: Sequence[str],
    series: Sequence[Series],
    band: Band | None = None,
    width: float = 480,
    height: float = 220,
) -> Drawing:
    """Figures over time, the target band behind them; a gap where a figure is missing."""
    drawing = Drawing(width, height)
    plot = _Plot(drawing, labels, series, band)
    for number, one in enumerate(series):
        points = [
            (plot.middle(place), None if v is None else plot.y(v)) for place, v in enumerate(one.values)
        ]
        _draw_all(drawing, _line(points, number))
    return drawing


def svg(drawing: Drawing, title: str, description: str) -> str:
    """The chart for a page. `description` says the figures in words, for those who cannot see it."""
    width, height = _short(drawing.width), _short(drawing.height)
    inside = "".join(_element(shape, drawing.height) for shape in drawing.contents)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {width} {height}">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{inside}</svg>"
    )


class _Plot:
    """Axes, grid, legend and band of a chart, and where a figure stands in it."""

    def __init__(
        self, drawing: Drawing, labels: Sequence[str], series: Sequence[Series], band: Band | None = None
    ) -> None:
        known = [value for one in series for value in one.values if value is not None]
        bounds = [bound for bound in band or () if bound is not None]
        # An open band goes on above its lower bound, so that it can be seen.
        open_above = [bounds[0] * 1.2] if band and band[1] is None else []
        self.ticks = _ticks(max([*known, *bounds, *open_above], default=1))
        self.depth: float = drawing.height - _BOTTOM - _TOP
        self.step: float = (drawing.width - _LEFT) / max(len(labels), 1)
        if band:
            low, high = self.y(band[0]), self.y(self.ticks[-1] if band[1] is None else band[1])
            drawing.add(Rect(_LEFT, low, drawing.width - _LEFT, high - low, fillColor=BAND, strokeColor=None))
        _draw_all(drawing, self._axes(drawing, labels))
        _draw_all(drawing, _legend([one.name for one in series], drawing.height))

    def y(self, value: float) -> float:
        """How high a figure stands; below zero there is nothing."""
        return _BOTTOM + max(value, 0) / self.ticks[-1] * self.depth

    def middle(self, place: int) -> float:
        """The middle of a label's share of the axis."""
        return _LEFT + (place + 0.5) * self.step

    def _axes(self, drawing: Drawing, labels: Sequence[str]) -> Iterator[Shape]:
        for tick in self.ticks:
            yield Line(_LEFT, self.y(tick), drawing.width, self.y(tick), strokeColor=RULE, strokeWidth=1)
            yield _text(_LEFT - 5, self.y(tick) - 4, _figure(tick), "end", tone=MUTE)
        every = ceil(max(len(label) for label in labels) * _SIZE / self.step) if labels else 1
        for place, label in enumerate(labels):
            if place % every == 0:
                yield _text(self.middle(place), 6, label, "middle", tone=MUTE)


def _meter(item: Meter, left: float, room: float, y: float) -> Iterator[Shape]:
    scale = max(item.value, (item.high or item.low or item.value or 1) * 1.3)
    low, high = (item.low or 0) / scale * room, (item.high or scale) / scale * room
    yield _text(left - 8, y + 8, item.label, "end")
    yield Rect(left, y + 4, room, 16, fillColor=RULE, strokeColor=None)
    yield Rect(left + low, y + 4, high - low, 16, fillColor=BAND, strokeColor=None)
    tone = GOOD if item.fits else DUE
    yield Rect(left, y + 9, item.value / scale * room, 6, fillColor=tone, strokeColor=None)
    arrow = "" if item.fits else "↓ " if item.low is not None and item.value < item.low else "↑ "
    yield _text(left + room + 8, y + 8, arrow + item.shown, "start", tone=INK if item.fits else DUE)


def _line(points: Sequence[tuple[float, float | None]], number: int) -> Iterator[Shape]:
    tone = _tone(number)
    for missing, run in groupby(points, key=lambda point: point[1] is None):
        if missing:
            continue
        ends = [(x, y or 0.0) for x, y in run]
        yield PolyLine(
            [at for end in ends for at in end],
            strokeColor=tone,
            strokeWidth=2,
            strokeDashArray=_DASHES[number % len(_DASHES)],
        )
        for x, y in ends:
            yield Circle(x, y, 3, fillColor=tone, strokeColor=None)


def _legend(names: Sequence[str], height: float) -> Iterator[Shape]:
    x = _LEFT
    for number, name in enumerate(names):
        yield Rect(x, height - 14, 10, 10, fillColor=_tone(number), strokeColor=None)
        yield _text(x + 15, height - 13, name, "start")
        x += 30 + _SIZE * sum(0.55 if char.isascii() else 1 for char in name)


def _ticks(most: float) -> list[float]:
    """From zero to at least `most` in four to seven steps of 1, 2 or 5."""
    most = max(most, 1e-9)
    power = 10.0 ** floor(log10(most / 4))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * 5.5 >= most)
    return [step * number for number in range(ceil(most / step - 1e-9) + 1)]


def _draw_all(drawing: Drawing, shapes: Iterator[Shape]) -> None:
    for shape in shapes:
        drawing.add(shape)


def _text(x: float, y: float, text: str, anchor: str, *, tone: Color = INK, size: float = _SIZE) -> String:
    return String(x, y, text, fontName=fonts.REGULAR, fontSize=size, textAnchor=anchor, fillColor=tone)


def _tone(number: int) -> Color:
    return SERIES[number % len(SERIES)]


def _figure(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0") if abs(value) < 1000 else f"{value:,.0f}"


def _element(shape: Shape, height: float) -> str:
    """One shape as SVG: y runs down there, and colours are the theme's."""
    match shape:
        case Rect():
            top = height - shape.y - shape.height
            return _tag("rect", shape, x=shape.x, y=top, width=shape.width, height=shape.height)
        case Line():
            return _tag("line", shape, x1=shape.x1, y1=height - shape.y1, x2=shape.x2, y2=height - shape.y2)
        case Circle():
            return _tag("circle", shape, cx=shape.cx, cy=height - shape.cy, r=shape.r)
        case PolyLine():
            ends = zip(shape.points[::2], shape.points[1::2], strict=True)
            return _tag(
                "polyline", shape, points=" ".join(f"{_short(x)},{_short(height - y)}" for x, y in ends)
            )
        case String():
            return _text_element(shape, height)
    raise TypeError(f"no SVG for {shape!r}")


def _tag(name: str, shape: Shape, **where: float | str) -> str:
    look: dict[str, str] = {"fill": _paint(getattr(shape, "fillColor", None))}
    if shape.strokeColor:
        look |= {"stroke": _paint(shape.strokeColor), "stroke-width": _short(shape.strokeWidth)}
        if dashes := shape.strokeDashArray:
            look["stroke-dasharray"] = " ".join(map(str, dashes))
    places = {key: value if isinstance(value, str) else _short(value) for key, value in where.items()}
    attributes = " ".join(f'{key}="{value}"' for key, value in (places | look).items())
    return f"<{name} {attributes}/>"


def _text_element(shape: String, height: float) -> str:
    return (
        f'<text x="{_short(shape.x)}" y="{_short(height - shape.y)}" font-size="{_short(shape.fontSize)}" '
        f'text-anchor="{shape.textAnchor}" fill="{_paint(shape.fillColor)}">{escape(shape.text)}</text>'
    )


def _paint(tone: Color | None) -> str:
    if tone is None:
        return "none"
    return f"var({_VARIABLES[tone]}, #{tone.hexval()[2:]})"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
