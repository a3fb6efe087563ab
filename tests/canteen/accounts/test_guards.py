"""Who makes a request: a person, a person at a kitchen device, a machine; and what each may reach."""

import logging
from typing import Any

import pytest

from canteen.accounts.forms import DeviceCode, NewDevice, NewInvitation, NewKey, OwnPin
from canteen.accounts.guards import COOKIE, user_may
from canteen.accounts.rules import MAY, Role
from canteen.accounts.services import devices, invitations, keys, pins
from canteen.accounts.services.sessions import Browser, SignedIn
from canteen.accounts.services.trail import deeds
from canteen.accounts.tables import Person
from canteen.kit.clock import utc_now
from canteen.kit.pages import Listing
from canteen.kit.watch import JsonLines
from tests.cast import FIRST, NOW, PASSWORD, SECOND
from tests.make import Cast, client_for


def user(*roles: Role, above: tuple[Role, ...] = (), **more: Any) -> SignedIn:
    given = {"person": 1, "school": 1, "school_name": "一小", "roles": frozenset(roles)}
    return SignedIn(**{**given, "above": frozenset(above), **more})


def test_an_inspector_only_looks() -> None:
    for permission in MAY:
        assert user_may(user(Role.INSPECTOR), permission) <= permission.endswith(".read")
    assert user_may(user(Role.INSPECTOR), "trail.read")


def test_a_district_looks_at_its_schools_and_appoints() -> None:
    held = {p for p in MAY if user_may(user(above=(Role.DISTRICT_ADMIN,)), p)}
    assert {p for p in held if not p.endswith(".read")} == {"people.edit"}
    assert {"weeks.read", "trail.read"} <= held


def test_a_machine_a_lent_role_and_a_pin_make_no_power() -> None:
    key = user(Role.PRINCIPAL, person=None, key=1)
    lent = user(Role.DEPUTY, Role.PRINCIPAL, lent={"principal": 2})
    at_device = user(Role.PRINCIPAL, Role.COOK, device=1)
    for permission in ("people.edit", "keys.edit", "devices.edit"):
        assert not user_may(key, permission)
        assert not user_may(at_device, permission)
        assert not user_may(lent, permission)
    assert user_may(lent, "weeks.approve")


def test_one_approves_and_others_do_not() -> None:
    may = {role for role in Role if user_may(user(role), "weeks.approve")}
    assert may == {Role.PRINCIPAL}


async def test_nobody_is_led_to_the_sign_in_page_and_back(house: Cast) -> None:
    async with client_for(house) as client:
        answer = await client.get("/people")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/people")
        typed = {"login": "zhou", "password": "cast-of-the-canteen"}
        answer = await client.post("/sign-in?next=/people", data=typed)
        assert (answer.status_code, answer.headers["location"]) == (303, "/people")
        cookie = answer.headers["set-cookie"]
        assert COOKIE in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
        assert "周校长" in (await client.get("/people")).text
        await client.post("/sign-out")
        assert (await client.get("/people")).status_code == 303


async def test_signing_in_leads_to_no_other_site(house: Cast) -> None:
    typed = {"login": "zhou", "password": "cast-of-the-canteen"}
    for url in ("//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"):
        async with client_for(house) as client:
            answer = await client.post("/sign-in", params={"next": url}, data=typed)
            assert answer.headers["location"] == "/"
            answer = await client.post("/theme", data={"theme": "dark", "back": url})
            assert answer.headers["location"] == "/"


async def test_an_invitations_link_stands_in_no_log(house: Cast, caplog: pytest.LogCaptureFixture) -> None:
    invited = NewInvitation("孙老师", Role.CLASS_TEACHER)
    token = await invitations.invite(house.actor("zhou"), invited, now=utc_now())
    async with client_for(house) as client:
        with caplog.at_level(logging.INFO, logger="canteen"):
            assert (await client.get(f"/join/{token}")).status_code == 200
            assert (await client.post(f"/join/{token}", data={})).status_code == 422
            await client.post(f"/join/{token}/accept")
    lines = [JsonLines().format(record) for record in caplog.records]
    assert len(lines) >= 3
    assert token not in "".join(lines)


async def test_nobody_floods_the_house_with_fields(house: Cast) -> None:
    """A form is judged by its size and its number of fields before it is taken apart."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    many, large = b"a=1&" * 10_001, b"login=" + b"x" * (4 * 1024 * 1024)
    async with client_for(house) as client:
        for body in (many, large, b"{" + b" " * (4 * 1024 * 1024)):
            answer = await client.post("/sign-in", content=body, headers=form)
            assert answer.status_code == 413
        assert (await client.post("/sign-in", content=many[:30_000], headers=form)).status_code == 422


async def test_what_nobody_typed_by_hand_is_no_bug_of_ours(house: Cast) -> None:
    """Addresses and headers that only a program makes up: refused or passed over, never an error 500."""
    huge = "9" * 20
    odd = {"hx-request": "true", "hx-current-url": "http://[x"}
    async with client_for(house, "zhou") as client:
        for url in (f"/people/{huge}", f"/weeks/{huge}", f"/prints/{huge}", f"/p/A001/x/{huge}"):
            assert (await client.get(url)).status_code == 404
        for query in (f"person={huge}", f"subject_id={huge}", "day=0001-01-01", f"limit={huge * 300}"):
            assert (await client.get(f"/trail?{query}")).status_code == 200
    async with client_for(house) as client:
        assert (await client.get("/people", headers=odd)).status_code == 204


async def test_a_form_without_its_token_is_refused(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        del client.headers["x-csrftoken"]
        answer = await client.post("/keys", data={"name": "x", "role": "cook"})
        assert answer.status_code == 403
    assert await keys.keys_of(house.school) == []


async def test_a_first_password_is_changed_before_anything_else(house: Cast) -> None:
    await Person.update(must_change_password=True).where(Person.login == "chen")
    async with client_for(house, "chen") as client:
        for url in ("/weeks", "/me", "/people"):
            answer = await client.get(url)
            assert (answer.status_code, answer.headers["location"]) == (303, "/me/password")
        assert (await client.get("/me/password")).status_code == 200
        words = {
            "current": "cast-of-the-canteen",
            "password": "my own four words",
            "again": "my own four words",
        }
        assert (await client.post("/me/password", data=words)).headers["location"] == "/"
        assert (await client.get("/me")).status_code == 200


async def test_a_teacher_does_not_manage_people(house: Cast) -> None:
    async with client_for(house, "xu") as client:
        assert (await client.get("/people")).status_code == 403
        assert (await client.get("/me")).status_code == 200


async def test_a_district_switches_to_its_school(house: Cast) -> None:
    async with client_for(house, "shen") as client:
        answer = await client.post("/switch-school", data={"school": house.schools[SECOND]})
        assert answer.status_code == 303
        assert answer.cookies[COOKIE].startswith(SECOND)
        shown = await client.get("/people")
        assert "郑校长" in shown.text and "周校长" not in shown.text
        assert (await client.post("/devices", data={"name": "x"})).status_code == 403
        there = await client.post("/switch-school", data={"school": house.schools["Z001"]})
        assert there.status_code == 404


async def test_a_key_opens_the_api_and_no_page(house: Cast) -> None:
    token = await keys.create_key(house.actor("zhou"), NewKey("售饭机", Role.CANTEEN_MANAGER), now=NOW)
    async with client_for(house) as client:
        del client.headers["x-csrftoken"]
        client.headers["authorization"] = f"Bearer {token}"
        assert (await client.get("/api/v1/foods")).status_code == 200
        assert (await client.get("/foods")).status_code == 303
        [key] = await keys.keys_of(house.school)
        await keys.revoke_key(house.actor("zhou"), key.id, now=NOW)
        assert (await client.get("/api/v1/foods")).status_code == 401


async def test_a_wrong_key_is_not_made_good_by_a_cookie(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        client.headers["authorization"] = "Bearer A001.nothing"
        del client.headers["x-csrftoken"]
        assert (await client.post("/keys", data={"name": "x", "role": "cook"})).status_code == 303
        assert (await client.get("/api/v1/foods")).status_code == 401
    assert await keys.keys_of(house.school) == []


async def device_token(house: Cast) -> str:
    now = utc_now()
    _id, code = await devices.add_device(house.actor("chen"), NewDevice("库房手机"), now=now)
    for login, pin in (("he", "5937"), ("chen", "8264")):
        await pins.set_pin(house.actor(login), OwnPin(pin, pin, PASSWORD), now=now)
    return await devices.register_device(DeviceCode(FIRST, code), Browser(), now=now)


async def test_a_kitchen_device_looks_without_asking_and_does_nothing_without_a_pin(house: Cast) -> None:
    async with client_for(house, token=await device_token(house)) as client:
        assert "库房手机" in (await client.get("/")).text
        assert (await client.get("/me")).status_code == 403
        for url in ("/trail", "/people", "/devices"):
            assert (await client.get(url)).status_code == 403
        assert (await client.get("/dishes/new")).status_code == 200
        faces = await client.get("/device/faces")
        assert "何厨师" in faces.text and "陈师傅" in faces.text and "周校长" not in faces.text
        answer = await client.post("/device/pin")
        assert (answer.status_code, "PIN" in answer.text) == (422, True)


async def test_each_deed_at_a_device_is_the_persons_whose_pin_it_is(house: Cast) -> None:
    async with client_for(house, token=await device_token(house)) as client:
        chen, he = house.people["chen"], house.people["he"]
        typed = {"day": "2026-09-07", "_person": chen, "_pin": "8264"}
        assert (await client.post("/weeks", data=typed)).status_code == 303
        [deed, *_rest] = (await deeds(house.school, Listing()))[0]
        assert (deed.deed, deed.who, deed.device) == ("weeks.create", "陈师傅", "库房手机")
        assert (await client.post("/weeks", data={**typed, "_pin": "0000"})).status_code == 422
        cook = {"day": "2026-09-14", "_person": he, "_pin": "5937"}
        assert (await client.post("/weeks", data=cook)).status_code == 403
        hello = await client.post("/device/pin", headers={"x-person": str(he), "x-pin": "5937"})
        assert "何厨师" in hello.text
        more = {"name": "灶台平板", "_person": chen, "_pin": "8264"}
        assert (await client.post("/devices", data=more)).status_code == 403
    assert len(await devices.devices_of(house.school)) == 1
