"""What lies in the store: by good, by food, and which lots may go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from canteen.kit.problems import Missing
from canteen.tenants.services import canteen_of, canteens_of
from canteen.tenants.tables import Canteen
from suppliers.goods.rules import Good, lead_of
from suppliers.goods.services import goods_by_ids
from suppliers.stock.rules import MAY_GO, Standing, standing_of
from suppliers.stock.services.store import on_shelf
from suppliers.stock.tables import Lot


@dataclass(frozen=True, slots=True)
class Held:
    """A good in the store: all of it, what may go today, what it cost, and how many of its lots stand how."""

    good: Good
    quantity: int
    usable: int
    fen: int
    standings: Mapping[Standing, int]
    next_expiry: date | None


async def lots_with_stock(school: int, canteen: int, goods: Iterable[int] | None = None) -> list[Lot]:
    """The lots of which something is left, first out first; only of these goods when they are named."""
    here = (Lot.school == school) & (Lot.canteen == canteen) & (Lot.quantity_left > 0)
    if goods is not None:
        here = here & Lot.good.is_in(list(goods) or [0])
    rows = await Lot.objects().where(here)
    return sorted(rows, key=lambda row: (row.expires_on or date.max, row.received_on, row.id))


async def on_hand(school: int, canteen: int, on: date) -> list[Held]:
    """Everything that lies in a canteen's store, by category and name."""
    rows = await lots_with_stock(school, canteen)
    goods = await goods_by_ids(school, {row.good for row in rows})
    by_good: dict[int, list[Lot]] = {}
    for row in rows:
        by_good.setdefault(row.good, []).append(row)
    found = [_held(goods[good], lots, on) for good, lots in by_good.items()]
    order = list(type(found[0].good.category)) if found else []
    return sorted(found, key=lambda held: (order.index(held.good.category), held.good.name))


def _held(good: Good, lots: Sequence[Lot], on: date) -> Held:
    stood = [(lot, standing_of(on_shelf(lot), on, lead_of(good))) for lot in lots]
    counts: dict[Standing, int] = {}
    for _lot, standing in stood:
        counts[standing] = counts.get(standing, 0) + 1
    usable = [lot for lot, standing in stood if standing in MAY_GO]
    return Held(
        good=good,
        quantity=sum(lot.quantity_left for lot in lots),
        usable=sum(lot.quantity_left for lot in usable),
        fen=sum(lot.fen_left for lot in lots),
        standings=counts,
        next_expiry=min((lot.expires_on for lot in usable if lot.expires_on), default=None),
    )


async def chosen_canteen(school: int, asked: str) -> tuple[Canteen, list[Canteen]]:
    """The canteen that an address asks for (else the first), and all of them. Raises Missing for none."""
    kitchens = await canteens_of(school)
    if not kitchens:
        raise Missing
    if asked.isdecimal() and len(asked) < 19:
        return await canteen_of(school, int(asked)), kitchens
    return kitchens[0], kitchens
