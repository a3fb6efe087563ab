"""The house as one application: health, headers, static files, limits, and no door without a lock."""

import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar, get

import canteen.kit.web
from canteen import settings
from canteen.app import create_app
from canteen.kit.watch import JsonLines
from tests.canteen.kit.front import browser, make_front, token


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    return make_front(tmp_path_factory.mktemp("front"), metrics_token="measure")


@pytest.fixture
async def client(front: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(front) as client:
        yield client


async def test_the_process_says_that_it_lives(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}


async def test_the_house_is_ready_with_a_migrated_database(client: httpx.AsyncClient, database: str) -> None:
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("path", ["/healthz", "/test/dish", "/nowhere", "/api/v1/nowhere", "/test/raise/bug"])
async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers
    assert headers["cache-control"] == "no-store"


async def test_over_https_browsers_are_told_to_stay_there_and_cookies_are_secure(tmp_path: Path) -> None:
    async with browser(make_front(tmp_path, base_url="https://school.example")) as client:
        answer = await client.get("/test/dish")
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "Secure" in answer.headers["set-cookie"]
    assert "HttpOnly" in answer.headers["set-cookie"]


async def test_a_request_keeps_its_plain_id_and_is_given_one_otherwise(client: httpx.AsyncClient) -> None:
    kept = await client.get("/healthz", headers={"x-request-id": "till-2-000017"})
    assert kept.headers["x-request-id"] == "till-2-000017"
    made = await client.get("/healthz", headers={"x-request-id": "<script>"})
    assert re.fullmatch("[0-9a-f]{32}", made.headers["x-request-id"])


async def test_each_request_is_one_line_of_json(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="canteen.requests"):
        await client.get("/nowhere?password=hidden", headers={"x-request-id": "till-2-000018"})
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert (line["path"], line["status"], line["request_id"]) == ("/nowhere", 404, "till-2-000018")
    assert "hidden" not in str(line)


async def test_static_files_are_kept_for_ever_under_todays_digest_only(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/test/dish")).text
    for url in re.findall(r'(?:href|src)="(/static/[^"#]+)"', shown):
        answer = await client.get(url)
        assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
    assert "--accent" in (await client.get("/static/x/all.css")).text
    assert (await client.get("/static/x/all.css")).headers["cache-control"] == "no-cache"
    assert (await client.get("/static/x/..%2f..%2fapp.py")).status_code == 404


async def test_no_page_holds_inline_script_or_style(client: httpx.AsyncClient) -> None:
    for path in ("/test/dish", "/test/home", "/test/list", "/nowhere"):
        shown = (await client.get(path)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", shown)


async def test_measures_are_for_this_machine_or_those_with_the_token(front: Litestar) -> None:
    async with browser(front) as stranger:
        assert (await stranger.get("/metrics")).status_code == 404
        shown = await stranger.get("/metrics", headers={"authorization": "Bearer measure"})
        assert 'canteen_requests_total{method="GET",route="/metrics",status="404"}' in shown.text
    async with browser(front, peer=("127.0.0.1", 1)) as own:
        assert (await own.get("/metrics")).status_code == 200
        assert (await own.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})).status_code == 404


async def test_behind_a_proxy_measures_ask_for_the_token(tmp_path: Path) -> None:
    """It may forget to say for whom it speaks; then everybody seems to come from this machine."""
    proxied = make_front(tmp_path, metrics_token="measure", base_url="https://canteen.example.cn")
    async with browser(proxied, peer=("127.0.0.1", 1)) as client:
        assert (await client.get("/metrics")).status_code == 404
        told = await client.get("/metrics", headers={"authorization": "Bearer measure"})
        assert told.status_code == 200


async def test_the_api_is_described_in_json_and_pages_are_not(client: httpx.AsyncClient) -> None:
    described = (await client.get("/schema/openapi.json")).json()
    assert [path for path in described["paths"] if not path.startswith(("/api/", "/test/"))] == []
    for viewer in ("/schema/swagger", "/schema/redoc", "/schema/elements"):
        assert (await client.get(viewer)).status_code == 404
    assert "json" in (await client.get("/schema")).headers["content-type"]


async def test_a_body_beyond_the_limit_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/api/v1/test",
        content=b" " * (33 * 1024 * 1024),
        headers={"x-csrftoken": await token(client), "content-type": "application/json"},
    )
    assert answer.status_code == 413


async def test_long_answers_are_compressed(client: httpx.AsyncClient) -> None:
    assert (await client.get("/test/home")).headers["content-encoding"] == "gzip"


def test_a_door_without_a_lock_keeps_the_house_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    @get("/unlocked")
    async def unlocked() -> None: ...

    monkeypatch.setattr(canteen.kit.web, "routes", [unlocked])
    with pytest.raises(RuntimeError, match="/unlocked"):
        create_app(settings.Settings(secret="s"))


def test_without_a_secret_the_house_stays_shut() -> None:
    with pytest.raises(RuntimeError, match="CANTEEN_SECRET"):
        create_app(settings.load({}))


def test_settings_come_from_the_environment() -> None:
    env = {
        "CANTEEN_DATABASE_URL": "postgresql://db/x",
        "CANTEEN_DATA_DIR": "/srv/canteen",
        "CANTEEN_SECRET": "s",
    }
    env |= {"CANTEEN_BASE_URL": "https://school.example/", "CANTEEN_METRICS_TOKEN": "t"}
    assert settings.load(env) == settings.Settings(
        "postgresql://db/x", Path("/srv/canteen"), "s", "https://school.example", "t"
    )
    assert settings.load(env).secure
    assert not settings.load({}).secure
