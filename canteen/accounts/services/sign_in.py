"""Signing in with name and password, and what a person changes about that."""

from datetime import datetime

from canteen.accounts.forms import NewPassword, SignIn
from canteen.accounts.rules import password_findings
from canteen.accounts.rules.places import Place
from canteen.accounts.services.authenticator import step_of_code, use_step
from canteen.accounts.services.own import known, person_of
from canteen.accounts.services.passwords import hashed, matches
from canteen.accounts.services.places import places_of
from canteen.accounts.services.sessions import Browser, SignedIn, end_replaced, open_session, revoke_all
from canteen.accounts.services.throttle import forgive, take_try, uncount
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Person
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.locks import Lock
from canteen.kit.problems import Refused, error, refuse_if
from canteen.kit.texts import _


def login_of(typed: str) -> str:
    """A sign-in name as it is kept: lower case."""
    return typed.strip().lower()


async def sign_in(
    form: SignIn,
    browser: Browser,
    *,
    lock: Lock,
    now: datetime,
    request_id: str = "",
    before: SignedIn | None = None,
) -> str:
    """Open a session where the person last was; returns its token. The one the browser had `before` ends.

    Raises Refused: `too_many_tries`, `wrong_sign_in` (unknown name and wrong password alike, as slowly),
    `code_needed`, `wrong_code` and `authenticator_lost`, `no_place` (no role anywhere today).
    """
    login = login_of(form.login)
    await take_try(login, browser.address, now)
    person = await Person.objects().where(Person.login == login).first()
    if not await matches(person.password if person else None, form.password) or person is None:
        raise Refused([error("wrong_sign_in", _("The sign-in name or the password is wrong."))])
    step = await _code_step(person, form.code, browser, lock, now)
    place = await _first_place(person, now)
    async with write():
        await forgive(login, browser.address)
        await use_step(person, step)
        await end_replaced(before, now)
        token = await open_session(place, browser, now=now, person=person.id)
        actor = Actor(person.id, place.id, place.roles, request_id=request_id)
        await record(actor, "accounts.sign_in", subject="person", subject_id=person.id, now=now)
    return token


async def _first_place(person: Person, now: datetime) -> Place:
    found = await places_of(person.id, local_day(now))
    if not found:
        message = _("You have no role at any school today. Ask your administrator.")
        raise Refused([error("no_place", message)])
    return found.get(person.last_school) or next(iter(found.values()))


async def _code_step(
    person: Person, code: str | None, browser: Browser, lock: Lock, now: datetime
) -> int | None:
    """The time step of a right code; None for those without an authenticator.

    A right password alone must not forgive wrong codes: whoever knows it could guess codes for ever.
    """
    if not person.totp_secret:
        return None
    if not code:
        async with write():
            await uncount(person.login, browser.address)
        raise Refused([error("code_needed", _("Enter the 6 digits of your authenticator app."), "code")])
    return step_of_code(person, code, lock, now)


async def change_password(actor: Actor, form: NewPassword, session: int | None, *, now: datetime) -> None:
    """Another password; every other session of the person ends.

    Raises Refused: `wrong_password` (the current one), `not_the_same`, `password_length`, `password_easy`,
    `password_same`.
    """
    person = await known(actor, form.current, now)
    findings = password_findings(form.password, person.login)
    if form.password != form.again:
        findings.append(error("not_the_same", _("The two are not the same."), "again"))
    if form.password == form.current:
        findings.append(error("password_same", _("This is the password you have now."), "password"))
    refuse_if(findings)
    kept = await hashed(form.password)
    async with write():
        changed = Person.update(password=kept, must_change_password=False)
        await changed.where(Person.id == person.id)
        await revoke_all(person.id, now, keep=session)
        await record(actor, "accounts.change_password", subject="person", subject_id=person.id, now=now)


async def choose_language(actor: Actor, language: str, *, now: datetime) -> None:
    """The language of a person's pages."""
    person = await person_of(actor)
    async with write():
        await Person.update({Person.language: language}).where(Person.id == person.id)
        await record(
            actor,
            "accounts.choose_language",
            subject="person",
            subject_id=person.id,
            before={"language": person.language},
            after={"language": language},
            now=now,
        )
