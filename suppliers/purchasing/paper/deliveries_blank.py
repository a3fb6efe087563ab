"""The form of goods-in to be filled in by hand: expected goods are on it already (practice 10)."""

from collections.abc import Sequence
from datetime import date

from canteen.kit.pages.formats import day
from canteen.kit.paper import A4_LANDSCAPE, Column, Ledger
from canteen.kit.texts import _, say
from suppliers.goods.rules import plain
from suppliers.purchasing.services.expected import OpenOrder, OrderItem

COLUMNS: Sequence[tuple[str, float]] = (
    (_("Supplier"), 1.6),
    (_("Good"), 1.6),
    (_("Ordered quantity"), 1.0),
    (_("Weighed or counted"), 1.2),
    (_("Price of a unit"), 1.0),
    (_("Batch number or production date"), 1.5),
    (_("Papers and their numbers"), 1.8),
    (_("℃"), 0.6),
    (_("Look and smell"), 1.0),
    (_("Accepted or refused, and why"), 1.6),
)
BLANK_ROWS, ROW_MM = 12, 9.0


def blank_ledger(
    expected: Sequence[tuple[OpenOrder, Sequence[OrderItem]]], school: str, on: date, lang: str
) -> Ledger:
    """Tomorrow's form: what is ordered, and free lines for the rest."""
    rows = [_row(order, item) for order, items in expected for item in items]
    return Ledger(
        title=say(lang, _("Goods-in form, to be filled in by hand")),
        school=school,
        columns=[Column(say(lang, title), width) for title, width in COLUMNS],
        rows=rows,
        period=day(on, year=True, lang=lang),
        notices=[
            say(lang, _("Photograph the filled sheet in the register of prints; then type what is on it."))
        ],
        signatures=[say(lang, who) for who in (_("Checked by"), _("Second checker"), _("Delivered by"))],
        blank_rows=max(BLANK_ROWS - len(rows), 4),
        row_mm=ROW_MM,
        sheet=A4_LANDSCAPE,
        lang=lang,
    )


def _row(order: OpenOrder, item: OrderItem) -> list[str]:
    ordered = f"{plain(item.count_milli, 1000)} {item.unit}"
    return [order.supplier_name, item.name, ordered, *[""] * (len(COLUMNS) - 3)]
