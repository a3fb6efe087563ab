"""Suppliers and papers for programs."""

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services.keys import create_key
from tests.cast import NOW
from tests.make import Cast, client_for, machine_with
from tests.suppliers.licences.conftest import CODE, JY, add_paper, add_supplier

BODY = {"name": "绿源", "source": "trader", "credit_code": CODE, "phone": "1", "categories": ["oil"]}
URL = "/api/v1/suppliers"


async def test_suppliers_are_added_changed_listed_and_suspended(house: Cast) -> None:
    async with client_for(house, "chen") as chen:
        made = await chen.post(URL, json=BODY)
        assert made.status_code == 201, made.text
        supplier = made.json()
        assert (supplier["categories"], supplier["standing"]) == (["oil"], "active")
        one = f"{URL}/{supplier['id']}"
        changed = await chen.post(f"{one}/changes", json={**BODY, "phone": "2", "seen": supplier["version"]})
        assert (changed.status_code, changed.json()["phone"]) == (201, "2")
        stale = await chen.post(f"{one}/changes", json={**BODY, "phone": "3", "seen": supplier["version"]})
        assert stale.status_code == 409
        ended = await chen.post(f"{one}/standing", json={"standing": "suspended", "reason": "迟到"})
        assert (ended.status_code, ended.json()["standing"]) == (200, "suspended")
        assert [s["name"] for s in (await chen.get(f"{URL}?category=oil")).json()["items"]] == ["绿源"]


async def test_everything_wrong_is_told_as_a_problem(house: Cast) -> None:
    async with client_for(house, "chen") as chen:
        answer = await chen.post(URL, json={"name": "", "source": "x", "categories": ["gold"]})
        assert answer.status_code == 422
        assert {f["at"] for f in answer.json()["findings"]} == {"name", "source", "categories.0"}


async def test_papers_are_listed_page_by_page_and_verified_by_a_person(house: Cast) -> None:
    supplier = await add_supplier(house)
    first = await add_paper(house, supplier)
    second = await add_paper(house, supplier, verified=False)
    async with client_for(house, "he") as officer:
        page = (await officer.get("/api/v1/licences?limit=1")).json()
        assert [(p["id"], p["number"]) for p in page["items"]] == [(str(first), JY)]
        rest = (await officer.get(f"/api/v1/licences?limit=1&cursor={page['next']}")).json()
        assert [p["id"] for p in rest["items"]] == [str(second)]
        waiting = (await officer.get(f"/api/v1/licences?checked=pending&supplier={supplier}")).json()
        assert [p["state"] for p in waiting["items"]] == ["pending"]
        done = await officer.post(f"/api/v1/licences/{second}/verify", json={})
        assert done.status_code == 200, done.text
        down = await officer.post(f"/api/v1/licences/{second}/reject", json={"reason": "看不清"})
        assert down.json()["state"] == "rejected"


async def test_a_key_verifies_nothing(house: Cast) -> None:
    licence = await add_paper(house, await add_supplier(house), verified=False)
    key = await create_key(house.actor("zhou"), NewKey("平台", Role.SAFETY_OFFICER), now=NOW)
    async with machine_with(key) as machine:
        assert (await machine.get("/api/v1/licences")).status_code == 200
        assert (await machine.post(f"/api/v1/licences/{licence}/verify", json={})).status_code == 403


async def test_a_stranger_finds_nothing(house: Cast) -> None:
    supplier = await add_supplier(house)
    licence = await add_paper(house, supplier)
    async with client_for(house, "ma") as stranger:
        for url in (f"{URL}/{supplier}", f"/api/v1/licences/{licence}"):
            assert (await stranger.get(url)).status_code == 404
        assert (await stranger.get(URL)).json()["items"] == []
