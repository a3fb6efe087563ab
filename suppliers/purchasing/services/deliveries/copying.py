"""Today's delivery begun from a past one, from an order that is out, or from the weekly plan."""

from datetime import datetime
from typing import Any

from canteen.kit.actor import Actor
from canteen.kit.problems import Missing
from suppliers.goods.rules import plain
from suppliers.purchasing.services.deliveries.drafts import save_draft
from suppliers.purchasing.services.deliveries.looking import as_typed
from suppliers.purchasing.services.expected import order_lines
from suppliers.purchasing.tables import Order


async def duplicate(actor: Actor, delivery: int, *, now: datetime) -> int:
    """A new draft with the seller and goods of a past delivery; returns its id. Raises Missing."""
    typed = await as_typed(actor, delivery, anew=True, now=now)
    draft, _version = await save_draft(actor, typed, now=now)
    return draft


async def from_order(school: int, order: int) -> dict[str, Any]:
    """What an order says is to come, as a form. Raises Missing."""
    row = await Order.objects().where((Order.school == school) & (Order.id == order)).first()
    if row is None:
        raise Missing
    lines = [
        {
            "name": line.name,
            "good": str(line.good),
            "unit": line.unit,
            "spec": line.spec,
            "ordered": plain(line.count_milli, 1000),
            "count": "",
            "price": "" if line.price_fen is None else f"{line.price_fen / 100:.2f}",
        }
        for line in await order_lines(school, order)
    ]
    return {
        "supplier": str(row.supplier),
        "canteen": str(row.canteen),
        "order": str(order),
        "lines": lines,
    }
