"""What a slip is, how a payment stands, who signs it."""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.texts import _


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


KIND_NAMES: Mapping[InvoiceKind, str] = {
    InvoiceKind.INVOICE: _("Tax invoice"),
    InvoiceKind.RECEIPT: _("Stamped receipt"),
    InvoiceKind.FARMER: _("Farmer's voucher"),
    InvoiceKind.PLAIN: _("Bare slip"),
}
PAY_NAMES: Mapping[PayState, str] = {
    PayState.SIGNING: _("Waits for signatures"),
    PayState.APPROVED: _("Approved, to be paid"),
    PayState.PAID: _("Paid"),
    PayState.DROPPED: _("Dropped"),
}
WAY_NAMES: Mapping[Way, str] = {
    Way.TRANSFER: _("Bank transfer"),
    Way.CASH: _("Cash"),
    Way.ADVANCE: _("From an advance"),
}
