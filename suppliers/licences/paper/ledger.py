"""索证索票台账: a row a paper, in the columns inspectors ask for (domain.md 7.4)."""

from collections.abc import Sequence
from datetime import date

from canteen.kit.paper import A4_LANDSCAPE, Column, Ledger
from canteen.kit.texts import _, say
from suppliers.licences.paper.words import day, kind_word, state_word, until, verified_on
from suppliers.licences.services.ledger import LedgerRow


def ledger_title(lang: str) -> str:
    """The name of the ledger."""
    return say(lang, _("Ledger of suppliers' licences and papers"))


def ledger(school: str, rows: Sequence[LedgerRow], on: date, lang: str) -> Ledger:
    """The ledger on a day; the seller's cells stand once, at its first paper."""
    cells: list[list[str]] = []
    before = None
    for number, row in enumerate(rows, 1):
        same = before is not None and before.id == row.id
        cells.append([str(number), *_cells(row, lang, again=same)])
        before = row
    return Ledger(
        title=ledger_title(lang),
        school=school,
        columns=_columns(lang),
        rows=cells,
        period=day(on),
        signatures=[say(lang, _("Kept by")), say(lang, _("Food safety officer, signed"))],
        sheet=A4_LANDSCAPE,
        lang=lang,
    )


def _columns(lang: str) -> list[Column]:
    titled = (
        (_("No."), 0.5),
        (_("Supplier's name"), 1.6),
        (_("Credit code"), 2.2),
        (_("Contact and phone"), 1.4),
        (_("Supplier's address"), 1.3),
        (_("Kind of paper"), 1.4),
        (_("Number"), 2.2),
        (_("Issuer"), 1.3),
        (_("Valid until"), 1.35),
        (_("Copy, stamped"), 0.7),
        (_("Verified by"), 0.9),
        (_("Verified on"), 1.35),
        (_("State"), 1.1),
    )
    return [Column(say(lang, title), width) for title, width in titled]


def _cells(row: LedgerRow, lang: str, *, again: bool) -> list[str]:
    view = row.view
    seller = ["", "", "", ""] if again else [row.name, row.code, row.call, row.address]
    return [
        *seller,
        kind_word(view, lang),
        view.paper.number,
        view.row["issuer"],
        until(view.paper.valid_to, lang),
        say(lang, _("{count} pages"), count=len(view.scans)),
        view.row["checked_name"] or "",
        verified_on(view),
        state_word(view, lang),
    ]
