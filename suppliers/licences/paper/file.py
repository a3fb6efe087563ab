"""A supplier's file: one PDF with the data sheet, its papers, and a page for each photo of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from canteen.kit.paper import A4
from canteen.kit.paper.frame import BODY, SMALL, Heading, footer
from canteen.kit.paper.pen import GREY, Pen, drawing
from canteen.kit.texts import _, say
from suppliers.goods.rules import SOURCE_NAMES, Source
from suppliers.licences.paper.words import day, goods, kind_word, state_word, until
from suppliers.licences.rules import STANDING_NAMES, Standing
from suppliers.licences.services import PaperView, categories_of
from suppliers.licences.tables import Supplier

LEADING, ON_A_PAGE = 15.0, 30


@dataclass(frozen=True, slots=True)
class SupplierFile:
    """What goes into the file: `photos` are JPEGs, each with the paper and page it shows; `left_out` names
    the papers whose scans are PDFs, which are opened beside it.
    """

    school: str
    row: Supplier
    papers: Sequence[PaperView]
    photos: Sequence[tuple[PaperView, int, bytes]]
    left_out: Sequence[PaperView]


def supplier_file_pdf(file: SupplierFile, on: str, lang: str) -> bytes:
    """The file as a PDF. Blocking: call it in a thread."""
    title = say(lang, _("Supplier file: {supplier}"), supplier=file.row.name)
    sheets = [file.papers[n : n + ON_A_PAGE] for n in range(0, len(file.papers), ON_A_PAGE)] or [[]]
    pages = len(sheets) + len(file.photos)
    with drawing(A4, title, file.school, lang) as pen:
        for number, papers in enumerate(sheets, 1):
            top = _heading(pen, title, file.school, on, number)
            top = _particulars(pen, file, top, lang) if number == 1 else top
            _list(pen, papers, top, lang)
            if number == len(sheets):
                _left_out(pen, file, lang)
            footer(pen, None, number, pages, lang)
        for number, (view, page, data) in enumerate(file.photos, len(sheets) + 1):
            pen.next_page()
            _photo(pen, view, page, data, lang)
            footer(pen, None, number, pages, lang)
        return pen.finished()


def _heading(pen: Pen, title: str, school: str, on: str, number: int) -> float:
    if number > 1:
        pen.next_page()
    heading = Heading(pen.sheet, title, school, on)
    heading.draw(pen)
    return pen.sheet.margin + heading.height + LEADING


def _particulars(pen: Pen, file: SupplierFile, top: float, lang: str) -> float:
    row = file.row
    pairs = (
        (_("Kind of seller"), say(lang, SOURCE_NAMES[Source(row.source)])),
        (_("Credit code"), row.credit_code or row.identity_masked),
        (_("Contact and phone"), f"{row.contact} {row.phone}".strip()),
        (_("Supplier's address"), row.address),
        (_("Goods supplied"), goods(categories_of(row.categories), lang)),
        (_("Standing"), say(lang, STANDING_NAMES[Standing(row.standing)]) + _reason(row.standing_reason)),
        (_("Clean record since"), day(row.clean_since)),
        (_("List of bad faith looked up"), day(row.listed_checked_on)),
    )
    for label, value in pairs:
        pen.write(pen.sheet.margin, top, say(lang, label), BODY, grey=GREY)
        pen.write(pen.sheet.margin + 130, top, value or "–", BODY)
        top += LEADING
    return top + LEADING


def _reason(text: str) -> str:
    return f"（{text}）" if text else ""


def _list(pen: Pen, papers: Sequence[PaperView], top: float, lang: str) -> None:
    left, right = pen.sheet.margin, pen.sheet.width - pen.sheet.margin
    places = (0.0, 175.0, 310.0, 390.0, 460.0)
    heads = (_("Kind of paper"), _("Number"), _("Valid until"), _("State"), _("Verified by"))
    for place, head in zip(places, heads, strict=True):
        pen.write(left + place, top, say(lang, head), BODY, bold=True)
    pen.lines([(left, top + 4, right, top + 4)])
    for view in papers:
        top += LEADING
        who = view.row["checked_name"] or ""
        number = view.paper.number[:24]
        cells = (kind_word(view, lang), number, until(view.paper.valid_to, lang), state_word(view, lang), who)
        for place, cell in zip(places, cells, strict=True):
            pen.write(left + place, top, cell, BODY)


def _left_out(pen: Pen, file: SupplierFile, lang: str) -> None:
    if not file.left_out:
        return
    names = [f"{kind_word(view, lang)} {view.paper.number}".strip() for view in file.left_out]
    message = _("Scanned as PDF, kept beside this file: {papers}")
    bottom = pen.sheet.height - pen.sheet.margin - 20
    pen.write(pen.sheet.margin, bottom, say(lang, message, papers=names), SMALL)


def _photo(pen: Pen, view: PaperView, page: int, data: bytes, lang: str) -> None:
    sheet = pen.sheet
    told = f"{kind_word(view, lang)} {view.paper.number}".strip()
    caption = say(lang, _("{paper}, page {page}"), paper=told, page=page)
    pen.write(sheet.margin, sheet.margin + BODY, caption, BODY, bold=True)
    top = sheet.margin + 2 * LEADING
    room = sheet.width - 2 * sheet.margin
    pen.photo(data, sheet.margin, top, room, sheet.height - top - sheet.margin - LEADING)
