"""A photo on the tile of the kitchen device: small, of one school, and gone when it is deleted."""

from io import BytesIO

import pytest
from PIL import Image

from canteen.accounts.forms import DeviceCode, NewDevice, OwnPin
from canteen.accounts.services import devices, people, pins, portraits
from canteen.accounts.services.sessions import Browser
from canteen.kit.clock import utc_now
from canteen.kit.problems import Missing, Refused
from tests.cast import FIRST, NOW, PASSWORD
from tests.make import Cast, client_for


def photo(colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 1200), colour).save(out, "JPEG")
    return out.getvalue()


async def test_a_photo_is_kept_small_and_changed_and_deleted(cast: Cast) -> None:
    chen, he = cast.actor("chen"), cast.people["he"]
    await portraits.set_portrait(chen, he, photo(), now=NOW)
    first = await portraits.portrait_of(cast.school, he)
    assert max(Image.open(BytesIO(first)).size) == 320
    await portraits.set_portrait(cast.actor("he"), he, photo("blue"), now=NOW)
    assert await portraits.portrait_of(cast.school, he) != first
    assert list(await portraits.portraits(cast.school)) == [he]
    await portraits.remove_portrait(chen, he, now=NOW)
    for gone in (portraits.portrait_of(cast.school, he), portraits.remove_portrait(chen, he, now=NOW)):
        with pytest.raises(Missing):
            await gone


async def test_a_photo_is_of_one_school_and_goes_with_the_person(cast: Cast) -> None:
    chen, he = cast.actor("chen"), cast.people["he"]
    with pytest.raises(Missing):
        await portraits.set_portrait(chen, cast.people["zheng"], photo(), now=NOW)
    with pytest.raises(Refused):
        await portraits.set_portrait(chen, he, b"no photo", now=NOW)
    await portraits.set_portrait(chen, he, photo(), now=NOW)
    with pytest.raises(Missing):
        await portraits.portrait_of(cast.actor("zheng").school, he)
    await people.deactivate(cast.actor("zhou"), he, now=NOW)
    assert await portraits.portraits(cast.school) == {}


async def test_the_tile_shows_the_photo_and_without_one_the_letter(house: Cast) -> None:
    he = house.people["he"]
    for login, pin in (("he", "5937"), ("chen", "8264")):
        await pins.set_pin(house.actor(login), OwnPin(pin, pin, PASSWORD), now=NOW)
    async with client_for(house, "he") as client:
        sent = await client.post("/me/photo", files={"photo": ("a.jpg", photo())})
        assert sent.headers["location"] == "/me"
        assert "/me/photo?" in (await client.get("/me")).text
        assert (await client.get("/me/photo")).headers["content-type"] == "image/jpeg"
    _id, code = await devices.add_device(house.actor("chen"), NewDevice("库房手机"), now=utc_now())
    token = await devices.register_device(DeviceCode(FIRST, code), Browser(), now=utc_now())
    async with client_for(house, token=token) as phone:
        tiles = (await phone.get("/device/faces")).text
        assert f'src="/people/{he}/photo?' in tiles and ">何<" not in tiles
        assert ">傅<" in tiles
        assert (await phone.get(f"/people/{he}/photo")).headers["cache-control"].startswith("private")


async def test_the_office_takes_and_deletes_a_photo_and_others_do_not_see_it(house: Cast) -> None:
    he = house.people["he"]
    async with client_for(house, "chen") as client:
        empty = await client.post(f"/people/{he}/photo", files={"photo": ("a.jpg", b"")})
        assert empty.status_code == 422
        await client.post(f"/people/{he}/photo", files={"photo": ("a.jpg", photo())})
        assert (await client.get(f"/people/{he}/photo")).status_code == 200
    for login, status in (("xu", 403), ("zheng", 404)):
        async with client_for(house, login) as client:
            assert (await client.get(f"/people/{he}/photo")).status_code == status
    async with client_for(house, "chen") as client:
        assert (await client.post(f"/people/{he}/photo/remove")).status_code == 303
        assert (await client.get(f"/people/{he}/photo")).status_code == 404
