"""What people send about price lists and about what the market asks."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.described import Id
from canteen.kit.forms import Fen
from suppliers.purchasing.rules import ListKind

Price = Annotated[Fen, Meta(gt=0, le=10**8)]
PercentTenths = Annotated[int, Meta(gt=0, lt=1000, extra={"typed_scale": 10})]
"""A percentage typed with one decimal, kept in thousandths: 8.5 is 85."""


class PriceLineForm(msgspec.Struct, frozen=True):
    """The price of a good by its name, for one unit."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    price: Price
    unit: Annotated[str, Meta(max_length=12)] = ""


class PriceListForm(msgspec.Struct, frozen=True):
    """A price list or a rate off the market price (下浮率, percent) for a time; of one supplier or of all."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: ListKind
    first_day: date
    last_day: date
    supplier: Id | None = None
    supplier_name: Annotated[str, Meta(max_length=60)] = ""
    discount: PercentTenths | None = None
    lines: Annotated[tuple[PriceLineForm, ...], Meta(max_length=2000)] = ()


class AskedForm(msgspec.Struct, frozen=True):
    """What a good costs at a stall, for one unit."""

    good: Annotated[str, Meta(min_length=1, max_length=60)]
    price: Price
    unit: Annotated[str, Meta(max_length=12)] = ""
    stall: Annotated[str, Meta(max_length=60)] = ""


class MarketForm(msgspec.Struct, frozen=True):
    """A walk over the market to ask for prices (市场询价记录): where, when, with whom."""

    day: date
    market: Annotated[str, Meta(min_length=1, max_length=60)]
    companion: Annotated[str, Meta(min_length=1, max_length=60)]
    lines: Annotated[tuple[AskedForm, ...], Meta(min_length=1, max_length=200)]
