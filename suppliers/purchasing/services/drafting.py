"""What a new sheet begins with: last week's plan, or what was delivered lately."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from suppliers.goods.rules import units_of
from suppliers.goods.rules.units import count_of
from suppliers.goods.services import goods_by_ids
from suppliers.purchasing.rules import DeliveryState
from suppliers.purchasing.services.wish_lists import wish_of
from suppliers.purchasing.tables import DeliveryLine

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Row:
    """A line to begin with, as it is typed."""

    good: str
    unit: str
    count_milli: int
    price_fen: int | None
    day: date | None
    note: str = ""


async def rows_of_wish(school: int, wish: int, first_day: date) -> list[Row]:
    """The lines of an earlier sheet, as many days later as the new one begins. Raises Missing."""
    view = await wish_of(school, wish)
    later = first_day - view.head.first_day
    return [
        Row(line.good.name, line.unit, line.count_milli, line.price_fen, line.day + later, line.note)
        for line in view.lines
    ]


async def rows_of_deliveries(school: int, canteen: int, first_day: date, today: date) -> list[Row]:
    """What was accepted in the seven days up to today, good by good, on the same weekday of the new week."""
    lines = await _accepted(school, canteen, today)
    goods = await goods_by_ids(school, {line["good"] for line in lines})
    sums: dict[tuple[int, date, str], dict[str, Any]] = {}
    for line in lines:
        key = (line["good"], _same_weekday(line["arrived_on"], first_day), line["unit"])
        before = sums[key]["accepted"] if key in sums else 0
        sums[key] = {**line, "accepted": before + line["accepted"]}
    found = []
    for (good, day, unit), line in sorted(sums.items(), key=lambda one: (one[0][1], one[1]["category"])):
        count = count_of(units_of(goods[good]), unit, line["accepted"])
        if not goods[good].retired and count:
            found.append(Row(goods[good].name, unit, count, line["price_fen"], day))
    return found


def _same_weekday(day: date, first_day: date) -> date:
    """The first such weekday from the first day on."""
    return first_day + timedelta(days=(day - first_day).days % 7)


async def _accepted(school: int, canteen: int, today: date) -> list[dict[str, Any]]:
    live = [DeliveryState.ACCEPTED.value, DeliveryState.PART.value]
    here: Any = (DeliveryLine.school == school) & (DeliveryLine.accepted > 0)
    here &= (DeliveryLine.arrived_on > today - WEEK) & (DeliveryLine.arrived_on <= today)
    here &= DeliveryLine.delivery.canteen == canteen
    here &= DeliveryLine.delivery.state.is_in(live)
    return list(await DeliveryLine.select().where(here).order_by(DeliveryLine.id))
