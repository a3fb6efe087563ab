"""What people do with suppliers and their papers, and ask of them.

add_supplier change_supplier decide_standing declare_record import_suppliers         deeds on suppliers
take_suppliers offers_above                                    the library of the district above
add_paper change_paper verify_paper reject_paper               papers, verified by a second person
make_link revoke_link open_link hand_in                        a supplier hands in its own
list_suppliers supplier_of suppliers_by_ids licences_of papers_of paper_of           looking
wall gaps states_of supplier_notes seller_snapshot             what hangs, what lacks, who may sell what
set_standing post_renewals                                     for assessments, and for the daily round
"""

from suppliers.licences.services.deeds import (
    add_paper,
    change_paper,
    reject_paper,
    verify_paper,
)
from suppliers.licences.services.imports import bad_rows, import_suppliers
from suppliers.licences.services.keeping import (
    add_supplier,
    change_supplier,
    decide_standing,
    declare_record,
    set_standing,
)
from suppliers.licences.services.library import Offer, offers_above, take_suppliers
from suppliers.licences.services.links import (
    SENT,
    OpenLink,
    hand_in,
    handed_in,
    links_of,
    make_link,
    open_link,
    revoke_link,
)
from suppliers.licences.services.needs import (
    CategoryState,
    Gaps,
    gaps,
    seller_snapshot,
    states_of,
    stops_for,
    supplier_notes,
)
from suppliers.licences.services.papers import PaperView, categories_of, licences_of, paper_of, papers_of
from suppliers.licences.services.reading import (
    FILTERS,
    SupplierLine,
    all_suppliers,
    lead_days,
    list_suppliers,
    seller_of,
    supplier_of,
    suppliers_by_ids,
)
from suppliers.licences.services.wall import OWNERS, Band, Wall, post_renewals, wall
from suppliers.licences.tables import Supplier

__all__ = [
    "FILTERS",
    "OWNERS",
    "SENT",
    "Band",
    "CategoryState",
    "Gaps",
    "Offer",
    "OpenLink",
    "PaperView",
    "Supplier",
    "SupplierLine",
    "Wall",
    "add_paper",
    "add_supplier",
    "all_suppliers",
    "bad_rows",
    "categories_of",
    "change_paper",
    "change_supplier",
    "decide_standing",
    "declare_record",
    "gaps",
    "hand_in",
    "handed_in",
    "import_suppliers",
    "lead_days",
    "licences_of",
    "links_of",
    "list_suppliers",
    "make_link",
    "offers_above",
    "open_link",
    "paper_of",
    "papers_of",
    "post_renewals",
    "reject_paper",
    "revoke_link",
    "seller_of",
    "seller_snapshot",
    "set_standing",
    "states_of",
    "stops_for",
    "supplier_notes",
    "supplier_of",
    "suppliers_by_ids",
    "take_suppliers",
    "verify_paper",
    "wall",
]
