"""A week for the wall: days across, meals down, the type as large as one page allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from canteen.kit.paper import fonts
from canteen.kit.paper.frame import BODY, Heading, footer, footer_height
from canteen.kit.paper.pen import FAINT, GROUND, TINT, Pen, drawing
from canteen.kit.paper.sheets import MM
from canteen.kit.paper.text import drawable, fitting, wrap
from canteen.kit.paper.values import Dish, Poster

_LARGEST, _STEP = 13.0, 0.95
_SMALL_TYPE = 0.72
_UNREADABLE = 2.0  # points; smaller than this nothing is won by shrinking on
_MEAL_WIDTH = 14 * MM


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    bold: bool
    size: float
    gap: float  # free space above, in points

    @property
    def height(self) -> float:
        return self.gap + 1.28 * self.size


Cell = Sequence[_Line]


def poster_pdf(poster: Poster) -> bytes:
    """The poster as a PDF of one page. Blocking: call it in a thread."""
    with drawing(poster.sheet, poster.title, poster.school, poster.lang) as pen:
        heading = Heading(poster.sheet, poster.title, poster.school, poster.period)
        heading.draw(pen)
        top = poster.sheet.margin + heading.height
        bottom = poster.sheet.height - poster.sheet.margin - footer_height(poster.print)
        _Grid(poster, top, _notices(pen, poster, bottom)).draw(pen)
        footer(pen, poster.print, 1, 1, poster.lang)
        return pen.finished()


def _notices(pen: Pen, poster: Poster, bottom: float) -> float:
    """Permanent lines above the foot; returns where they begin."""
    room = (poster.sheet.width - 2 * poster.sheet.margin) * 1000 / BODY
    lines = [line for text in poster.notices for line in wrap(drawable(text), fonts.REGULAR, room)]
    top = bottom - len(lines) * 1.4 * BODY - 2 * MM
    for number, line in enumerate(lines, 1):
        pen.write(poster.sheet.margin, top + 1 * MM + number * 1.4 * BODY, line, BODY)
    return top


class _Grid:
    """The table of a poster between `top` and `bottom`, at the largest type size that fits."""

    def __init__(self, poster: Poster, top: float, bottom: float) -> None:
        sheet = poster.sheet
        self.poster, self.top = poster, top
        self.outer, self.left = sheet.margin, sheet.margin + _MEAL_WIDTH
        self.across = (sheet.width - sheet.margin - self.left) / max(len(poster.days), 1)
        self.right = self.left + self.across * len(poster.days)
        self.size, self.meals = _fitted(poster, self.across, bottom - top)
        used = 2 * self.size + sum(map(_meal_height, self.meals))
        self.spare = (bottom - top - used) / max(len(self.meals), 1)

    def draw(self, pen: Pen) -> None:
        y = self._days(pen)
        for name, cells in zip(self.poster.meals, self.meals, strict=True):
            y = self._meal(pen, name, cells, y)
        downs = [self.outer, *(self.left + n * self.across for n in range(len(self.poster.days) + 1))]
        ends = [(self.outer, at, self.right, at) for at in (self.top, y)]
        pen.lines([*((x, self.top, x, y) for x in downs), *ends])

    def _days(self, pen: Pen) -> float:
        height = 2 * self.size
        pen.ground([(self.outer, self.top, self.right - self.outer, height)], GROUND)
        for place, day in enumerate(self.poster.days):
            x = self.left + (place + 0.5) * self.across
            size = fitting(drawable(day), fonts.BOLD, self.size, self.across - 4)
            pen.write(x, self.top + 1.35 * self.size, day, size, bold=True, at=0.5)
        return self.top + height

    def _meal(self, pen: Pen, name: str, cells: Sequence[Cell], top: float) -> float:
        """One meal's row: its name at the left, the cells of each day, the line above."""
        height, largest = _meal_height(cells) + self.spare, min(self.size, 12 * self.poster.sheet.scale)
        size = fitting(drawable(name), fonts.BOLD, largest, _MEAL_WIDTH - 4)
        pen.ground([(self.outer, top, _MEAL_WIDTH, height)], TINT)
        pen.write(
            self.outer + _MEAL_WIDTH / 2, top + (height + 0.7 * size) / 2, name, size, bold=True, at=0.5
        )
        pen.lines([(self.outer, top, self.right, top)])
        for place, cell in enumerate(cells):
            _write(pen, cell, self.left + place * self.across + 0.4 * self.size, top + 2)
        return top + height


def _fitted(poster: Poster, across: float, room: float) -> tuple[float, list[list[Cell]]]:
    """The largest type size at which all meals stand in the room, and the cells broken at that size."""
    size = _LARGEST * poster.sheet.scale
    while True:
        meals = [[_cell(dishes, across, size) for dishes in days] for days in poster.cells]
        needed = sum(map(_meal_height, meals)) + 2 * size
        if needed <= room or size < _UNREADABLE:
            return size, meals
        size *= min(_STEP, sqrt(max(room, 1) / needed))  # lines grow in height and in number: two at a time


def _cell(dishes: Sequence[Dish], across: float, size: float) -> Cell:
    room = across - 0.8 * size
    return [line for dish in dishes for line in _dish(dish, room, size)]


def _dish(dish: Dish, room: float, size: float) -> Iterator[_Line]:
    small = size * _SMALL_TYPE
    for number, text in enumerate(wrap(drawable(dish.name), fonts.BOLD, room * 1000 / size)):
        yield _Line(text, True, size, 0 if number else 0.3 * size)
    under = "　".join(text for text in (dish.contents, " · ".join(dish.tags)) if text)
    if under:
        for text in wrap(drawable(under), fonts.REGULAR, room * 1000 / small):
            yield _Line(text, False, small, 0)


def _meal_height(cells: Sequence[Cell]) -> float:
    return max((sum(line.height for line in cell) for cell in cells), default=0) + 6


def _write(pen: Pen, cell: Cell, x: float, y: float) -> None:
    for line in cell:
        y += line.height
        pen.write(
            x, y - 0.28 * line.size, line.text, line.size, bold=line.bold, grey=0.0 if line.bold else FAINT
        )
