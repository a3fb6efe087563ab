"""Today's delivery begun from a past one, from an order that is out, or from the weekly plan."""

from datetime import datetime

from canteen.kit.actor import Actor
from suppliers.purchasing.services.deliveries.drafts import save_draft
from suppliers.purchasing.services.deliveries.looking import as_typed


async def duplicate(actor: Actor, delivery: int, *, now: datetime) -> int:
    """A new draft with the seller and goods of a past delivery; returns its id. Raises Missing."""
    typed = await as_typed(actor, delivery, anew=True, now=now)
    draft, _version = await save_draft(actor, typed, now=now)
    return draft
