"""One phone, several cooks: a device is signed in once, each deed asks for a face and a PIN."""

from datetime import timedelta
from typing import Any

import pytest

from canteen.accounts.forms import DeviceCode, EndOfRole, Face, NewDevice, OwnPin
from canteen.accounts.services import devices, people, pins
from canteen.accounts.services.sessions import Browser, SignedIn, look_up
from canteen.accounts.tables import Membership
from canteen.kit.problems import Missing, Refused
from canteen.tenants.services import add_canteen, canteens_of
from tests.cast import FIRST, NOW, PASSWORD, TODAY
from tests.make import Cast, give_role

PHONE = Browser("kitchen phone", "10.0.0.20")


async def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        await work
    return refused.value.findings[0].rule


async def signed_in_device(cast: Cast, canteen: int | None = None) -> SignedIn:
    _id, code = await devices.add_device(cast.actor("chen"), NewDevice("库房手机", canteen), now=NOW)
    token = await devices.register_device(DeviceCode(FIRST, code), PHONE, now=NOW)
    user = await look_up(token, NOW)
    assert user is not None
    return user


async def with_pins(cast: Cast) -> None:
    for login, pin in (("he", "5937"), ("chen", "8264"), ("xu", "1793")):
        await pins.set_pin(cast.actor(login), OwnPin(pin, pin, PASSWORD), now=NOW)


async def test_a_device_is_signed_in_by_a_code_that_works_once(cast: Cast) -> None:
    _id, code = await devices.add_device(cast.actor("chen"), NewDevice("库房手机"), now=NOW)
    typed = DeviceCode("a 0 0 1", f"{code[:4].lower()} {code[4:]}")
    token = await devices.register_device(typed, PHONE, now=NOW)
    user = await look_up(token, NOW + timedelta(days=300))
    assert user is not None
    assert (user.name, user.person, user.school) == ("库房手机", None, cast.school)
    assert await refusal(devices.register_device(typed, PHONE, now=NOW)) == "wrong_code"


async def test_a_code_is_too_old_after_half_an_hour(cast: Cast) -> None:
    device, code = await devices.add_device(cast.actor("chen"), NewDevice("库房手机"), now=NOW)
    late = NOW + timedelta(minutes=30)
    typed = DeviceCode(FIRST, code)
    assert await refusal(devices.register_device(typed, PHONE, now=late)) == "wrong_code"
    fresh = await devices.renew_code(cast.actor("chen"), device, now=late)
    assert await devices.register_device(DeviceCode(FIRST, fresh), PHONE, now=late)


async def test_guessing_codes_is_slowed_down(cast: Cast) -> None:
    for _n in range(5):
        guess = devices.register_device(DeviceCode(FIRST, "00000000"), PHONE, now=NOW)
        assert await refusal(guess) == "wrong_code"
    guess = devices.register_device(DeviceCode(FIRST, "00000000"), PHONE, now=NOW)
    assert await refusal(guess) == "too_many_tries"


async def test_the_faces_are_the_kitchens_people_who_have_a_pin(cast: Cast) -> None:
    user = await signed_in_device(cast)
    assert await devices.faces(cast.school, user.device or 0, TODAY) == []
    await with_pins(cast)
    tiles = await devices.faces(cast.school, user.device or 0, TODAY)
    assert {tile.name: tile.roles for tile in tiles} == {
        "何厨师": ("cook",),
        "陈师傅": ("canteen_manager",),
    }


async def test_a_device_of_one_canteen_shows_its_own_cooks(cast: Cast) -> None:
    east = (await add_canteen(cast.school, "东区", now=NOW)).id
    first = (await canteens_of(cast.school))[0].id
    await with_pins(cast)
    [cook] = (await people.person_here(cast.school, cast.people["he"], TODAY)).roles
    await people.end_role(cast.actor("zhou"), cook.id, EndOfRole(), now=NOW)
    await give_role(cast.people["he"], cast.school, "cook", TODAY)
    user = await signed_in_device(cast, east)
    assert len(await devices.faces(cast.school, user.device or 0, TODAY)) == 2
    await Membership.update(canteen=first).where(Membership.role == "cook")
    assert [t.name for t in await devices.faces(cast.school, user.device or 0, TODAY)] == ["陈师傅"]


async def test_a_face_and_a_pin_make_the_person_for_one_deed(cast: Cast) -> None:
    user = await signed_in_device(cast)
    await with_pins(cast)
    person = await devices.identify(user, Face(cast.people["he"], "5937"), now=NOW)
    assert (person.name, person.device, person.roles) == ("何厨师", user.device, {"cook"})


async def test_a_wrong_pin_a_wrong_face_and_a_teacher_are_refused(cast: Cast) -> None:
    user = await signed_in_device(cast)
    await with_pins(cast)
    for face in (
        Face(cast.people["he"], "0000"),
        Face(cast.people["lin"], "5937"),
        Face(cast.people["xu"], "1793"),
        Face(cast.people["zheng"], "5937"),
    ):
        assert await refusal(devices.identify(user, face, now=NOW)) == "wrong_pin"


async def test_after_three_wrong_pins_one_waits(cast: Cast) -> None:
    await with_pins(cast)
    he = cast.people["he"]
    for _n in range(3):
        assert await refusal(devices.check_pin(cast.school, Face(he, "0000"), now=NOW)) == "wrong_pin"
    assert await refusal(devices.check_pin(cast.school, Face(he, "5937"), now=NOW)) == "too_many_tries"
    await devices.check_pin(cast.school, Face(he, "5937"), now=NOW + timedelta(seconds=5))
    assert await refusal(devices.check_pin(cast.school, Face(he, "0000"), now=NOW)) == "wrong_pin"


async def test_a_removed_device_is_signed_out(cast: Cast) -> None:
    device, code = await devices.add_device(cast.actor("chen"), NewDevice("库房手机"), now=NOW)
    token = await devices.register_device(DeviceCode(FIRST, code), PHONE, now=NOW)
    with pytest.raises(Missing):
        await devices.remove_device(cast.actor("ma"), device, now=NOW)
    await devices.remove_device(cast.actor("chen"), device, now=NOW)
    assert await look_up(token, NOW) is None
    [shown] = await devices.devices_of(cast.school)
    assert shown.revoked_at == NOW
    with pytest.raises(Missing):
        await devices.renew_code(cast.actor("chen"), device, now=NOW)
