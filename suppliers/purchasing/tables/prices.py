"""What goods may cost: lists of a tender, discounts, and what the market asks."""

from typing import ClassVar

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.kit.db import index, unique
from canteen.schools.tables import Entered
from canteen.tenants.tables import NO
from suppliers.goods.tables import Good
from suppliers.licences.tables import Supplier
from suppliers.purchasing.rules import ListKind


class PriceList(Entered, Table, tablename="suppliers_price_list"):
    """Prices or a discount rate that a tender laid down for a time, by the school or its district.

    `supplier` null: for all. `discount_permille` is taken off the market's price (下浮率).
    """

    name = Text(null=False)
    kind = Varchar(length=12, choices=ListKind, null=False)
    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    supplier_name = Text(null=False)
    first_day = Date(null=False)
    last_day = Date(null=False)
    discount_permille = Integer(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "first_day"))
    CHECKS: ClassVar = {
        "days": "last_day >= first_day",
        "discount": "discount_permille IS NULL OR (discount_permille > 0 AND discount_permille < 1000)",
    }


class PriceLine(Entered, Table, tablename="suppliers_price_line"):
    """The price of one good of a list. Schools match by its name: a district's goods are its own."""

    price_list = ForeignKey(PriceList, null=False, **NO)
    name = Text(null=False)
    spelling = Text(null=False)
    unit = Text(null=False)
    price_fen = BigInt(null=False)
    fen_per_kg = BigInt(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "price_list", "spelling", "unit"),
        index("school", "spelling"),
    )
    CHECKS: ClassVar = {"price": "price_fen > 0"}


class MarketPrice(Entered, Table, tablename="suppliers_market_price"):
    """A line of the monthly 市场询价记录: what a good cost where, on a day."""

    good = ForeignKey(Good, null=False, **NO)
    day = Date(null=False)
    market = Text(null=False)
    stall = Text(null=False)
    unit = Text(null=False)
    price_fen = BigInt(null=False)
    fen_per_kg = BigInt(null=True, default=None)
    companion = Text(null=False)
    withdrawn_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "good", "day"))
    CHECKS: ClassVar = {"price": "price_fen > 0"}
