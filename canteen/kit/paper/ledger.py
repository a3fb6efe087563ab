"""Ledgers and slips: a table with its heading, total, permanent lines and signature boxes."""

from collections.abc import Sequence

from canteen.kit.paper import fonts
from canteen.kit.paper.frame import BODY, SMALL, Heading, footer, footer_height
from canteen.kit.paper.head import Head
from canteen.kit.paper.pen import GREY, Pen, drawing
from canteen.kit.paper.sheets import MM, Sheet
from canteen.kit.paper.table import (
    Row,
    draw_rows,
    measured,
    named_again,
    paged,
    row,
    rules,
    slots,
    spanned,
    stripes,
)
from canteen.kit.paper.text import drawable, wrap
from canteen.kit.paper.values import Ledger
from canteen.kit.texts import _, say

_SIGNATURE_WIDTH, _SIGNATURE_HEIGHT = 42 * MM, 16 * MM
_NOTICE_LEADING = 13.0


def ledger_pdf(ledger: Ledger) -> bytes:
    """The ledger as a PDF. Blocking (1 to 2 ms a page once the fonts are there): call it in a thread."""
    with drawing(ledger.sheet, ledger.title, ledger.school, ledger.lang) as pen:
        return _Drawing(ledger, pen).pdf()


class _Drawing:
    def __init__(self, ledger: Ledger, pen: Pen) -> None:
        sheet = ledger.sheet
        self.ledger, self.pen = ledger, pen
        self.room = sheet.width - 2 * sheet.margin
        self.places = slots(ledger.columns, sheet.margin, self.room)
        self.heading = Heading(sheet, ledger.title, ledger.school, ledger.period, ledger.meta)
        self.head = Head(ledger.columns, self.places)
        texts, self.total_places = spanned(ledger.total, self.places) if ledger.total else ((), ())
        self.total = [row(texts, self.total_places, bold=True)] if texts else []
        self.notices = _notices(ledger.notices, self.room)
        self.signatures = _signature_rows(ledger.signatures, self.room)

    def pdf(self) -> bytes:
        pages = paged(measured(self.ledger, self.places), self._depth(), self._tail())
        named_again(pages, self.places)
        for number, rows in enumerate(pages, 1):
            if number > 1:
                self.pen.next_page()
            bottom = self._table(rows, self.total if number == len(pages) else [])
            if number == len(pages):
                self._end(bottom)
            footer(self.pen, self.ledger.print, number, len(pages), self.ledger.lang)
        return self.pen.finished()

    def _table(self, rows: Sequence[Row], total: Sequence[Row]) -> float:
        sheet = self.ledger.sheet
        self.heading.draw(self.pen)
        top = self.head.draw(self.pen, sheet.margin + self.heading.height)
        stripes(self.pen, rows, self.places, top)
        bottom = draw_rows(self.pen, rows, self.places, top)
        rules(self.pen, rows, self.places, top)
        return self._total(total, bottom)

    def _total(self, total: Sequence[Row], top: float) -> float:
        if not total:
            return top
        sheet = self.ledger.sheet
        self.pen.ground([(sheet.margin, top, self.room, total[0].height)])
        rules(self.pen, total, self.total_places, top)
        return draw_rows(self.pen, total, self.total_places, top, bold=True)

    def _end(self, y: float) -> None:
        left = self.ledger.sheet.margin
        for line in self.notices:
            y += _NOTICE_LEADING
            self.pen.write(left, y, line, BODY)
        y += 3 * MM
        for titles in self.signatures:
            self._sign(titles, left, y)
            y += _SIGNATURE_HEIGHT

    def _sign(self, titles: Sequence[str], left: float, top: float) -> None:
        """Boxes side by side: who signs, room for the name, the date to fill in."""
        across, bottom, right = self.room / len(titles), top + _SIGNATURE_HEIGHT, left + self.room
        date = say(self.ledger.lang, _("Date:          "))
        for place, title in enumerate(titles):
            x = left + place * across
            self.pen.write(x + 4, top + 12, title, BODY, bold=True)
            self.pen.write(x + across - 4, bottom - 5, date, SMALL, at=1, grey=GREY)
        edges = [(left + n * across, top, left + n * across, bottom) for n in range(len(titles) + 1)]
        self.pen.lines([*edges, (left, top, right, top), (left, bottom, right, bottom)])

    def _tail(self) -> float:
        total = sum(one.height for one in self.total)
        return total + len(self.notices) * _NOTICE_LEADING + 3 * MM + len(self.signatures) * _SIGNATURE_HEIGHT

    def _depth(self) -> float:
        sheet: Sheet = self.ledger.sheet
        around = self.heading.height + self.head.height + footer_height(self.ledger.print) + 1 * MM
        return sheet.height - 2 * sheet.margin - around


def _notices(texts: Sequence[str], room: float) -> list[str]:
    return [line for text in texts for line in wrap(drawable(text), fonts.REGULAR, room * 1000 / BODY)]


def _signature_rows(titles: Sequence[str], room: float) -> list[Sequence[str]]:
    most = max(int(room / _SIGNATURE_WIDTH), 1)
    count = -(-len(titles) // most) or 1
    each = -(-len(titles) // count)
    return [titles[at : at + each] for at in range(0, len(titles), each or 1)]
