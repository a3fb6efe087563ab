"""Menus for programs: planned, imported, checked, approved, published and changed by key."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services.keys import create_key
from canteen.accounts.tables import KeptAnswer, Trail
from canteen.kit.pages.listing import make_cursor
from menus.weeks.services.check import check_file
from menus.weeks.services.report import as_document
from menus.weeks.tables import Menu
from tests.cast import NOW
from tests.make import Cast, machine_with, make_cast

DATA = Path(__file__).parents[2] / "data" / "menus"
FILE = "diaozhuang-2025-11-10.csv"
BEEF = {
    "name": "土豆牛肉",
    "kind": "大荤",
    "ingredients": [{"name": "牛肉", "grams": 75.5}, {"name": "土豆", "grams": 25}],
}
GREENS = {"name": "蒜蓉青菜", "kind": "素菜", "ingredients": [{"name": "青菜", "grams": 120}]}
LUNCH = {"date": "2026-09-08", "meal": "lunch", "dishes": [BEEF, GREENS]}
MENU = {"age": "9-11", "audience": "全体", "meals": [LUNCH]}
REASON = "牛肉当天没有到货"


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


@asynccontextmanager
async def machine(cast: Cast, role: Role, login: str = "zhou") -> AsyncIterator[Any]:
    """A program with a key of that role, made by the principal of the school."""
    key = await create_key(cast.actor(login), NewKey(role.value, role), now=NOW)
    async with machine_with(key) as client:
        yield client


def file_of(data: bytes, name: str = FILE) -> dict[str, tuple[str, bytes]]:
    return {"file": (name, data)}


async def created(client: Any, menu: dict[str, Any] = MENU) -> dict[str, Any]:
    answer = await client.post("/api/v1/menus", json=menu)
    assert answer.status_code == 201, answer.text
    return answer.json()


def rules(answer: Response) -> list[tuple[str, str]]:
    assert answer.headers["content-type"] == "application/problem+json"
    return [(finding["rule"], finding["at"]) for finding in answer.json()["findings"]]


async def test_a_menu_is_planned_and_read_again(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as client:
        made = await created(client)
        read = (await client.get(f"/api/v1/menus/{made['id']}")).json()
    assert read == made
    assert (made["state"], made["first_day"], made["version"]) == ("draft", "2026-09-07", 1)
    dish = made["meals"][0]["dishes"][0]
    assert (dish["name"], dish["kind"], dish["label"]) == ("土豆牛肉", "meat", "大荤")
    assert dish["ingredients"][0]["grams"] == 75.5
    assert dish["ingredients"][0]["food_code"].startswith("F")
    meal = made["meals"][0]
    assert (meal["serving_from"], meal["serving_until"]) == ("11:30", "13:30")
    assert made["created_at"].endswith("Z") and isinstance(made["canteen"], str)


async def test_everything_wrong_with_a_sent_menu_is_said_at_once(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as client:
        wrong = {
            **LUNCH,
            "dishes": [{**BEEF, "ingredients": [{"name": "牛肉", "grams": 0}]}, {"kind": "素菜"}],
        }
        answer = await client.post("/api/v1/menus", json={"age": "40", "meals": [wrong]})
        assert answer.status_code == 422
        assert {at for _rule, at in rules(answer)} == {
            "age",
            "meals.0.dishes.0.ingredients.0.grams",
            "meals.0.dishes.1.name",
        }
        other = {**LUNCH, "date": "2026-09-15", "dishes": [{**BEEF, "kind": "某类"}]}
        answer = await client.post("/api/v1/menus", json={"meals": [LUNCH, LUNCH, other]})
        assert rules(answer) == [
            ("meal_there", "meals.1.meal"),
            ("other_week", "meals.2.date"),
            ("label", "meals.2.dishes.0.kind"),
        ]
        assert (await client.post("/api/v1/menus", content=b"[]")).status_code == 422
    assert await Menu.count() == 0


async def test_a_menu_sent_twice_under_one_key_is_planned_once(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as client:
        client.headers["idempotency-key"] = "week-37"
        answers = await asyncio.gather(*(client.post("/api/v1/menus", json=MENU) for _ in range(20)))
        assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
        assert ["idempotent-replayed" in answer.headers for answer in answers].count(False) == 1
        other = await client.post("/api/v1/menus", json={**MENU, "audience": "一年级"})
        assert (other.status_code, rules(other)) == (422, [("key_reused", "Idempotency-Key")])
    assert await Trail.count().where(Trail.deed == "weeks.create") == 1


async def test_a_refused_menu_may_be_sent_mended_under_its_key(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as client:
        client.headers["idempotency-key"] = "week-37"
        assert (await client.post("/api/v1/menus", json={"meals": []})).status_code == 422
        assert await KeptAnswer.count() == 0
        await created(client)


async def test_a_file_is_imported_once_for_its_key_whatever_its_boundary(cast: Cast) -> None:
    data = (DATA / FILE).read_bytes()
    async with machine(cast, Role.NUTRITIONIST) as client:
        headers = {"idempotency-key": "file-1"}
        sent = [
            await client.post(
                "/api/v1/menus/import", files=file_of(data), data={"age": "9-11"}, headers=headers
            )
            for _ in range(2)
        ]
        assert [answer.status_code for answer in sent] == [201, 201]
        assert sent[0].content == sent[1].content and sent[1].headers["idempotent-replayed"] == "true"
        assert [menu["first_day"] for menu in sent[0].json()["items"]] == ["2025-11-10"]
        again = await client.post("/api/v1/menus/import", files=file_of(data))
        assert rules(again) == [("same_file", "again")]
        longer = await client.post("/api/v1/menus/import", files=file_of(data + b"\n"), headers=headers)
        assert rules(longer) == [("key_reused", "Idempotency-Key")]


async def test_a_broken_file_is_answered_with_each_line_and_column(cast: Cast) -> None:
    text = "日期,餐次,类别,菜名,食材,克重\n2026-09-08,午餐,荤菜,牛肉,牛肉,x\n那天,午餐,荤菜,牛肉,牛肉,50\n"
    async with machine(cast, Role.NUTRITIONIST) as client:
        for path in ("/api/v1/menus/import", "/api/v1/menus/check"):
            answer = await client.post(path, files=file_of(text.encode(), "本周.csv"))
            assert answer.status_code == 422
            facts = [finding["facts"] for finding in answer.json()["findings"]]
            assert [(f["line"], f["column"], f["found"]) for f in facts] == [
                (2, "克重", "x"),
                (3, "日期", "那天"),
            ]
        assert rules(await client.post("/api/v1/menus/import", data={"age": "9-11"})) == [("missing", "file")]


async def test_a_check_gives_the_document_of_the_command_line(cast: Cast) -> None:
    data = (DATA / FILE).read_bytes()
    told = as_document(check_file(data, FILE), "zh_CN")
    async with machine(cast, Role.COOK) as client:
        answer = await client.post("/api/v1/menus/check", files=file_of(data))
        assert (answer.status_code, answer.json()) == (200, told)
    assert await Menu.count() == 0


async def test_dishes_are_checked_without_being_kept_and_a_menu_as_it_stands(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as client:
        bare = (await client.post("/api/v1/menus/check", json=MENU)).json()
        made = await created(client)
        kept = (await client.post(f"/api/v1/menus/{made['id']}/check")).json()
    found = {finding["rule"] for finding in bare["meals"][0]["findings"]}
    assert {"two_meats", "two_vegetables", "one_soup"} <= found
    assert bare["meals"] == kept["meals"]


async def test_a_menu_goes_from_draft_to_the_wall_by_who_may(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as planner, machine(cast, Role.PRINCIPAL) as principal:
        at = f"/api/v1/menus/{(await created(planner))['id']}"
        assert (await planner.post(f"{at}/submit")).json()["state"] == "checked"
        assert (await planner.post(f"{at}/approve", json={"version": 1})).status_code == 403
        back = await principal.post(f"{at}/send-back", json={"reason": "请加一个汤"})
        assert (back.json()["state"], back.json()["sent_back_reason"]) == ("draft", "请加一个汤")
        version = (await planner.post(f"{at}/submit")).json()["version"]
        stale = await principal.post(f"{at}/approve", json={"version": version + 1, "reason": REASON})
        assert stale.status_code == 409
        bare = await principal.post(f"{at}/approve", json={"version": version})
        assert (bare.status_code, rules(bare)) == (422, [("reason", "reason")])
        approved = await principal.post(f"{at}/approve", json={"version": version, "reason": REASON})
        assert (approved.json()["state"], approved.json()["approval_reason"]) == ("approved", REASON)
        assert approved.json()["approved_errors"] > 0
        assert (await planner.post(f"{at}/reopen")).json()["approved_at"] is None
        await planner.post(f"{at}/submit")
        await principal.post(f"{at}/approve", json={"version": version, "reason": REASON})
        assert (await planner.post(f"{at}/publish")).json()["state"] == "published"
        assert (await planner.post(f"{at}/reopen")).status_code == 422


async def published(client: Any, boss: Any) -> dict[str, Any]:
    made = await created(client)
    at = f"/api/v1/menus/{made['id']}"
    version = (await client.post(f"{at}/submit")).json()["version"]
    await boss.post(f"{at}/approve", json={"version": version, "reason": REASON})
    await client.post(f"{at}/publish")
    return made


async def test_a_published_dish_is_changed_with_a_reason_only(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as planner, machine(cast, Role.PRINCIPAL) as principal:
        menu = await published(planner, principal)
        at = f"/api/v1/menus/{menu['id']}/substitutions"
        beef, greens = (dish["id"] for dish in menu["meals"][0]["dishes"])
        instead = {"name": "土豆鸡肉", "kind": "大荤", "ingredients": [{"name": "鸡肉", "grams": 80}]}
        assert (await planner.post(at, json={"dish": beef, "reason": ""})).status_code == 422
        wrong = await planner.post(
            at, json={"dish": beef, "reason": REASON, "instead": {**instead, "kind": "?"}}
        )
        assert rules(wrong) == [("label", "instead.kind")]
        swapped = await planner.post(at, json={"dish": beef, "reason": REASON, "instead": instead})
        assert swapped.status_code == 201
        states = {dish["name"]: dish["status"] for dish in swapped.json()["meals"][0]["dishes"]}
        assert states == {"土豆牛肉": "replaced", "土豆鸡肉": "planned", "蒜蓉青菜": "planned"}
        await planner.post(at, json={"dish": greens, "reason": REASON})
        listed = (await planner.get(at)).json()
    assert [(i["dish"], i["kind"], i["instead"]) for i in listed["items"]] == [
        ("土豆牛肉", "replaced", "土豆鸡肉"),
        ("蒜蓉青菜", "not_served", None),
    ]
    assert listed["next"] is None and listed["items"][0]["reason"] == REASON


async def test_a_day_finds_its_menus_on_the_wall_or_still_planned(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as planner, machine(cast, Role.PRINCIPAL) as principal:
        wall = await published(planner, principal)
        young = await created(planner, {**MENU, "age": "6-8"})
        day = "/api/v1/menus/by-date/2026-09-08"
        every = [menu["id"] for menu in (await planner.get(day)).json()["items"]]
        hung = [m["id"] for m in (await planner.get(day, params={"published": "true"})).json()["items"]]
        assert (every, hung) == ([wall["id"], young["id"]], [wall["id"]])
        assert (await planner.get("/api/v1/menus/by-date/2026-09-09")).json() == {"items": [], "next": None}
        assert (await planner.get("/api/v1/menus/by-date/2026-13-01")).status_code in (400, 404)


async def test_the_list_goes_back_in_time_by_its_cursor_and_is_narrowed(cast: Cast) -> None:
    days = ["2026-09-08", "2026-09-15", "2026-09-22"]
    async with machine(cast, Role.NUTRITIONIST) as client:
        for day in days:
            await created(client, {"meals": [{**LUNCH, "date": day}]})

        async def firsts(**asked: Any) -> list[str]:
            items = (await client.get("/api/v1/menus", params=asked)).json()["items"]
            return [menu["first_day"][-2:] for menu in items]

        page = (await client.get("/api/v1/menus", params={"limit": 2})).json()
        assert [menu["first_day"] for menu in page["items"]] == ["2026-09-21", "2026-09-14"]
        assert await firsts(cursor=page["next"]) == ["07"]
        assert await firsts(**{"from": "2026-09-20", "to": "2026-09-21"}) == ["21", "14"]
        assert (await firsts(state="published"), len(await firsts(state="draft"))) == ([], 3)
        wrong = await client.get("/api/v1/menus", params={"from": "gestern"})
        assert (wrong.status_code, rules(wrong)) == (422, [("not_a_date", "from")])
        for key in (1, [1], ["x", "y"], {"a": 1}, ["2026-09-08", 10**30], "…"):
            assert await firsts(cursor=make_cursor(key)) == ["21", "14", "07"]


async def test_a_key_of_another_school_finds_nothing(cast: Cast) -> None:
    async with machine(cast, Role.NUTRITIONIST) as own, machine(cast, Role.PRINCIPAL, "ma") as stranger:
        at = f"/api/v1/menus/{(await created(own))['id']}"
        assert (await stranger.get("/api/v1/menus")).json() == {"items": [], "next": None}
        assert (await stranger.get("/api/v1/menus/by-date/2026-09-08")).json()["items"] == []
        assert (await stranger.get(at)).status_code == 404
        assert (await stranger.get(f"{at}/substitutions")).status_code == 404
        bodies = {"approve": {"version": 1, "reason": REASON}, "send-back": {"reason": REASON}}
        for deed in ("check", "approve", "send-back", "publish"):
            answer = await stranger.post(f"{at}/{deed}", json=bodies.get(deed, {}))
            assert answer.status_code == 404, deed


async def test_nobody_and_who_may_not_are_refused(cast: Cast) -> None:
    async with machine(cast, Role.CLASS_TEACHER) as teacher:
        assert (await teacher.post("/api/v1/menus", json=MENU)).status_code == 403
        teacher.headers["authorization"] = "Bearer A001.wrong"
        assert (await teacher.get("/api/v1/menus")).status_code == 401
