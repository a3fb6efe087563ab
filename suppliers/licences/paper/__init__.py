"""What is printed of suppliers and papers: the ledger (索证索票台账), lists, a supplier's file."""

from suppliers.licences.paper.file import SupplierFile, supplier_file_pdf
from suppliers.licences.paper.ledger import ledger, ledger_title
from suppliers.licences.paper.sheets import suppliers_workbook, wall_workbook

__all__ = [
    "SupplierFile",
    "ledger",
    "ledger_title",
    "supplier_file_pdf",
    "suppliers_workbook",
    "wall_workbook",
]
