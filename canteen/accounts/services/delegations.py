"""One's own role, lent to somebody else for some days (授权代签)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.accounts.forms import NewDelegation
from canteen.accounts.rules import role_findings
from canteen.accounts.rules.delegations import delegation_findings
from canteen.accounts.services.places import roles_of
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Delegation, Membership, Person
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.services import tenant


@dataclass(frozen=True, slots=True)
class Lent:
    """A role lent, as both people see it."""

    id: int
    role: str
    from_person: int
    from_name: str
    to_person: int
    to_name: str
    from_day: date
    until_day: date
    reason: str
    revoked: bool


async def delegations_of(school: int, person: int) -> list[Lent]:
    """What a person lent and was lent at a school, the latest first."""
    mine = (Delegation.from_person == person) | (Delegation.to_person == person)
    rows = await (
        Delegation.select(
            *Delegation.all_columns(),
            Delegation.from_person.name.as_alias("from_name"),
            Delegation.to_person.name.as_alias("to_name"),
        )
        .where((Delegation.school == school) & mine)
        .order_by(Delegation.id, ascending=False)
        .limit(100)
    )
    return [_lent(row) for row in rows]


def _lent(row: dict[str, Any]) -> Lent:
    kept = {name: row[name] for name in Lent.__slots__ if name != "revoked"}
    return Lent(**kept, revoked=row["revoked_at"] is not None)


async def delegate(actor: Actor, form: NewDelegation, *, now: datetime) -> int:
    """Lend a role of one's own. Raises Refused.

    `role_not_yours`, `delegate_elsewhere` (no role here), `delegate_has_it`, `delegate_self`, `days_order`,
    `days_past`, `days_too_many`, `cashier_keeps_books`.
    """
    async with write():
        refuse_if(await _findings(actor, form, now))
        lent = Delegation(
            school=actor.school,
            from_person=actor.person,
            to_person=form.to_person,
            role=form.role.value,
            from_day=form.from_day,
            until_day=form.until_day,
            reason=form.reason,
            created_at=now,
        )
        await lent.save()
        after = {"to": form.to_person, "role": form.role, "from": form.from_day, "until": form.until_day}
        await record(
            actor, "delegations.lend", subject="delegation", subject_id=lent.id, after=after, now=now
        )
    return int(lent.id)


async def _findings(actor: Actor, form: NewDelegation, now: datetime) -> list[Finding]:
    findings = delegation_findings(form.from_day, form.until_day, local_day(now))
    own = await roles_of(actor.school, actor.person or 0, form.from_day)
    theirs = await roles_of(actor.school, form.to_person, form.from_day)
    if form.role not in own:
        findings.append(error("role_not_yours", _("Only a role of your own can be lent."), "role"))
    if form.to_person == actor.person:
        findings.append(error("delegate_self", _("Choose somebody else."), "to_person"))
    elif not theirs:
        message = _("This person has no role here at that time.")
        findings.append(error("delegate_elsewhere", message, "to_person"))
    elif form.role in theirs:
        findings.append(error("delegate_has_it", _("This person already has this role."), "role"))
    return findings + role_findings(theirs, form.role, (await tenant(actor.school)).kind)


async def take_back(actor: Actor, delegation: int, *, now: datetime) -> None:
    """End a lent role at once. Raises Missing for one that is not one's own."""
    mine = (Delegation.id == delegation) & (Delegation.from_person == actor.person)
    live = (Delegation.school == actor.school) & Delegation.revoked_at.is_null()
    async with write():
        if not await Delegation.update(revoked_at=now).where(live & mine).returning(Delegation.id):
            raise Missing
        deed = "delegations.take_back"
        await record(actor, deed, subject="delegation", subject_id=delegation, now=now)


async def possible_delegates(school: int, person: int) -> list[tuple[int, str]]:
    """Everybody else with a role here that has not ended, by name."""
    here = (Membership.tenant == school) & Membership.ended_at.is_null() & (Membership.person != person)
    rows = await Membership.select(Membership.person).where(here).distinct().output(as_list=True)
    if not rows:
        return []
    people = await Person.select(Person.id, Person.name).where(Person.id.is_in(rows)).order_by(Person.name)
    return [(row["id"], row["name"]) for row in people]
