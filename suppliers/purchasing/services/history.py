"""Who delivered what at which price: of all goods at a glance, of one good in time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from canteen.kit.pages import Listing
from suppliers.goods.rules import Good
from suppliers.goods.services import all_goods, list_goods
from suppliers.purchasing.rules import DeliveryState
from suppliers.purchasing.rules.quotes import Usual
from suppliers.purchasing.services.usual import usual_prices
from suppliers.purchasing.tables import DeliveryLine

LIVE = [DeliveryState.ACCEPTED.value, DeliveryState.PART.value]
MOST = 500

# The last line of each good, found by the index over good and day.
_LAST = """
SELECT good, max(id) AS id FROM (
    SELECT l.good AS good, l.id AS id, rank() OVER (PARTITION BY l.good ORDER BY l.arrived_on DESC) AS place
    FROM suppliers_delivery_line AS l
    JOIN suppliers_delivery AS d ON d.school = l.school AND d.id = l.delivery
    WHERE l.school = {{}} AND l.good IN ({goods}) AND l.accepted > 0 AND d.state IN ('accepted', 'part')
) AS seen WHERE place = 1 GROUP BY good
"""


@dataclass(frozen=True, slots=True)
class Sold:
    """A line that was accepted. `fen_per_kg` is fen a kilogram (of counted goods: a thousand pieces)."""

    id: int
    delivery: int
    number: str
    arrived_on: date
    supplier: int | None
    supplier_name: str | None
    good: int
    unit: str
    accepted: int
    price_fen: int
    fen_per_kg: int | None
    fen: int


@dataclass(frozen=True, slots=True)
class PriceNow:
    """A good with its last purchase and what it usually costs."""

    good: Good
    last: Sold | None
    usual: Usual


async def list_prices(school: int, asked: Listing, on: date) -> tuple[list[PriceNow], str | None]:
    """One page of goods with their prices; searched and filtered as the catalogue is."""
    goods, following = await list_goods(school, asked)
    return await _prices(school, goods, on), following


async def all_prices(school: int, asked: Listing, on: date) -> list[PriceNow]:
    """All that answer the search, for the same list as a workbook."""
    return await _prices(school, await all_goods(school, asked), on)


async def sold_of_good(school: int, good: int, first: date, last: date) -> list[Sold]:
    """Every accepted line of a good within some days, the earliest first."""
    here: Any = (DeliveryLine.school == school) & (DeliveryLine.good == good)
    here &= (DeliveryLine.arrived_on >= first) & (DeliveryLine.arrived_on <= last)
    here &= (DeliveryLine.accepted > 0) & DeliveryLine.delivery.state.is_in(LIVE)
    rows = await _select().where(here).order_by(DeliveryLine.arrived_on, DeliveryLine.id).limit(MOST)
    return [_sold(row) for row in rows]


async def last_sellers(school: int, goods: Sequence[int]) -> dict[int, int]:
    """From whom each good came last: the first guess of an order."""
    return {good: one.supplier for good, one in (await _last(school, goods)).items() if one.supplier}


def since(on: date, months: int) -> date:
    """The first day of so many months of thirty days back."""
    return on - timedelta(days=30 * months)


async def _prices(school: int, goods: Sequence[Good], on: date) -> list[PriceNow]:
    ids = [good.id for good in goods]
    usual = await usual_prices(school, ids, on)
    last = await _last(school, ids)
    return [PriceNow(good, last.get(good.id), usual[good.id]) for good in goods]


async def _last(school: int, goods: Sequence[int]) -> dict[int, Sold]:
    if not goods:
        return {}
    places = ", ".join(["{}"] * len(goods))
    rows = await DeliveryLine.raw(_LAST.format(goods=places), school, *goods)
    ids = [row["id"] for row in rows]
    if not ids:
        return {}
    here = (DeliveryLine.school == school) & DeliveryLine.id.is_in(ids)
    return {row["good"]: _sold(row) for row in await _select().where(here)}


def _select() -> Any:
    return DeliveryLine.select(
        *DeliveryLine.all_columns(),
        DeliveryLine.supplier.name.as_alias("supplier_name"),
        DeliveryLine.delivery.number.as_alias("number"),
    )


def _sold(row: Mapping[str, Any]) -> Sold:
    return Sold(**{name: row[name] for name in Sold.__slots__})
