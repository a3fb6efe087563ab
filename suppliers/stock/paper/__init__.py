"""What is printed of the store: slips, ledgers, stocktakes, labels, and the same as workbooks."""

from suppliers.stock.paper.counts import count_paper, count_sheet
from suppliers.stock.paper.labels import lot_labels
from suppliers.stock.paper.ledgers import TITLES, ledger_paper, ledger_sheet, ledger_workbook
from suppliers.stock.paper.sheets import lots_workbook, opening_form, slips_workbook
from suppliers.stock.paper.slips import slip_paper, slip_sheet

__all__ = [
    "TITLES",
    "count_paper",
    "count_sheet",
    "ledger_paper",
    "ledger_sheet",
    "ledger_workbook",
    "lot_labels",
    "lots_workbook",
    "opening_form",
    "slip_paper",
    "slip_sheet",
    "slips_workbook",
]
