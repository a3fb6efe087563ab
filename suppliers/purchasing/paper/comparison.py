"""询价比价表: the offers for a wish side by side, the choice and its reason."""

from collections.abc import Sequence

from canteen.kit.money import yuan
from canteen.kit.paper import A4, A4_LANDSCAPE, Column, Ledger
from canteen.kit.sheets import Column as Cells
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from suppliers.goods.rules.units import amount_fen
from suppliers.purchasing.paper.cells import count, money
from suppliers.purchasing.paper.plans import is_approved
from suppliers.purchasing.services.quotes_read import QuoteView
from suppliers.purchasing.services.wish_lists import WishItem, WishView

FITS_UPRIGHT = 3


def comparison_title(lang: str) -> str:
    """The name of the paper."""
    return say(lang, _("Comparison of offers"))


def comparison_ledger(view: WishView, quotes: Sequence[QuoteView], school: str, lang: str) -> Ledger:
    """The sheet with its signature boxes."""
    totals = [yuan(quote.fen) for quote in quotes]
    return Ledger(
        title=comparison_title(lang),
        school=school,
        columns=_columns(quotes, lang),
        rows=[_cells(n, line, quotes) for n, line in enumerate(view.lines, 1)],
        meta=[say(lang, _("Number: {number}"), number=view.head.number), view.head.canteen_name],
        total=[say(lang, _("The whole offer (yuan)")), "", "", *_beside(totals)],
        notices=_notices(view, quotes, lang),
        signatures=[say(lang, title) for title in _signers(view)],
        sheet=A4 if len(quotes) <= FITS_UPRIGHT else A4_LANDSCAPE,
        lang=lang,
    )


def _signers(view: WishView) -> list[str]:
    """Who signs; who has approved in the product need not approve in ink too (practice 11)."""
    approval = [] if is_approved(view.head) else [_("Approved by")]
    return [_("Asked by (two people)"), _("Witness"), *approval]


def _beside(totals: Sequence[str]) -> list[str]:
    """Each sum under its seller's amounts."""
    return [cell for total in totals for cell in ("", total)]


def _columns(quotes: Sequence[QuoteView], lang: str) -> list[Column]:
    columns = [
        Column(say(lang, _("No.")), 0.5, "centre"),
        Column(say(lang, _("Name and spec")), 2.2),
        Column(say(lang, _("Quantity")), 1.1, "right"),
    ]
    for quote in quotes:
        mark = say(lang, _("{seller} (taken)"), seller=quote.name) if quote.chosen else quote.name
        columns += [
            Column(say(lang, _("Price per unit")), 1.0, "right", group=mark),
            Column(say(lang, _("Amount (yuan)")), 1.2, "right", group=mark),
        ]
    return columns


def _cells(number: int, line: WishItem, quotes: Sequence[QuoteView]) -> list[str]:
    spec = f" {line.good.spec}" if line.good.spec else ""
    cells = [f"{number}", f"{line.good.name}{spec}", f"{count(line.count_milli)}{line.unit}"]
    for quote in quotes:
        price = quote.prices.get(line.id)
        cells += [money(price), money(None if price is None else amount_fen(line.count_milli, price))]
    return cells


def _notices(view: WishView, quotes: Sequence[QuoteView], lang: str) -> list[str]:
    asked = "；".join(f"{quote.name} {quote.quoted_on}" for quote in quotes)
    said = [say(lang, _("Asked on: {days}"), days=asked)]
    chosen = next((quote for quote in quotes if quote.chosen), None)
    if chosen is not None:
        message = _("Taken: {seller}, {yuan} yuan.")
        said.append(say(lang, message, seller=chosen.name, yuan=yuan(chosen.fen)))
    if view.head.choice_reason:
        said.append(say(lang, _("Why not the cheapest offer: {reason}"), reason=view.head.choice_reason))
    return said


def comparison_workbook(view: WishView, quotes: Sequence[QuoteView], lang: str) -> bytes:
    """The same as a workbook: a price column for each seller."""
    columns = [
        Cells(say(lang, _("Name")), width=20),
        Cells(say(lang, _("Unit"))),
        Cells(say(lang, _("Quantity")), "number"),
        *(Cells(quote.name, "fen", 18) for quote in quotes),
    ]
    lines = [
        [
            line.good.name,
            line.unit,
            line.count_milli / 1000,
            *(quote.prices.get(line.id) for quote in quotes),
        ]
        for line in view.lines
    ]
    total = [say(lang, _("The whole offer (yuan)")), "", None, *(quote.fen for quote in quotes)]
    return write_xlsx(columns, [*lines, total])
