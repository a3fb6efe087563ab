"""A week for the wall: days across, meals down, the type as large as the page allows.

What would be too small to read on one page goes on on the next: whole meals where they fit a page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import ceil, sqrt

from canteen.kit.paper import fonts
from canteen.kit.paper.cells import Cell, Measured, cell, cell_height, measured, write_cell
from canteen.kit.paper.frame import BODY, Heading, footer, footer_height
from canteen.kit.paper.pen import GROUND, TINT, Pen, drawing
from canteen.kit.paper.sheets import MM
from canteen.kit.paper.text import drawable, fitting, wrap
from canteen.kit.paper.values import Poster

_LARGEST, _STEP = 13.0, 0.95
_LEAST = 7.0  # points of a dish's name; what does not fit at this size needs another page
_MEAL_WIDTH = 14 * MM
_MOST_GROWTH = 1.4
_TIME = 0.8  # what stands beneath a meal's name, against the name
_NAME_LEADING = 1.3
_NOTICE_LEADING = 1.4 * BODY


def poster_pdf(poster: Poster) -> bytes:
    """The poster as a PDF, of one page where the type stays readable. Blocking: call it in a thread."""
    with drawing(poster.sheet, poster.title, poster.school, poster.lang) as pen:
        heading = Heading(poster.sheet, poster.title, poster.school, poster.period)
        notices = _Notices(poster)
        top = poster.sheet.margin + heading.height
        pages = _pages(poster, notices.top - top)
        for number, page in enumerate(pages, 1):
            if number > 1:
                pen.next_page()
            heading.draw(pen)
            _Grid(page, top, notices.top).draw(pen)
            notices.draw(pen)
            footer(pen, poster.print, number, len(pages), poster.lang)
        return pen.finished()


class _Notices:
    """Permanent lines above the foot of every page; `top` is where they begin."""

    def __init__(self, poster: Poster) -> None:
        sheet = self._sheet = poster.sheet
        self._size = BODY * sheet.scale
        self._leading = _NOTICE_LEADING * sheet.scale
        room = (sheet.width - 2 * sheet.margin) * 1000 / self._size
        self._lines = [line for text in poster.notices for line in wrap(drawable(text), fonts.REGULAR, room)]
        bottom = sheet.height - sheet.margin - footer_height(poster.print)
        self.top = bottom - len(self._lines) * self._leading - 2 * MM

    def draw(self, pen: Pen) -> None:
        for number, line in enumerate(self._lines, 1):
            pen.write(self._sheet.margin, self.top + 1 * MM + number * self._leading, line, self._size)


Days = Sequence[Sequence[Measured]]


@dataclass(frozen=True, slots=True)
class _Meal:
    """The dishes of a meal by day, and the lines that they make at some type size."""

    name: str
    days: Days
    cells: Sequence[Cell]
    height: float


@dataclass(frozen=True, slots=True)
class _Page:
    """The meals of one page at its type size."""

    poster: Poster
    meals: Sequence[_Meal]
    size: float

    @property
    def height(self) -> float:
        return 2 * self.size + sum(meal.height for meal in self.meals)


class _Grid:
    """The table of a page between `top` and `bottom`."""

    def __init__(self, page: _Page, top: float, bottom: float) -> None:
        poster, sheet = page.poster, page.poster.sheet
        self.poster, self.meals, self.size, self.top = poster, page.meals, page.size, top
        self.outer, self.left = sheet.margin, sheet.margin + _MEAL_WIDTH * sheet.scale
        self.across = _across(poster)
        self.right = self.left + self.across * len(poster.days)
        self.stretch = 1 + (bottom - top - page.height) / max(page.height - 2 * page.size, 1)

    def draw(self, pen: Pen) -> None:
        y = self._days(pen)
        for meal in self.meals:
            y = self._meal(pen, meal, y)
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

    def _meal(self, pen: Pen, meal: _Meal, top: float) -> float:
        """One meal's row: its name at the left, the cells of each day, the line above."""
        height, largest = meal.height * self.stretch, min(self.size, 12 * self.poster.sheet.scale)
        across = self.left - self.outer
        pen.ground([(self.outer, top, across, height)], TINT)
        self._name(pen, meal.name, (top, height), largest)
        pen.lines([(self.outer, top, self.right, top)])
        for place, lines in enumerate(meal.cells):
            write_cell(pen, lines, self.left + place * self.across + 0.4 * self.size, top + 2)
        return top + height

    def _name(self, pen: Pen, name: str, row: tuple[float, float], largest: float) -> None:
        """A meal's name in bold, what follows smaller beneath it, in the middle of `row` (top, height)."""
        across = self.left - self.outer
        first, *more = name.split("\n")
        sizes = [
            fitting(drawable(first), fonts.BOLD, largest, across - 4),
            *(fitting(drawable(line), fonts.REGULAR, _TIME * largest, across - 4) for line in more),
        ]
        top, height = row
        high = _NAME_LEADING * sum(sizes)
        sizes = [size * min(1.0, height / high) for size in sizes]
        y = top + max(0.0, height - high) / 2
        for place, (line, size) in enumerate(zip([first, *more], sizes, strict=True)):
            y += _NAME_LEADING * size
            below = (_NAME_LEADING - 0.7) / 2 * size  # the line's share under its letters
            pen.write(self.outer + across / 2, y - below, line, size, bold=place == 0, at=0.5)


def _across(poster: Poster) -> float:
    """The width of a day, in points."""
    sheet = poster.sheet
    return (sheet.width - 2 * sheet.margin - _MEAL_WIDTH * sheet.scale) / max(len(poster.days), 1)


def _pages(poster: Poster, room: float) -> list[_Page]:
    """All on one page at the largest type size that fits, else on as many as the least size needs."""
    rows = list(zip(poster.meals, map(measured, poster.cells), strict=True))
    size = _LARGEST * poster.sheet.scale
    while size >= _LEAST:
        page = _page(poster, rows, size)
        if page.height <= room:
            return [page]
        # lines grow in height and in number: two at a time
        size *= min(_STEP, sqrt(max(room, 1) / page.height))
    return _grown(_shared(_page(poster, rows, _LEAST), room), room)


def _page(poster: Poster, rows: Iterable[tuple[str, Days]], size: float) -> _Page:
    across, meals = _across(poster), []
    for name, days in rows:
        cells = [cell(dishes, across, size) for dishes in days]
        meals.append(_Meal(name, days, cells, max(map(cell_height, cells), default=0) + 6))
    return _Page(poster, meals, size)


def _shared(whole: _Page, room: float) -> list[_Page]:
    """The meals shared out over as few pages as can be, evenly, so that none is left half empty.

    A meal higher than a page is parted between its dishes.
    """
    free = room - 2 * whole.size
    meals = [part for row in whole.meals for part in _parted(whole, row, free)]
    fewest = len(_filled(meals, free))
    sums = (list(accumulate(meal.height for meal in meals[first:])) for first in range(len(meals)))
    heights = sorted({height for row in sums for height in row if height <= free})
    even = next((h for h in heights if len(_filled(meals, h)) == fewest), free)
    return [replace(whole, meals=page) for page in _filled(meals, even)]


def _filled(meals: Sequence[_Meal], room: float) -> list[list[_Meal]]:
    """The meals in order, page by page."""
    pages: list[list[_Meal]] = []
    left = 0.0
    for meal in meals:
        if not pages or meal.height > left:
            pages.append([])
            left = room
        pages[-1].append(meal)
        left -= meal.height
    return pages


def _parted(page: _Page, meal: _Meal, room: float) -> Sequence[_Meal]:
    """A meal in as few parts as fit `room` points each, with as many dishes in each."""
    most = max(map(len, meal.days), default=1) or 1
    parts: Sequence[_Meal] = [meal]
    count = max(ceil(meal.height / max(room, 1)), 1)
    while any(part.height > room for part in parts) and count <= most:
        each = ceil(most / count)
        cut = ([dishes[n * each : (n + 1) * each] for dishes in meal.days] for n in range(count))
        parts = _page(page.poster, [(meal.name, days) for days in cut if any(days)], page.size).meals
        count += 1
    return parts


def _grown(pages: list[_Page], room: float) -> list[_Page]:
    """The same pages in larger type, as far as the fullest one allows."""
    size = _LEAST * min(sqrt(room / max(page.height for page in pages)), _MOST_GROWTH)
    while size > _LEAST:
        larger = [_page(page.poster, [(m.name, m.days) for m in page.meals], size) for page in pages]
        if all(page.height <= room for page in larger):
            return larger
        size *= _STEP
    return pages
