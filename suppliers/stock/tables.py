"""The store room as it is kept: places, lots, the ledger and its slips, stocktakes.

Quantities are grams, or pieces where the good's measure says so; money is fen. Lots are never merged, lines
of the ledger never changed or deleted.
"""

from typing import Any, ClassVar

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.tables import Person
from canteen.kit.db import index, unique
from canteen.schools.tables import Entered
from canteen.tenants.tables import NO, Canteen
from suppliers.goods.rules import Category, Storage
from suppliers.goods.tables import Good
from suppliers.licences.tables import Supplier
from suppliers.stock.rules import Cause, CountState, LotState, Move, Origin, SlipKind


class Place(Entered, Table, tablename="suppliers_place"):
    """A shelf, fridge or freezer of a canteen."""

    canteen = ForeignKey(Canteen, null=False, **NO)
    name = Text(null=False)
    storage = Varchar(length=8, choices=Storage, null=False)
    retired_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "canteen", "name", where="retired_at IS NULL"),
    )


class Lot(Entered, Table, tablename="suppliers_lot"):
    """One batch of a good as it came in. `quantity` and `fen` are what came, the `_left` what remains of it.

    `usable_from` is the first day of a batch of our own. `state_reason` says why it is locked or quarantined.
    `held_at` stands while an incident holds it: oversight sets and lifts it. `number` is the lot's own, for
    labels and trace.
    """

    canteen = ForeignKey(Canteen, null=False, **NO)
    number = Varchar(length=24, null=False)
    good = ForeignKey(Good, null=False, **NO)
    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    origin = Varchar(length=12, choices=Origin, null=False)
    origin_id = BigInt(null=True, default=None)
    spec = Text(null=False)
    producer = Text(null=False)
    batch_number = Text(null=False)
    produced_on = Date(null=True, default=None)
    expires_on = Date(null=True, default=None)
    usable_from = Date(null=True, default=None)
    received_on = Date(null=False)
    quantity = BigInt(null=False)
    quantity_left = BigInt(null=False)
    fen = BigInt(null=False)
    fen_left = BigInt(null=False)
    place = ForeignKey(Place, null=True, default=None, **NO)
    state = Varchar(length=12, choices=LotState, null=False)
    state_reason = Text(null=False)
    held_at = Timestamptz(null=True, default=None)
    held_reason = Text(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number"),
        index("school", "canteen", "good", "expires_on", where="quantity_left > 0"),
        index("school", "origin", "origin_id"),
        index("school", "supplier"),
        index("school", "received_on", "id"),
    )
    CHECKS: ClassVar = {
        "quantity": "quantity > 0 AND quantity_left >= 0 AND quantity_left <= quantity",
        "fen": "fen >= 0 AND fen_left >= 0",
    }


class Slip(Entered, Table, tablename="suppliers_slip"):
    """A document of the store room with its number: what came in or went out together, and for which meal.

    `receiver` took the goods (领取人), `witness` stood by a destruction or count.
    """

    canteen = ForeignKey(Canteen, null=False, **NO)
    kind = Varchar(length=12, choices=SlipKind, null=False)
    number = Varchar(length=24, null=False)
    day = Date(null=False)
    happened_at = Timestamptz(null=False)
    meal = Varchar(length=16, null=False)
    purpose = Text(null=False)
    receiver = ForeignKey(Person, null=True, default=None, **NO)
    witness = ForeignKey(Person, null=True, default=None, **NO)
    fen = BigInt(null=False)
    photos = Text(null=False)
    corrects: ForeignKey[Any] = ForeignKey("self", null=True, default=None, **NO)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number"),
        index("school", "day", "id"),
        index("school", "kind", "day"),
    )


class StockMove(Entered, Table, tablename="suppliers_stock_move"):
    """A line of the ledger: so much of a lot in (positive) or out (negative), at its share of the cost."""

    canteen = ForeignKey(Canteen, null=False, **NO)
    slip = ForeignKey(Slip, null=False, **NO)
    lot = ForeignKey(Lot, null=False, **NO)
    good = ForeignKey(Good, null=False, **NO)
    kind = Varchar(length=12, choices=Move, null=False)
    day = Date(null=False)
    quantity = BigInt(null=False)
    fen = BigInt(null=False)
    note = Text(null=False)
    corrects: ForeignKey[Any] = ForeignKey("self", null=True, default=None, **NO)

    KEYS: ClassVar = (
        unique("school", "id"),
        index("school", "day", "id"),
        index("school", "lot"),
        index("school", "good", "day"),
        index("school", "slip"),
    )
    CHECKS: ClassVar = {"quantity": "quantity <> 0"}
    FROZEN: ClassVar = ()


class OwnBatch(Entered, Table, tablename="suppliers_own_batch"):
    """What the school grew (`origin` garden) or made (production) itself: the row behind such a lot.

    Garden: `plot`, `sprayed_on` with the `interval_days` that the label asks, `tested` and `test_note` of the
    quick test. Production: `started_on` and `salt_permille` of the weight.
    """

    canteen = ForeignKey(Canteen, null=False, **NO)
    origin = Varchar(length=12, choices=Origin, null=False)
    good = ForeignKey(Good, null=False, **NO)
    day = Date(null=False)
    plot = Text(null=False)
    sprayed_on = Date(null=True, default=None)
    interval_days = Integer(null=True, default=None)
    tested = Boolean(null=False, default=False)
    test_note = Text(null=False)
    started_on = Date(null=True, default=None)
    salt_permille = Integer(null=True, default=None)
    note = Text(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "canteen", "day"))


class Stocktake(Entered, Table, tablename="suppliers_stocktake"):
    """A count of a canteen's store on a day. Closed, nothing is entered on or before that day any more.

    `category` when only one kind of goods is counted: then `whole` is false and closing locks nothing.
    """

    canteen = ForeignKey(Canteen, null=False, **NO)
    day = Date(null=False)
    state = Varchar(length=12, choices=CountState, null=False)
    whole = Boolean(null=False, default=True)
    category = Varchar(length=16, choices=Category, null=True, default=None)
    witness = ForeignKey(Person, null=True, default=None, **NO)
    slip = ForeignKey(Slip, null=True, default=None, **NO)
    closed_at = Timestamptz(null=True, default=None)
    closed_by = ForeignKey(Person, null=True, default=None, **NO)

    KEYS: ClassVar = (unique("school", "id"), index("school", "canteen", "day"))


class CountLine(Entered, Table, tablename="suppliers_count_line"):
    """One lot of a stocktake: what the book said when it was counted, and what was found.

    `counted` null: not counted yet. `fen` is what the book's quantity cost.
    """

    stocktake = ForeignKey(Stocktake, null=False, **NO)
    lot = ForeignKey(Lot, null=False, **NO)
    position = Integer(null=False)
    book = BigInt(null=False)
    fen = BigInt(null=False)
    counted = BigInt(null=True, default=None)
    cause = Varchar(length=12, choices=Cause, null=True, default=None)
    note = Text(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "stocktake", "lot"))
    CHECKS: ClassVar = {"counted": "counted IS NULL OR counted >= 0"}
