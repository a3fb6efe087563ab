"""Paper: data in, PDF bytes out. No query, no request.

A room's `paper.py` turns its rows into a `Ledger` or a `Poster` and asks `ledger_pdf` or `poster_pdf`.
"""

from canteen.kit.paper.ledger import ledger_pdf
from canteen.kit.paper.poster import poster_pdf
from canteen.kit.paper.sheets import A3_LANDSCAPE, A4, A4_LANDSCAPE, LABELS, SLIP, Sheet
from canteen.kit.paper.values import Column, Dish, Ledger, Poster, Signed

__all__ = [
    "A3_LANDSCAPE",
    "A4",
    "A4_LANDSCAPE",
    "LABELS",
    "SLIP",
    "Column",
    "Dish",
    "Ledger",
    "Poster",
    "Sheet",
    "Signed",
    "ledger_pdf",
    "poster_pdf",
]
