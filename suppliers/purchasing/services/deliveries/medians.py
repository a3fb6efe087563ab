"""How much of a good usually comes at once."""

from collections.abc import Iterable
from datetime import date, timedelta

from suppliers.purchasing.rules import DeliveryState
from suppliers.purchasing.rules.quotes import median
from suppliers.purchasing.tables import DeliveryLine

DAYS = 30
COUNTED = (DeliveryState.ACCEPTED.value, DeliveryState.PART.value)


async def usual_quantities(school: int, goods: Iterable[int], on: date) -> dict[int, int]:
    """The middle of what came of each good at once in the thirty days before, in grams or pieces.

    A good that came fewer than three times says nothing yet.
    """
    wanted = sorted(set(goods))
    if not wanted:
        return {}
    here = (DeliveryLine.school == school) & DeliveryLine.good.is_in(wanted)
    here &= (DeliveryLine.arrived_on > on - timedelta(days=DAYS)) & (DeliveryLine.arrived_on <= on)
    here &= (DeliveryLine.accepted > 0) & DeliveryLine.delivery.state.is_in(list(COUNTED))
    seen: dict[int, list[int]] = {}
    for row in await DeliveryLine.select(DeliveryLine.good, DeliveryLine.accepted).where(here):
        seen.setdefault(row["good"], []).append(row["accepted"])
    return {good: median(found) or 0 for good, found in seen.items() if len(found) >= 3}
