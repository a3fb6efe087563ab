"""PINs: everybody chooses the own one. The office only takes one away and hands over a code for the next."""

import secrets
from datetime import datetime
from typing import Any

from canteen.accounts.forms import FirstPin, NewPin, OwnPin
from canteen.accounts.rules import pin_findings
from canteen.accounts.rules.sessions import PIN_CODE_LASTS
from canteen.accounts.services.devices import kitchen_people
from canteen.accounts.services.own import known
from canteen.accounts.services.passwords import hashed, matches
from canteen.accounts.services.places import refuse_wider, roles_of
from canteen.accounts.services.sessions import SignedIn, digest
from canteen.accounts.services.throttle import forgive, take_try
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Person, Pin
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Forbidden, Missing, Refused, error, refuse_if
from canteen.kit.texts import _

CODE_DIGITS = 8


async def set_pin(actor: Actor, form: OwnPin, *, now: datetime) -> None:
    """One's own PIN at this school, with the password typed once more.

    Raises Refused: `pin_form`, `pin_easy`, `not_the_same`, `wrong_password`; Missing without a role here.
    """
    refuse_if(_findings(form))
    person = await known(actor, form.current, now)
    if not await roles_of(actor.school, person.id, local_day(now)):
        raise Missing
    kept = await hashed(form.pin)
    async with write():
        await _keep(actor.school, person.id, now, pin=kept)
        await record(actor, "devices.set_pin", subject="person", subject_id=person.id, now=now)


async def reset_pin(actor: Actor, person: int, *, now: datetime) -> str:
    """Take somebody's PIN away; returns the code, shown once, with which they choose the next one.

    Raises Missing for somebody without a role here, Forbidden for somebody of another canteen.
    """
    if not await roles_of(actor.school, person, local_day(now)):
        raise Missing
    await refuse_wider(actor, person, local_day(now))
    code = "".join(secrets.choice("0123456789") for _n in range(CODE_DIGITS))
    async with write():
        await _keep(actor.school, person, now, code=digest(code), code_ends_at=now + PIN_CODE_LASTS)
        await record(actor, "devices.reset_pin", subject="person", subject_id=person, now=now)
    return code


async def choose_pin(user: SignedIn, form: FirstPin, *, now: datetime, request_id: str = "") -> None:
    """At a kitchen device: a PIN for who has none, with the office's code or the own password.

    Whoever has an authenticator app needs the code: a password alone would pass it by.
    Raises Refused: `pin_form`, `pin_easy`, `not_the_same`, `wrong_proof`, `too_many_tries`; Forbidden
    elsewhere than at a device.
    """
    if user.device is None:
        raise Forbidden
    refuse_if(_findings(form))
    at_device = {tile.id for tile in await kitchen_people(user.school, user.device, local_day(now))}
    person = await Person.objects().where(Person.id == form.person).first()
    if person is None or form.person not in at_device:
        raise Refused([_wrong_proof()])
    await take_try(person.login, "", now)
    knows = not person.totp_secret and await matches(person.password, form.proof)
    kept = await hashed(form.pin)
    async with write():
        if not knows and not await _use_code(user.school, form, now):
            raise Refused([_wrong_proof()])
        await forgive(person.login, "")
        await _keep(user.school, form.person, now, pin=kept)
        actor = Actor(form.person, user.school, device=user.device, request_id=request_id)
        await record(actor, "devices.choose_pin", subject="person", subject_id=form.person, now=now)


async def _use_code(school: int, form: FirstPin, now: datetime) -> bool:
    """Whether this is the code that was handed over; it works once, until it is too old."""
    typed = digest("".join(form.proof.split()))
    here = (Pin.school == school) & (Pin.person == form.person)
    live = (Pin.code == typed) & (Pin.code_ends_at > now)
    return bool(await Pin.update({Pin.code: None}).where(here & live).returning(Pin.id))


async def _keep(school: int, person: int, now: datetime, **chosen: Any) -> None:
    values = {"pin": None, "code": None, "code_ends_at": None, "failures": 0, **chosen, "set_at": now}
    fresh = Pin(school=school, person=person, **values)
    again: list[Any] = [(getattr(Pin, name), value) for name, value in values.items()]
    await Pin.insert(fresh).on_conflict(target=(Pin.school, Pin.person), action="DO UPDATE", values=again)


def _findings(form: NewPin) -> list[Finding]:
    findings = pin_findings(form.pin)
    if form.pin != form.again:
        findings.append(error("not_the_same", _("The two are not the same."), "again"))
    return findings


def _wrong_proof() -> Finding:
    message = _("This is neither the code from the office nor your password. A code works once, for a day.")
    return error("wrong_proof", message, "proof")
