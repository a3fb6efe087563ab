"""The headings of a table, in one row or, where columns form groups, in two."""

from collections.abc import Sequence
from itertools import groupby

from canteen.kit.paper import fonts
from canteen.kit.paper.frame import BODY
from canteen.kit.paper.pen import Pen
from canteen.kit.paper.table import LEADING, PADDING, Slot, span
from canteen.kit.paper.text import drawable, wrap
from canteen.kit.paper.values import Column


class Head:
    """The repeated first row of a table; `height` is the same on every page."""

    def __init__(self, columns: Sequence[Column], places: Sequence[Slot]) -> None:
        self._left, self._right = places[0].left, places[-1].left + places[-1].width
        self._single: list[tuple[Slot, Sequence[str]]] = []
        self._under: list[tuple[Slot, Sequence[str]]] = []
        self._over: list[tuple[Slot, Sequence[str]]] = []
        for group, pairs in groupby(zip(columns, places, strict=True), key=lambda pair: pair[0].group):
            self._take(group, [(place, _lines(column.title, place)) for column, place in pairs])
        upper = _height(self._over) if self._over else 0.0
        lower = max(_height(self._under) if self._under else 0.0, _height(self._single) - upper)
        self._upper, self.height = upper, upper + lower

    def _take(self, group: str, titled: list[tuple[Slot, Sequence[str]]]) -> None:
        if not group:
            self._single += titled
            return
        whole = span([place for place, _ in titled], "centre")
        self._over.append((whole, _lines(group, whole)))
        self._under += titled

    def draw(self, pen: Pen, top: float) -> float:
        """Write it with its lines; returns where the first row of the table begins."""
        middle, bottom = top + self._upper, top + self.height
        pen.ground([(self._left, top, self._right - self._left, self.height)])
        pen.lines([(self._left, top, self._right, top), (self._left, top, self._left, bottom)])
        for cells, upper, lower in (
            (self._single, top, bottom),
            (self._over, top, middle),
            (self._under, middle, bottom),
        ):
            _draw(pen, cells, upper, lower)
        return bottom


def _draw(pen: Pen, cells: Sequence[tuple[Slot, Sequence[str]]], top: float, bottom: float) -> None:
    for place, lines in cells:
        y = top + (bottom - top - len(lines) * LEADING) / 2 + 0.8 * LEADING
        right = place.left + place.width
        pen.lines([(right, top, right, bottom), (place.left, bottom, right, bottom)])
        for line in lines:
            pen.write(place.left + place.width / 2, y, line, BODY, bold=True, at=0.5)
            y += LEADING


def _lines(title: str, place: Slot) -> Sequence[str]:
    return wrap(drawable(title), fonts.BOLD, place.ems)


def _height(cells: Sequence[tuple[Slot, Sequence[str]]]) -> float:
    return max((len(lines) for _, lines in cells), default=1) * LEADING + 2 * PADDING
