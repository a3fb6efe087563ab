"""What is wanted, what others ask for it, and what was ordered.

`count_milli` is thousandths of the unit that people type (12.5 斤 is 12500), `quantity` the same in grams or
pieces; `price_fen` is fen for one unit.
"""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.tables import Person
from canteen.kit.db import index, unique
from canteen.schools.tables import Entered
from canteen.tenants.tables import NO, Canteen
from suppliers.goods.tables import Good
from suppliers.licences.tables import Supplier
from suppliers.purchasing.rules import OrderState, WishKind, WishState


class Wish(Entered, Table, tablename="suppliers_wish"):
    """A requisition, or a weekly plan, for the days from `first_day` to `last_day`.

    `version` counts the changes, so that nobody approves what was not seen. `decided_for` lent the role in
    which it was decided (授权代签). `choice_reason` says why the lowest quote was not taken,
    `decision_reason` why it was sent back, `collective_note` which meeting decided.
    """

    canteen = ForeignKey(Canteen, null=False, **NO)
    kind = Varchar(length=12, choices=WishKind, null=False)
    number = Varchar(length=24, null=False)
    first_day = Date(null=False)
    last_day = Date(null=False)
    state = Varchar(length=12, choices=WishState, null=False)
    version = Integer(null=False)
    purpose = Text(null=False)
    fen = BigInt(null=False)
    submitted_by = ForeignKey(Person, null=True, default=None, **NO)
    submitted_at = Timestamptz(null=True, default=None)
    decided_by = ForeignKey(Person, null=True, default=None, **NO)
    decided_for = ForeignKey(Person, null=True, default=None, **NO)
    decided_at = Timestamptz(null=True, default=None)
    decision_reason = Text(null=False)
    collective_note = Text(null=False)
    choice_reason = Text(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number"),
        index("school", "first_day", "id"),
        index("school", "state", "id"),
    )
    CHECKS: ClassVar = {"days": "last_day >= first_day"}


class WishLine(Entered, Table, tablename="suppliers_wish_line"):
    """One good of a wish; `day` is when it is needed."""

    wish = ForeignKey(Wish, null=False, **NO)
    position = Integer(null=False)
    good = ForeignKey(Good, null=False, **NO)
    day = Date(null=False)
    unit = Text(null=False)
    count_milli = BigInt(null=False)
    quantity = BigInt(null=False)
    price_fen = BigInt(null=True, default=None)
    note = Text(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "wish", "position"))
    CHECKS: ClassVar = {"quantity": "count_milli > 0 AND quantity > 0"}


class Quote(Entered, Table, tablename="suppliers_quote"):
    """What one seller asks for a wish. `supplier` null: asked by name only."""

    wish = ForeignKey(Wish, null=False, **NO)
    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    name = Text(null=False)
    quoted_on = Date(null=False)
    fen = BigInt(null=False)
    photos = Text(null=False)
    chosen = Boolean(null=False, default=False)
    withdrawn_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "wish"))


class QuoteLine(Entered, Table, tablename="suppliers_quote_line"):
    """The price of one line of the wish in a quote."""

    quote = ForeignKey(Quote, null=False, **NO)
    wish_line = ForeignKey(WishLine, null=False, **NO)
    price_fen = BigInt(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "quote", "wish_line"))
    CHECKS: ClassVar = {"price": "price_fen > 0"}


class Order(Entered, Table, tablename="suppliers_order"):
    """What was ordered from a supplier, for a day and (minutes of the day) an hour."""

    canteen = ForeignKey(Canteen, null=False, **NO)
    number = Varchar(length=24, null=False)
    supplier = ForeignKey(Supplier, null=False, **NO)
    wish = ForeignKey(Wish, null=True, default=None, **NO)
    deliver_on = Date(null=False)
    deliver_by = Integer(null=True, default=None)
    state = Varchar(length=12, choices=OrderState, null=False)
    note = Text(null=False)
    fen = BigInt(null=False)
    ended_at = Timestamptz(null=True, default=None)
    ended_reason = Text(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number"),
        index("school", "deliver_on", "id"),
        index("school", "supplier", "deliver_on"),
    )


class OrderLine(Entered, Table, tablename="suppliers_order_line"):
    """One good of an order."""

    order = ForeignKey(Order, null=False, **NO)
    position = Integer(null=False)
    good = ForeignKey(Good, null=False, **NO)
    spec = Text(null=False)
    unit = Text(null=False)
    count_milli = BigInt(null=False)
    quantity = BigInt(null=False)
    price_fen = BigInt(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "order", "position"))
    CHECKS: ClassVar = {"quantity": "count_milli > 0 AND quantity > 0"}
