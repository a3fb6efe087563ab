"""What holds at the door and on the way to it: stops, papers of a batch, quotes, prices, approvals."""

from suppliers.purchasing.rules.states import (
    REFUSAL_NAMES,
    DeliveryKind,
    DeliveryState,
    ListKind,
    OrderState,
    Refusal,
    Verdict,
    Way,
    WishKind,
    WishState,
)

__all__ = [
    "REFUSAL_NAMES",
    "DeliveryKind",
    "DeliveryState",
    "ListKind",
    "OrderState",
    "Refusal",
    "Verdict",
    "Way",
    "WishKind",
    "WishState",
]
