"""Which price of which tender holds for a good: price lists and discount rates (下浮率).

Central tender by the district or the school: 集中采购 with a price list, or a rate taken off the market's
price, laid down for a time (practice 23; domain.md 3.4, A10).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from suppliers.purchasing.rules.quotes import discounted, median
from suppliers.purchasing.rules.states import ListKind


@dataclass(frozen=True, slots=True)
class ListInForce:
    """A list that holds on the day for the seller. `away` is how far above the school its tenant stands
    (0: the school itself); `own` whether it names this seller and not everybody. `prices` is fen a kilogram
    by the good's spelling.
    """

    id: int
    name: str
    away: int
    own: bool
    kind: ListKind
    first_day: date
    discount_permille: int | None
    prices: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """The most a good may cost by a tender, in fen a kilogram (of counted goods: a thousand pieces)."""

    fen_per_kg: int
    price_list: int
    name: str
    discount_permille: int | None = None
    market_fen_per_kg: int | None = None


def listed(lists: Sequence[ListInForce], spellings: Sequence[str], market: Sequence[int]) -> Listed | None:
    """What holds for a good that goes by these spellings; `market` is what it cost at the market lately.

    The school's own list goes before the district's, one that names the seller before one for all, a price
    before a rate, the younger before the older. A rate without any market price says nothing.
    """
    ordered = sorted(
        lists,
        key=lambda one: (one.away, not one.own, one.kind is ListKind.DISCOUNT, -one.first_day.toordinal()),
    )
    for one in ordered:
        if found := _by_list(one, spellings, market):
            return found
    return None


def _by_list(one: ListInForce, spellings: Sequence[str], market: Sequence[int]) -> Listed | None:
    if one.kind is ListKind.PRICES:
        price = next((one.prices[name] for name in spellings if name in one.prices), None)
        return None if price is None else Listed(price, one.id, one.name)
    middle = median(market)
    if middle is None or one.discount_permille is None:
        return None
    price = discounted(middle, one.discount_permille)
    return Listed(price, one.id, one.name, one.discount_permille, middle)
