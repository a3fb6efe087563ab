"""What people send about money for goods."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.described import Id
from canteen.kit.forms import Fen, NonNegativeFen
from suppliers.payments.rules import InvoiceKind, Way

Name = Annotated[str, Meta(max_length=80)]
Long = Annotated[str, Meta(max_length=400)]
Number = Annotated[str, Meta(max_length=60)]
Sum = Annotated[Fen, Meta(gt=0, le=10**11)]
Ids = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=200)]


class LinkForm(msgspec.Struct, frozen=True):
    """So much of a slip is for that delivery; blank or nought: none of it."""

    delivery: Id
    fen: NonNegativeFen | None = None


class SlipForm(msgspec.Struct, frozen=True):
    """A slip as it is typed. `seller` stands where the seller is none of the kept suppliers.

    Blank `booked_on`: it counts for its own day. `note` says why a sum differs or why it comes so late.
    `seen` is the instant of the version that was changed, so that nobody overwrites what was not seen.
    """

    kind: InvoiceKind
    issued_on: date
    fen: Sum
    supplier: Id | None = None
    seller: Name = ""
    number: Number = ""
    booked_on: date | None = None
    links: Annotated[tuple[LinkForm, ...], Meta(max_length=200)] = ()
    note: Long = ""
    seen: Annotated[str, Meta(max_length=40)] = ""


class RequestForm(msgspec.Struct, frozen=True):
    """Slips of one seller to be paid at once. `sign`: whoever asks signs as the one who handled it."""

    slips: Ids
    way: Way
    payee: Name = ""
    account: Number = ""
    bank: Name = ""
    purpose: Long = ""
    day: date | None = None
    collective_note: Long = ""
    sign: bool = False


class SignForm(msgspec.Struct, frozen=True):
    """Payments to sign, each at the place whose turn it is. `collective_note` names the meeting."""

    payments: Ids
    collective_note: Long = ""


class PayForm(msgspec.Struct, frozen=True):
    """Payments that were made, on which day, and by which reference of the bank."""

    payments: Ids
    paid_on: date | None = None
    bank_reference: Number = ""


class ReasonForm(msgspec.Struct, frozen=True):
    """Why something is dropped, sent back or opened again."""

    reason: Annotated[str, Meta(min_length=1, max_length=400)]


class AdvanceForm(msgspec.Struct, frozen=True):
    """Cash that a buyer needs beforehand. Blank `person`: whoever asks; blank `wanted_on`: today."""

    fen: Sum
    purpose: Annotated[str, Meta(min_length=1, max_length=400)]
    person: Id | None = None
    wanted_on: date | None = None


class AccountForm(msgspec.Struct, frozen=True):
    """What an advance was spent on, and what is handed back."""

    slips: Ids
    returned_fen: NonNegativeFen = 0
    purpose: Long = ""


class MonthForm(msgspec.Struct, frozen=True):
    """A month, by any of its days; `reason` when it is opened again."""

    month: date
    reason: Long = ""
