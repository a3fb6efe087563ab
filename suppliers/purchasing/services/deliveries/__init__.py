"""Deliveries at the door (进货查验): drafts, the decision, what comes after it, and looking at them."""

from suppliers.purchasing.services.deliveries.copying import duplicate
from suppliers.purchasing.services.deliveries.correcting import correct, is_plain
from suppliers.purchasing.services.deliveries.deciding import accept, refuse, take_in
from suppliers.purchasing.services.deliveries.drafts import (
    change_draft,
    draft_of,
    drop_draft,
    keep_photos,
    save_draft,
    typed_of,
)
from suppliers.purchasing.services.deliveries.exceptions import let_through, turn_away
from suppliers.purchasing.services.deliveries.looking import (
    DeliveryView,
    as_typed,
    deliveries_by_ids,
    delivery_of,
    view_of,
)
from suppliers.purchasing.services.deliveries.refused import disposals_of, dispose

__all__ = [
    "DeliveryView",
    "accept",
    "as_typed",
    "change_draft",
    "correct",
    "deliveries_by_ids",
    "delivery_of",
    "disposals_of",
    "dispose",
    "draft_of",
    "drop_draft",
    "duplicate",
    "is_plain",
    "keep_photos",
    "let_through",
    "refuse",
    "save_draft",
    "take_in",
    "turn_away",
    "typed_of",
    "view_of",
]
