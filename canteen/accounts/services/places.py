"""Where a person may act on a day, and in which roles."""

from datetime import date
from typing import Any

from canteen.accounts.rules.canteens import confined
from canteen.accounts.rules.places import Place, places
from canteen.accounts.tables import Delegation, Membership
from canteen.kit.actor import Actor
from canteen.kit.problems import Forbidden
from canteen.tenants.rules import TenantKind
from canteen.tenants.tables import Tenant

SHOWN = (Tenant.id, Tenant.code, Tenant.name, Tenant.kind, Tenant.parent)


async def places_of(person: int, day: date) -> dict[int, Place]:
    """Every tenant the person has a role in on that day, and for districts the schools below."""
    here = Membership.tenant
    held = await Membership.select(
        Membership.role,
        Membership.canteen,
        here.id.as_alias("id"),
        here.code.as_alias("code"),
        here.name.as_alias("name"),
        here.kind.as_alias("kind"),
        here.parent.as_alias("parent"),
    ).where((Membership.person == person) & on_day(day))
    return places(await _with_below(held), [(row["id"], row["role"], row["canteen"]) for row in held])


def on_day(day: date) -> Any:
    """The memberships that hold on a day."""
    begun = (Membership.from_day <= day) & Membership.ended_at.is_null()
    return begun & (Membership.until_day.is_null() | (Membership.until_day >= day))


async def tenants_with_below(ids: set[int]) -> list[dict[str, Any]]:
    """Those tenants and everything below them, each with what a Place needs."""
    return await _with_below(await Tenant.select(*SHOWN).where(Tenant.id.is_in(list(ids)))) if ids else []


async def _with_below(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    while rows:
        found |= {row["id"]: row for row in rows}
        above = {row["id"] for row in rows if row["kind"] != TenantKind.SCHOOL}
        rows = await Tenant.select(*SHOWN).where(Tenant.parent.is_in(list(above))) if above else []
    return list(found.values())


async def lent_roles(school: int, person: int, day: date) -> dict[str, int]:
    """Roles lent to a person at a school on that day, and by whom; only while the lender still holds them."""
    rows = await Delegation.select(Delegation.role, Delegation.from_person).where(
        (Delegation.school == school)
        & (Delegation.to_person == person)
        & Delegation.revoked_at.is_null()
        & (Delegation.from_day <= day)
        & (Delegation.until_day >= day)
    )
    return {
        row["role"]: row["from_person"]
        for row in rows
        if row["role"] in await roles_of(school, row["from_person"], day)
    }


async def roles_of(school: int, person: int, day: date) -> frozenset[str]:
    """The roles a person holds of their own at a tenant on a day."""
    here = (Membership.person == person) & (Membership.tenant == school) & on_day(day)
    return frozenset(await Membership.select(Membership.role).where(here).output(as_list=True))


async def only_at(school: int, person: int, day: date) -> dict[str, frozenset[int]]:
    """The roles that a person holds at some canteens of a school only, and at which."""
    here = (Membership.person == person) & (Membership.tenant == school) & on_day(day)
    rows = await Membership.select(Membership.role, Membership.canteen).where(here)
    return confined((row["role"], row["canteen"]) for row in rows)


async def refuse_wider(actor: Actor, person: int, day: date) -> None:
    """Step: raise Forbidden when a person's roles reach beyond the canteens that the actor may act at.

    Who looks after the people of one canteen must not come by the powers of somebody of the whole school.
    """
    if actor.canteens is None or person == actor.person:
        return
    narrow = await only_at(actor.school, person, day)
    roles = await roles_of(actor.school, person, day)
    if any(not narrow.get(role, frozenset({0})) <= actor.canteens for role in roles):
        raise Forbidden


async def signs_for(school: int, person: int, role: str, day: date) -> int | None:
    """Whom a person signs for (授权代签) when acting in that role: None when it is their own."""
    if role in await roles_of(school, person, day):
        return None
    return (await lent_roles(school, person, day)).get(role)


async def demo_people(day: date) -> list[str]:
    """The names of a demo's invented people who hold a role: a real service must have none."""
    invented = on_day(day) & (Membership.person.demo == True)  # noqa: E712
    rows = await Membership.select(Membership.person.name.as_alias("name")).where(invented)
    return sorted({row["name"] for row in rows})


async def roles_held(tenant: int, day: date) -> frozenset[str]:
    """The roles that anybody holds at a tenant on a day."""
    here = (Membership.tenant == tenant) & on_day(day)
    return frozenset(await Membership.select(Membership.role).where(here).distinct().output(as_list=True))
