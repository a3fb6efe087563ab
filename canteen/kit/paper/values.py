"""What goes on a paper, as values: texts are already in the reader's language, figures already written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from canteen.kit.paper.sheets import A4, A4_LANDSCAPE, Sheet

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Signed:
    """The identity of one print, so that ink on it can be matched to a record.

    `code` is what its QR says, `printed` the moment in words, `replaces` the version it makes invalid.
    """

    number: str
    version: int
    code: str
    printed: str = ""
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger; `width` is its share beside the other columns' shares.

    Neighbours with the same `group` stand under one common heading. In a first column that is `merged` a
    blank cell belongs to the one above it: no line between them.
    """

    title: str
    width: float = 1.0
    align: Align = "left"
    group: str = ""
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A table on paper (台账): heading, rows, total, permanent lines, signature boxes.

    `blank_rows` are empty lines to be written by hand after the rows; `row_mm` is the least height of a
    row, for forms whose cells are filled in by hand. `total` is one text per column. `signatures` are the
    titles of who signs.
    """

    title: str
    school: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    period: str = ""
    meta: Sequence[str] = ()
    total: Sequence[str] = ()
    notices: Sequence[str] = ()
    signatures: Sequence[str] = ()
    blank_rows: int = 0
    row_mm: float = 0.0
    sheet: Sheet = A4
    print: Signed | None = None
    lang: str = "zh_CN"


@dataclass(frozen=True, slots=True)
class Dish:
    """One dish in a cell of a poster: its name in bold, what is in it in small type, short tags.

    `contents` and tags part between words only, 牛肉75g stays whole. Without a name it is small type alone.
    """

    name: str
    contents: str = ""
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Poster:
    """A grid for the wall: days across, meals down; `cells[meal][day]` are the dishes of one meal.

    A meal's name may be followed by further lines, such as when it is served.

    The type shrinks until everything stands on one page; what would be too small to read goes on on the next.
    """

    title: str
    school: str
    days: Sequence[str]
    meals: Sequence[str]
    cells: Sequence[Sequence[Sequence[Dish]]]
    period: str = ""
    notices: Sequence[str] = ()
    sheet: Sheet = A4_LANDSCAPE
    print: Signed | None = None
    lang: str = "zh_CN"
