"""How a wish, an order and a delivery stand, and the words of refusals."""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.texts import _


class WishKind(StrEnum):
    """A requisition for one need, or a weekly plan that covers the days of the short chain (practice 23)."""

    REQUISITION = "requisition"
    WEEKLY_PLAN = "weekly_plan"


class WishState(StrEnum):
    """From the draft to what was bought of it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"


class OrderState(StrEnum):
    """An order is placed, then delivered or called off."""

    PLACED = "placed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class DeliveryKind(StrEnum):
    """From a supplier, from a walk over the market (市场采买单), from a farmer, from the own garden."""

    SUPPLIER = "supplier"
    MARKET = "market"
    FARMER = "farmer"
    GARDEN = "garden"


DELIVERY_KIND_NAMES: Mapping[DeliveryKind, str] = {
    DeliveryKind.SUPPLIER: _("Brought by a supplier"),
    DeliveryKind.MARKET: _("Bought on the market"),
    DeliveryKind.FARMER: _("Bought from a farmer"),
    DeliveryKind.GARDEN: _("From the own garden"),
}


class WayIn(StrEnum):
    """How a delivery came into the book: at the door, from a file, or from a program."""

    DOOR = "door"
    FILE = "file"
    PROGRAM = "program"


class DeliveryState(StrEnum):
    """What became of a delivery at the door.

    A draft is still typed. `provisional` (暂收待审): its lots are locked until the principal decides.
    `replaced`: a correction stands for it.
    """

    DRAFT = "draft"
    PROVISIONAL = "provisional"
    ACCEPTED = "accepted"
    PART = "part"
    REFUSED = "refused"
    REPLACED = "replaced"


DELIVERY_STATE_NAMES: Mapping[DeliveryState, str] = {
    DeliveryState.DRAFT: _("Not yet accepted"),
    DeliveryState.PROVISIONAL: _("Taken in provisionally, to be decided"),
    DeliveryState.ACCEPTED: _("Accepted after the check"),
    DeliveryState.PART: _("Partly refused"),
    DeliveryState.REFUSED: _("Wholly refused"),
    DeliveryState.REPLACED: _("Replaced by a correction"),
}


class Verdict(StrEnum):
    """What was decided about one line."""

    ACCEPTED = "accepted"
    PART = "part"
    REFUSED = "refused"


VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.ACCEPTED: _("Take it"),
    Verdict.PART: _("Refuse a part"),
    Verdict.REFUSED: _("Refuse"),
}


class Refusal(StrEnum):
    """The usual reasons to refuse goods (domain.md 7, refusal wording)."""

    NO_QUARANTINE = "no_quarantine"
    LICENCE_EXPIRED = "licence_expired"
    LICENCE_OTHER = "licence_other"
    OUT_OF_SCOPE = "out_of_scope"
    PAPERS_DIFFER = "papers_differ"
    EXPIRED = "expired"
    DATE_UNCLEAR = "date_unclear"
    SENSES = "senses"
    TOO_WARM = "too_warm"
    PACKAGING = "packaging"
    NO_CHINESE_LABEL = "no_chinese_label"
    BANNED = "banned"
    PESTICIDE = "pesticide"
    SHORT = "short"
    LATE = "late"
    NOT_APPROVED = "not_approved"


REFUSAL_NAMES: Mapping[Refusal, str] = {
    Refusal.NO_QUARANTINE: _("No quarantine certificate"),
    Refusal.LICENCE_EXPIRED: _("A licence has expired"),
    Refusal.LICENCE_OTHER: _("The licence is not of who delivers"),
    Refusal.OUT_OF_SCOPE: _("The licence does not cover these goods"),
    Refusal.PAPERS_DIFFER: _("Papers and goods differ (name, quantity, batch)"),
    Refusal.EXPIRED: _("Past its shelf life"),
    Refusal.DATE_UNCLEAR: _("Production date unclear"),
    Refusal.SENSES: _("Looks, smells or feels wrong"),
    Refusal.TOO_WARM: _("Thawed or too warm"),
    Refusal.PACKAGING: _("Damaged packaging"),
    Refusal.NO_CHINESE_LABEL: _("No Chinese label"),
    Refusal.BANNED: _("Banned or high-risk food"),
    Refusal.PESTICIDE: _("Too much pesticide"),
    Refusal.SHORT: _("Too little came"),
    Refusal.LATE: _("Not delivered in time"),
    Refusal.NOT_APPROVED: _("Nobody approved this purchase"),
}


class Way(StrEnum):
    """What was done with refused or spoilt goods."""

    RETURNED = "returned"
    DESTROYED = "destroyed"


WAY_NAMES: Mapping[Way, str] = {
    Way.RETURNED: _("Returned to the seller"),
    Way.DESTROYED: _("Destroyed"),
}


class ListKind(StrEnum):
    """A price list names prices; a discount takes a rate off the market's price (下浮率)."""

    PRICES = "prices"
    DISCOUNT = "discount"
