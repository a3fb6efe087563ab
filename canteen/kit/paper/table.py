"""A table's rows: measured, then shared out over pages, then drawn. The part where speed counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from canteen.kit.paper import fonts
from canteen.kit.paper.frame import BODY
from canteen.kit.paper.pen import TINT, Pen, Placed
from canteen.kit.paper.sheets import MM
from canteen.kit.paper.text import drawable, widths, wrap
from canteen.kit.paper.values import Align, Column, Ledger

LEADING, PADDING = 12.0, 3.0
BLANK_ROW = 8 * MM
Lines = Sequence[str]
_SHARE: dict[Align, float] = {"left": 0.0, "centre": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose texts are broken into lines; `height` in points."""

    cells: Sequence[Lines]
    height: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands: left edge and width in points, room for text in thousandths of the size."""

    left: float
    width: float
    align: Align
    ems: float
    merged: bool = False


def slots(columns: Sequence[Column], left: float, room: float) -> list[Slot]:
    """The columns at their shares of the room."""
    whole = sum(column.width for column in columns)
    found = []
    for column in columns:
        across = column.width / whole * room
        ems = (across - 2 * PADDING) * 1000 / BODY
        found.append(Slot(left, across, column.align, ems, column.merged))
        left += across
    return found


def measured(ledger: Ledger, places: Sequence[Slot]) -> list[Row]:
    """All rows of a ledger, the blank ones for the pen last."""
    least = ledger.row_mm * MM
    rows = [row(texts, places, least=least) for texts in ledger.rows]
    return rows + [Row([()] * len(places), max(least, BLANK_ROW))] * ledger.blank_rows


def row(texts: Iterable[str], places: Sequence[Slot], *, bold: bool = False, least: float = 0.0) -> Row:
    """One row, broken to its columns."""
    font = fonts.BOLD if bold else fonts.REGULAR
    known = widths(font)
    deepest = 1
    cells: list[Lines] = []
    for text, place in zip(texts, places, strict=True):
        shown = drawable(text)
        if "\n" not in shown and known.of(shown) <= place.ems:
            cells.append((shown,))
            continue
        lines = wrap(shown, font, place.ems)
        deepest = max(deepest, len(lines))
        cells.append(lines)
    return Row(cells, max(deepest * LEADING + 2 * PADDING, least))


def spanned(texts: Sequence[str], places: Sequence[Slot]) -> tuple[Sequence[str], Sequence[Slot]]:
    """The first text of a total with the empty cells beside it: 合计（大写） needs their room."""
    free = next((n for n, text in enumerate(texts[1:], 1) if text), len(texts))
    return [texts[0], *texts[free:]], [span(places[:free], "left"), *places[free:]]


def span(places: Sequence[Slot], align: Align) -> Slot:
    """Neighbouring columns as one."""
    width = sum(place.width for place in places)
    return Slot(places[0].left, width, align, (width - 2 * PADDING) * 1000 / BODY)


def paged(rows: Sequence[Row], room: float, tail: float) -> list[list[Row]]:
    """The rows page by page; the last page leaves `tail` points free and holds at least one row.

    So neither a total nor a signature ever stands on a page without a line that it belongs to.
    """
    pages: list[list[Row]] = [[]]
    left = room
    for one in (part for whole in rows for part in _parts(whole, room)):
        if one.height > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(one)
        left -= one.height
    if left < tail and len(pages[-1]) > 1:
        pages.append([pages[-1].pop()])
    return pages


def _parts(whole: Row, room: float) -> list[Row]:
    """A row higher than a page goes on on the next."""
    if whole.height <= room or max(map(len, whole.cells)) <= 1:
        return [whole]
    deep = max(int((room - 2 * PADDING) / LEADING), 1)
    count = -(-max(map(len, whole.cells)) // deep)
    cut = [[cell[n * deep : (n + 1) * deep] for cell in whole.cells] for n in range(count)]
    return [Row(cells, max(map(len, cells)) * LEADING + 2 * PADDING) for cells in cut]


def draw_rows(
    pen: Pen, rows: Sequence[Row], places: Sequence[Slot], top: float, *, bold: bool = False
) -> float:
    """Write the rows from `top` down; returns where the last one ends."""
    texts = pen.texts(BODY, bold)
    known = widths(fonts.BOLD if bold else fonts.REGULAR)
    y = top
    for one in rows:
        for cell, place in zip(one.cells, places, strict=True):
            _cell(texts, cell, place, y + (one.height - len(cell) * LEADING) / 2 + 0.8 * LEADING, known.of)
        y += one.height
    return y


def _cell(texts: list[Placed], cell: Lines, place: Slot, y: float, of: Callable[[str], int]) -> None:
    share = _SHARE[place.align]
    for line in cell:
        x = place.left + PADDING
        if share:
            x += share * (place.ems - of(line)) * BODY / 1000
        texts.append((x, y, line))
        y += LEADING


def rules(pen: Pen, rows: Sequence[Row], places: Sequence[Slot], top: float) -> None:
    """The lines under each row and between the columns."""
    left, right = places[0].left, places[-1].left + places[-1].width
    y, across = top, [(left, top, right, top)]
    for one, below in zip_longest(rows, rows[1:]):
        y += one.height
        across.append((places[1].left if below and _goes_on(below, places) else left, y, right, y))
    down = [(x, top, x, y) for x in [*(place.left for place in places), right]]
    pen.lines(across + down)


def stripes(pen: Pen, rows: Sequence[Row], places: Sequence[Slot], top: float) -> None:
    """A light ground under every second row, or group of rows whose first cells are merged."""
    left, across = places[0].left, places[-1].left + places[-1].width - places[0].left
    boxes, y, number = [], top, 0
    for place, one in enumerate(rows):
        number += place > 0 and not _goes_on(one, places)
        if number % 2:
            boxes.append((left, y, across, one.height))
        y += one.height
    pen.ground(boxes, TINT)


def _goes_on(one: Row, places: Sequence[Slot]) -> bool:
    """Whether the row's first cell belongs to the one above."""
    return places[0].merged and list(one.cells[0]) == [""]


def named_again(pages: Sequence[list[Row]], places: Sequence[Slot]) -> None:
    """A page that begins within merged cells names them again, by their first line."""
    name: Lines = ("",)
    for rows in pages:
        if places[0].merged and rows and _goes_on(rows[0], places):
            rows[0] = Row([name, *rows[0].cells[1:]], rows[0].height)
        name = next((one.cells[0][:1] for one in reversed(rows) if any(one.cells[0])), name)
