"""The pages of the table: they show, they take, and they refuse strangers."""

import re
from base64 import b64decode
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from canteen.kit.sheets import read_rows
from menus.foods import services
from menus.foods.web import routes
from tests.make import Cast, client_for, make_cast

FILE = "名称,类别,可食部,蛋白质\n山野菜,蔬菜,90,2.5\n".encode()
FORM = {
    "name": "山野菜",
    "group": "vegetable",
    "edible_pct": "90",
    "animal": "0",
    "nutrients.protein_g": "2.5",
}
Client = AsyncTestClient[Litestar]


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


async def sent(client: Client, data: bytes, name: str = "ours.csv", **fields: str) -> Any:
    return await client.post("/foods/import", data=fields, files={"file": (name, data)})


def addresses(method: str) -> list[str]:
    paths = [path for route in routes if method in route.http_methods for path in route.paths]
    return sorted(path.replace("{code:str}", "F048") for path in paths)


async def test_nobody_sees_the_table_without_signing_in(cast: Cast) -> None:
    async with client_for(cast) as client:
        for path in addresses("GET"):
            assert (await client.get(path)).headers["location"].startswith("/sign-in"), path
        for path in addresses("POST"):
            assert (await client.post(path)).headers["location"].startswith("/sign-in"), path


async def test_a_cook_reads_the_table_and_changes_nothing(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        assert (await client.get("/foods/F048")).status_code == 200
        for path in ("/foods/new", "/foods/import", "/foods/names", "/foods/F048/edit"):
            assert (await client.get(path)).status_code == 403, path
        for path in addresses("POST"):
            assert (await client.post(path)).status_code == 403, path
        assert "/foods/new" not in (await client.get("/foods")).text


async def test_the_list_shows_source_match_and_note_and_says_unknown(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        shown = (await client.get("/foods", params={"q": "亚硝酸盐"})).text
    assert "未知" in shown and "禁用" in shown and "替代或推算" in shown


@pytest.mark.parametrize("typed", ["土豆", "tudou", "td", "洋芋"])
async def test_the_search_box_takes_names_and_pinyin(cast: Cast, typed: str) -> None:
    async with client_for(cast, "lin") as client:
        shown = (await client.get("/foods", params={"q": typed, "group": "tuber"})).text
    assert 'href="/foods/F048"' in shown


async def test_a_long_list_goes_on_to_its_end(cast: Cast) -> None:
    found: list[str] = []
    async with client_for(cast, "lin") as client:
        url = "/foods?limit=200"
        while url:
            shown = (await client.get(url)).text
            found += re.findall(r'<th scope="row"><a href="/foods/(\w+)"', shown)
            more = re.search(r'href="(/foods\?[^"]*cursor=[^"]+)"', shown)
            url = more[1].replace("&amp;", "&") if more else ""
    assert found == [f"F{n:03d}" for n in range(1, 480)]


async def test_a_food_shows_every_figure_and_where_it_comes_from(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        shown = (await client.get("/foods/F048")).text
        assert (await client.get("/foods/X999")).status_code == 404
    assert "SR 11352" in shown and "19.7" in shown and "马铃薯" in shown


async def test_a_food_is_added_and_shown(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        answer = await client.post("/foods/new", data=FORM)
        assert (answer.status_code, answer.headers["location"]) == (303, "/foods/S001")
        shown = (await client.get("/foods/S001")).text
    assert "山野菜" in shown and "未知" in shown


async def test_a_refused_food_is_shown_again_as_it_was_typed(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        answer = await client.post("/foods/new", data={**FORM, "edible_pct": "120", "nutrients.iron_mg": "x"})
        assert answer.status_code == 422
        assert 'value="山野菜"' in answer.text and 'value="120"' in answer.text
        assert (await client.get("/foods/S001")).status_code == 404


async def test_own_figures_lie_over_the_shipped_ones_and_only_here(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        assert 'value="19.7"' in (await client.get("/foods/F048/edit")).text
        changed = {**FORM, "name": "土豆", "group": "tuber", "nutrients.vitamin_c_mg": "27.5"}
        assert (await client.post("/foods/F048/edit", data=changed)).status_code == 303
        assert "27.5" in (await client.get("/foods/F048")).text
    async with client_for(cast, "ma") as client:
        assert "27.5" not in (await client.get("/foods/F048")).text


async def test_a_price_is_typed_in_yuan(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        price = {"fen_per_kg": "3.20", "from_day": "2026-09-01"}
        assert (await client.post("/foods/F048/prices", data=price)).status_code == 303
        assert "3.20" in (await client.get("/foods/F048")).text
        assert (await client.post("/foods/F048/prices", data={"fen_per_kg": "0"})).status_code == 422


async def test_a_file_is_taken_over_once(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        assert (await sent(client, FILE)).status_code == 303
        assert "山野菜" in (await client.get("/foods?own=1")).text
        again = await sent(client, FILE)
        assert again.status_code == 422 and "以前导入过" in again.text
        assert (await sent(client, FILE, again="1")).status_code == 303


async def test_a_bad_file_lists_its_errors_and_gives_the_rows_back(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        answer = await sent(client, FILE + "野菜,肉,abc,1\n".encode())
    assert answer.status_code == 422
    assert "有 2 处读不懂" in answer.text
    file = re.search(r'base64,([^"]+)"', answer.text)
    assert file and [row.cells["名称"] for row in read_rows(b64decode(file[1]), "x").rows] == ["野菜"]


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n\x00", b"PK\x03\x04broken"])
async def test_a_broken_file_is_refused_with_words(cast: Cast, data: bytes) -> None:
    async with client_for(cast, "lin") as client:
        assert (await sent(client, data)).status_code == 422
        assert (await client.post("/foods/import", data={})).status_code == 422


async def test_the_list_leaves_as_a_workbook(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        answer = await client.get("/foods/excel", params={"group": "egg"})
    assert len(read_rows(answer.content, "x").rows) == 9


async def test_a_name_is_shown_its_nearest_foods_and_led_to_one(cast: Cast) -> None:
    async with client_for(cast, "lin") as client:
        shown = (await client.get("/foods/names", params={"name": "黑木耳块"})).text
        assert "木耳(水发)" in shown
        assert (await client.post("/foods/names", data={"name": "黑木耳块"})).status_code == 422
        code = (await services.table_of(cast.school)).find("木耳").code  # type: ignore[union-attr]
        led = {"name": "黑木耳块", "food_code": code}
        assert (await client.post("/foods/names", data=led)).status_code == 303
        assert "黑木耳块" in (await client.get("/foods/names")).text
