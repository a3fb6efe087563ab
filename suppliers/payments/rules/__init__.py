"""What holds for money: three people, one slip once, sums that agree, months that stay closed."""

from suppliers.payments.rules.states import InvoiceKind, PayState, Signed, Way

__all__ = ["InvoiceKind", "PayState", "Signed", "Way"]
