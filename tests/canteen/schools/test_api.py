"""Schools for programs."""

import pytest

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services.keys import create_key
from canteen.kit.pages.listing import make_cursor
from tests.cast import ELSEWHERE, FIRST, NOW, SECOND
from tests.make import Cast, client_for, machine_with, make_cast

URL = "/api/v1/schools"


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


async def seen_by(cast: Cast, login: str, role: Role) -> list[str]:
    key = await create_key(cast.actor(login), NewKey("机器", role), now=NOW)
    async with machine_with(key) as client:
        answer = (await client.get(URL)).json()
    assert answer["next"] is None
    return [school["code"] for school in answer["items"]]


async def test_a_key_sees_its_school_and_a_districts_key_those_below(cast: Cast) -> None:
    assert await seen_by(cast, "zhou", Role.COOK) == [FIRST]
    assert await seen_by(cast, "ma", Role.COOK) == [ELSEWHERE]
    assert await seen_by(cast, "shen", Role.INSPECTOR) == [FIRST, SECOND]


async def test_the_list_goes_on_by_its_cursor_and_names_the_canteens(cast: Cast) -> None:
    key = await create_key(cast.actor("shen"), NewKey("机器", Role.INSPECTOR), now=NOW)
    async with machine_with(key) as client:
        page = (await client.get(URL, params={"limit": 1})).json()
        rest = (await client.get(URL, params={"cursor": page["next"]})).json()
        odd = (await client.get(URL, params={"cursor": make_cursor(["x"])})).json()
    (school,), (other,) = page["items"], rest["items"]
    assert (school["code"], other["code"], len(odd["items"])) == (FIRST, SECOND, 2)
    assert [canteen["name"] for canteen in school["canteens"]] == ["第一小学"]
    assert isinstance(school["id"], str) and isinstance(school["canteens"][0]["id"], str)


async def test_a_person_sees_where_they_have_a_role(sqlite: str) -> None:
    cast = await make_cast()
    async with client_for(cast, "he") as client:
        assert [s["code"] for s in (await client.get(URL)).json()["items"]] == [FIRST]
    async with client_for(cast, "shen") as client:
        assert [s["code"] for s in (await client.get(URL)).json()["items"]] == [FIRST, SECOND]
    async with client_for(cast) as client:
        assert (await client.get(URL)).status_code == 401
