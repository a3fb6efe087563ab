"""A refusal has three faces: the page again, a fragment for htmx, problem+json for programs."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from tests.canteen.kit.front import browser, make_front, token

HTMX = {"hx-request": "true"}
JSON = {"accept": "application/json"}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    return make_front(tmp_path_factory.mktemp("front"))


@pytest.fixture
async def client(front: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(front) as client:
        yield client


async def test_a_refused_page_comes_again_with_what_was_typed_and_the_error_at_its_field(
    client: httpx.AsyncClient,
) -> None:
    typed = {"_csrf_token": await token(client), "name": " ", "price": "x<1", "rows.0.grams": "0"}
    answer = await client.post("/test/dish", data=typed)
    assert answer.status_code == 422
    assert 'value="x&lt;1"' in answer.text
    assert re.search(
        r'id="f-name"[^>]*aria-describedby="f-name-hint f-name-error"[^>]*aria-invalid="true"', answer.text
    )
    assert re.search(r'id="f-name-error"><svg.*?</svg>此项必填。', answer.text, re.S)
    assert re.search(r'id="f-rows-0-grams-error"><svg.*?</svg>不得小于 1。', answer.text, re.S)
    assert "请更正标出的内容" in answer.text


async def test_the_summary_names_only_what_no_field_shows(client: httpx.AsyncClient) -> None:
    typed = {"_csrf_token": await token(client), "name": "豆腐", "price": "1", "rows.3.grams": "many"}
    summary = (await client.post("/test/dish", data=typed)).text.split('id="refusals"')[1].split("</main>")[0]
    assert "这不是数字。" in summary.split("<form")[0]
    assert "这不是数字。" not in summary.split("<form")[1]


async def test_a_page_without_a_way_to_draw_it_again_shows_the_findings_alone(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/test/raise/refused")
    assert answer.status_code == 422
    assert "不得小于 2。" in answer.text


async def test_htmx_is_given_the_findings_for_the_place_above_the_content(client: httpx.AsyncClient) -> None:
    fields = {"_csrf_token": await token(client), "name": ""}
    answer = await client.post("/test/plain", data=fields, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["hx-retarget"] == "#refusals"
    assert "<html" not in answer.text
    assert "此项必填。" in answer.text


async def test_a_program_is_given_every_finding_as_problem_json(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/api/v1/test",
        json={"price": -1},
        headers={"x-csrftoken": await token(client), "accept-language": "en"},
    )
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["type"], told["title"], told["status"]) == ("about:blank", "Unprocessable Entity", 422)
    assert told["findings"] == [
        {"rule": "missing", "level": "error", "text": "This is required.", "at": "name", "facts": {}},
        {
            "rule": "too_small",
            "level": "error",
            "text": "At least 0.",
            "at": "price",
            "facts": {"bound": "0"},
        },
    ]


async def test_a_program_that_sends_no_object_is_told_so(client: httpx.AsyncClient) -> None:
    for body in (b"[1]", b"{", b"\xff"):
        answer = await client.post(
            "/api/v1/test",
            content=body,
            headers={"x-csrftoken": await token(client), "content-type": "application/json"},
        )
        assert (answer.status_code, answer.json()["findings"][0]["rule"]) == (422, "not_json")


@pytest.mark.parametrize(
    ("what", "status", "said"),
    [
        ("missing", 404, "这里没有内容"),
        ("forbidden", 403, "您没有这项权限"),
        ("conflict", 409, "别人先保存了"),
        ("bug", 500, "系统出了问题"),
    ],
)
@pytest.mark.parametrize("face", ["page", "fragment", "program"])
async def test_each_failure_has_its_status_in_every_face(
    client: httpx.AsyncClient, what: str, status: int, said: str, face: str
) -> None:
    headers = {"page": {}, "fragment": HTMX, "program": JSON}[face]
    answer = await client.get(f"/test/raise/{what}", headers=headers)
    assert answer.status_code == status
    assert (answer.json()["detail"] if face == "program" else answer.text).find(said) >= 0
    assert ("<html" in answer.text) == (face == "page")


async def test_a_bug_tells_the_request_id_and_nothing_else(client: httpx.AsyncClient) -> None:
    answer = await client.get("/test/raise/bug", headers={"x-request-id": "request-0815"})
    assert "request-0815" in answer.text
    assert "4711" not in answer.text


async def test_a_stranger_is_led_to_the_sign_in_page_and_back(client: httpx.AsyncClient) -> None:
    page = await client.get("/test/raise/stranger")
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=/test/raise/stranger")
    shown = {"hx-current-url": "http://school.test/weeks/7?day=2"}
    piece = await client.get("/test/raise/stranger", headers=HTMX | shown)
    assert piece.headers["hx-redirect"] == "/sign-in?next=/weeks/7"
    program = await client.get("/test/raise/stranger", headers=JSON)
    assert (program.status_code, program.json()["title"]) == (401, "Unauthorized")


async def test_an_unknown_address_is_a_404_in_each_face(client: httpx.AsyncClient) -> None:
    assert "这里没有内容" in (await client.get("/nowhere")).text
    assert (await client.get("/api/v1/nowhere")).json()["status"] == 404
    assert (await client.post("/healthz")).status_code == 405


async def test_a_form_without_the_token_is_refused(client: httpx.AsyncClient) -> None:
    await token(client)
    assert (await client.post("/test/dish", data={"name": "豆腐", "price": "1"})).status_code == 403
    assert (await client.post("/api/v1/test", json={"name": "豆腐", "price": 1})).status_code == 403


async def test_the_token_may_come_in_the_header_as_htmx_sends_it(client: httpx.AsyncClient) -> None:
    headers = {"x-csrftoken": await token(client)}
    answer = await client.post("/test/dish", data={"name": "豆腐", "price": "1"}, headers=headers)
    assert answer.status_code == 303


async def test_a_token_of_another_secret_does_not_lock_the_browser_out(
    front: Litestar, tmp_path: Path
) -> None:
    async with browser(front) as client:
        older = {"csrf_00000000": "signed long ago"}
        client.cookies.update(older)
        answer = await client.post(
            "/test/dish", data={"_csrf_token": await token(client), "name": "a", "price": "1"}
        )
    assert answer.status_code == 303
