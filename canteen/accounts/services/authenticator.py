"""The authenticator app (RFC 6238): set up, asked at sign-in, removed. Its secret is kept locked."""

from datetime import datetime

import pyotp

from canteen.accounts.forms import Code, Current
from canteen.accounts.services.own import known, person_of
from canteen.accounts.services.throttle import forgive, take_try
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Person
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.locks import Lock
from canteen.kit.problems import Finding, Missing, Refused, error
from canteen.kit.texts import _

ISSUER = "Canteen"
STEP_SECONDS = 30


async def begin_authenticator(actor: Actor, form: Current, *, lock: Lock, now: datetime) -> None:
    """Propose a new authenticator secret; it counts only once a code of it was typed. Raises Refused."""
    person = await known(actor, form.current, now)
    async with write():
        proposed = lock.shut(pyotp.random_base32(), _owner(person))
        await Person.update(totp_waiting=proposed).where(Person.id == person.id)
        await record(actor, "accounts.begin_authenticator", subject="person", subject_id=person.id, now=now)


async def proposed_secret(actor: Actor, lock: Lock) -> str | None:
    """What was proposed and not confirmed yet; None when there is nothing, or it cannot be read any more."""
    person = await person_of(actor)
    return lock.open(person.totp_waiting, _owner(person)) if person.totp_waiting else None


def authenticator_address(login: str, secret: str) -> str:
    """What the authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


async def confirm_authenticator(actor: Actor, form: Code, *, lock: Lock, now: datetime) -> None:
    """From now on signing in asks for a code. Raises Refused for a wrong one, Missing when none was begun."""
    secret = await proposed_secret(actor, lock)
    if secret is None:
        raise Missing
    person = await person_of(actor)
    await take_try(person.login, "", now)
    step = right_step(secret, form.code, now)
    if step is None:
        raise Refused([wrong_code()])
    async with write():
        await forgive(person.login, "")
        kept = Person.update(totp_secret=person.totp_waiting, totp_waiting=None, totp_step=step)
        await kept.where(Person.id == person.id)
        await record(actor, "accounts.confirm_authenticator", subject="person", subject_id=person.id, now=now)


async def remove_authenticator(actor: Actor, form: Current, *, now: datetime) -> None:
    """Sign in without a code again. Raises Refused for a wrong password."""
    person = await known(actor, form.current, now)
    async with write():
        await take_away(person.id)
        await record(actor, "accounts.remove_authenticator", subject="person", subject_id=person.id, now=now)


async def take_away(person: int) -> None:
    """Step: the person signs in without a code."""
    gone = Person.update(totp_secret=None, totp_waiting=None, totp_step=None)
    await gone.where(Person.id == person)


def step_of_code(person: Person, code: str, lock: Lock, now: datetime) -> int:
    """The time step whose code this is.

    Raises Refused: `wrong_code`, or `authenticator_lost` when the secret cannot be read, for the house has
    another CANTEEN_SECRET than when it was set up.
    """
    secret = lock.open(person.totp_secret or "", _owner(person))
    if secret is None:
        message = _("Your authenticator can no longer be judged here. Ask your administrator to reset it.")
        raise Refused([error("authenticator_lost", message, "code")])
    step = right_step(secret, code, now)
    if step is None:
        raise Refused([wrong_code()])
    return step


async def use_step(person: Person, step: int | None) -> None:
    """Step: no code works twice. Raises Refused for one that was used."""
    if step is None:
        return
    fresh = Person.totp_step.is_null() | (Person.totp_step < step)
    taken = Person.update({Person.totp_step: step}).where((Person.id == person.id) & fresh)
    if not await taken.returning(Person.id):
        raise Refused([wrong_code()])


def right_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step (30 s, one step of tolerance) whose code this is, or None."""
    typed = code.replace(" ", "")
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (current, current - 1, current + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(step), typed):
            return step
    return None


def wrong_code() -> Finding:
    """The refusal of a code."""
    return error("wrong_code", _("This code is wrong or was used already. Wait for the next one."), "code")


def _owner(person: Person) -> str:
    """A secret that is copied into another person's row does not open."""
    return f"person {person.id}"
