"""市场询价记录 on paper; market record, price lists and price histories as workbooks."""

from collections.abc import Sequence
from datetime import date

from canteen.kit.paper import Column, Ledger
from canteen.kit.sheets import Column as Cells
from canteen.kit.sheets import write_xlsx
from canteen.kit.texts import _, say
from suppliers.goods.rules import CATEGORY_NAMES
from suppliers.purchasing.paper.cells import money
from suppliers.purchasing.services.history import PriceNow
from suppliers.purchasing.services.market import Asked
from suppliers.purchasing.services.price_reading import PriceItem

BLANK_ROWS = 12


def market_title(lang: str) -> str:
    """The name of the paper."""
    return say(lang, _("Record of market prices"))


def market_ledger(
    rows: Sequence[Asked], school: str, month: date, lang: str, *, blank: bool = False
) -> Ledger:
    """The record of a month with its signature boxes; `blank` with lines for the pen (practice 10)."""
    return Ledger(
        title=market_title(lang),
        school=school,
        columns=_columns(lang),
        rows=[_cells(n, row) for n, row in enumerate(rows, 1)],
        period=f"{month:%Y-%m}",
        blank_rows=BLANK_ROWS if blank or not rows else 0,
        signatures=[
            say(lang, _("Asked by (two people)")),
            say(lang, _("Parents' committee")),
            say(lang, _("Looked at by")),
        ],
        lang=lang,
    )


def _columns(lang: str) -> list[Column]:
    return [
        Column(say(lang, _("No.")), 0.5, "centre"),
        Column(say(lang, _("Date")), 1.3, "centre"),
        Column(say(lang, _("Name")), 1.6),
        Column(say(lang, _("Market")), 1.8),
        Column(say(lang, _("Stall")), 1.2),
        Column(say(lang, _("Unit")), 0.8, "centre"),
        Column(say(lang, _("Price per unit")), 1.1, "right"),
        Column(say(lang, _("Asked by")), 1.1),
        Column(say(lang, _("Companion")), 1.1),
    ]


def _cells(number: int, row: Asked) -> list[str]:
    return [
        f"{number}",
        f"{row.day:%m-%d}",
        row.name,
        row.market,
        row.stall,
        row.unit,
        money(row.price_fen),
        row.entered_name or "",
        row.companion,
    ]


def market_workbook(rows: Sequence[Asked], lang: str) -> bytes:
    """The record of a month."""
    columns = [
        Cells(say(lang, _("Date")), "day"),
        Cells(say(lang, _("Name")), width=20),
        Cells(say(lang, _("Market")), width=20),
        Cells(say(lang, _("Stall"))),
        Cells(say(lang, _("Unit"))),
        Cells(say(lang, _("Price per unit")), "fen"),
        Cells(say(lang, _("Yuan per kilogram")), "fen"),
        Cells(say(lang, _("Asked by"))),
        Cells(say(lang, _("Companion"))),
    ]
    return write_xlsx(columns, (_market_row(row) for row in rows))


def _market_row(row: Asked) -> list[object]:
    return [
        row.day,
        row.name,
        row.market,
        row.stall,
        row.unit,
        row.price_fen,
        row.fen_per_kg,
        row.entered_name,
        row.companion,
    ]


def price_list_workbook(items: Sequence[PriceItem]) -> bytes:
    """A price list in the columns that an import reads again."""
    columns = [Cells("名称", width=24), Cells("单位"), Cells("单价", "fen")]
    return write_xlsx(columns, ([one.name, one.unit, one.price_fen] for one in items))


def prices_workbook(rows: Sequence[PriceNow], lang: str) -> bytes:
    """What each good cost last, and usually."""
    columns = [
        Cells(say(lang, _("Name")), width=20),
        Cells(say(lang, _("Category"))),
        Cells(say(lang, _("Last bought on")), "day"),
        Cells(say(lang, _("Supplier")), width=24),
        Cells(say(lang, _("Unit"))),
        Cells(say(lang, _("Last price")), "fen"),
        Cells(say(lang, _("Yuan per kilogram")), "fen"),
        Cells(say(lang, _("Usual here (30 days)")), "fen", 20),
        Cells(say(lang, _("Usual in the district")), "fen", 20),
        Cells(say(lang, _("By the price list")), "fen", 18),
    ]
    return write_xlsx(columns, (_price_row(row, lang) for row in rows))


def _price_row(row: PriceNow, lang: str) -> list[object]:
    last = row.last
    bought = (
        [last.arrived_on, last.supplier_name, last.unit, last.price_fen, last.fen_per_kg]
        if last
        else [None] * 5
    )
    usual = row.usual
    return [
        row.good.name,
        say(lang, CATEGORY_NAMES[row.good.category]),
        *bought,
        usual.own_median,
        usual.district_median,
        usual.listed,
    ]
