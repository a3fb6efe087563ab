"""The API is what its document says: each call described, locked, done once for a key, and never broken by
what is sent to it."""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from httpx import AsyncClient, Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, openapi

from canteen.accounts.forms import NewKey
from canteen.accounts.rules import Role
from canteen.accounts.services.keys import create_key
from canteen.kit import db
from menus.dishes.forms import DishForm, LineForm
from menus.dishes.rules import Kind
from menus.dishes.services import add_dish
from menus.weeks.forms import ApprovalForm, MealForm, NewWeek
from menus.weeks.forms import DishForm as MenuDish
from menus.weeks.services import approval, drafts
from menus.weeks.services.verdict import head
from suppliers.goods.forms import TakeForm
from suppliers.goods.rules import Category
from suppliers.goods.services import take_goods
from tests.cast import NOW, TODAY
from tests.conftest import fresh_sqlite
from tests.make import Cast, app, machine_with, make_cast

BASE = "http://testserver.local"
EXAMPLES = 15
DOCUMENT: dict[str, Any] = app().openapi_schema.to_schema()
OPERATIONS = [(method.upper(), path) for path, calls in DOCUMENT["paths"].items() for method in calls if path]
BOSS = ("/approve", "/send-back")


def described(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][path][method.lower()]
    return found


def test_the_resources_of_the_menus_wing_are_there() -> None:
    paths = set(DOCUMENT["paths"])
    assert all(path.startswith("/api/v1/") for path in paths)
    wanted = ("", "/{week}", "/by-date/{day}", "/import", "/check", "/{week}/check", "/{week}/submit")
    wanted += ("/{week}/approve", "/{week}/publish", "/{week}/substitutions")
    assert {f"/api/v1/menus{path}" for path in wanted} <= paths
    assert {"/api/v1/schools", "/api/v1/foods", "/api/v1/dishes"} <= paths


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_a_call_says_what_it_does_what_it_takes_and_what_it_answers(method: str, path: str) -> None:
    call = described(method, path)
    assert call["summary"] and call["tags"] == [path.split("/")[3]]
    success = next(answer for status, answer in call["responses"].items() if status.startswith("2"))
    assert success["content"]["application/json"]["schema"]
    for status in ("401", "403", "404"):
        assert "application/problem+json" in call["responses"][status]["content"]
    headers = {p["name"] for p in call.get("parameters", ()) if p["in"] == "header"}
    assert ("Idempotency-Key" in headers) == (method == "POST")


def test_the_document_says_that_a_key_or_a_session_opens_the_calls() -> None:
    schemes = DOCUMENT["components"]["securitySchemes"]
    assert (schemes["key"]["scheme"], schemes["session"]["in"]) == ("bearer", "cookie")
    assert DOCUMENT["security"] == [{"key": []}, {"session": []}]


def test_a_list_takes_a_limit_and_a_cursor() -> None:
    for path in ("/api/v1/menus", "/api/v1/dishes", "/api/v1/foods", "/api/v1/schools"):
        assert {"limit", "cursor"} <= {p["name"] for p in described("GET", path)["parameters"]}


class Service:
    """The house with a menu on the wall, one in planning and a dish, and programs that may do everything."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.ids: dict[str, list[int]] = {}
        self.keys: dict[Role, str] = {}

    async def open(self, url: str) -> None:
        db.connect(url)
        await db.start()
        cast = await make_cast()
        planner = cast.actor("lin")
        self.ids = {"week": [await _on_the_wall(cast), await _drafted(cast, day=14)]}
        recipe = DishForm("青椒肉丝", Kind.MEAT, (LineForm("肉丝", 45_000),))
        self.ids["dish"] = [await add_dish(planner, recipe, now=NOW)]
        oil = TakeForm((Category.OIL,))
        self.ids["good"] = await take_goods(planner, oil, now=NOW)
        for role in (Role.NUTRITIONIST, Role.PRINCIPAL):
            self.keys[role] = await create_key(cast.actor("zhou"), NewKey(role.value, role), now=NOW)

    async def ask(self, sent: requests.PreparedRequest, role: Role | None) -> Response:
        body = sent.body.encode() if isinstance(sent.body, str) else sent.body
        async with machine_with(self.keys[role] if role else "") as client:
            headers = {k: v for k, v in sent.headers.items() if k.lower() != "authorization"}
            return await _send(client, sent, body, headers)


async def _send(
    client: AsyncClient, sent: requests.PreparedRequest, body: bytes | None, headers: dict[str, Any]
) -> Response:
    raw = {k: v if isinstance(v, bytes) else v.encode("latin-1", "replace") for k, v in headers.items()}
    return await client.request(str(sent.method), str(sent.url), content=body, headers=raw)


async def _drafted(cast: Cast, day: int) -> int:
    dish = MenuDish("清炒青菜", label="素菜")
    form = NewWeek(TODAY.replace(day=day), content=(MealForm(0, "lunch", (dish,)),))
    return await drafts.create_week(cast.actor("lin"), form, now=NOW)


async def _on_the_wall(cast: Cast) -> int:
    week = await _drafted(cast, day=7)
    await approval.submit_week(cast.actor("lin"), week, now=NOW)
    form = ApprovalForm((await head(cast.school, week)).version, "食材没有到货")
    await approval.approve_week(cast.actor("zhou"), week, form, now=NOW)
    await approval.publish_week(cast.actor("lin"), week, now=NOW)
    return week


@pytest.fixture(scope="module")
def service(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with asyncio.Runner() as runner:
        made = Service(runner)
        runner.run(made.open(fresh_sqlite(migrated_file, tmp_path_factory.mktemp("openapi"))))
        yield made
        runner.run(db.close())


def plain_url(path: str) -> str:
    named = path.replace("{day}", "2026-09-07").replace("{code}", "F001")
    return BASE + re.sub(r"\{\w+\}", "1", named)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_nobody_gets_nothing(service: Service, method: str, path: str) -> None:
    sent = requests.Request(method, plain_url(path), headers={"authorization": "Bearer A001.none"}).prepare()
    answer = service.runner.run(service.ask(sent, None))
    if method == "GET":
        assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    else:
        assert answer.status_code in (401, 403)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_sent_the_house_answers(service: Service, method: str, path: str) -> None:
    run = _fuzz(service, method, path)
    run()


def _fuzz(service: Service, method: str, path: str) -> Callable[[], None]:
    operation = openapi.from_dict(DOCUMENT)[path][method]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))
    role = Role.PRINCIPAL if path.endswith(BOSS) else Role.NUTRITIONIST

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, st.data())
    def run(case: Any, data: st.DataObject) -> None:
        for name in case.path_parameters or {}:
            if name in service.ids and data.draw(st.booleans()):
                case.path_parameters[name] = data.draw(st.sampled_from(service.ids[name]))
        sent = requests.Request(**case.as_transport_kwargs(base_url=BASE)).prepare()
        answer = service.runner.run(service.ask(sent, role))
        assert answer.status_code < 500, (sent.method, sent.url, sent.body, answer.text)

    return run
