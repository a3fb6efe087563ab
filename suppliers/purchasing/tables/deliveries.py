"""Goods-in: what came through the door, with which papers, who looked, what became of refusals."""

from typing import Any, ClassVar

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.tables import Person
from canteen.kit.db import index, unique
from canteen.schools.tables import Entered
from canteen.tenants.tables import NO, Canteen
from suppliers.goods.rules import Category, PaperKind, Source
from suppliers.goods.tables import Good
from suppliers.licences.tables import Supplier
from suppliers.purchasing.rules import DeliveryKind, DeliveryState, Refusal, Verdict, Way, WayIn
from suppliers.purchasing.tables.wishes import Order, Wish


class Delivery(Entered, Table, tablename="suppliers_delivery"):
    """A delivery at the door (进货查验). `arrived_on` is the day of `arrived_at` at the school.

    A draft is what somebody has typed so far: `typed` is that form as JSON, and there are no lines yet; a
    decision writes the lines and empties it. `way_in` is how it came here. `slips` is a JSON list of the
    papers of the store it made (`id`, `kind`, `number`, `meal`).

    `checked_by` and `second_by` are the two who looked; `bought_by` who bought, `companion` who went along to
    the market. `stops` is a JSON list of findings that stood when it was accepted or let in, for every later
    report; `exception_*` the principal who let it through all the same. `client_id` is the phone's own number
    of it: sent twice it is one delivery. `photos` is a JSON list of digests. `fen` is the sum of what was
    accepted.
    """

    canteen = ForeignKey(Canteen, null=False, **NO)
    number = Varchar(length=24, null=False)
    kind = Varchar(length=12, choices=DeliveryKind, null=False)
    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    source = Varchar(length=16, choices=Source, null=False)
    order = ForeignKey(Order, null=True, default=None, **NO)
    plan = ForeignKey(Wish, null=True, default=None, **NO)
    arrived_at = Timestamptz(null=False)
    arrived_on = Date(null=False)
    note_number = Text(null=False)
    way_in = Varchar(length=8, choices=WayIn, null=False)
    state = Varchar(length=12, choices=DeliveryState, null=False)
    typed = Text(null=True, default=None)
    slips = Text(null=False)
    version = Integer(null=False)
    stops = Text(null=False)
    checked_by = ForeignKey(Person, null=True, default=None, **NO)
    checked_at = Timestamptz(null=True, default=None)
    second_by = ForeignKey(Person, null=True, default=None, **NO)
    second_at = Timestamptz(null=True, default=None)
    bought_by = ForeignKey(Person, null=True, default=None, **NO)
    companion = Text(null=False)
    exception_by = ForeignKey(Person, null=True, default=None, **NO)
    exception_at = Timestamptz(null=True, default=None)
    exception_reason = Text(null=False)
    client_id = Varchar(length=36, null=True, default=None)
    photos = Text(null=False)
    note = Text(null=False)
    fen = BigInt(null=False)
    corrects: ForeignKey[Any] = ForeignKey("self", null=True, default=None, **NO)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number"),
        unique("school", "client_id", where="client_id IS NOT NULL"),
        index("school", "arrived_on", "id"),
        index("school", "supplier", "arrived_on"),
        index("school", "state", "arrived_on"),
    )


class DeliveryLine(Entered, Table, tablename="suppliers_delivery_line"):
    """One good of a delivery. Quantities are grams or pieces.

    `ordered` null: nothing was ordered; `delivered` is what the note says, `weighed` what the scale says
    (null: packed goods that nobody weighed): gross less tare less `deducted`. `unit` and `price_fen` are as
    typed, fen for one unit; `accepted` × price is `fen`; `fen_per_kg` is for comparing. `name` and `category`
    are as when it came. `senses` is a JSON object of the category's checks and whether each was right.
    `meal` is the meal of that day it went to at once (直拨), blank: into the store. `lot` is the lot that it
    became.
    """

    delivery = ForeignKey(Delivery, null=False, **NO)
    position = Integer(null=False)
    arrived_on = Date(null=False)
    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    good = ForeignKey(Good, null=False, **NO)
    name = Text(null=False)
    category = Varchar(length=16, choices=Category, null=False)
    spec = Text(null=False)
    unit = Text(null=False)
    ordered = BigInt(null=True, default=None)
    delivered = BigInt(null=False)
    weighed = BigInt(null=True, default=None)
    gross = BigInt(null=True, default=None)
    tare = BigInt(null=True, default=None)
    deducted = BigInt(null=True, default=None)
    accepted = BigInt(null=False)
    price_fen = BigInt(null=False)
    fen = BigInt(null=False)
    fen_per_kg = BigInt(null=True, default=None)
    batch_number = Text(null=False)
    produced_on = Date(null=True, default=None)
    expires_on = Date(null=True, default=None)
    producer = Text(null=False)
    producer_contact = Text(null=False)
    celsius_tenths = Integer(null=True, default=None)
    senses = Text(null=False)
    verdict = Varchar(length=12, choices=Verdict, null=True, default=None)
    refusal = Varchar(length=20, choices=Refusal, null=True, default=None)
    refusal_note = Text(null=False)
    photos = Text(null=False)
    meal = Varchar(length=16, null=False)
    lot = BigInt(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "delivery", "position"),
        index("school", "arrived_on", "id"),
        index("school", "good", "arrived_on"),
        index("school", "supplier", "arrived_on"),
        index("school", "category", "arrived_on"),
        index("school", "arrived_on", "refusal", where="refusal IS NOT NULL"),
    )
    CHECKS: ClassVar = {
        "quantity": "delivered >= 0 AND accepted >= 0 AND accepted <= COALESCE(weighed, delivered)",
        "fen": "price_fen >= 0 AND fen >= 0",
    }


class BatchPaper(Entered, Table, tablename="suppliers_batch_paper"):
    """A paper that came with a delivery. `lines` is a JSON list of positions it covers, empty for all."""

    delivery = ForeignKey(Delivery, null=False, **NO)
    kind = Varchar(length=24, choices=PaperKind, null=False)
    number = Text(null=False)
    form = Varchar(length=12, null=False)
    issued_on = Date(null=True, default=None)
    issued_at_minute = Integer(null=True, default=None)
    issuer = Text(null=False)
    lines = Text(null=False)
    photos = Text(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "delivery"), index("school", "kind", "number"))


class Disposal(Entered, Table, tablename="suppliers_disposal"):
    """What was done with refused goods: returned or destroyed, how much, by whom, who saw it."""

    line = ForeignKey(DeliveryLine, null=False, **NO)
    way = Varchar(length=12, choices=Way, null=False)
    quantity = BigInt(null=False)
    happened_at = Timestamptz(null=False)
    by = ForeignKey(Person, null=True, default=None, **NO)
    witness = ForeignKey(Person, null=True, default=None, **NO)
    taken_by = Text(null=False)
    note = Text(null=False)
    photos = Text(null=False)
    corrects: ForeignKey[Any] = ForeignKey("self", null=True, default=None, **NO)

    KEYS: ClassVar = (unique("school", "id"), index("school", "line"))
    CHECKS: ClassVar = {"quantity": "quantity > 0"}
