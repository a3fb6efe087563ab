"""The pages of dishes: they work, say every error at once with what was typed, and refuse strangers."""

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient
from PIL import Image

from canteen.accounts.rules import Role
from canteen.kit.pages import Listing
from canteen.kit.sheets import read_rows
from menus.dishes import services
from menus.dishes.forms import TakeForm
from tests.cast import ELSEWHERE, NOW, TODAY
from tests.make import Cast, client_for, give_role, make_cast

Client = AsyncTestClient[Litestar]
FORM = {
    "name": "青椒肉丝",
    "kind": "meat",
    "method": "stir_fry",
    "ingredients.0.name": "肉丝",
    "ingredients.0.grams": "45",
    "ingredients.0.grams_6_8": "",
    "ingredients.1.name": "青椒",
    "ingredients.1.grams": "45",
    "ingredients.2.name": "",
    "ingredients.2.grams": "",
}


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


@pytest.fixture
async def lin(cast: Cast) -> AsyncIterator[Client]:
    """The nutritionist's browser."""
    async with client_for(cast, "lin") as client:
        yield client


async def add(client: Client, **changes: Any) -> str:
    answer = await client.post("/dishes/new", data={**FORM, **changes})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_a_dish_is_added_and_shown_with_share_nutrition_and_what_is_unknown(lin: Client) -> None:
    url = await add(lin, **{"ingredients.2.name": "山核菜", "ingredients.2.grams": "5"})
    text = (await lin.get(url)).text
    for said in ("青椒肉丝", "51.8%", "达到50%", "第1版", "不完整", "食物成分表中没有“山核菜”", "无价格"):
        assert said in text


async def test_every_error_is_said_at_once_and_what_was_typed_stays(lin: Client) -> None:
    answer = await lin.post(
        "/dishes/new",
        data={**FORM, "name": "", "kind": "", "ingredients.0.grams": "很多", "ingredients.7.name": "木耳"},
    )
    assert answer.status_code == 422
    for said in ('name="ingredients.7.name"', 'value="很多"', 'value="木耳"', 'value="青椒"'):
        assert said in answer.text
    assert answer.text.count('aria-invalid="true"') == 4


async def test_a_banned_food_is_refused_beside_its_line(lin: Client) -> None:
    answer = await lin.post("/dishes/new", data={**FORM, "ingredients.1.name": "四季豆"})
    assert answer.status_code == 422
    assert 'id="f-ingredients-1-name-error"' in answer.text
    assert "四季豆" in answer.text


async def test_a_change_is_a_version_and_the_old_one_can_be_read(lin: Client) -> None:
    url = await add(lin)
    form = await lin.get(f"{url}/edit")
    assert 'name="version" value="1"' in form.text
    answer = await lin.post(f"{url}/edit", data={**FORM, "ingredients.0.grams": "60", "version": "1"})
    assert answer.status_code == 303
    assert "第2版" in (await lin.get(url)).text
    old = (await lin.get(f"{url}?version=1&age=6-8")).text
    assert "这是旧版本" in old
    assert "36" in old
    stale = await lin.post(f"{url}/edit", data={**FORM, "note": "少油", "version": "1"})
    assert stale.status_code in (409, 422)
    assert "此菜品刚被他人修改" in stale.text
    assert (await lin.get(f"{url}?version=9")).status_code == 404


async def test_a_dish_is_copied_retired_and_brought_back(lin: Client) -> None:
    url = await add(lin)
    copy = await lin.post(f"{url}/copy")
    assert copy.headers["location"].endswith("/edit")
    assert "青椒肉丝2" in (await lin.get(copy.headers["location"])).text
    assert (await lin.post(f"{url}/retire")).headers["location"] == url
    assert "已停用" in (await lin.get(url)).text
    assert f'href="{url}"' not in (await lin.get("/dishes")).text
    assert f'href="{url}"' in (await lin.get("/dishes?retired=1")).text
    await lin.post(f"{url}/restore")
    assert f'href="{url}"' in (await lin.get("/dishes?q=qj")).text


async def test_the_list_is_searched_sorted_and_taken_home_as_a_workbook(lin: Client, cast: Cast) -> None:
    assert "打开共享菜品" in (await lin.get("/dishes")).text
    taken = {"names": ["红烧肉", "番茄炒蛋", "米饭"]}
    assert (await lin.post("/dishes/library", data=taken)).status_code == 303
    text = (await lin.get("/dishes?kind=meat&sort=-name")).text
    assert text.index("红烧肉") < text.index("番茄炒蛋")
    assert "米饭" not in text.split("<tbody>")[1]
    book = await lin.get("/dishes/excel?kind=meat")
    sheet = read_rows(book.content, "dishes.xlsx")
    assert sheet.headings[0] == "菜品"
    assert [row.cells["菜品"] for row in sheet.rows] == ["番茄炒蛋", "红烧肉"]


async def test_the_library_offers_shipped_dishes_and_the_districts(lin: Client, cast: Cast) -> None:
    await services.take_dishes(cast.actor("shen"), TakeForm(names=("清蒸鲈鱼",)), now=NOW)
    shipped = (await lin.get("/dishes/library?q=清蒸")).text
    assert "清蒸巴沙鱼" in shipped
    above = (await lin.get("/dishes/library?from=above")).text
    assert "城关区" in above
    dish = above.split('name="dishes" value="')[1].split('"')[0]
    await lin.post("/dishes/library", data={"dishes": dish})
    assert "清蒸鲈鱼" in (await lin.get("/dishes")).text
    assert (await lin.post("/dishes/library", data={"names": "没有的菜"})).status_code == 404


async def test_the_figures_follow_what_is_typed(lin: Client) -> None:
    htmx = {"hx-request": "true"}
    answer = await lin.post("/dishes/figures", data={**FORM, "ingredients.0.grams": "36.8"}, headers=htmx)
    assert answer.status_code == 200
    assert "49.9%" in answer.text
    assert "不足50%" in answer.text
    typo = await lin.post("/dishes/figures", data={**FORM, "ingredients.1.name": "大白莱"}, headers=htmx)
    assert 'data-replace="大白莱" data-by="大白菜"' in typo.text
    unread = {
        **FORM,
        "ingredients.0.grams": "很多",
        "ingredients.1.name": "大白莱",
        "ingredients.1.grams": "一些",
    }
    for refused in (
        await lin.post("/dishes/figures", data=unread),
        await lin.post("/dishes/new", data=unread),
    ):
        assert 'data-replace="大白莱" data-by="大白菜"' in refused.text
    blank = await lin.post("/dishes/figures", data={"name": ""}, headers=htmx)
    assert "输入食材和克重" in blank.text


async def test_ingredients_are_suggested_while_they_are_typed(lin: Client) -> None:
    answer = await lin.get("/dishes/foods", params={"ingredients.3.name": "td"})
    assert '<option value="土豆">' in answer.text
    assert "<option" not in (await lin.get("/dishes/foods")).text


async def test_a_photo_is_shown_with_its_dish(lin: Client) -> None:
    url = await add(lin)
    assert (await lin.get(f"{url}/photo")).status_code == 404
    picture = BytesIO()
    Image.new("RGB", (640, 480), "green").save(picture, "JPEG")
    files = {"photo": ("dish.jpg", picture.getvalue(), "image/jpeg")}
    assert (await lin.post(f"{url}/photo", files=files)).status_code == 303
    assert f"{url}/photo?small" in (await lin.get(url)).text
    assert (await lin.get(f"{url}/photo?small")).headers["content-type"] == "image/jpeg"
    assert (await lin.post(f"{url}/photo")).status_code == 422
    wrong = {"photo": ("dish.txt", b"nothing", "text/plain")}
    assert (await lin.post(f"{url}/photo", files=wrong)).status_code == 422


ROUTES = [
    ("GET", "/dishes/new"),
    ("GET", "/dishes/library"),
    ("GET", "/dishes/foods"),
    ("POST", "/dishes/new"),
    ("POST", "/dishes/library"),
    ("POST", "/dishes/figures"),
    ("GET", "{url}/edit"),
    ("POST", "{url}/edit"),
    ("POST", "{url}/copy"),
    ("POST", "{url}/photo"),
    ("POST", "{url}/retire"),
    ("POST", "{url}/restore"),
]


@pytest.fixture
async def pork(cast: Cast) -> str:
    """A dish of the first school."""
    [dish] = await services.take_dishes(cast.actor("lin"), TakeForm(names=("青椒肉丝",)), now=NOW)
    return f"/dishes/{dish}"


async def test_a_cook_reads_and_changes_nothing(cast: Cast, pork: str) -> None:
    async with client_for(cast, "he") as cook:
        for method, path in ROUTES:
            assert (await cook.request(method, path.format(url=pork))).status_code == 403, path
        text = (await cook.get(pork)).text
        assert "青椒肉丝" in text
        assert "/edit" not in text
        assert "/dishes/new" not in (await cook.get("/dishes")).text


async def test_another_schools_planner_finds_nothing(cast: Cast, pork: str) -> None:
    await give_role(cast.people["ma"], cast.schools[ELSEWHERE], Role.NUTRITIONIST)
    async with client_for(cast, "ma") as stranger:
        for method, path in ROUTES:
            if "{url}" in path:
                assert (await stranger.request(method, path.format(url=pork))).status_code == 404, path
        for path in (pork, f"{pork}/photo"):
            assert (await stranger.get(path)).status_code == 404
        assert "青椒肉丝" not in (await stranger.get("/dishes")).text
    [card] = await services.all_dishes(cast.school, Listing(sort="name"), today=TODAY)
    assert (card.number, card.retired_at) == (1, None)


async def test_nobody_is_sent_to_sign_in(cast: Cast, pork: str) -> None:
    async with client_for(cast) as nobody:
        for method, path in [*ROUTES, ("GET", "/dishes"), ("GET", "{url}"), ("GET", "/dishes/excel")]:
            answer = await nobody.request(method, path.format(url=pork))
            assert answer.headers["location"].startswith("/sign-in"), path


async def test_the_pages_speak_english_too(lin: Client) -> None:
    url = await add(lin)
    lin.cookies.set("language", "en")
    assert "Nutrition of one helping" in (await lin.get(url)).text
    assert "Another ingredient" in (await lin.get("/dishes/new")).text
