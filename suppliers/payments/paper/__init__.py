"""What is printed of money for goods, and its lists as workbooks: data in, a Ledger or bytes out."""

from suppliers.payments.paper.approval import advance_form, approval_form
from suppliers.payments.paper.books import (
    advances_workbook,
    bank_workbook,
    payments_workbook,
    slips_workbook,
)
from suppliers.payments.paper.slips import bare_ledger, farmer_voucher
from suppliers.payments.paper.statement import (
    HEADINGS,
    figures_of,
    month_ledger,
    month_workbook,
    seller_of,
    supplier_ledger,
)
from suppliers.payments.paper.words import registered

__all__ = [
    "HEADINGS",
    "advance_form",
    "advances_workbook",
    "approval_form",
    "bank_workbook",
    "bare_ledger",
    "farmer_voucher",
    "figures_of",
    "month_ledger",
    "month_workbook",
    "payments_workbook",
    "registered",
    "seller_of",
    "slips_workbook",
    "supplier_ledger",
]
