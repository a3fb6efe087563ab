"""Where things lie: shelves, fridges and freezers of a canteen."""

from datetime import datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.services import canteen_of
from suppliers.stock.forms import PlaceForm
from suppliers.stock.tables import Lot, Place


async def places_of(school: int, canteen: int | None = None) -> list[Place]:
    """The places in use, by name."""
    here = (Place.school == school) & Place.retired_at.is_null()
    if canteen is not None:
        here = here & (Place.canteen == canteen)
    return list(await Place.objects().where(here).order_by(Place.name))


async def add_place(actor: Actor, form: PlaceForm, *, now: datetime) -> int:
    """A shelf, fridge or freezer; returns its id. Raises Refused for a name in use, Missing, Forbidden."""
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    async with write():
        if any(place.name == form.name for place in await places_of(actor.school, form.canteen)):
            refuse_if([error("place_taken", _("There is a place of this name already."), "name")])
        place = Place(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            canteen=form.canteen,
            name=form.name,
            storage=form.storage.value,
            retired_at=None,
        )
        await place.save()
        after = {"name": form.name, "storage": form.storage}
        await record(actor, "stock.add_place", subject="place", subject_id=place.id, after=after, now=now)
    return int(place.id)


async def retire_place(actor: Actor, id_: int, *, now: datetime) -> None:
    """Give a place up. Raises Missing, Forbidden, and Refused while something lies there."""
    async with write():
        here = (Place.school == actor.school) & (Place.id == id_)
        place = await Place.objects().where(here & Place.retired_at.is_null()).first()
        if place is None:
            raise Missing
        refuse_other_canteen(actor, place.canteen)
        mine = (Lot.school == actor.school) & (Lot.place == id_) & (Lot.quantity_left > 0)
        if await Lot.exists().where(mine):
            refuse_if([error("place_used", _("Something still lies there."))])
        place.retired_at = now
        await place.save([Place.retired_at])
        before = {"name": place.name}
        await record(actor, "stock.retire_place", subject="place", subject_id=id_, before=before, now=now)


async def place_findings(school: int, canteen: int, wanted: dict[str, int | None]) -> list[Finding]:
    """`place_unknown` at each field whose place is not one of the canteen's."""
    known = {place.id for place in await places_of(school, canteen)}
    message = _("This canteen has no such place.")
    return [
        error("place_unknown", message, at)
        for at, place in wanted.items()
        if place is not None and place not in known
    ]
