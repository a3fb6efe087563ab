"""Which schools a caller may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from canteen.accounts.services.places import places_of
from canteen.kit.actor import Actor
from canteen.kit.pages import Listing
from canteen.tenants.rules import TenantKind
from canteen.tenants.services import canteens_at, schools_under, tenants
from canteen.tenants.tables import Tenant


@dataclass(frozen=True, slots=True)
class SeenSchool:
    """A school by its id, code and name, and its canteens as (id, name)."""

    id: int
    code: str
    name: str
    canteens: Sequence[tuple[int, str]]


async def schools_seen(actor: Actor, asked: Listing, *, today: date) -> tuple[list[SeenSchool], str | None]:
    """The schools where a person has a role or that stand below a district of theirs, in order of their ids.

    A machine sees the school of its key, or those below the district of its key.
    """
    start = asked.after if isinstance(asked.after, int) else 0
    found = [s for s in await _schools(actor, today) if s.id > start]
    shown, following = asked.cut(sorted(found, key=lambda s: s.id), lambda s: s.id)
    canteens = await canteens_at(school.id for school in shown)
    kept = {school.id: [(c.id, c.name) for c in canteens[school.id]] for school in shown}
    return [SeenSchool(s.id, s.code, s.name, kept[s.id]) for s in shown], following


async def _schools(actor: Actor, today: date) -> list[Tenant]:
    if actor.person is None:
        return await schools_under(actor.school)
    places = {actor.school, *await places_of(actor.person, today)}
    return [t for t in (await tenants(places)).values() if t.kind == TenantKind.SCHOOL]
