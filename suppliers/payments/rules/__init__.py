"""What holds for money: three people, one slip once, sums that agree, months that stay closed."""

from suppliers.payments.rules.signing import (
    ORDER,
    SIGNED_NAMES,
    Advanced,
    Slip,
    advance_findings,
    cash_findings,
    next_signature,
    overdue_findings,
    signature_findings,
    slip_digest,
    slip_findings,
)
from suppliers.payments.rules.states import InvoiceKind, PayState, Signed, Way

__all__ = [
    "ORDER",
    "SIGNED_NAMES",
    "Advanced",
    "InvoiceKind",
    "PayState",
    "Signed",
    "Slip",
    "Way",
    "advance_findings",
    "cash_findings",
    "next_signature",
    "overdue_findings",
    "signature_findings",
    "slip_digest",
    "slip_findings",
]
