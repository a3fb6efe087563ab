"""Money for goods: slips, payments with their signatures, cash advances, closed months. All sums are fen."""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.tables import Person
from canteen.kit.db import Row, index, unique
from canteen.schools.tables import Entered
from canteen.tenants.tables import NO
from suppliers.licences.tables import Supplier
from suppliers.payments.rules import InvoiceKind, PayState, Signed, Way
from suppliers.purchasing.tables import Delivery


class UsedSlip(Row, Table, tablename="suppliers_used_slip"):
    """A slip that stands in the books of some school, so that it is used once: shared by all.

    `digest` is the SHA-256 of kind, seller and number, so that the row tells nobody what was bought, or
    where. It goes when that school takes the slip back.
    """

    digest = Varchar(length=64, null=False)
    used_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("digest"),)


class Advance(Entered, Table, tablename="suppliers_advance"):
    """Cash given to a buyer (备用金) until it is accounted for (报账): slips and what is handed back.

    `given_on` is the day it is wanted for, once `given_by` stands the day it was given. `spent_fen` and
    `returned_fen` stand when it is accounted for, `settled_at` when the cashier has taken the rest back.
    """

    person = ForeignKey(Person, null=False, **NO)
    number = Varchar(length=24, null=False)
    purpose = Text(null=False)
    given_on = Date(null=False)
    due_on = Date(null=False)
    fen = BigInt(null=False)
    approved_by = ForeignKey(Person, null=True, default=None, **NO)
    given_by = ForeignKey(Person, null=True, default=None, **NO)
    settled_at = Timestamptz(null=True, default=None)
    settled_by = ForeignKey(Person, null=True, default=None, **NO)
    spent_fen = BigInt(null=True, default=None)
    returned_fen = BigInt(null=True, default=None)
    dropped_at = Timestamptz(null=True, default=None)
    dropped_reason = Text(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number"),
        unique("school", "person", where="settled_at IS NULL AND dropped_at IS NULL"),
        index("school", "given_on", "id"),
    )
    CHECKS: ClassVar = {"fen": "fen > 0"}


class Payment(Entered, Table, tablename="suppliers_payment"):
    """What is paid to one supplier (or seller by name) at once, on the slips that name it.

    `collective_note` names the meeting that decided above the threshold.
    """

    number = Varchar(length=24, null=False)
    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    payee = Text(null=False)
    payee_account = Text(null=False)
    payee_bank = Text(null=False)
    way = Varchar(length=12, choices=Way, null=False)
    advance = ForeignKey(Advance, null=True, default=None, **NO)
    day = Date(null=False)
    fen = BigInt(null=False)
    state = Varchar(length=12, choices=PayState, null=False)
    purpose = Text(null=False)
    collective_note = Text(null=False)
    paid_on = Date(null=True, default=None)
    paid_by = ForeignKey(Person, null=True, default=None, **NO)
    paid_at = Timestamptz(null=True, default=None)
    bank_reference = Text(null=False)
    dropped_reason = Text(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number"),
        index("school", "day", "id"),
        index("school", "state", "id"),
        index("school", "supplier", "day"),
    )
    CHECKS: ClassVar = {"fen": "fen > 0"}


class Invoice(Entered, Table, tablename="suppliers_invoice"):
    """A slip that money is paid on. `spelling` is its number as it is compared.

    `booked_on` is the day it counts for: its own, or a later one when that month was closed already. `note`
    says why sums differ or why it is so old. `photos` is a JSON list of digests. `payment` null: not yet
    asked to be paid. `returned_reason` stands when finance gave it back.
    """

    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    seller = Text(null=False)
    seller_code = Varchar(length=18, null=False)
    kind = Varchar(length=12, choices=InvoiceKind, null=False)
    number = Text(null=False)
    spelling = Text(null=False)
    issued_on = Date(null=False)
    booked_on = Date(null=False)
    fen = BigInt(null=False)
    photos = Text(null=False)
    note = Text(null=False)
    payment = ForeignKey(Payment, null=True, default=None, **NO)
    withdrawn_at = Timestamptz(null=True, default=None)
    returned_reason = Text(null=False)
    changed_at = Timestamptz(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        index("school", "booked_on", "id"),
        index("school", "supplier", "booked_on"),
        index("school", "spelling"),
        index("school", "payment"),
    )
    CHECKS: ClassVar = {"fen": "fen > 0"}


class InvoiceDelivery(Entered, Table, tablename="suppliers_invoice_delivery"):
    """So much of an invoice is for that delivery: one invoice for many, one delivery on many."""

    invoice = ForeignKey(Invoice, null=False, **NO)
    delivery = ForeignKey(Delivery, null=False, **NO)
    fen = BigInt(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "invoice", "delivery"),
        index("school", "delivery"),
    )
    CHECKS: ClassVar = {"fen": "fen > 0"}


class Signature(Entered, Table, tablename="suppliers_signature"):
    """One of the three signatures of a payment. `for_person` is who it was signed for by delegation."""

    payment = ForeignKey(Payment, null=False, **NO)
    role = Varchar(length=12, choices=Signed, null=False)
    person = ForeignKey(Person, null=False, **NO)
    for_person = BigInt(null=True, default=None)
    signed_at = Timestamptz(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "payment", "role"),
        unique("school", "payment", "person"),
    )


class MonthClose(Entered, Table, tablename="suppliers_month_close"):
    """A month whose deliveries and slips are settled; a later row with a reason opens it again."""

    month = Date(null=False)
    closed = Boolean(null=False, default=True)
    reason = Text(null=False)
    delivered_fen = BigInt(null=False)
    paid_fen = BigInt(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "month", "id"))
