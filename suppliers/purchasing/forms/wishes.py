"""What people send about wishes, quotes and orders; in JSON counts are thousandths, prices fen."""

from datetime import date, time
from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.described import Id
from canteen.kit.forms import Fen, Thousandths
from suppliers.purchasing.rules import WishKind

Count = Annotated[Thousandths, Meta(le=10**9)]
Price = Annotated[Fen, Meta(gt=0, le=10**8)]
Reason = Annotated[str, Meta(max_length=200)]


class WishLineForm(msgspec.Struct, frozen=True):
    """A good by a name or alias of the catalogue, and how much of it.

    A blank unit is the one it is bought in, a blank day the first day, a blank price the usual one.
    """

    good: Annotated[str, Meta(min_length=1, max_length=60)]
    count: Count
    unit: Annotated[str, Meta(max_length=12)] = ""
    price: Price | None = None
    day: date | None = None
    note: Annotated[str, Meta(max_length=80)] = ""


class WishForm(msgspec.Struct, frozen=True):
    """A requisition or a weekly plan. `version` is the one that was changed, 0 for a new one."""

    kind: WishKind
    canteen: Id
    first_day: date
    last_day: date
    lines: Annotated[tuple[WishLineForm, ...], Meta(min_length=1, max_length=200)]
    purpose: Annotated[str, Meta(max_length=200)] = ""
    version: int = 0


class ApprovalForm(msgspec.Struct, frozen=True):
    """What is approved at once: each wish as `id-version`, the version that was seen.

    `meeting` names the collective decision (which, and its day) for amounts that want one.
    """

    wishes: Annotated[
        tuple[Annotated[str, Meta(pattern=r"^[1-9]\d{0,17}-\d{1,9}$")], ...],
        Meta(min_length=1, max_length=100),
    ]
    meeting: Reason = ""


class ReasonForm(msgspec.Struct, frozen=True):
    """Why."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class QuotePriceForm(msgspec.Struct, frozen=True):
    """The price of one line of the wish, for one of its unit."""

    line: Id
    price: Price


class QuoteForm(msgspec.Struct, frozen=True):
    """What a seller asks: one of the suppliers, or somebody by name."""

    quoted_on: date
    prices: Annotated[tuple[QuotePriceForm, ...], Meta(min_length=1, max_length=200)]
    supplier: Id | None = None
    name: Annotated[str, Meta(max_length=60)] = ""


class ChoiceForm(msgspec.Struct, frozen=True):
    """The quote that is taken, and why when it is not the cheapest."""

    quote: Id
    reason: Reason = ""


class OrderLineForm(msgspec.Struct, frozen=True):
    """From whom a line of the wish is ordered; without a supplier it is not ordered now."""

    line: Id
    supplier: Id | None = None
    count: Count | None = None
    price: Price | None = None


class OrdersForm(msgspec.Struct, frozen=True):
    """What is ordered of a wish for a day, until an hour."""

    deliver_on: date
    lines: Annotated[tuple[OrderLineForm, ...], Meta(min_length=1, max_length=200)]
    deliver_by: time | None = None
    note: Annotated[str, Meta(max_length=200)] = ""
