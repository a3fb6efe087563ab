"""Deliveries as the books see them: what was accepted and refused, for how much, late or let through."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec
from piccolo.query.functions import Sum

from canteen.kit.clock import SHANGHAI
from suppliers.goods.rules import Good, all_units, rounded
from suppliers.goods.services import goods_by_ids
from suppliers.purchasing.rules import DeliveryState
from suppliers.purchasing.tables import Delivery, DeliveryLine

TAKEN = (DeliveryState.ACCEPTED.value, DeliveryState.PART.value)
DECIDED = (*TAKEN, DeliveryState.REFUSED.value)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one seller brought in some time.

    `share_permille` is the mean refused share of its lines by quantity. `late` counts those after the day or
    the hour of their order, `ordered` those with an order. `gaps` counts deliveries with a finding that
    stood, `exceptions` those that the principal let through.
    """

    deliveries: int = 0
    lines: int = 0
    refused_lines: int = 0
    share_permille: int = 0
    accepted_fen: int = 0
    refused_fen: int = 0
    ordered: int = 0
    late: int = 0
    gaps: int = 0
    exceptions: int = 0


async def deliveries_by_ids(school: int, ids: Iterable[int]) -> dict[int, Delivery]:
    """Deliveries of a school by id, in one query; an id that is not there is left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    rows = await Delivery.objects().where((Delivery.school == school) & Delivery.id.is_in(wanted))
    return {row.id: row for row in rows}


async def taken_between(school: int, first: date, last: date, supplier: int | None = None) -> list[Delivery]:
    """Deliveries that were accepted whole or in part, by day; `supplier` None: of all."""
    return list(
        await Delivery.objects()
        .where(_between(school, first, last, TAKEN, supplier))
        .order_by(Delivery.arrived_on, Delivery.id)
    )


async def accepted_before(school: int, day: date) -> dict[int | None, int]:
    """What was accepted before a day, fen by supplier (None: of no supplier that is kept)."""
    return await _sums((Delivery.school == school) & (Delivery.arrived_on < day))


async def accepted_between(school: int, first: date, last: date) -> dict[int | None, int]:
    """What was accepted from a day to a day, fen by supplier."""
    here = (Delivery.school == school) & (Delivery.arrived_on >= first) & (Delivery.arrived_on <= last)
    return await _sums(here)


async def _sums(here: Any) -> dict[int | None, int]:
    rows = await (
        Delivery.select(Delivery.supplier, Sum(Delivery.fen))
        .where(here & Delivery.state.is_in(list(TAKEN)))
        .group_by(Delivery.supplier)
    )
    return {row["supplier"]: int(row["sum"] or 0) for row in rows}


async def refused_between(school: int, first: date, last: date) -> dict[int | None, int]:
    """What was turned away from a day to a day, fen by supplier at the price on the note."""
    lines = await _lines(school, first, last, None)
    goods = await goods_by_ids(school, {row["good"] for row in lines})
    found: dict[int | None, int] = {}
    for row in lines:
        fen = _refused_fen(row, goods)
        if fen:
            found[row["supplier"]] = found.get(row["supplier"], 0) + fen
    return found


async def delivered_between(
    school: int, supplier: int | None, first: date, last: date
) -> dict[int, Delivered]:
    """What each supplier (or that one) brought from a day to a day: for statements and assessments."""
    here = _between(school, first, last, DECIDED, supplier) & Delivery.supplier.is_not_null()
    heads = await Delivery.select(
        *Delivery.all_columns(),
        Delivery.order.deliver_on.as_alias("deliver_on"),
        Delivery.order.deliver_by.as_alias("deliver_by"),
    ).where(here)
    lines = [row for row in await _lines(school, first, last, supplier) if row["supplier"] is not None]
    goods = await goods_by_ids(school, {row["good"] for row in lines})
    sellers = {head["supplier"] for head in heads}
    return {
        seller: _delivered(
            [head for head in heads if head["supplier"] == seller],
            [row for row in lines if row["supplier"] == seller],
            goods,
        )
        for seller in sellers
    }


def _between(school: int, first: date, last: date, states: Sequence[str], supplier: int | None) -> Any:
    here: Any = (Delivery.school == school) & Delivery.state.is_in(list(states))
    here &= (Delivery.arrived_on >= first) & (Delivery.arrived_on <= last)
    return here if supplier is None else here & (Delivery.supplier == supplier)


async def _lines(school: int, first: date, last: date, supplier: int | None) -> list[dict[str, Any]]:
    here: Any = (DeliveryLine.school == school) & DeliveryLine.delivery.state.is_in(list(DECIDED))
    here &= (DeliveryLine.arrived_on >= first) & (DeliveryLine.arrived_on <= last)
    if supplier is not None:
        here &= DeliveryLine.supplier == supplier
    names = ("supplier", "good", "unit", "delivered", "weighed", "accepted", "price_fen", "fen")
    columns = [getattr(DeliveryLine, name) for name in names]
    return list(await DeliveryLine.select(*columns).where(here))


def _came(row: Mapping[str, Any]) -> int:
    """What the scale says counts before what the note says."""
    return int(row["delivered"] if row["weighed"] is None else row["weighed"])


def _refused_fen(row: Mapping[str, Any], goods: Mapping[int, Good]) -> int:
    """What the refused part would have cost: by the unit, or if that is gone by what was paid."""
    refused = _came(row) - row["accepted"]
    if refused <= 0:
        return 0
    good = goods.get(row["good"])
    sizes = [u.quantity for u in all_units(good.measure, good.units) if u.name == row["unit"]] if good else []
    if sizes:
        return rounded(refused * row["price_fen"], sizes[0])
    return rounded(refused * row["fen"], row["accepted"]) if row["accepted"] else 0


def _delivered(
    heads: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]], goods: Mapping[int, Good]
) -> Delivered:
    shares = [1000 - rounded(row["accepted"] * 1000, _came(row)) for row in lines if _came(row) > 0]
    ordered = [head for head in heads if head["deliver_on"] is not None]
    return Delivered(
        deliveries=len(heads),
        lines=len(lines),
        refused_lines=sum(row["accepted"] < _came(row) for row in lines),
        share_permille=rounded(sum(shares), len(shares)) if shares else 0,
        accepted_fen=sum(row["fen"] for row in lines),
        refused_fen=sum(_refused_fen(row, goods) for row in lines),
        ordered=len(ordered),
        late=sum(_is_late(head) for head in ordered),
        gaps=sum(bool(msgspec.json.decode(head["stops"] or "[]")) for head in heads),
        exceptions=sum(head["exception_at"] is not None for head in heads),
    )


def _is_late(head: Mapping[str, Any]) -> bool:
    """After the day of its order, or on that day after its hour."""
    if head["arrived_on"] != head["deliver_on"] or head["deliver_by"] is None:
        return bool(head["arrived_on"] > head["deliver_on"])
    at = head["arrived_at"].astimezone(SHANGHAI)
    return bool(timedelta(hours=at.hour, minutes=at.minute) > timedelta(minutes=head["deliver_by"]))


async def accepted_lines(school: int, deliveries: Iterable[int]) -> list[dict[str, Any]]:
    """The accepted lines of deliveries: name, unit, price and fen, delivery by delivery."""
    wanted = sorted(set(deliveries))
    if not wanted:
        return []
    here = (DeliveryLine.school == school) & DeliveryLine.delivery.is_in(wanted) & (DeliveryLine.fen > 0)
    columns = (DeliveryLine.name, DeliveryLine.unit, DeliveryLine.price_fen, DeliveryLine.fen)
    asked = DeliveryLine.select(*columns).where(here)
    return list(await asked.order_by(DeliveryLine.delivery, DeliveryLine.position))


async def priced_lines(school: int, first: date, last: date) -> list[dict[str, Any]]:
    """What each seller asked for each good from a day to a day, fen a kilogram, line by line."""
    here: Any = (DeliveryLine.school == school) & DeliveryLine.delivery.state.is_in(list(TAKEN))
    here &= (DeliveryLine.arrived_on >= first) & (DeliveryLine.arrived_on <= last)
    here &= DeliveryLine.supplier.is_not_null() & (DeliveryLine.fen_per_kg > 0)
    columns = (DeliveryLine.supplier, DeliveryLine.good, DeliveryLine.fen_per_kg)
    return list(await DeliveryLine.select(*columns).where(here))
