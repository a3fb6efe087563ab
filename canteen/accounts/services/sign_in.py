"""Signing in with name and password, and what a person changes about that."""

from datetime import datetime

import pyotp

from canteen.accounts.forms import Code, Current, NewPassword, SignIn
from canteen.accounts.rules import password_findings
from canteen.accounts.rules.places import Place
from canteen.accounts.services.passwords import hashed, matches
from canteen.accounts.services.places import places_of
from canteen.accounts.services.sessions import Browser, SignedIn, end_replaced, open_session, revoke_all
from canteen.accounts.services.throttle import forgive, take_try, uncount
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Person
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, Refused, error, refuse_if
from canteen.kit.texts import _

ISSUER = "Canteen"
STEP_SECONDS = 30


def login_of(typed: str) -> str:
    """A sign-in name as it is kept: lower case."""
    return typed.strip().lower()


async def sign_in(
    form: SignIn,
    browser: Browser,
    *,
    now: datetime,
    request_id: str = "",
    before: SignedIn | None = None,
) -> str:
    """Open a session where the person last was; returns its token. The one the browser had `before` ends.

    Raises Refused: `too_many_tries`, `wrong_sign_in` (unknown name and wrong password alike, as slowly),
    `code_needed` and `wrong_code` (authenticator), `no_place` (no role anywhere today).
    """
    login = login_of(form.login)
    await take_try(login, browser.address, now)
    person = await Person.objects().where(Person.login == login).first()
    if not await matches(person.password if person else None, form.password) or person is None:
        raise Refused([error("wrong_sign_in", _("The sign-in name or the password is wrong."))])
    step = await _code_step(person, form.code, browser, now)
    place = await _first_place(person, now)
    async with write():
        await forgive(login, browser.address)
        await _use_step(person, step)
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


async def _code_step(person: Person, code: str | None, browser: Browser, now: datetime) -> int | None:
    """The time step of a right code; None for those without an authenticator.

    A right password alone must not forgive wrong codes: whoever knows it could guess codes for ever.
    """
    if not person.totp_secret:
        return None
    if not code:
        async with write():
            await uncount(person.login, browser.address)
        raise Refused([error("code_needed", _("Enter the 6 digits of your authenticator app."), "code")])
    step = right_step(person.totp_secret, code, now)
    if step is None:
        raise Refused([_wrong_code()])
    return step


async def _use_step(person: Person, step: int | None) -> None:
    """No code works twice. Raises Refused for one that was used."""
    if step is None:
        return
    fresh = Person.totp_step.is_null() | (Person.totp_step < step)
    taken = Person.update({Person.totp_step: step}).where((Person.id == person.id) & fresh)
    if not await taken.returning(Person.id):
        raise Refused([_wrong_code()])


def _wrong_code() -> Finding:
    return error("wrong_code", _("This code is wrong or was used already. Wait for the next one."), "code")


def right_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step (RFC 6238, 30 s, one step of tolerance) whose code this is, or None."""
    typed = code.replace(" ", "")
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(step), typed):
            return step
    return None


async def change_password(actor: Actor, form: NewPassword, session: int | None, *, now: datetime) -> None:
    """Another password; every other session of the person ends.

    Raises Refused: `wrong_password` (the current one), `not_the_same`, `password_length`, `password_easy`,
    `password_same`.
    """
    person = await _known(actor, form.current, now)
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


async def _known(actor: Actor, current: str, now: datetime) -> Person:
    """The person, after the password was typed once more."""
    person = await person_of(actor)
    await take_try(person.login, "", now)
    if not await matches(person.password, current):
        raise Refused([error("wrong_password", _("This is not your password."), "current")])
    async with write():
        await forgive(person.login, "")
    return person


async def person_of(actor: Actor) -> Person:
    """The acting person. Raises Missing for a machine."""
    person = await Person.objects().where(Person.id == (actor.person or 0)).first()
    if person is None:
        raise Missing
    return person


async def begin_authenticator(actor: Actor, form: Current, *, now: datetime) -> None:
    """Propose a new authenticator secret; it counts only once a code of it was typed. Raises Refused."""
    person = await _known(actor, form.current, now)
    async with write():
        await Person.update(totp_waiting=pyotp.random_base32()).where(Person.id == person.id)
        await record(actor, "accounts.begin_authenticator", subject="person", subject_id=person.id, now=now)


def authenticator_address(person: Person) -> str:
    """What the authenticator app reads from the QR code."""
    return pyotp.TOTP(person.totp_waiting or "").provisioning_uri(name=person.login, issuer_name=ISSUER)


async def confirm_authenticator(actor: Actor, form: Code, *, now: datetime) -> None:
    """From now on signing in asks for a code. Raises Refused for a wrong one, Missing when none was begun."""
    person = await person_of(actor)
    if not person.totp_waiting:
        raise Missing
    await take_try(person.login, "", now)
    step = right_step(person.totp_waiting, form.code, now)
    if step is None:
        raise Refused([_wrong_code()])
    async with write():
        await forgive(person.login, "")
        kept = Person.update(totp_secret=person.totp_waiting, totp_waiting=None, totp_step=step)
        await kept.where(Person.id == person.id)
        await record(actor, "accounts.confirm_authenticator", subject="person", subject_id=person.id, now=now)


async def remove_authenticator(actor: Actor, form: Current, *, now: datetime) -> None:
    """Sign in without a code again. Raises Refused for a wrong password."""
    person = await _known(actor, form.current, now)
    async with write():
        gone = Person.update(totp_secret=None, totp_waiting=None, totp_step=None)
        await gone.where(Person.id == person.id)
        await record(actor, "accounts.remove_authenticator", subject="person", subject_id=person.id, now=now)


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
