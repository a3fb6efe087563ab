"""What suppliers' papers put on the start page: what waits to be verified, and what has run out."""

from collections.abc import Callable
from datetime import date

from canteen.kit.actor import Actor
from canteen.kit.pages.cards import Card
from canteen.kit.texts import _
from suppliers.licences import services


async def home(actor: Actor, may: Callable[[str], bool], today: date) -> list[Card]:
    """For those who keep papers: expired ones, those that end within the last notice, those to verify."""
    if not (may("licences.edit") or may("licences.verify")):
        return []
    wall = await services.wall(actor.school, today=today)
    counts = {band.days: len(band.papers) for band in wall.bands}
    gone, soon = counts[-1], counts[min(wall.leads)]
    lines = [
        *([(_("Expired: {count}"), {"count": gone})] if gone else []),
        *([(_("End within {days} days: {count}"), {"days": min(wall.leads), "count": soon})] if soon else []),
        *([(_("To be verified: {count}"), {"count": len(wall.pending)})] if wall.pending else []),
    ]
    if not lines:
        return []
    tag = _("Papers have run out") if gone else ""
    return [Card(_("Papers and licences"), lines, "/licences", _("Open the wall"), tag, "due")]
