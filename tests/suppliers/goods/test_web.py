"""Pages of goods: what each answers, who may, and that a refused form keeps what was typed."""

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from canteen.kit.sheets import Column, write_csv
from suppliers.goods import services
from suppliers.goods.forms import TakeForm
from suppliers.goods.rules import Category
from tests.cast import NOW
from tests.make import Cast, client_for, make_cast

RICE = {
    "name": "东北大米",
    "category": "grain",
    "unit": "袋",
    "storage": "dry",
    "measure": "grams",
    "units.0.name": "袋",
    "units.0.count": "25",
    "units.0.of": "公斤",
    "shelf_life_days": "180",
}
PAGES = ("/goods", "/goods/excel", "/goods/new", "/goods/starter", "/goods/import", "/goods/papers")


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


async def test_the_starter_list_is_one_tap_away_from_an_empty_catalogue(cast: Cast) -> None:
    async with client_for(cast, "chen") as client:
        assert 'href="/goods/starter"' in (await client.get("/goods")).text
        shown = (await client.get("/goods/starter")).text
        ticked = re.findall(r'name="categories" value="(\w+)" checked', shown)
        taken = await client.post("/goods/starter", data={"categories": ticked})
        assert taken.headers["location"] == "/goods"
        listed = (await client.get("/goods?category=oil")).text
        assert "菜籽油" in listed and "五花肉" not in listed
        book = CalamineWorkbook.from_filelike(BytesIO((await client.get("/goods/excel?q=dami")).content))
        assert [row[0] for row in book.get_sheet_by_index(0).to_python()] == ["名称", "大米"]


async def test_a_good_is_added_changed_taken_out_and_brought_back(cast: Cast) -> None:
    async with client_for(cast, "chen") as client:
        at = (await client.post("/goods/new", data=RICE)).headers["location"]
        assert "25 公斤" in (await client.get(at)).text
        form = (await client.get(f"{at}/edit")).text
        seen = re.search(r'name="seen" value="([^"]+)"', form)
        assert seen and 'value="25"' in form
        changed = {**RICE, "units.0.count": "10", "seen": seen[1]}
        assert (await client.post(f"{at}/edit", data=changed)).headers["location"] == at
        assert "10 公斤" in (await client.get(at)).text
        late = await client.post(f"{at}/edit", data=changed)
        assert late.status_code == 422 and "有人刚改过这个货品" in late.text
        await client.post(f"{at}/retire")
        assert "东北大米" not in (await client.get("/goods")).text
        await client.post(f"{at}/restore")
        assert "东北大米" in (await client.get("/goods")).text


async def test_a_refused_form_says_everything_and_keeps_what_was_typed(cast: Cast) -> None:
    wrong = {**RICE, "name": "亚硝酸盐", "unit": "筐", "units.0.name": "公斤"}
    async with client_for(cast, "chen") as client:
        answer = await client.post("/goods/new", data=wrong)
    assert answer.status_code == 422
    assert "学校食堂不得采购亚硝酸盐" in answer.text and "请写明一筐是多少" in answer.text
    assert 'value="公斤"' in answer.text and 'value="筐"' in answer.text


async def test_a_bad_file_is_answered_with_every_reason_and_the_rows_to_mend(cast: Cast) -> None:
    columns = [Column(head) for head in ("名称", "品类", "单位")]
    bad = write_csv(columns, [("豆腐", "豆制品", "筐"), ("", "米面", "斤")])
    good = write_csv(columns, [("豆腐", "豆制品", "斤")])
    async with client_for(cast, "chen") as client:
        answer = await client.post("/goods/import", files={"file": ("goods.csv", bad)})
        assert answer.status_code == 422 and "data:application/vnd.openxml" in answer.text
        assert "请写明一筐是多少" in answer.text
        taken = await client.post("/goods/import", files={"file": ("goods.csv", good)})
        assert taken.headers["location"] == "/goods"
        again = await client.post("/goods/import", files={"file": ("goods.csv", good)})
        assert again.status_code == 422 and "goods.csv" in again.text
        assert (await client.post("/goods/import", data={"again": "0"})).status_code == 422


async def test_the_matrix_tells_what_held_before_and_after_february_2026(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        address = "/goods/papers?category=produce&source=farmer&on="
        before, after = [(await client.get(address + day)).text for day in ("2026-01-31", "2026-02-01")]
        assert "自产自销证明" in before and "农业农村部令2025年第4号" not in before
        assert "农业农村部令2025年第4号" in after and "自产自销证明" not in after
        assert (await client.get("/goods/papers?category=x&source=service&on=2026-13-40")).status_code == 200


async def test_a_district_decides_and_its_school_sees_who_and_why(cast: Cast) -> None:
    form = {
        "category": "produce",
        "source": "market",
        "paper": "quick_test",
        "per": "batch",
        "need": "required",
        "from_day": "2040-01-01",
        "reason": "区里要求每批快检",
        "locked": "1",
    }
    async with client_for(cast, "shen") as client:
        answer = await client.post("/goods/papers", data=form)
        assert answer.headers["location"] == "/goods/papers?category=produce&source=market&on=2040-01-01"
        past = await client.post("/goods/papers", data={**form, "from_day": "2020-01-01"})
        assert past.status_code == 422 and "区里要求每批快检" in past.text
    async with client_for(cast, "zhou") as client:
        shown = (await client.get("/goods/papers?category=produce&source=market&on=2040-01-01")).text
        assert 'name="locked"' not in shown
        assert "城关区" in shown and "区里要求每批快检" in shown and "已锁定" in shown
        refused = await client.post("/goods/papers", data=form)
        assert refused.status_code == 422 and "上级已锁定" in refused.text


async def test_who_may_look_and_who_may_change(cast: Cast) -> None:
    async with client_for(cast, "he") as client:
        assert [(await client.get(at)).status_code for at in PAGES] == [200, 200, 403, 403, 403, 200]
        assert (await client.post("/goods/papers", data={})).status_code == 403
    async with client_for(cast, "chen") as client:
        assert [(await client.get(at)).status_code for at in PAGES] == [200] * 6
        assert "另行决定" not in (await client.get("/goods/papers")).text


async def test_programs_read_and_add_goods(cast: Cast) -> None:
    await services.take_goods(cast.actor("chen"), TakeForm((Category.OIL,)), now=NOW)
    async with client_for(cast, "chen") as client:
        body = (await client.get("/api/v1/goods", params={"limit": 2, "sort": "name"})).json()
        assert len(body["items"]) == 2 and body["next"]
        rest = await client.get("/api/v1/goods", params={"limit": 50, "cursor": body["next"], "sort": "name"})
        assert len(rest.json()["items"]) == 4
        sack = {"name": "袋", "count": 25000, "of": "公斤"}
        form = {"name": "大米", "category": "grain", "unit": "袋", "storage": "dry", "units": [sack]}
        made = await client.post("/api/v1/goods", json=form)
        assert made.status_code == 201
        assert made.json()["units"] == [{"name": "袋", "quantity": 25000}]
        assert made.json()["expiry_lead_days"] == 30
        again = await client.post("/api/v1/goods", json=form)
        assert [f["rule"] for f in again.json()["findings"]] == ["good_name"]
        at = f"/api/v1/goods/{made.json()['id']}"
        assert (await client.get(at)).json()["name"] == "大米"
    async with client_for(cast, "ma") as client:
        assert (await client.get(at)).status_code == 404
