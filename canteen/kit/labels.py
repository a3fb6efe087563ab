"""Labels for samples, lots and shelves: one label a page at its exact size, or many on an A4 sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from canteen.kit.paper import fonts
from canteen.kit.paper.pen import Pen, drawing
from canteen.kit.paper.sheets import A4, MM, Sheet
from canteen.kit.paper.text import drawable, fitting, wrap

_TITLE, _BODY = 0.118, 0.083  # type sizes as shares of the label's height: 10 and 7 points on 30 mm
_SMALLEST = 3.0
_LEADING = 1.22
_CODE_SHARE = 0.42  # of the label's height
_CUT, _CUT_GAP = 3 * MM, 1 * MM


@dataclass(frozen=True, slots=True)
class Label:
    """A name in bold, lines below it (`保存至：11月22日 12:05`), and what the QR says; no QR when empty."""

    title: str
    lines: Sequence[str]
    code: str = ""


def label_pages(labels: Sequence[Label], size: Sheet, lang: str = "zh_CN") -> bytes:
    """For a label printer: each label a page of exactly `size`. Blocking: call it in a thread."""
    with drawing(size, labels[0].title if labels else "", lang=lang) as pen:
        for number, label in enumerate(labels):
            if number:
                pen.next_page()
            _draw(pen, label, size, 0, 0)
        return pen.finished()


def label_sheets(labels: Sequence[Label], size: Sheet, used: int = 0, lang: str = "zh_CN") -> bytes:
    """For any printer: as many labels as an A4 sheet holds, with marks to cut by.

    `used` places of the first sheet are left free, so that a begun sheet can be used up. Blocking.
    """
    across = int((A4.width - 2 * A4.margin) // size.width)
    down = int((A4.height - 2 * A4.margin) // size.height)
    left = (A4.width - across * size.width) / 2
    top = (A4.height - down * size.height) / 2
    with drawing(A4, labels[0].title if labels else "", lang=lang) as pen:
        _cut_marks(pen, size, (left, across), (top, down))
        for place, label in enumerate(labels, used):
            row, column = divmod(place % (across * down), across)
            if place > used and not (row or column):
                pen.next_page()
                _cut_marks(pen, size, (left, across), (top, down))
            _draw(pen, label, size, left + column * size.width, top + row * size.height)
        return pen.finished()


def _draw(pen: Pen, label: Label, size: Sheet, x: float, y: float) -> None:
    """Title across the top, lines below it; the code in the lower right corner, which lines leave free."""
    room, bottom = size.width - 2 * size.margin, y + size.height - size.margin
    x, y = x + size.margin, y + size.margin
    y = _title(pen, label.title, (x, y), room, size.height)
    side = size.height * _CODE_SHARE if label.code else 0.0
    if side:
        pen.code(label.code, x + room - side, bottom - side, side)
    type_size, lines = _fitted(label.lines, _BODY * size.height, (room, bottom - y), side)
    for line in lines:
        pen.write(x, y + 0.9 * type_size, line, type_size)
        y += type_size * _LEADING


def _title(pen: Pen, text: str, at: tuple[float, float], room: float, height: float) -> float:
    """One line as large as the room allows, two smaller ones for a long name; returns where it ends."""
    (x, y), largest = at, _TITLE * height
    size = max(fitting(drawable(text), fonts.BOLD, largest, room), _BODY * height)
    for line in wrap(drawable(text), fonts.BOLD, room * 1000 / size):
        pen.write(x, y + 0.9 * size, line, size, bold=True)
        y += size * _LEADING
    return y + 1


def _fitted(
    texts: Sequence[str], size: float, room: tuple[float, float], side: float
) -> tuple[float, list[str]]:
    """The largest size from `size` down at which no line runs off the label or into the code."""
    while not (lines := _broken(texts, size, room, side)) and size > _SMALLEST:
        size *= 0.95
    return size, lines or [drawable(text) for text in texts]


def _broken(texts: Sequence[str], size: float, room: tuple[float, float], side: float) -> list[str]:
    """The texts broken to lines of that size, shorter beside the code; empty when they need more room."""
    across, depth = room
    lines: list[str] = []
    for text in texts:
        beside = (len(lines) + 1) * size * _LEADING > depth - side
        free = across - (side + 2 if beside and side else 0)
        lines += wrap(drawable(text), fonts.REGULAR, free * 1000 / size)
    return lines if len(lines) * size * _LEADING <= depth else []


def _cut_marks(pen: Pen, size: Sheet, columns: tuple[float, int], rows: tuple[float, int]) -> None:
    """Short lines in the margins at each edge of the grid; none between the labels."""
    (left, across), (top, down) = columns, rows
    right, bottom = left + across * size.width, top + down * size.height
    xs = [left + n * size.width for n in range(across + 1)]
    ys = [top + n * size.height for n in range(down + 1)]
    near, far = _CUT_GAP, _CUT_GAP + _CUT
    marks = [(x, top - far, x, top - near) for x in xs] + [(x, bottom + near, x, bottom + far) for x in xs]
    marks += [(left - far, y, left - near, y) for y in ys] + [(right + near, y, right + far, y) for y in ys]
    pen.lines(marks, thick=0.3)
