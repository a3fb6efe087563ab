"""Dishes as JSON: listed, read, added, changed by versions, copied, retired; strangers are refused."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from canteen.accounts.rules import Role
from menus.dishes import services
from menus.dishes.forms import TakeForm
from tests.cast import ELSEWHERE, NOW
from tests.make import Cast, client_for, give_role, make_cast

Client = AsyncTestClient[Litestar]
URL = "/api/v1/dishes"
PORK = {
    "name": "青椒肉丝",
    "kind": "meat",
    "method": "stir_fry",
    "ingredients": [
        {"name": "肉丝", "grams": 45.5, "grams_6_8": 40},
        {"name": "青椒", "grams": "45"},
    ],
}


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


@pytest.fixture
async def lin(cast: Cast) -> AsyncIterator[Client]:
    async with client_for(cast, "lin") as client:
        yield client


async def test_a_dish_is_added_read_changed_copied_and_retired(lin: Client) -> None:
    made = await lin.post(URL, json=PORK)
    assert made.status_code == 201
    dish = made.json()
    assert (dish["version"], dish["kind"], dish["meat_share"], dish["retired"]) == (1, "meat", 0.552, False)
    assert dish["ingredients"][0]["grams"] == 45.5
    assert (dish["ingredients"][0]["grams_6_8"], dish["ingredients"][1]["grams_6_8"]) == (40.0, None)
    assert (dish["cost_fen"], dish["cost_complete"]) == (None, False)
    assert (await lin.get(f"{URL}/{dish['id']}")).json() == dish

    changed = await lin.post(f"{URL}/{dish['id']}/versions", json={**PORK, "note": "少油", "version": 1})
    assert (changed.status_code, changed.json()["version"]) == (201, 2)
    stale = await lin.post(f"{URL}/{dish['id']}/versions", json={**PORK, "note": "多油", "version": 1})
    assert stale.status_code == 409
    copy = await lin.post(f"{URL}/{dish['id']}/copies", json={})
    assert copy.json()["name"] == "青椒肉丝2"
    retired = await lin.post(f"{URL}/{dish['id']}/retire", json={})
    assert (retired.status_code, retired.json()["retired"]) == (200, True)
    names = [item["name"] for item in (await lin.get(URL)).json()["items"]]
    assert names == ["青椒肉丝2"]


async def test_a_call_that_comes_twice_adds_one_dish(lin: Client) -> None:
    key = {"Idempotency-Key": "dish-1"}
    first, again = [await lin.post(URL, json=PORK, headers=key) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len((await lin.get(URL)).json()["items"]) == 1


async def test_the_openapi_document_tells_grams_as_numbers(lin: Client) -> None:
    told = (await lin.get("/schema/openapi.json")).json()["paths"][URL]["post"]
    line = told["requestBody"]["content"]["application/json"]["schema"]["properties"]["ingredients"]["items"]
    assert line["properties"]["grams"]["type"] == "number"


async def test_a_list_goes_on_where_its_cursor_says(lin: Client) -> None:
    for name in ("菠菜汤", "白菜汤", "冬瓜汤"):
        body = {"name": name, "kind": "soup", "ingredients": [{"name": "菠菜", "grams": 30}]}
        assert (await lin.post(URL, json=body)).status_code == 201
    first = (await lin.get(f"{URL}?limit=2&kind=soup")).json()
    rest = (await lin.get(f"{URL}?limit=2&kind=soup&cursor={first['next']}")).json()
    assert [d["name"] for d in first["items"] + rest["items"]] == ["白菜汤", "菠菜汤", "冬瓜汤"]
    assert rest["next"] is None
    assert len((await lin.get(f"{URL}?cursor=nonsense")).json()["items"]) == 3


async def test_everything_wrong_is_told_as_a_problem(lin: Client) -> None:
    answer = await lin.post(URL, json={"name": "", "kind": "fish", "ingredients": [{"grams": -1}, "肉丝"]})
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert {f["at"] for f in answer.json()["findings"]} == {
        "name",
        "kind",
        "ingredients.0.name",
        "ingredients.0.grams",
        "ingredients.1",
    }


@pytest.fixture
async def pork(cast: Cast) -> str:
    """A dish of the first school."""
    [dish] = await services.take_dishes(cast.actor("lin"), TakeForm(names=("青椒肉丝",)), now=NOW)
    return f"{URL}/{dish}"


DEEDS = ("versions", "copies", "retire")


async def test_a_stranger_finds_nothing(cast: Cast, pork: str) -> None:
    await give_role(cast.people["ma"], cast.schools[ELSEWHERE], Role.NUTRITIONIST)
    async with client_for(cast, "ma") as stranger:
        for deed in DEEDS:
            assert (await stranger.post(f"{pork}/{deed}", json=PORK)).status_code == 404
        assert (await stranger.get(pork)).status_code == 404
        assert (await stranger.get(URL)).json()["items"] == []


async def test_a_cook_only_reads(cast: Cast, pork: str) -> None:
    async with client_for(cast, "he") as cook:
        for deed in DEEDS:
            assert (await cook.post(f"{pork}/{deed}", json=PORK)).status_code == 403
        assert (await cook.post(URL, json=PORK)).status_code == 403
        assert (await cook.get(pork)).status_code == 200


async def test_nobody_is_refused(cast: Cast, pork: str) -> None:
    async with client_for(cast) as nobody:
        for deed in DEEDS:
            assert (await nobody.post(f"{pork}/{deed}", json=PORK)).status_code == 401
        assert (await nobody.get(URL)).status_code == 401
