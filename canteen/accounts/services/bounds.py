"""What nobody does to the people of a school: leave it without a head, take over accounts others trust."""

from datetime import date, datetime

from canteen.accounts.rules import MAY
from canteen.accounts.services.places import refuse_wider, tenants_with_below
from canteen.accounts.tables import Membership
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _


async def refuse_without_admin(school: int, until: date | None, now: datetime) -> None:
    """Step: somebody must be left who may appoint others. Raises Refused (`last_admin`)."""
    after = max(until or local_day(now), local_day(now))
    lasting = Membership.until_day.is_null() | (Membership.until_day > after)
    admins = Membership.role.is_in([role.value for role in MAY["people.edit"]])
    here = (Membership.tenant == school) & Membership.ended_at.is_null() & lasting
    if not await Membership.exists().where(here & admins):
        message = _("Nobody would be left who may manage people here. Give somebody else that role first.")
        raise Refused([error("last_admin", message)])


async def refuse_if_elsewhere(actor: Actor, person: int, now: datetime) -> None:
    """Step: raise Refused (`works_elsewhere`) unless the person's tenants, later ones too, are here or below.

    Raises Forbidden when the person's roles reach beyond the actor's canteens.
    """
    await refuse_wider(actor, person, local_day(now))
    lasting = Membership.until_day.is_null() | (Membership.until_day >= local_day(now))
    theirs = (Membership.person == person) & Membership.ended_at.is_null() & lasting
    rows = await Membership.select(Membership.tenant).where(theirs)
    below = {row["id"] for row in await tenants_with_below({actor.school})}
    if not {row["tenant"] for row in rows} <= below:
        message = _("This person also works elsewhere and must change this themselves.")
        raise Refused([error("works_elsewhere", message)])
