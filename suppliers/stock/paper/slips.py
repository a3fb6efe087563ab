"""Slips on paper (入库单, 出库单, 报损销毁记录, 盘点差异单, 更正单): A4, or 241 × 140 mm, pure black."""

from collections.abc import Sequence

import msgspec

from canteen.kit.money import capitals, yuan
from canteen.kit.paper import A4, Column, Ledger, Sheet
from canteen.kit.texts import _, say
from canteen.schools.services.prints import Paper
from suppliers.stock.paper.words import amount_word, day_word, meal_word, price_word
from suppliers.stock.rules import REASON_NAMES, SLIP_NAMES, SlipKind, WriteOffReason
from suppliers.stock.services import SlipView
from suppliers.stock.services.slips import SlipLine

SIGNATURES = {
    SlipKind.RECEIPT: (_("Buyer signs"), _("Checked by, signs"), _("Storekeeper signs")),
    SlipKind.ISSUE: (_("Fetched by, signs"), _("Storekeeper signs"), _("Canteen manager signs")),
    SlipKind.WRITE_OFF: (_("Handled by, signs"), _("Witness signs"), _("In charge, signs")),
    SlipKind.STOCKTAKE: (_("Counted by, signs"), _("Witness signs"), _("In charge, signs")),
    SlipKind.CORRECTION: (_("Handled by, signs"), _("Storekeeper signs"), _("In charge, signs")),
}
KIND = "stock.slip"


def slip_sheet(view: SlipView, lang: str, weight: str, sheet: Sheet = A4) -> Ledger:
    """A slip as a ledger with its signature boxes and its sum in figures and capitals."""
    kind = SlipKind(view.slip.kind)
    columns = _columns(kind, lang)
    return Ledger(
        title=say(lang, SLIP_NAMES[kind]),
        school=_place(view),
        period=f"{view.slip.number}　{day_word(view.slip.day)}",
        meta=_meta(view, lang),
        columns=columns,
        rows=[_row(line, n, kind, lang, weight) for n, line in enumerate(view.lines, 1)],
        total=_total(view, columns, lang),
        notices=_notices(view, lang),
        signatures=[say(lang, title) for title in SIGNATURES[kind]],
        sheet=sheet,
        lang=lang,
    )


def slip_paper(view: SlipView) -> Paper:
    """How the register of prints knows a slip."""
    title = f"{say('zh_CN', SLIP_NAMES[SlipKind(view.slip.kind)])} {view.slip.number}"
    told = [
        view.school,
        view.slip.number,
        [(x.lot.number, x.good.name, x.move.quantity, x.move.fen, x.move.note) for x in view.lines],
        [view.slip.meal, view.slip.purpose, view.corrects, view.names.get(view.slip.witness)],
    ]
    return Paper(KIND, "slip", view.slip.id, title, msgspec.json.encode(told), to_sign=True)


def _place(view: SlipView) -> str:
    return view.school if view.canteen == view.school else f"{view.school}　{view.canteen}"


def _columns(kind: SlipKind, lang: str) -> list[Column]:
    last = _("Supplier") if kind is SlipKind.RECEIPT else _("Remark")
    return [
        Column(say(lang, _("No.")), 0.5, "centre"),
        Column(say(lang, _("Name of the goods")), 1.5),
        Column(say(lang, _("Brand and specification")), 1.6),
        Column(say(lang, _("Lot number")), 1.3),
        Column(say(lang, _("Shelf life until")), 1.15, "centre"),
        Column(say(lang, _("Quantity")), 1.6, "right"),
        Column(say(lang, _("Unit price (yuan)")), 1.2, "right"),
        Column(say(lang, _("Amount (yuan)")), 1.1, "right"),
        Column(say(lang, last), 1.6),
    ]


def _row(line: SlipLine, number: int, kind: SlipKind, lang: str, weight: str) -> Sequence[str]:
    move, lot, good = line.move, line.lot, line.good
    sign = "−" if kind in (SlipKind.STOCKTAKE, SlipKind.CORRECTION) and move.quantity < 0 else ""
    return [
        str(number),
        good.name,
        lot.spec or good.spec,
        lot.number,
        day_word(lot.expires_on),
        sign + amount_word(move.quantity, good, weight, lang),
        price_word(move.fen, move.quantity, good, weight, lang),
        sign + yuan(abs(move.fen)),
        line.supplier if kind is SlipKind.RECEIPT else move.note,
    ]


def _total(view: SlipView, columns: Sequence[Column], lang: str) -> list[str]:
    blank = [""] * len(columns)
    blank[1], blank[-2] = say(lang, _("Total of the slip")), yuan(_sum(view))
    return blank


def _sum(view: SlipView) -> int:
    total = sum(line.move.fen for line in view.lines)
    return total if view.slip.kind in (SlipKind.STOCKTAKE, SlipKind.CORRECTION) else abs(total)


def _meta(view: SlipView, lang: str) -> list[str]:
    slip, names = view.slip, view.names
    pairs = (
        (_("For: {what}"), meal_word(slip.meal, lang)),
        (_("Reason: {what}"), _reason(view, lang)),
        (_("Fetched by: {what}"), names.get(slip.receiver, "")),
        (_("Witness: {what}"), names.get(slip.witness, "")),
        (_("Entered by: {what}"), names.get(slip.entered_by, "")),
        (_("Corrects slip {what}"), view.corrects),
    )
    found = [say(lang, text, what=what) for text, what in pairs if what]
    return [*found, say(lang, _("Entered later (补录)"))] if view.head.late else found


def _reason(view: SlipView, lang: str) -> str:
    purpose = view.slip.purpose
    if purpose in list(WriteOffReason) and view.slip.kind == SlipKind.WRITE_OFF:
        return say(lang, REASON_NAMES[WriteOffReason(purpose)])
    return purpose


def _notices(view: SlipView, lang: str) -> list[str]:
    found = [say(lang, _("Amount in capitals: {amount}"), amount=capitals(_sum(view)))]
    if view.undone_by:
        found.append(say(lang, _("Taken back by slip {number}: void."), number=view.undone_by))
    return found
