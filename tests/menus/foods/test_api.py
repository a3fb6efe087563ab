"""Foods for programs."""

import pytest

from tests.make import Cast, client_for, make_cast

FOOD = {"name": "山野菜", "group": "vegetable", "edible_pct": 90, "nutrients": {"protein_g": 2.5}}


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


async def test_a_program_without_a_key_is_refused(cast: Cast) -> None:
    async with client_for(cast) as client:
        for path in ("/api/v1/foods", "/api/v1/foods/F048"):
            answer = await client.get(path)
            assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        assert (await client.post("/api/v1/foods", json=FOOD)).status_code == 401


async def test_the_list_goes_on_by_its_cursor(cast: Cast) -> None:
    codes: list[str] = []
    async with client_for(cast, "he") as client:
        cursor: str | None = ""
        while cursor is not None:
            body = (await client.get("/api/v1/foods", params={"limit": 200, "cursor": cursor})).json()
            codes += [food["code"] for food in body["items"]]
            cursor = body["next"]
    assert codes == [f"F{n:03d}" for n in range(1, 480)]


async def test_a_search_finds_and_an_unknown_figure_is_null(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        body = (await client.get("/api/v1/foods", params={"q": "yaxiaosuanyan"})).json()
        food = (await client.get(f"/api/v1/foods/{body['items'][0]['code']}")).json()
        assert (await client.get("/api/v1/foods/X999")).status_code == 404
    assert food["name"] == "亚硝酸盐" and food["nutrients"]["protein_g"] is None
    assert food["banned"] == "ban" and food["own"] is False


async def test_a_food_is_created_by_who_may(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        assert (await client.post("/api/v1/foods", json=FOOD)).status_code == 403
    async with client_for(cast, "lin") as client:
        made = await client.post("/api/v1/foods", json=FOOD)
        assert (made.status_code, made.json()["code"], made.json()["own"]) == (201, "S001", True)
        wrong = await client.post("/api/v1/foods", json={**FOOD, "name": "", "group": "x"})
        assert wrong.status_code == 422
        assert [f["at"] for f in wrong.json()["findings"]] == ["name"]
    async with client_for(cast, "ma") as client:
        assert (await client.get("/api/v1/foods/S001")).status_code == 404
