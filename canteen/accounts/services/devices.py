"""Kitchen devices: registered once by a code, then a face and a PIN for each deed."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.accounts.forms import DeviceCode, Face, NewDevice
from canteen.accounts.rules import KITCHEN
from canteen.accounts.rules.passwords import FREE_TRIES_OF_PIN, failures_now, wait_after
from canteen.accounts.rules.places import Place
from canteen.accounts.rules.sessions import CODE_LASTS
from canteen.accounts.services.passwords import matches
from canteen.accounts.services.places import on_day, only_at, roles_of
from canteen.accounts.services.sessions import Browser, SignedIn, digest, open_session, revoke_device
from canteen.accounts.services.throttle import forgive, refuse_while_waiting, take_try
from canteen.accounts.services.trail import record
from canteen.accounts.tables import Device, Membership, Person, Pin
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, Refused, error
from canteen.kit.texts import _
from canteen.tenants.rules import ALPHABET, read_code
from canteen.tenants.services import canteen_of
from canteen.tenants.tables import Tenant

CODE_LETTERS = 8


@dataclass(frozen=True, slots=True)
class KitchenDevice:
    """A device as the list shows it. `waiting` until its code was typed."""

    id: int
    name: str
    canteen: int | None
    registered_at: datetime | None
    revoked_at: datetime | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A face on the device: whom to touch before the PIN."""

    id: int
    name: str
    roles: tuple[str, ...]


async def devices_of(school: int) -> list[KitchenDevice]:
    """A school's devices, the latest first, revoked ones last."""
    rows = await Device.select().where(Device.school == school).order_by(Device.id, ascending=False)
    shown = [_shown(row) for row in rows]
    return sorted(shown, key=lambda device: device.revoked_at is not None)


def _shown(row: dict[str, Any]) -> KitchenDevice:
    return KitchenDevice(
        id=row["id"],
        name=row["name"],
        canteen=row["canteen"],
        registered_at=row["registered_at"],
        revoked_at=row["revoked_at"],
        waiting=row["code"] is not None and row["revoked_at"] is None,
    )


async def add_device(actor: Actor, form: NewDevice, *, now: datetime) -> tuple[int, str]:
    """A device to be; returns its id and the code to type on it within half an hour. Raises Forbidden."""
    refuse_other_canteen(actor, form.canteen)
    if form.canteen is not None:
        await canteen_of(actor.school, form.canteen)
    code = _make_code()
    async with write():
        device = Device(
            school=actor.school,
            canteen=form.canteen,
            name=form.name,
            code=digest(code),
            code_ends_at=now + CODE_LASTS,
            created_at=now,
        )
        await device.save()
        after = {"name": form.name, "canteen": form.canteen}
        await record(actor, "devices.add", subject="device", subject_id=device.id, after=after, now=now)
    return int(device.id), code


async def renew_code(actor: Actor, device: int, *, now: datetime) -> str:
    """Another code, for a device that lost its sign-in; the old sign-in ends. Raises Missing."""
    code = _make_code()
    async with write():
        fresh = Device.update(code=digest(code), code_ends_at=now + CODE_LASTS)
        await _changed(fresh, actor, device)
        await revoke_device(actor.school, device, now)
        await record(actor, "devices.renew_code", subject="device", subject_id=device, now=now)
    return code


async def remove_device(actor: Actor, device: int, *, now: datetime) -> None:
    """The device is signed out for good. Raises Missing."""
    async with write():
        await _changed(Device.update(revoked_at=now, code=None), actor, device)
        await revoke_device(actor.school, device, now)
        await record(actor, "devices.remove", subject="device", subject_id=device, now=now)


async def _changed(update: Any, actor: Actor, device: int) -> None:
    live = (Device.school == actor.school) & (Device.id == device) & Device.revoked_at.is_null()
    found = await update.where(live).returning(Device.canteen)
    if not found:
        raise Missing
    refuse_other_canteen(actor, found[0]["canteen"])


def _make_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _n in range(CODE_LETTERS))


async def register_device(form: DeviceCode, browser: Browser, *, now: datetime, request_id: str = "") -> str:
    """Sign the device in that this is typed on; returns its session token.

    Raises Refused: `wrong_code` (unknown, used or too late), `too_many_tries`.
    """
    await take_try(f"device:{browser.address}", "", now)
    code, school = read_code(form.code), read_code(form.school)
    here = await Tenant.objects().where(Tenant.code == school).first()
    if here is None:
        raise Refused([_wrong_code()])
    async with write():
        live = (Device.school == here.id) & (Device.code == digest(code)) & (Device.code_ends_at > now)
        used = Device.update(code=None, registered_at=now).where(live & Device.revoked_at.is_null())
        found = await used.returning(Device.id)
        if not found:
            raise Refused([_wrong_code()])
        await forgive(f"device:{browser.address}", "")
        device = int(found[0]["id"])
        place = Place(here.id, here.code, here.name, here.kind, frozenset(), frozenset())
        token = await open_session(place, browser, now=now, device=device)
        actor = Actor(None, here.id, device=device, request_id=request_id)
        await record(actor, "devices.register", subject="device", subject_id=device, now=now)
    return token


def _wrong_code() -> Finding:
    message = _("This code is wrong, was used already or is too old. Ask for a new one.")
    return error("wrong_code", message, "code")


async def faces(school: int, device: int, day: date) -> list[Tile]:
    """Who may stand at a device: people of its kitchen that day who have a PIN, by name. Raises Missing."""
    has_pin = (Pin.school == school) & Pin.pin.is_not_null()
    pins = set(await Pin.select(Pin.person).where(has_pin).output(as_list=True))
    return [tile for tile in await kitchen_people(school, device, day) if tile.id in pins]


async def kitchen_people(school: int, device: int, day: date) -> list[Tile]:
    """Everybody of a device's kitchen that day, with a PIN or without, by name. Raises Missing."""
    kitchen = (
        await Device.select(Device.canteen).where((Device.school == school) & (Device.id == device)).first()
    )
    if kitchen is None:
        raise Missing
    rows = await (
        Membership.select(Membership.person, Membership.person.name.as_alias("name"), Membership.role)
        .where(_in_kitchen(school, kitchen["canteen"], day))
        .order_by(Membership.person.name, Membership.id)
    )
    tiles: dict[int, Tile] = {}
    for row in rows:
        before = tiles.get(row["person"])
        roles = (*(before.roles if before else ()), row["role"])
        tiles[row["person"]] = Tile(row["person"], row["name"], roles)
    return list(tiles.values())


def _in_kitchen(school: int, canteen: int | None, day: date) -> Any:
    cooks = Membership.role.is_in([role.value for role in KITCHEN])
    here = (Membership.tenant == school) & cooks & on_day(day)
    if canteen is None:
        return here
    return here & (Membership.canteen.is_null() | (Membership.canteen == canteen))


async def identify(user: SignedIn, form: Face, *, now: datetime) -> SignedIn:
    """The person at a signed-in device, for one deed.

    Raises Refused: `wrong_pin`, `too_many_tries`; Forbidden is left to the guard, who knows the deed.
    """
    assert user.device is not None
    today = local_day(now)
    if all(tile.id != form.person for tile in await faces(user.school, user.device, today)):
        raise Refused([_wrong_pin()])
    await check_pin(user.school, form, now=now)
    [person] = await Person.select(Person.name, Person.language).where(Person.id == form.person)
    return SignedIn(
        school=user.school,
        school_name=user.school_name,
        school_code=user.school_code,
        kind=user.kind,
        name=person["name"],
        person=form.person,
        device=user.device,
        session=user.session,
        roles=await roles_of(user.school, form.person, today),
        only_at=await only_at(user.school, form.person, today),
        schools=user.schools,
        language=person["language"],
    )


async def check_pin(school: int, form: Face, *, now: datetime) -> None:
    """Whether this is the person's PIN at this school; also for the second checker on the same phone.

    Raises Refused: `wrong_pin`, `too_many_tries`. A try is counted before the PIN is looked at.
    """
    here = (Pin.school == school) & (Pin.person == form.person)
    async with write():
        row = await _count_try(here, now)
    if not await matches(row["pin"], form.pin):
        raise Refused([_wrong_pin()])
    async with write():
        await Pin.update(failures=0).where(here)


async def _count_try(here: Any, now: datetime) -> dict[str, Any]:
    rows = (
        await Pin.update({Pin.failures: Pin.failures})
        .where(here)
        .returning(Pin.pin, Pin.failures, Pin.last_failed_at)
    )
    if not rows:
        raise Refused([_wrong_pin()])
    row: dict[str, Any] = rows[0]
    last = row["last_failed_at"] or now
    failures = failures_now(row["failures"], last, now)
    refuse_while_waiting(wait_after(failures, FREE_TRIES_OF_PIN), last, now, "_pin")
    await Pin.update(failures=failures + 1, last_failed_at=now).where(here)
    return row


def _wrong_pin() -> Finding:
    return error("wrong_pin", _("This PIN is wrong."), "_pin")
