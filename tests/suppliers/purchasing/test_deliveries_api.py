"""Deliveries for programs."""

import pytest

from tests.make import Cast, client_for, make_cast
from tests.suppliers.purchasing.door import company, good

CALL = "/api/v1/deliveries"


@pytest.fixture
async def house(sqlite: str) -> Cast:
    return await make_cast()


async def test_a_program_hands_in_a_draft_once_for_two_people_to_decide(house: Cast) -> None:
    seller = await company(house)
    await good(house)
    body = {"supplier": str(seller), "lines": [{"name": "韭菜", "unit": "斤", "count": 12500, "price": 250}]}
    async with client_for(house, "chen") as client:
        headers = {"Idempotency-Key": "k1"}
        made = [await client.post(CALL, json=body, headers=headers) for _n in range(2)]
        assert [one.status_code for one in made] == [201, 201]
        assert made[0].json() == made[1].json()
        assert (made[0].json()["state"], made[0].json()["lines"]) == ("draft", [])
        listed = (await client.get(CALL, params={"state": "draft"})).json()
        assert [one["id"] for one in listed["items"]] == [made[0].json()["id"]]
        page = await client.get(f"/deliveries/{made[0].json()['id']}/edit")
        assert 'value="12.5"' in page.text and 'value="2.5"' in page.text


async def test_a_delivery_that_cannot_be_read_is_refused_with_every_field(house: Cast) -> None:
    async with client_for(house, "chen") as client:
        answer = await client.post(CALL, json={"kind": "x", "lines": [{"count": -1, "produced_on": "later"}]})
    assert answer.status_code == 422
    assert {one["at"] for one in answer.json()["findings"]} == {
        "kind",
        "lines.0.count",
        "lines.0.produced_on",
    }


async def test_a_refused_form_keeps_what_was_typed_and_shows_each_error_at_its_field(house: Cast) -> None:
    await company(house)
    await good(house)
    form = {"deed": "accept", "lines.0.name": "韭菜", "lines.0.count": "十斤", "lines.0.price": "2.5"}
    async with client_for(house, "chen") as client:
        answer = await client.post("/deliveries/new", data=form)
    assert answer.status_code == 422
    assert 'value="十斤"' in answer.text and "这不是数字" in answer.text


async def test_a_teacher_takes_nothing_in(house: Cast) -> None:
    async with client_for(house, "xu") as client:
        assert (await client.get("/deliveries")).status_code == 403
        assert (await client.post("/deliveries/new", data={})).status_code == 403
