"""What no form and no careful program sends: the API breaks on none of it, on either engine."""

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services.keys import create_key
from canteen.kit.pages.listing import make_cursor
from tests.cast import NOW
from tests.make import machine_with, make_cast

JSON = {"content-type": "application/json"}
ODD_CURSORS = (1, 10**30, ["x", 1], [10**30, 10**30], ["\0", 1], {"a": 1}, "x", 1.5, [[1], [2]])
ODD_BODIES = (
    b'{"name": "\\ud800"}',
    b'{"name": "\\u0000", "kind": "meat", "group": "vegetable", "edible_pct": 1e17}',
    b"\xff",
    b"[" * 100_000,
    b'{"meals": [{"date": "9999-12-31", "meal": "lunch"}], "canteen": "99999999999999999999"}',
    b'{"meals": [{"date": "2026-09-08", "meal": "lunch"}], "canteen": 999999999}',
    b'{"name": "x", "kind": "meat", "ingredients": [{"name": "a", "grams": 1e-9}]}',
)


async def test_what_no_form_sends_breaks_nothing(database: str) -> None:
    cast = await make_cast()
    key = await create_key(cast.actor("zhou"), NewKey("x", Role.NUTRITIONIST), now=NOW)
    async with machine_with(key) as client:
        for room in ("menus", "dishes", "foods", "schools"):
            asked = [{"cursor": make_cursor(cursor)} for cursor in ODD_CURSORS]
            asked += [
                {name: "\0"} for name in ("q", "kind", "group", "state", "from", "sort", "limit", "cursor")
            ]
            for one in asked:
                assert (await client.get(f"/api/v1/{room}", params=one)).status_code < 500, (room, one)
        for room in ("menus", "dishes", "foods", "menus/check"):
            for body in ODD_BODIES:
                answer = await client.post(f"/api/v1/{room}", content=body, headers=JSON)
                assert answer.status_code in (200, 400, 404, 422), (room, body[:80], answer.text)
        for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""):
            headers = {"content-type": kind, "idempotency-key": "k"}
            answer = await client.post("/api/v1/menus/import", content=b"--x\r\nabc", headers=headers)
            assert answer.status_code in (400, 422), kind
