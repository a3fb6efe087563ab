"""The pages of accounts, as the principal of a school uses them."""

import re
from io import BytesIO
from typing import Any

import pyotp
import pytest
from python_calamine import CalamineWorkbook

from canteen.accounts.services import keys
from canteen.accounts.services.authenticator import proposed_secret
from canteen.accounts.services.people import people_of, person_here
from canteen.accounts.services.sessions import look_up
from canteen.accounts.tables import Trail
from canteen.kit.clock import local_day, utc_now
from tests.cast import PASSWORD, SECOND
from tests.make import LOCK, Cast, client_for, session_for, thaw


def today() -> Any:
    return local_day(utc_now())


def secret(page: str) -> str:
    found = re.search(r"<code>([^<]+)</code>", page)
    assert found
    return found.group(1)


async def test_somebody_new_signs_in_with_the_password_shown_once(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        typed = {"name": "孙师傅", "login": "Sun", "role": "storekeeper"}
        page = await client.post("/people", data=typed)
        password = secret(page.text)
        assert page.headers["cache-control"] == "no-store"
        assert password not in (await client.get("/people")).text
    async with client_for(house) as client:
        await client.post("/sign-in", data={"login": "sun", "password": password})
        assert (await client.get("/")).headers["location"] == "/me/password"


async def test_every_wrong_field_is_marked_at_once_and_nothing_is_lost(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        page = await client.post("/people", data={"name": "孙", "login": "!", "role": "king"})
        assert page.status_code == 422
        assert page.text.count("aria-invalid") >= 2
        assert 'value="孙"' in page.text


async def test_a_refused_form_leaves_the_other_forms_of_its_page_as_they_were(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        here = f"/people/{house.people['chen']}"
        page = (await client.post(f"{here}/roles", data={"role": "king"})).text
        assert page.count('aria-invalid="true"') == 1
        assert 'value="陈师傅"' in page and 'value="chen"' in page
        ids = re.findall(r' id="([^"]+)"', (await client.get("/people/new")).text)
        assert len(ids) == len(set(ids))


async def test_an_invitation_leads_a_new_colleague_in(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        page = await client.post("/people/invitations", data={"name": "钱会计", "role": "accountant"})
        path = "/join/" + secret(page.text).rpartition("/join/")[2]
        assert "钱会计" in (await client.get("/people")).text
    async with client_for(house) as client:
        offer = await client.get(path)
        assert "第一小学" in offer.text and "会计" in offer.text
        weak = {"name": "钱", "login": "qian", "password": "short", "again": "short"}
        assert (await client.post(path, data=weak)).status_code == 422
        good = {"name": "钱", "login": "qian", "password": "four plain words", "again": "four plain words"}
        led = (await client.post(path, data=good)).headers["location"]
        assert 'value="qian"' in (await client.get(led)).text
        assert (await client.get(path)).status_code == 404


async def test_an_invitation_is_accepted_by_who_is_signed_in(house: Cast) -> None:
    async with client_for(house, "zheng") as client:
        page = await client.post("/people/invitations", data={"name": "周", "role": "parent_committee"})
        path = "/join/" + secret(page.text).rpartition("/join/")[2]
    async with client_for(house, "zhou") as client:
        assert "第二小学" in (await client.get(path)).text
        assert (await client.post(f"{path}/accept")).status_code == 303
        assert "第二小学" in (await client.get("/")).text
    assert (await person_here(house.schools[SECOND], house.people["zhou"], today())).active


async def test_roles_are_given_and_ended_on_a_persons_page(house: Cast) -> None:
    chen = house.people["chen"]
    async with client_for(house, "zhou") as client:
        assert "食堂管理员" in (await client.get(f"/people/{chen}")).text
        assert (await client.post(f"/people/{chen}/roles", data={"role": "buyer"})).status_code == 303
        held = (await person_here(house.school, chen, today())).roles
        assert [h.role for h in held] == ["canteen_manager", "buyer"]
        assert (await client.post(f"/people/roles/{held[1].id}/end")).status_code == 303
        assert (await client.post(f"/people/{chen}", data={"name": "陈", "login": "chen"})).status_code == 303
        assert secret((await client.post(f"/people/{chen}/pin")).text).replace(" ", "").isdigit()
        assert "-" in secret((await client.post(f"/people/{chen}/reset")).text)
        assert (await client.post(f"/people/{chen}/deactivate")).headers["location"] == "/people"
        refused = await client.post(f"/people/{house.people['zhou']}/deactivate")
        assert refused.status_code == 422
    assert "chen" not in {c.login for c in await people_of(house.school, today())}


async def test_the_lists_come_as_workbooks(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        for url, least in (("/people/excel", 7), ("/trail/excel", 1)):
            answer = await client.get(url)
            rows = CalamineWorkbook.from_filelike(_file(answer.content)).get_sheet_by_index(0).to_python()
            assert len(rows) >= least
        people = await client.get("/people?q=陈&role=canteen_manager")
        assert "陈师傅" in people.text and "吴主任" not in people.text


def _file(content: bytes) -> Any:
    return BytesIO(content)


async def test_a_key_is_shown_once(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        token = secret((await client.post("/keys", data={"name": "售饭机", "role": "cook"})).text)
        shown = await client.get("/keys")
        assert "售饭机" in shown.text and token not in shown.text
        [key] = await keys.keys_of(house.school)
        await client.post(f"/keys/{key.id}/revoke")
    assert await keys.look_up_key(token, utc_now()) is None


async def test_a_device_is_registered_by_its_code(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        code = secret((await client.post("/devices", data={"name": "库房手机"})).text)
        assert "库房手机" in (await client.get("/devices")).text
    async with client_for(house) as client:
        assert (await client.get("/device")).status_code == 200
        wrong = await client.post("/device", data={"school": "A001", "code": "00000000"})
        assert wrong.status_code == 422
        assert (await client.post("/device", data={"school": "A001", "code": code})).status_code == 303
        assert "库房手机" in (await client.get("/")).text
        assert (await client.get("/device")).status_code == 303
    async with client_for(house, "zhou") as client:
        assert secret((await client.post("/devices/1/code")).text) != code
        assert (await client.post("/devices/1/remove")).status_code == 303


async def test_sessions_are_listed_and_ended(house: Cast) -> None:
    other = await session_for(house.people["zhou"], house.school)
    third = await session_for(house.people["zhou"], house.school)
    async with client_for(house, "zhou") as client:
        assert (await client.get("/me")).text.count("127.0.0.1") == 3
        ended = await client.post("/me/sessions/1/end", data={"school": house.school})
        assert ended.status_code == 303
        assert await look_up(other, utc_now()) is None
        await client.post("/me/sessions/end")
        assert await look_up(third, utc_now()) is None
        assert (await client.get("/me")).status_code == 200


async def test_an_authenticator_is_set_up_and_asked_for(house: Cast) -> None:
    async with client_for(house, "zhou") as client:
        await client.post("/me/authenticator/begin", data={"current": PASSWORD})
        page = await client.get("/me/authenticator")
        assert "<svg" in page.text and "style=" not in page.text
        proposed = await proposed_secret(house.actor("zhou"), LOCK)
        assert proposed is not None and proposed in page.text
        totp = pyotp.TOTP(proposed)
        assert (await client.post("/me/authenticator/confirm", data={"code": "1"})).status_code == 422
        done = await client.post("/me/authenticator/confirm", data={"code": totp.at(utc_now())})
        assert done.status_code == 303
    async with client_for(house) as client:
        asked = await client.post("/sign-in", data={"login": "zhou", "password": PASSWORD})
        assert asked.status_code == 422 and 'name="code"' in asked.text
    async with client_for(house, "zhou") as client:
        assert (await client.post("/me/authenticator/remove", data={"current": PASSWORD})).status_code == 303


async def test_a_role_is_lent_pin_and_language_are_set_on_ones_own_page(house: Cast) -> None:
    day = today().isoformat()
    lend = {
        "to_person": house.people["wu"],
        "role": "principal",
        "from_day": day,
        "until_day": day,
        "reason": "外出",
    }
    async with client_for(house, "zhou") as client:
        assert (await client.post("/me/delegations", data=lend)).status_code == 303
        assert "外出" in (await client.get("/me")).text
        assert (await client.post("/me/delegations/1/take-back")).status_code == 303
        await client.post("/me/language", data={"language": "en"})
        assert "My account" in (await client.get("/me")).text
    async with client_for(house, "he") as client:
        assert (
            await client.post("/me/pin", data={"pin": "1111", "again": "1111", "current": PASSWORD})
        ).status_code == 422
        assert (
            await client.post("/me/pin", data={"pin": "5937", "again": "5937", "current": PASSWORD})
        ).status_code == 303


@pytest.mark.parametrize("touched", [False, True])
async def test_the_trail_page_says_whether_the_chain_holds(house: Cast, touched: bool) -> None:
    async with client_for(house, "zhou") as client:
        await client.post("/keys", data={"name": "售饭机", "role": "cook"})
        assert "留痕链完整" in (await client.post("/trail/verify")).text
        if touched:
            await thaw("accounts_trail")
            await Trail.update(deed="keys.revoke").where(Trail.deed == "keys.create")
        page = (await client.post("/trail/verify")).text
        assert ("已被破坏" in page) == touched
        assert "周校长" in (await client.get("/trail?q=keys")).text
        assert "周校长" in (await client.get("/trail?q=密钥")).text.partition("<table")[2]
        assert 'action="/trail"' in page
        assert "周校长" not in (await client.get("/trail?subject=week")).text.partition("<table")[2]
