"""What holds for lots: which goes first, which may not go, what a part of it costs."""

from suppliers.stock.rules.arrivals import NewLot
from suppliers.stock.rules.counts import Counted, closing_findings
from suppliers.stock.rules.lots import (
    STANDING_NAMES,
    OnShelf,
    Standing,
    Take,
    first_out,
    share_of,
    standing_of,
    take,
    take_findings,
    takes,
    usable,
)
from suppliers.stock.rules.numbers import lot_number, slip_number
from suppliers.stock.rules.states import Cause, CountState, LotState, Move, Origin, SlipKind

__all__ = [
    "STANDING_NAMES",
    "Cause",
    "CountState",
    "Counted",
    "LotState",
    "Move",
    "NewLot",
    "OnShelf",
    "Origin",
    "SlipKind",
    "Standing",
    "Take",
    "closing_findings",
    "first_out",
    "lot_number",
    "share_of",
    "slip_number",
    "standing_of",
    "take",
    "take_findings",
    "takes",
    "usable",
]
