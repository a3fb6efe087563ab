"""What a slip is, how a payment stands, who signs it."""

from enum import StrEnum


class InvoiceKind(StrEnum):
    """A tax invoice, a stamped receipt, a farmer's voucher (农户收购凭证), or a bare slip (白条)."""

    INVOICE = "invoice"
    RECEIPT = "receipt"
    FARMER = "farmer"
    PLAIN = "plain"


class PayState(StrEnum):
    """A payment gathers signatures, is approved, then paid, or is dropped before."""

    SIGNING = "signing"
    APPROVED = "approved"
    PAID = "paid"
    DROPPED = "dropped"


class Signed(StrEnum):
    """The three signatures, by three people: 经手人, 验收人 (证明人), 审批人."""

    HANDLED = "handled"
    ACCEPTED = "accepted"
    APPROVED = "approved"


class Way(StrEnum):
    """How money goes out."""

    TRANSFER = "transfer"
    CASH = "cash"
    ADVANCE = "advance"
