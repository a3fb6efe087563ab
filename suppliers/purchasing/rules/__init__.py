"""What holds at the door and on the way to it: stops, papers of a batch, quotes, prices, approvals."""

from suppliers.purchasing.rules.door import (
    NEVER,
    WARMEST,
    Certificate,
    Goods,
    certificate_findings,
    line_findings,
    may_be_let_through,
    people_findings,
)
from suppliers.purchasing.rules.senses import SENSE_NAMES, SENSES, senses_for
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
    "NEVER",
    "REFUSAL_NAMES",
    "SENSES",
    "SENSE_NAMES",
    "WARMEST",
    "Certificate",
    "DeliveryKind",
    "DeliveryState",
    "Goods",
    "ListKind",
    "OrderState",
    "Refusal",
    "Verdict",
    "Way",
    "WishKind",
    "WishState",
    "certificate_findings",
    "line_findings",
    "may_be_let_through",
    "people_findings",
    "senses_for",
]
