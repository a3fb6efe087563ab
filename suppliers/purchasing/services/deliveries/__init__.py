"""Deliveries at the door (进货查验): drafts, the decision, what comes after it, and looking at them."""

from suppliers.purchasing.services.deliveries.copying import duplicate, from_order
from suppliers.purchasing.services.deliveries.correcting import correct, is_plain
from suppliers.purchasing.services.deliveries.counter import (
    Look,
    goods_at_hand,
    look_at,
    look_typed,
    sellers_at_hand,
)
from suppliers.purchasing.services.deliveries.deciding import accept, refuse, take_in
from suppliers.purchasing.services.deliveries.drafts import (
    change_draft,
    draft_of,
    drop_draft,
    keep_photos,
    keep_sent,
    save_draft,
    typed_of,
)
from suppliers.purchasing.services.deliveries.exceptions import let_through, turn_away
from suppliers.purchasing.services.deliveries.imports import bad_rows, import_deliveries
from suppliers.purchasing.services.deliveries.lists import (
    FILTERS,
    LINE_FILTERS,
    all_deliveries,
    all_lines,
    list_deliveries,
    list_lines,
)
from suppliers.purchasing.services.deliveries.looking import (
    DeliveryView,
    as_shown,
    as_typed,
    deliveries_by_ids,
    delivery_of,
    view_of,
)
from suppliers.purchasing.services.deliveries.refused import disposals_of, dispose, refused_of
from suppliers.purchasing.services.deliveries.seconds import checkers
from suppliers.purchasing.services.deliveries.telling import hits_of
from suppliers.purchasing.services.expected import order_lines as expected_of

__all__ = [
    "FILTERS",
    "LINE_FILTERS",
    "DeliveryView",
    "Look",
    "accept",
    "all_deliveries",
    "all_lines",
    "as_shown",
    "as_typed",
    "bad_rows",
    "change_draft",
    "checkers",
    "correct",
    "deliveries_by_ids",
    "delivery_of",
    "disposals_of",
    "dispose",
    "draft_of",
    "drop_draft",
    "duplicate",
    "expected_of",
    "from_order",
    "goods_at_hand",
    "hits_of",
    "import_deliveries",
    "is_plain",
    "keep_photos",
    "keep_sent",
    "let_through",
    "list_deliveries",
    "list_lines",
    "look_at",
    "look_typed",
    "refuse",
    "refused_of",
    "save_draft",
    "sellers_at_hand",
    "take_in",
    "turn_away",
    "typed_of",
    "view_of",
]
