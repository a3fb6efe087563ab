"""Everybody chooses the own PIN: with the password, or at the kitchen device with a code from the office."""

from datetime import timedelta
from typing import Any

import pytest

from canteen.accounts.forms import DeviceCode, Face, FirstPin, NewDevice, OwnPin
from canteen.accounts.services import devices, people, pins
from canteen.accounts.services.sessions import Browser, SignedIn, look_up
from canteen.accounts.services.trail import deeds
from canteen.accounts.tables import Person, Pin
from canteen.kit.locks import Lock
from canteen.kit.pages import Listing
from canteen.kit.problems import Forbidden, Missing, Refused
from tests.cast import FIRST, NOW, PASSWORD, TODAY
from tests.make import Cast

PHONE = Browser("kitchen phone", "10.0.0.20")


async def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        await work
    return refused.value.findings[0].rule


async def kitchen_phone(cast: Cast) -> SignedIn:
    _id, code = await devices.add_device(cast.actor("chen"), NewDevice("库房手机"), now=NOW)
    user = await look_up(await devices.register_device(DeviceCode(FIRST, code), PHONE, now=NOW), NOW)
    assert user is not None
    return user


async def choose(phone: SignedIn, person: int, proof: str, pin: str = "5937", **more: Any) -> None:
    form = FirstPin(pin=pin, again=more.get("again", pin), person=person, proof=proof)
    await pins.choose_pin(phone, form, now=more.get("now", NOW))


async def test_a_pin_is_kept_as_a_slow_hash(cast: Cast) -> None:
    await pins.set_pin(cast.actor("he"), OwnPin("5937", "5937", PASSWORD), now=NOW)
    [kept] = await Pin.select(Pin.pin).output(as_list=True)
    assert kept.startswith("$argon2id$")


@pytest.mark.parametrize(
    ("form", "rule"),
    [
        (OwnPin("123", "123", PASSWORD), "pin_form"),
        (OwnPin("12a4", "12a4", PASSWORD), "pin_form"),
        (OwnPin("1111", "1111", PASSWORD), "pin_easy"),
        (OwnPin("1234", "1234", PASSWORD), "pin_easy"),
        (OwnPin("5937", "5938", PASSWORD), "not_the_same"),
        (OwnPin("5937", "5937", "not the password"), "wrong_password"),
    ],
)
async def test_a_pin_is_four_digits_that_nobody_guesses_or_sets_for_another(
    cast: Cast, form: OwnPin, rule: str
) -> None:
    assert await refusal(pins.set_pin(cast.actor("he"), form, now=NOW)) == rule
    assert await Pin.count() == 0


async def test_a_cook_chooses_a_pin_with_the_code_that_the_office_hands_over(cast: Cast) -> None:
    phone, he = await kitchen_phone(cast), cast.people["he"]
    code = await pins.reset_pin(cast.actor("chen"), he, now=NOW)
    await choose(phone, he, f"{code[:4]} {code[4:]}")
    await devices.check_pin(cast.school, Face(he, "5937"), now=NOW)
    assert await refusal(choose(phone, he, code, "8264")) == "wrong_proof", "a code works once"
    shown, _next = await deeds(cast.school, Listing())
    told = [(one.deed, one.who, one.device) for one in shown[:2]]
    assert told == [("devices.choose_pin", "何厨师", "库房手机"), ("devices.reset_pin", "陈师傅", None)]


async def test_a_manager_takes_a_pin_away_and_never_knows_the_next(cast: Cast) -> None:
    phone, he = await kitchen_phone(cast), cast.people["he"]
    await pins.set_pin(cast.actor("he"), OwnPin("5937", "5937", PASSWORD), now=NOW)
    assert [tile.id for tile in await devices.faces(cast.school, phone.device or 0, TODAY)] == [he]
    await pins.reset_pin(cast.actor("chen"), he, now=NOW)
    assert await devices.faces(cast.school, phone.device or 0, TODAY) == []
    assert not (await people.person_here(cast.school, he, TODAY)).has_pin
    assert await refusal(devices.identify(phone, Face(he, "5937"), now=NOW)) == "wrong_pin"


async def test_a_code_is_too_old_after_a_day_and_for_nobody_else(cast: Cast) -> None:
    phone, he = await kitchen_phone(cast), cast.people["he"]
    code = await pins.reset_pin(cast.actor("chen"), he, now=NOW)
    assert await refusal(choose(phone, cast.people["chen"], code)) == "wrong_proof"
    assert await refusal(choose(phone, he, code, now=NOW + timedelta(days=1))) == "wrong_proof"
    newer = await pins.reset_pin(cast.actor("chen"), he, now=NOW)
    assert await refusal(choose(phone, he, code)) == "wrong_proof"
    await choose(phone, he, newer)


async def test_whoever_has_a_password_needs_no_code(cast: Cast) -> None:
    phone, he = await kitchen_phone(cast), cast.people["he"]
    assert await refusal(choose(phone, he, "not the password")) == "wrong_proof"
    await choose(phone, he, PASSWORD)
    await devices.check_pin(cast.school, Face(he, "5937"), now=NOW)


async def test_a_password_does_not_pass_an_authenticator_by(cast: Cast) -> None:
    phone, he = await kitchen_phone(cast), cast.people["he"]
    locked = Lock("a secret of the house").shut("JBSWY3DP", f"person {he}")
    await Person.update(totp_secret=locked).where(Person.id == he)
    assert await refusal(choose(phone, he, PASSWORD)) == "wrong_proof"
    await choose(phone, he, await pins.reset_pin(cast.actor("chen"), he, now=NOW))


async def test_guessing_codes_is_slowed_down(cast: Cast) -> None:
    phone, he = await kitchen_phone(cast), cast.people["he"]
    await pins.reset_pin(cast.actor("chen"), he, now=NOW)
    for guess in range(5):
        assert await refusal(choose(phone, he, f"0000000{guess}")) == "wrong_proof"
    assert await refusal(choose(phone, he, "00000009")) == "too_many_tries"


async def test_a_pin_is_for_people_of_the_kitchen_at_its_device(cast: Cast) -> None:
    phone = await kitchen_phone(cast)
    for login in ("xu", "zheng"):
        assert await refusal(choose(phone, cast.people[login], PASSWORD)) == "wrong_proof"
    with pytest.raises(Missing):
        await pins.reset_pin(cast.actor("chen"), cast.people["zheng"], now=NOW)
    desk = SignedIn(cast.school, "第一小学", person=cast.people["he"])
    with pytest.raises(Forbidden):
        await choose(desk, cast.people["he"], PASSWORD)


async def test_two_pins_that_differ_are_refused_at_the_device(cast: Cast) -> None:
    phone, he = await kitchen_phone(cast), cast.people["he"]
    assert await refusal(choose(phone, he, PASSWORD, again="5938")) == "not_the_same"
