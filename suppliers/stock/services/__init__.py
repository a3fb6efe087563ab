"""What people do in the store and ask of it."""

from suppliers.stock.services.closing import close_count
from suppliers.stock.services.correcting import correct_slip, undo_slip
from suppliers.stock.services.counting import count_lots, drop_count, start_count
from suppliers.stock.services.counts import CountView, count_view, list_counts
from suppliers.stock.services.issuing import issue, issue_lines, issue_whole
from suppliers.stock.services.ledgers import Asked, Book, book, cost_of_meals
from suppliers.stock.services.locking import hold, lift, release_lot, set_apart, set_state
from suppliers.stock.services.lots import (
    LotLine,
    LotView,
    all_lots,
    lines_of_lots,
    list_lots,
    lot_view,
    near_lots,
)
from suppliers.stock.services.opening import enter_opening, import_opening
from suppliers.stock.services.own import add_own
from suppliers.stock.services.places import add_place, places_of, retire_place
from suppliers.stock.services.reading import (
    Held,
    chosen_canteen,
    lots_with_stock,
    on_hand,
)
from suppliers.stock.services.receiving import receive
from suppliers.stock.services.slips import (
    SlipHead,
    SlipView,
    all_slips,
    issues_of_meal,
    list_slips,
    slip_view,
)
from suppliers.stock.services.store import (
    lot_of,
    lots_by_ids,
    on_shelf,
    open_slip,
    refuse_closed_day,
    take_out,
)
from suppliers.stock.services.taking_back import take_back
from suppliers.stock.services.witness import possible_witnesses
from suppliers.stock.services.writing_off import write_off

__all__ = [
    "Asked",
    "Book",
    "CountView",
    "Held",
    "LotLine",
    "LotView",
    "SlipHead",
    "SlipView",
    "add_own",
    "add_place",
    "all_lots",
    "all_slips",
    "book",
    "chosen_canteen",
    "close_count",
    "correct_slip",
    "cost_of_meals",
    "count_lots",
    "count_view",
    "drop_count",
    "enter_opening",
    "hold",
    "import_opening",
    "issue",
    "issue_lines",
    "issue_whole",
    "issues_of_meal",
    "lift",
    "lines_of_lots",
    "list_counts",
    "list_lots",
    "list_slips",
    "lot_of",
    "lot_view",
    "lots_by_ids",
    "lots_with_stock",
    "near_lots",
    "on_hand",
    "on_shelf",
    "open_slip",
    "places_of",
    "possible_witnesses",
    "receive",
    "refuse_closed_day",
    "release_lot",
    "retire_place",
    "set_apart",
    "set_state",
    "slip_view",
    "start_count",
    "take_back",
    "take_out",
    "undo_slip",
    "write_off",
]
