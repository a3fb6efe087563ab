"""What stands around the content of each page: heading above, print identity and page number below."""

from collections.abc import Sequence

from canteen.kit.paper import fonts
from canteen.kit.paper.pen import GREY, Pen, Placed
from canteen.kit.paper.sheets import MM, Sheet
from canteen.kit.paper.text import drawable, fitting, width, wrap
from canteen.kit.paper.values import Signed
from canteen.kit.texts import _, say

TITLE, BODY, SMALL = 16.0, 9.0, 7.5
_UNDER_TITLE = 18.0  # from the title's baseline to that of school and period
_CODE = 12 * MM


class Heading:
    """Title in the middle, school at the left and period at the right below it, then the meta line.

    `height` is what it takes from the top margin down.
    """

    def __init__(self, sheet: Sheet, title: str, school: str, period: str, meta: Sequence[str] = ()) -> None:
        self._sheet, self._title, self._school, self._period = sheet, title, school, period
        self._largest = TITLE * sheet.scale
        self._under = self._largest + _UNDER_TITLE if school or period else self._largest
        self._meta = _flowed(meta, sheet.width - 2 * sheet.margin, self._under)
        self.height = max([self._under, *(y for _x, y, _text in self._meta)]) + 0.8 * BODY

    def draw(self, pen: Pen) -> None:
        """Write it at the top of the page under the pen."""
        sheet, top = self._sheet, self._sheet.margin
        room = sheet.width - 2 * sheet.margin
        size = fitting(drawable(self._title), fonts.BOLD, self._largest, room)
        pen.write(sheet.width / 2, top + self._largest, self._title, size, bold=True, at=0.5)
        pen.write(sheet.margin, top + self._under, self._school, BODY * sheet.scale)
        pen.write(sheet.width - sheet.margin, top + self._under, self._period, BODY * sheet.scale, at=1)
        pen.texts(BODY).extend((sheet.margin + x, top + y, text) for x, y, text in self._meta)


def footer_height(signed: Signed | None) -> float:
    """What the foot takes from the bottom margin up."""
    return _CODE + 2 * MM if signed else 5 * MM


def footer(pen: Pen, signed: Signed | None, page: int, pages: int, lang: str) -> None:
    """Page x of y, and on a print to be signed its QR, number, version and what it replaces."""
    sheet = pen.sheet
    bottom = sheet.height - sheet.margin
    count = say(lang, _("Page {page} of {pages}"), page=page, pages=pages)
    pen.write(sheet.width - sheet.margin, bottom - 1, count, SMALL, at=1, grey=GREY)
    if signed:
        pen.code(signed.code, sheet.margin, bottom - _CODE, _CODE)
        for place, (line, bold) in enumerate(_identity(signed, lang)):
            y = bottom - _CODE + 8 + place * 11
            pen.write(sheet.margin + _CODE + 2.5 * MM, y, line, SMALL, bold=bold)


def _identity(signed: Signed, lang: str) -> list[tuple[str, bool]]:
    number = say(lang, _("No. {number} · version {version}"), number=signed.number, version=signed.version)
    lines = [(number, True)]
    if signed.replaces:
        replaces = _("Replaces No. {number} version {version}, which is void")
        lines.append((say(lang, replaces, number=signed.number, version=signed.replaces), True))
    if signed.printed:
        lines.append((say(lang, _("Printed {moment}"), moment=signed.printed), False))
    return lines


def _flowed(texts: Sequence[str], room: float, y: float) -> list[Placed]:
    """Short texts one after the other, a new line when the next does not fit; y of the first baseline."""
    placed: list[Placed] = []
    x, y = 0.0, y + 1.5 * BODY
    for text in texts:
        for line in wrap(drawable(text), fonts.REGULAR, room * 1000 / BODY):
            across = width(line, fonts.REGULAR, BODY)
            if x and x + across > room:
                x, y = 0.0, y + 1.5 * BODY
            placed.append((x, y, line))
            x += across + 2 * BODY
    return placed
