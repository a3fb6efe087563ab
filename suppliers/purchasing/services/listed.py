"""What a tender lets goods cost: the school's price lists and discount rates, and those above it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from canteen.kit.names import normalised
from canteen.tenants.services import ancestors
from suppliers.goods.rules import Good
from suppliers.licences.services import suppliers_by_ids
from suppliers.licences.tables import Supplier
from suppliers.purchasing.rules import ListKind
from suppliers.purchasing.rules.lists import Listed, ListInForce, listed
from suppliers.purchasing.tables import MarketPrice, PriceLine, PriceList

MARKET_DAYS = 31
"""How old what the market asked may be when a rate is taken off it: it is asked every month."""


async def listed_price(school: int, supplier: int | None, spelling: str, on: date) -> Listed | None:
    """What a good of this name may cost by the lists in force; None when no list names it."""
    name = normalised(spelling)
    line = await _line_of(school)
    lists = await _lists_in_force(line, supplier, [name], on)
    market = await _market(line, [name], on) if _has_rates(lists) else {}
    return listed(lists, [name], market.get(name, ()))


async def listed_prices(
    school: int, supplier: int | None, goods: Sequence[Good], on: date
) -> dict[int, Listed]:
    """The same for several goods by id, by their names and aliases; those that no list names are left out."""
    names = {good.id: [normalised(name) for name in good.names] for good in goods}
    every = sorted({name for known in names.values() for name in known})
    if not every:
        return {}
    line = await _line_of(school)
    lists = await _lists_in_force(line, supplier, every, on)
    market = await _market(line, every, on) if _has_rates(lists) else {}
    found = {id_: listed(lists, known, _first(market, known)) for id_, known in names.items()}
    return {id_: one for id_, one in found.items() if one is not None}


async def _line_of(school: int) -> list[int]:
    return [school, *(above.id for above in await ancestors(school))]


def _has_rates(lists: Iterable[ListInForce]) -> bool:
    return any(one.kind is ListKind.DISCOUNT for one in lists)


def _first(market: Mapping[str, Sequence[int]], names: Iterable[str]) -> Sequence[int]:
    return next((market[name] for name in names if name in market), ())


async def _lists_in_force(
    line: Sequence[int], supplier: int | None, names: Sequence[str], on: date
) -> list[ListInForce]:
    here = PriceList.school.is_in(list(line)) & PriceList.withdrawn_at.is_null()
    rows = await PriceList.select().where(here & (PriceList.first_day <= on) & (PriceList.last_day >= on))
    row = (await suppliers_by_ids(line[0], [supplier])).get(supplier) if supplier is not None else None
    mine = [one for one in rows if _is_for(one, row)]
    prices = await _prices(line, [one["id"] for one in mine], names)
    return [_in_force(one, line, prices) for one in mine]


def _is_for(one: Mapping[str, Any], supplier: Supplier | None) -> bool:
    """Whether a list is for all or for this seller: by its row, the row it is a copy of, or its name."""
    if one["supplier"] is None and not one["supplier_name"]:
        return True
    if supplier is None:
        return False
    copied = (supplier.origin_school, supplier.origin_id) == (one["school"], one["supplier"])
    itself = (supplier.school, supplier.id) == (one["school"], one["supplier"])
    return copied or itself or normalised(one["supplier_name"]) == supplier.spelling


def _in_force(
    one: Mapping[str, Any], line: Sequence[int], prices: Mapping[int, Mapping[str, int]]
) -> ListInForce:
    return ListInForce(
        id=one["id"],
        name=one["name"],
        away=line.index(one["school"]),
        own=one["supplier"] is not None or bool(one["supplier_name"]),
        kind=ListKind(one["kind"]),
        first_day=one["first_day"],
        discount_permille=one["discount_permille"],
        prices=prices.get(one["id"], {}),
    )


async def _prices(
    line: Sequence[int], lists: Sequence[int], names: Sequence[str]
) -> dict[int, dict[str, int]]:
    """Fen a kilogram by list and spelling; of a good in several units the dearest holds."""
    if not lists:
        return {}
    here = PriceLine.school.is_in(list(line)) & PriceLine.price_list.is_in(list(lists))
    here &= PriceLine.spelling.is_in(list(names)) & PriceLine.fen_per_kg.is_not_null()
    found: dict[int, dict[str, int]] = {}
    for row in await PriceLine.select().where(here).order_by(PriceLine.fen_per_kg):
        found.setdefault(row["price_list"], {})[row["spelling"]] = row["fen_per_kg"]
    return found


async def _market(line: Sequence[int], names: Sequence[str], on: date) -> dict[str, list[int]]:
    """What the market asked lately, by spelling: the school's own record, else the nearest above it."""
    here = MarketPrice.school.is_in(list(line)) & MarketPrice.withdrawn_at.is_null()
    here &= (MarketPrice.day > on - timedelta(days=MARKET_DAYS)) & (MarketPrice.day <= on)
    here &= MarketPrice.good.spelling.is_in(list(names)) & MarketPrice.fen_per_kg.is_not_null()
    asked = MarketPrice.select(
        MarketPrice.school, MarketPrice.fen_per_kg, MarketPrice.good.spelling.as_alias("spelling")
    ).where(here)
    by_place: dict[tuple[str, int], list[int]] = {}
    for row in await asked:
        by_place.setdefault((row["spelling"], line.index(row["school"])), []).append(row["fen_per_kg"])
    return {name: by_place[name, away] for name, away in sorted(by_place, reverse=True)}
