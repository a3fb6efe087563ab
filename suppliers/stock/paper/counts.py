"""The stocktake sheet (盘点表): blank for the pen, or with counts, differences and causes."""

import msgspec

from canteen.kit.money import yuan
from canteen.kit.paper import A4_LANDSCAPE, Column, Ledger
from canteen.kit.texts import _, say
from canteen.schools.services.prints import Paper
from suppliers.stock.paper.words import amount_word, day_word
from suppliers.stock.rules import CAUSE_NAMES, Cause
from suppliers.stock.services import CountView
from suppliers.stock.services.counts import CountedLot

KIND = "stock.count"
BLANK_ROW_MM = 8.0
SIGNATURES = (_("Counted by, signs"), _("Witness signs"), _("In charge, signs"))


def count_sheet(view: CountView, lang: str, weight: str, *, blank: bool = False) -> Ledger:
    """The sheet of a stocktake; `blank` leaves what is counted to the pen."""
    rows = [_row(line, n, lang, weight, blank) for n, line in enumerate(view.lines, 1)]
    columns = [
        Column(say(lang, _("No.")), 0.5, "centre"),
        Column(say(lang, _("Name of the goods")), 1.4),
        Column(say(lang, _("Lot number")), 1.2),
        Column(say(lang, _("Shelf life until")), 1.1, "centre"),
        Column(say(lang, _("By the book")), 1.6, "right"),
        Column(say(lang, _("Counted")), 1.6, "right"),
        Column(say(lang, _("Difference")), 1.5, "right"),
        Column(say(lang, _("Worth of the difference (yuan)")), 1.1, "right"),
        Column(say(lang, _("Cause and note")), 1.9),
    ]
    return Ledger(
        title=say(lang, _("Stocktake sheet")),
        school=view.school if view.canteen == view.school else f"{view.school}　{view.canteen}",
        period=day_word(view.count.day),
        meta=[] if blank else [say(lang, _("Witness: {what}"), what=view.names.get(view.count.witness, "–"))],
        columns=columns,
        rows=rows,
        total=[] if blank else ["", say(lang, _("Total of the stocktake")), *[""] * 5, _money(view), ""],
        signatures=[
            say(lang, x) for x in (_("Counted by, signs"), _("Witness signs"), _("In charge, signs"))
        ],
        row_mm=BLANK_ROW_MM if blank else 0.0,
        sheet=A4_LANDSCAPE,
        lang=lang,
    )


def count_paper(view: CountView, *, blank: bool) -> Paper:
    """How the register of prints knows the sheet of a stocktake, filled in or for the pen."""
    name = say("zh_CN", _("Stocktake sheet"))
    told = [
        [(x.lot.number, x.line.book, *(() if blank else (x.line.counted, x.line.cause, x.line.note)))]
        for x in view.lines
    ]
    kind = f"{KIND}_blank" if blank else KIND
    content = msgspec.json.encode([view.school, view.count.day, told])
    return Paper(kind, "stocktake", view.count.id, f"{name} {view.count.day}", content, to_sign=True)


def _row(line: CountedLot, number: int, lang: str, weight: str, blank: bool) -> list[str]:
    good, figures = line.good, line.figures
    book = amount_word(figures.book, good, weight, lang)
    head = [str(number), good.name, line.lot.number, day_word(line.lot.expires_on), book]
    if blank or figures.counted is None:
        return [*head, "", "", "", ""]
    sign = "−" if figures.difference < 0 else "+" if figures.difference else ""
    cause = say(lang, CAUSE_NAMES[Cause(figures.cause)]) if figures.cause else ""
    return [
        *head,
        amount_word(figures.counted, good, weight, lang),
        sign + amount_word(figures.difference, good, weight, lang) if figures.difference else "0",
        yuan(figures.difference_fen),
        " ".join(text for text in (cause, line.line.note) if text),
    ]


def _money(view: CountView) -> str:
    return yuan(view.difference_fen)
