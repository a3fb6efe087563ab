"""A week for the wall: days across, meals down, the type as large as the page allows.

What would be too small to read on one page goes on on the next: whole meals where they fit a page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

from canteen.kit.paper import fonts
from canteen.kit.paper.frame import BODY, Heading, footer, footer_height
from canteen.kit.paper.pen import FAINT, GROUND, TINT, Pen, drawing
from canteen.kit.paper.sheets import MM
from canteen.kit.paper.text import drawable, fitting, widths, wrap
from canteen.kit.paper.values import Dish, Poster

_LARGEST, _STEP = 13.0, 0.95
_SMALL_TYPE = 0.76
_LEAST = 7.0  # points of a dish's name; what does not fit at this size needs another page
_MEAL_WIDTH = 14 * MM
_MOST_GROWTH = 1.4
_NOTICE_LEADING = 1.4 * BODY


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


@dataclass(frozen=True, slots=True)
class _Page:
    """The meals of one page, broken into lines at its type size."""

    poster: Poster
    names: Sequence[str]
    meals: Sequence[Sequence[Cell]]
    size: float

    @property
    def height(self) -> float:
        return 2 * self.size + sum(map(_meal_height, self.meals))


class _Grid:
    """The table of a page between `top` and `bottom`."""

    def __init__(self, page: _Page, top: float, bottom: float) -> None:
        poster, sheet = page.poster, page.poster.sheet
        self.poster, self.names, self.meals, self.size = poster, page.names, page.meals, page.size
        self.top = top
        self.outer, self.left = sheet.margin, sheet.margin + _MEAL_WIDTH * sheet.scale
        self.across = _across(poster)
        self.right = self.left + self.across * len(poster.days)
        self.stretch = 1 + (bottom - top - page.height) / max(sum(map(_meal_height, self.meals)), 1)

    def draw(self, pen: Pen) -> None:
        y = self._days(pen)
        for name, cells in zip(self.names, self.meals, strict=True):
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
        height, largest = _meal_height(cells) * self.stretch, min(self.size, 12 * self.poster.sheet.scale)
        across = self.left - self.outer
        size = fitting(drawable(name), fonts.BOLD, largest, across - 4)
        pen.ground([(self.outer, top, across, height)], TINT)
        middle = top + (height + 0.7 * size) / 2
        pen.write(self.outer + across / 2, middle, name, size, bold=True, at=0.5)
        pen.lines([(self.outer, top, self.right, top)])
        for place, cell in enumerate(cells):
            _write(pen, cell, self.left + place * self.across + 0.4 * self.size, top + 2)
        return top + height


def _across(poster: Poster) -> float:
    """The width of a day, in points."""
    sheet = poster.sheet
    return (sheet.width - 2 * sheet.margin - _MEAL_WIDTH * sheet.scale) / max(len(poster.days), 1)


def _pages(poster: Poster, room: float) -> list[_Page]:
    """All on one page at the largest type size that fits, else on as many as the least size needs."""
    size = _LARGEST * poster.sheet.scale
    while size >= _LEAST:
        page = _page(poster, size)
        if page.height <= room:
            return [page]
        # lines grow in height and in number: two at a time
        size *= min(_STEP, sqrt(max(room, 1) / page.height))
    return _grown(_shared(_page(poster, _LEAST), room), room)


def _page(poster: Poster, size: float) -> _Page:
    across = _across(poster)
    meals = [[_cell(dishes, across, size) for dishes in days] for days in poster.cells]
    return _Page(poster, poster.meals, meals, size)


def _shared(whole: _Page, room: float) -> list[_Page]:
    """The meals shared out over pages; a meal higher than a page is parted between its dishes."""
    poster = whole.poster
    rows = [
        part
        for name, days, cells in zip(poster.meals, poster.cells, whole.meals, strict=True)
        for part in _parted(name, days, _meal_height(cells), room - 2 * whole.size)
    ]
    pages: list[list[_Row]] = [[]]
    left = room - 2 * whole.size
    for row in rows:
        if row.height > left and pages[-1]:
            pages.append([])
            left = room - 2 * whole.size
        pages[-1].append(row)
        left -= row.height
    parts = ((tuple(row.name for row in rows), tuple(row.days for row in rows)) for rows in pages)
    return [_page(replace(poster, meals=names, cells=cells), whole.size) for names, cells in parts]


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    days: Sequence[Sequence[Dish]]
    height: float


def _parted(name: str, days: Sequence[Sequence[Dish]], height: float, room: float) -> list[_Row]:
    """A meal in as few parts as fit a page each, with as many dishes in each."""
    count = min(ceil(height / room), max(map(len, days), default=1) or 1)
    each = ceil(max(map(len, days), default=0) / count)
    if count == 1:
        return [_Row(name, days, height)]
    cut = ([dishes[n * each : (n + 1) * each] for dishes in days] for n in range(count))
    return [_Row(name, part, height / count) for part in cut]


def _grown(pages: list[_Page], room: float) -> list[_Page]:
    """The same pages in larger type, as far as the fullest one allows."""
    size = _LEAST * min(sqrt(room / max(page.height for page in pages)), _MOST_GROWTH)
    while size > _LEAST:
        larger = [_page(page.poster, size) for page in pages]
        if all(page.height <= room for page in larger):
            return larger
        size *= _STEP
    return pages


def _cell(dishes: Sequence[Dish], across: float, size: float) -> Cell:
    room = across - 0.8 * size
    return [line for dish in dishes for line in _dish(dish, room, size)]


def _dish(dish: Dish, room: float, size: float) -> Iterator[_Line]:
    small = size * _SMALL_TYPE
    names = wrap(drawable(dish.name), fonts.BOLD, room * 1000 / size) if dish.name else ()
    for number, text in enumerate(names):
        yield _Line(text, True, size, 0 if number else 0.3 * size)
    under = " ".join(text for text in (dish.contents, *dish.tags) if text)
    for text in _packed(drawable(under), room * 1000 / small) if under else ():
        yield _Line(text, False, small, 0)


def _packed(text: str, ems: float) -> Iterator[str]:
    """Lines that part between words: 牛肉75g stays whole unless a line cannot hold it."""
    known = widths(fonts.REGULAR)
    blank = known[" "]
    for paragraph in text.split("\n"):
        line, used = "", 0
        for word in paragraph.split(" "):
            across = known.of(word)
            if line and used + blank + across <= ems:
                line, used = f"{line} {word}", used + blank + across
                continue
            if line:
                yield line
            *whole, line = wrap(word, fonts.REGULAR, ems) if across > ems else (word,)
            yield from whole
            used = known.of(line) if whole else across
        yield line


def _meal_height(cells: Sequence[Cell]) -> float:
    return max((sum(line.height for line in cell) for cell in cells), default=0) + 6


def _write(pen: Pen, cell: Cell, x: float, y: float) -> None:
    for line in cell:
        y += line.height
        pen.write(
            x, y - 0.28 * line.size, line.text, line.size, bold=line.bold, grey=0.0 if line.bold else FAINT
        )
