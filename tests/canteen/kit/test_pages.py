"""Pages in the look of the house: language, theme, flash messages, menu, lists, figures."""

from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import httpx
import pytest
from litestar import Litestar

from canteen.kit.pages import Listing
from canteen.kit.pages.formats import day, days, hour, instant, kg, number, percent, yuan
from canteen.kit.pages.listing import make_cursor, read_cursor
from tests.canteen.kit.front import browser, make_front, token


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Litestar:
    return make_front(tmp_path_factory.mktemp("front"))


@pytest.fixture
async def client(front: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(front) as client:
        yield client


async def send(client: httpx.AsyncClient, url: str, **fields: str) -> httpx.Response:
    return await client.post(url, data={"_csrf_token": await token(client), **fields})


async def test_what_was_done_is_said_once_on_the_next_page(client: httpx.AsyncClient) -> None:
    answer = await send(client, "/test/dish", name="豆腐<b>", price="1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/test/dish")
    assert "豆腐&lt;b&gt; is saved" in (await client.get("/test/dish")).text
    assert "is saved" not in (await client.get("/test/dish")).text


async def test_a_forged_flash_message_is_not_shown(client: httpx.AsyncClient) -> None:
    client.cookies.set("flash", "W3sidGV4dCI6ImhhIn1d.forged")
    assert "flash " not in (await client.get("/test/dish")).text


async def test_htmx_is_told_to_load_the_page_it_is_sent_to(client: httpx.AsyncClient) -> None:
    client.headers["hx-request"] = "true"
    answer = await send(client, "/test/dish", name="豆腐", price="1")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/test/dish")


async def test_pages_speak_chinese_until_english_is_chosen(client: httpx.AsyncClient) -> None:
    assert '<html lang="zh-CN"' in (await client.get("/test/dish", headers={"accept-language": "en"})).text
    chosen = await send(client, "/language", language="en", back="/test/dish?a=1")
    assert chosen.headers["location"] == "/test/dish?a=1"
    assert '<html lang="en"' in (await client.get("/test/dish")).text


async def test_the_theme_chosen_stays(client: httpx.AsyncClient) -> None:
    assert 'data-theme="auto"' in (await client.get("/test/dish")).text
    await send(client, "/theme", theme="dark", back="/")
    assert 'data-theme="dark"' in (await client.get("/test/dish")).text


@pytest.mark.parametrize("elsewhere", ["https://bad.example", "//bad.example", "/\\bad.example", "", "x"])
async def test_a_choice_never_leads_to_another_site(client: httpx.AsyncClient, elsewhere: str) -> None:
    answer = await send(client, "/language", language="klingon", back=elsewhere)
    assert answer.headers["location"] == "/"
    assert "language=" not in answer.headers.get("set-cookie", "")


async def test_the_menu_shows_what_the_role_may_and_where_one_is(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/test/home")).text
    assert 'href="/trail"' in shown
    assert "河口中学" in shown
    assert shown.count("<h1>") == 1


async def test_a_list_reads_search_filter_sort_and_cursor_from_its_address(client: httpx.AsyncClient) -> None:
    shown = (await client.get("/test/list?q=豆&kind=meat&sort=-name&colour=red")).text
    assert 'value="豆"' in shown
    assert '<option value="meat" selected>' in shown
    assert 'name="sort" value="-name"' in shown
    assert "cursor=abc" in shown
    assert "没有符合的记录" in shown


def test_a_page_of_a_list_ends_with_a_cursor_while_there_is_more() -> None:
    shown, cursor = Listing(limit=2).cut([1, 2, 3], key=lambda row: [row])
    assert (shown, read_cursor(cursor or "")) == ([1, 2], [2])
    assert Listing(limit=3).cut([1, 2, 3], key=lambda row: row) == ([1, 2, 3], None)


@pytest.mark.parametrize("text", ["", "%%%", "a", make_cursor({"a": 1})[:-3]])
def test_a_broken_cursor_starts_at_the_beginning(text: str) -> None:
    assert read_cursor(text) is None


def test_a_cursor_beyond_every_row_starts_at_the_beginning() -> None:
    beyond = b64encode(str(2**63).encode()).decode()
    assert read_cursor(beyond) is None
    assert read_cursor(make_cursor(2**63 - 1)) == 2**63 - 1


def test_figures_are_shown_as_people_read_them() -> None:
    assert [yuan(756875), yuan(5), yuan(-1250), yuan(None)] == ["7,568.75", "0.05", "-12.50", "–"]
    assert [kg(12500), kg(1), kg(0)] == ["12.5", "0.001", "0"]
    assert [number(1234.56), number(3), number(100), number(None)] == ["1,234.6", "3", "100", "–"]
    assert [percent(0.498), percent(0.498, 1), percent(1)] == ["50%", "49.8%", "100%"]


def test_days_and_hours_are_the_schools() -> None:
    late = datetime(2025, 8, 31, 23, 5, tzinfo=UTC)
    assert (day(late), hour(late)) == ("9月1日", "07:05")
    assert instant(late) == "2025年9月1日 07:05"
    assert days(date(2026, 11, 16), date(2026, 11, 20), date(2026, 9, 7)) == "11月16日–20日"
    assert days(date(2026, 11, 30), date(2026, 12, 4), date(2025, 9, 7)) == "2026年11月30日 – 2026年12月4日"
    assert (day(date(2025, 9, 1), year=True), day(None)) == ("2025年9月1日", "–")
