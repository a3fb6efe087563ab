"""A link by which one person takes a role, with a new account or the one they have."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.accounts.forms import Joining, NewInvitation, NewRole
from canteen.accounts.rules import Role, password_findings, role_findings
from canteen.accounts.rules.sessions import INVITATION_LASTS
from canteen.accounts.services.passwords import hashed
from canteen.accounts.services.people import give, make_person
from canteen.accounts.services.places import roles_of
from canteen.accounts.services.sessions import digest, make_token
from canteen.accounts.services.sign_in import login_of
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Invitation, Person
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.services import canteen_of, tenant


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as the list and the invited person see it."""

    id: int
    school: int
    school_name: str
    name: str
    role: str
    canteen: int | None
    until_day: date | None
    expires_at: datetime


async def invite(actor: Actor, form: NewInvitation, *, now: datetime) -> str:
    """A link's token, shown once and good for a week. Raises Refused (`role_place`), Forbidden."""
    refuse_other_canteen(actor, form.canteen)
    here = await tenant(actor.school)
    refuse_if(role_findings((), form.role, here.kind))
    if form.canteen is not None:
        await canteen_of(actor.school, form.canteen)
    token, kept = make_token(here.code)
    async with write():
        made = Invitation(
            school=actor.school,
            token=kept,
            name=form.name,
            role=form.role.value,
            canteen=form.canteen,
            until_day=form.until_day,
            created_by=actor.person,
            created_at=now,
            expires_at=now + INVITATION_LASTS,
        )
        await made.save()
        after = {"name": form.name, "role": form.role, "until_day": form.until_day}
        await record(actor, "people.invite", subject="invitation", subject_id=made.id, after=after, now=now)
    return token


async def open_invitations(school: int, now: datetime) -> list[Invited]:
    """Invitations nobody has accepted yet, the latest first."""
    rows = await _select(_live(now) & (Invitation.school == school))
    return [_invited(row) for row in rows]


async def look_up_invitation(token: str, now: datetime) -> Invited:
    """What a link offers. Raises Missing when it is unknown, used, withdrawn or too old."""
    code = token.partition(".")[0]
    rows = await _select(_live(now) & (Invitation.school.code == code) & (Invitation.token == digest(token)))
    if not rows:
        raise Missing
    return _invited(rows[0])


def _live(now: datetime) -> Any:
    return Invitation.accepted_at.is_null() & Invitation.revoked_at.is_null() & (Invitation.expires_at > now)


async def _select(which: Any) -> list[dict[str, Any]]:
    chosen = Invitation.select(*Invitation.all_columns(), Invitation.school.name.as_alias("school_name"))
    return list(await chosen.where(which).order_by(Invitation.id, ascending=False))


def _invited(row: dict[str, Any]) -> Invited:
    return Invited(**{name: row[name] for name in Invited.__slots__})


async def withdraw_invitation(actor: Actor, invitation: int, *, now: datetime) -> None:
    """The link opens nothing any more. Raises Missing."""
    here = (Invitation.school == actor.school) & (Invitation.id == invitation)
    async with write():
        gone = Invitation.update(revoked_at=now).where(here & _live(now))
        if not await gone.returning(Invitation.id):
            raise Missing
        deed = "people.withdraw_invitation"
        await record(actor, deed, subject="invitation", subject_id=invitation, now=now)


async def join(token: str, form: Joining, *, now: datetime, request_id: str = "") -> None:
    """Accept with a new account; then sign in as usual.

    Raises Refused: `login_taken`, `password_length`, `password_easy`, `not_the_same`; Missing as the look-up.
    """
    offered = await look_up_invitation(token, now)
    login = login_of(form.login)
    findings = password_findings(form.password, login)
    if form.password != form.again:
        findings.append(error("not_the_same", _("The two are not the same."), "again"))
    if await Person.exists().where(Person.login == login):
        message = _("This sign-in name is taken. If it is yours, sign in first, then open the link again.")
        findings.append(error("login_taken", message, "login"))
    refuse_if(findings)
    kept = await hashed(form.password)
    async with write():
        person = await make_person(login, form.name, kept, now=now, must_change=False)
        await _accept(offered, Actor(person, offered.school, request_id=request_id), now)


async def join_as(actor: Actor, token: str, *, now: datetime) -> Invited:
    """Accept with the account one is signed in with. Raises Refused (`cashier_keeps_books`, `role_held`)."""
    offered = await look_up_invitation(token, now)
    assert actor.person is not None
    held = await roles_of(offered.school, actor.person, local_day(now))
    refuse_if(role_findings(held, offered.role, (await tenant(offered.school)).kind))
    if offered.role in held and offered.canteen is None:
        raise Refused([error("role_held", _("You already have this role."))])
    async with write():
        await _accept(offered, Actor(actor.person, offered.school, request_id=actor.request_id), now)
    return offered


async def _accept(offered: Invited, actor: Actor, now: datetime) -> None:
    here = (Invitation.school == offered.school) & (Invitation.id == offered.id) & _live(now)
    taken = Invitation.update(accepted_at=now, accepted_by=actor.person).where(here)
    if not await taken.returning(Invitation.id):
        raise Missing
    role = NewRole(Role(offered.role), offered.canteen, None, offered.until_day)
    await give(offered.school, actor.person or 0, role, now)
    after = {"person": actor.person, "role": offered.role}
    await record(actor, "people.join", subject="invitation", subject_id=offered.id, after=after, now=now)
