"""The people of a school or district: who they are, which roles they hold and until when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.accounts.forms import EndOfRole, NewPerson, NewRole, PersonFacts
from canteen.accounts.rules import role_findings
from canteen.accounts.services.bounds import refuse_if_elsewhere, refuse_without_admin
from canteen.accounts.services.passwords import hashed, make_password
from canteen.accounts.services.places import refuse_wider, roles_of
from canteen.accounts.services.portraits import take_portrait
from canteen.accounts.services.sessions import revoke_all
from canteen.accounts.services.sign_in import login_of
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Delegation, Membership, Person, Pin
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, Refused, error, refuse_if
from canteen.kit.texts import DEFAULT, _
from canteen.tenants.services import canteen_of, tenant


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds, held or will hold here."""

    id: int
    role: str
    canteen: int | None
    from_day: date
    until_day: date | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """A person of the school with their roles here; `active` when any of them holds on that day."""

    id: int
    login: str
    name: str
    roles: tuple[Held, ...]
    active: bool
    has_pin: bool
    has_authenticator: bool


async def people_of(
    school: int, day: date, *, q: str = "", role: str = "", everybody: bool = False
) -> list[Colleague]:
    """Who works at a school or district on a day, by name; `everybody` adds those who have left."""
    rows = await _memberships(Membership.tenant == school)
    pins = set(await Pin.select(Pin.person).where(_has_pin(school)).output(as_list=True))
    by_person: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        by_person.setdefault(row["person"], []).append(row)
    found = [_colleague(held, day, pins) for held in by_person.values()]
    return [c for c in found if (everybody or c.active) and _is_asked(c, q.lower(), role)]


async def person_here(school: int, person: int, day: date) -> Colleague:
    """One person of a school, active or not. Raises Missing for a person who never had a role here."""
    rows = await _memberships((Membership.tenant == school) & (Membership.person == person))
    if not rows:
        raise Missing
    pins = await Pin.select(Pin.person).where(_has_pin(school) & (Pin.person == person))
    return _colleague(rows, day, {row["person"] for row in pins})


def _has_pin(school: int) -> Any:
    return (Pin.school == school) & Pin.pin.is_not_null()


async def _memberships(which: Any) -> list[dict[str, Any]]:
    return list(
        await Membership.select(
            *Membership.all_columns(),
            Membership.person.login.as_alias("login"),
            Membership.person.name.as_alias("name"),
            Membership.person.totp_secret.as_alias("totp_secret"),
        )
        .where(which)
        .order_by(Membership.person.name, Membership.person, Membership.id)
    )


def _colleague(rows: list[dict[str, Any]], day: date, pins: set[int]) -> Colleague:
    first = rows[0]
    roles = tuple(_held(row, day) for row in rows)
    return Colleague(
        id=first["person"],
        login=first["login"],
        name=first["name"],
        roles=roles,
        active=any(not held.ended and held.from_day <= day for held in roles),
        has_pin=first["person"] in pins,
        has_authenticator=bool(first["totp_secret"]),
    )


def _held(row: dict[str, Any], day: date) -> Held:
    ended = row["ended_at"] is not None or (row["until_day"] is not None and row["until_day"] < day)
    return Held(row["id"], row["role"], row["canteen"], row["from_day"], row["until_day"], ended)


def _is_asked(colleague: Colleague, q: str, role: str) -> bool:
    if role and all(held.role != role or held.ended for held in colleague.roles):
        return False
    return not q or q in colleague.name.lower() or q in colleague.login


async def add_person(actor: Actor, form: NewPerson, *, now: datetime) -> tuple[int, str]:
    """Somebody new with a first role; returns the id and the first password, which must be changed.

    Raises Refused: `login_taken`, `role_place`, `days_order`; Missing for a canteen of another school.
    """
    role = NewRole(form.role, form.canteen, form.from_day, form.until_day)
    login = login_of(form.login)
    password = make_password()
    kept = await hashed(password)
    async with write():
        findings = [*await _role_findings(actor, None, role, now), *await _login_findings(login, None)]
        refuse_if(findings)
        person = await make_person(login, form.name, kept, now=now, must_change=True)
        await give(actor.school, person, role, now)
        after = {"login": login, "name": form.name, **_role_json(role)}
        await record(actor, "people.add", subject="person", subject_id=person, after=after, now=now)
    return person, password


async def make_person(
    login: str, name: str, password: str, *, now: datetime, must_change: bool, demo: bool = False
) -> int:
    """Step: the row of a person; `password` is hashed already. `demo` marks somebody invented."""
    person = Person(
        login=login,
        name=name,
        password=password,
        must_change_password=must_change,
        language=DEFAULT,
        demo=demo,
        created_at=now,
    )
    await person.save()
    return int(person.id)


async def give(school: int, person: int, role: NewRole, now: datetime) -> None:
    """Step: a membership."""
    await Membership(
        person=person,
        tenant=school,
        role=role.role.value,
        canteen=role.canteen,
        from_day=role.from_day or local_day(now),
        until_day=role.until_day,
        created_at=now,
    ).save()


async def give_role(actor: Actor, person: int, form: NewRole, *, now: datetime) -> None:
    """One more role. Raises Refused: `role_place`, `cashier_keeps_books`, `role_held`, `days_order`."""
    await person_here(actor.school, person, local_day(now))
    async with write():
        refuse_if(await _role_findings(actor, person, form, now))
        await give(actor.school, person, form, now)
        after = _role_json(form)
        await record(actor, "people.give_role", subject="person", subject_id=person, after=after, now=now)


async def end_role(actor: Actor, membership: int, form: EndOfRole, *, now: datetime) -> int:
    """A role's last day, or its end at once; returns the person. Raises Refused (`last_admin`), Missing."""
    here = (Membership.tenant == actor.school) & (Membership.id == membership)
    async with write():
        found = await Membership.objects().where(here & Membership.ended_at.is_null()).first()
        if found is None:
            raise Missing
        refuse_other_canteen(actor, found.canteen)
        if form.until_day is not None and form.until_day < found.from_day:
            raise Refused([_days_order()])
        change: dict[Any, Any] = {"until_day": form.until_day} if form.until_day else {"ended_at": now}
        await Membership.update(change).where(here)
        await refuse_without_admin(actor.school, form.until_day, now)
        after = {"role": found.role, "until_day": form.until_day or local_day(now)}
        await record(
            actor, "people.end_role", subject="person", subject_id=found.person, after=after, now=now
        )
    return int(found.person)


async def deactivate(actor: Actor, person: int, *, now: datetime) -> None:
    """End everything a person holds here: roles, lent roles, PIN, photo, sessions.

    Raises Refused (`last_admin`).
    """
    colleague = await person_here(actor.school, person, local_day(now))
    mine = (Membership.tenant == actor.school) & (Membership.person == person)
    lent = (Delegation.from_person == person) | (Delegation.to_person == person)
    async with write():
        await refuse_wider(actor, person, local_day(now))
        await Membership.update(ended_at=now).where(mine & Membership.ended_at.is_null())
        await refuse_without_admin(actor.school, None, now)
        await Delegation.update(revoked_at=now).where((Delegation.school == actor.school) & lent)
        await Pin.delete().where((Pin.school == actor.school) & (Pin.person == person))
        await take_portrait(actor.school, person)
        await revoke_all(person, now)
        before = {"roles": [held.role for held in colleague.roles if not held.ended]}
        await record(actor, "people.deactivate", subject="person", subject_id=person, before=before, now=now)


async def change_facts(actor: Actor, person: int, form: PersonFacts, *, now: datetime) -> None:
    """Another name or sign-in name. Raises Refused: `works_elsewhere`, `login_taken`."""
    colleague = await person_here(actor.school, person, local_day(now))
    login = login_of(form.login)
    async with write():
        await refuse_if_elsewhere(actor, person, now)
        refuse_if(await _login_findings(login, person))
        await Person.update(login=login, name=form.name).where(Person.id == person)
        await record(
            actor,
            "people.change_facts",
            subject="person",
            subject_id=person,
            before={"login": colleague.login, "name": colleague.name},
            after={"login": login, "name": form.name},
            now=now,
        )


async def reset_password(actor: Actor, person: int, *, now: datetime) -> str:
    """A new first password for who is locked out; the authenticator goes, all sessions end.

    Returns the password, to be shown once. Raises Refused (`works_elsewhere`) for people whom another school
    or the district has trusted too: a school must not take over their account.
    """
    await person_here(actor.school, person, local_day(now))
    password = make_password()
    kept = await hashed(password)
    async with write():
        await refuse_if_elsewhere(actor, person, now)
        fresh = Person.update(password=kept, must_change_password=True, totp_secret=None, totp_waiting=None)
        await fresh.where(Person.id == person)
        await revoke_all(person, now)
        await record(actor, "people.reset_password", subject="person", subject_id=person, now=now)
    return password


async def _role_findings(actor: Actor, person: int | None, form: NewRole, now: datetime) -> list[Finding]:
    kind = (await tenant(actor.school)).kind
    if form.canteen is not None:
        await canteen_of(actor.school, form.canteen)
    refuse_other_canteen(actor, form.canteen)
    first = form.from_day or local_day(now)
    held = await roles_of(actor.school, person, first) if person else frozenset[str]()
    findings = role_findings(held, form.role, kind)
    if form.role in held and form.canteen is None:
        findings.append(error("role_held", _("This person already has this role."), "role"))
    if form.until_day is not None and form.until_day < first:
        findings.append(_days_order())
    return findings


def _days_order() -> Finding:
    return error("days_order", _("The last day lies before the first."), "until_day")


async def _login_findings(login: str, person: int | None) -> list[Finding]:
    other = await Person.select(Person.id).where(Person.login == login).first()
    if other is None or other["id"] == person:
        return []
    message = _("This sign-in name is taken. If it is the same person, send them an invitation.")
    return [error("login_taken", message, "login")]


def _role_json(role: NewRole) -> dict[str, Any]:
    return {
        "role": role.role,
        "canteen": role.canteen,
        "from_day": role.from_day,
        "until_day": role.until_day,
    }
