"""The dishes of one meal and day on a poster: measured once, broken into lines at any type size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from canteen.kit.paper import fonts
from canteen.kit.paper.pen import FAINT, Pen
from canteen.kit.paper.text import drawable, widths, wrap
from canteen.kit.paper.values import Dish

_SMALL_TYPE = 0.76
Words = Sequence[tuple[str, int]]  # each with its width in thousandths of the type size


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell; `height` in points, with the free space above."""

    text: str
    bold: bool
    size: float
    height: float


Cell = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Measured:
    """A dish whose words know their width: a poster tries several type sizes."""

    name: str
    across: float
    paragraphs: Sequence[Words]


class _Known(dict[str, int]):
    """How wide each word is; a poster says most of its words often."""

    def __missing__(self, word: str) -> int:
        across = self[word] = widths(fonts.REGULAR).of(word)
        return across


def measured(days: Sequence[Sequence[Dish]]) -> list[list[Measured]]:
    """The dishes of a meal by day, drawable and measured."""
    known = _Known()
    return [[_measured(dish, known) for dish in dishes] for dishes in days]


def _measured(dish: Dish, known: _Known) -> Measured:
    name = drawable(dish.name)
    across = inf if "\n" in name else widths(fonts.BOLD).of(name)
    under = drawable(" ".join(text for text in (dish.contents, *dish.tags) if text))
    paragraphs = [[(word, known[word]) for word in text.split(" ")] for text in under.split("\n")]
    return Measured(name, across, paragraphs if under else ())


def cell(dishes: Sequence[Measured], across: float, size: float) -> Cell:
    """The dishes as lines in a column of `across` points."""
    room = across - 0.8 * size
    return [line for dish in dishes for line in _lines(dish, room * 1000, size)]


def cell_height(lines: Cell) -> float:
    """Points down, without the space around."""
    return sum([line.height for line in lines])


def write_cell(pen: Pen, lines: Cell, x: float, y: float) -> None:
    """Write the lines from the top left corner at (x, y)."""
    for line in lines:
        y += line.height
        placed = pen.texts(line.size, line.bold, 0.0 if line.bold else FAINT)
        placed.append((x, y - 0.28 * line.size, line.text))


def _lines(dish: Measured, room: float, size: float) -> Iterator[Line]:
    small = size * _SMALL_TYPE
    if dish.name:
        whole = dish.across <= room / size
        names = (dish.name,) if whole else wrap(dish.name, fonts.BOLD, room / size)
        for number, text in enumerate(names):
            yield Line(text, True, size, 1.28 * size if number else 1.58 * size)
    for words in dish.paragraphs:
        for text in _packed(words, room / small):
            yield Line(text, False, small, 1.28 * small)


def _packed(words: Words, ems: float) -> Iterator[str]:
    """Lines that part between words: 牛肉75g stays whole unless a line cannot hold it."""
    known = widths(fonts.REGULAR)
    line, used, blank = "", 0, known[" "]
    for word, across in words:
        if line and used + blank + across <= ems:
            line, used = f"{line} {word}", used + blank + across
            continue
        if line:
            yield line
        *whole, line = wrap(word, fonts.REGULAR, ems) if across > ems else (word,)
        yield from whole
        used = known.of(line) if whole else across
    yield line
