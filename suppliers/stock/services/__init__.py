"""What people do in the store and ask of it."""

from suppliers.stock.services.issuing import issue_whole
from suppliers.stock.services.locking import hold, lift, set_state
from suppliers.stock.services.receiving import receive
from suppliers.stock.services.store import (
    lot_of,
    lots_by_ids,
    on_shelf,
    open_slip,
    refuse_closed_day,
    take_out,
)
from suppliers.stock.services.taking_back import take_back

__all__ = [
    "hold",
    "issue_whole",
    "lift",
    "lot_of",
    "lots_by_ids",
    "on_shelf",
    "open_slip",
    "receive",
    "refuse_closed_day",
    "set_state",
    "take_back",
    "take_out",
]
