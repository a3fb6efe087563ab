"""Pages of suppliers and papers: the way from a new supplier to a verified licence, and who may not go it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from canteen.accounts.rules import Role
from canteen.kit.clock import local_day, utc_now
from canteen.kit.sheets import read_rows
from suppliers.goods.rules import Category, PaperKind, Source
from suppliers.licences import services
from suppliers.licences.forms import LinkForm
from tests.cast import ELSEWHERE, NOW
from tests.make import Cast, client_for, give_role
from tests.suppliers.licences.conftest import CODE, JY, add_paper, add_supplier, manager, photo, supplier_form

Client = AsyncTestClient[Litestar]
SUPPLIER = {
    "name": "绿源配送有限公司",
    "source": "trader",
    "credit_code": CODE,
    "contact": "王经理",
    "phone": "13800000000",
    "categories": ["oil", "meat_product"],
}
SOON = (local_day(utc_now()) + timedelta(days=20)).isoformat()
PAPER = {"kind": "food_operation", "number": JY, "valid_to": SOON, "issuer": "城关区市场监管局"}
SCAN = {"scans": ("a.jpg", photo(), "image/jpeg")}


@pytest.fixture
async def chen(house: Cast) -> AsyncIterator[Client]:
    """The canteen manager's browser."""
    async with client_for(house, "chen") as client:
        yield client


async def test_from_a_new_supplier_to_a_licence_on_the_wall(house: Cast) -> None:
    async with client_for(house, "chen") as chen:
        answer = await chen.post("/suppliers/new", data=SUPPLIER)
        assert answer.status_code == 303, answer.text
        url = answer.headers["location"]
        added = await chen.post(f"{url}/papers/new", data=PAPER, files=SCAN)
        assert added.headers["location"] == url, added.text
        text = (await chen.get(url)).text
        for said in ("tel:13800000000", JY, "待审核", "尚未审核", "没有营业执照"):
            assert said in text, said
        assert "待与原件核对" in (await chen.get("/licences")).text
        own = (await chen.get("/licences/1")).text
        assert "这份证照由您录入" in own
        assert "/uploads/" in own
        assert (await chen.post("/licences/1/verify")).status_code == 422
    async with client_for(house, "he") as officer:
        assert "与原件一致" in (await officer.get("/licences/1")).text
        assert (await officer.post("/licences/1/verify")).status_code == 303
        wall = (await officer.get("/licences")).text
        assert "30天内到期" in wall
        assert "剩20天" in wall


async def test_a_refused_paper_says_everything_and_keeps_what_was_typed_and_the_photo(chen: Client) -> None:
    url = (await chen.post("/suppliers/new", data=SUPPLIER)).headers["location"]
    bad = {**PAPER, "number": "JY13301080111718", "valid_from": "2030-01-01"}
    answer = await chen.post(f"{url}/papers/new", data=bad, files=SCAN)
    assert answer.status_code == 422
    for said in ("校验码错误", "有效期止早于有效期起", 'value="JY13301080111718"', "已保留上次选择的1个文件"):
        assert said in answer.text, said
    waiting = answer.text.split('name="waiting" value="')[1].split('"')[0]
    again = await chen.post(f"{url}/papers/new", data={**PAPER, "waiting": waiting})
    assert again.status_code == 303, again.text


async def test_what_is_neither_photo_nor_pdf_is_refused_beside_the_field(chen: Client) -> None:
    url = (await chen.post("/suppliers/new", data=SUPPLIER)).headers["location"]
    files = {"scans": ("a.txt", b"hello", "text/plain")}
    answer = await chen.post(f"{url}/papers/new", data=PAPER, files=files)
    assert answer.status_code == 422
    assert 'id="f-scans-error"' in answer.text


async def test_every_error_of_a_supplier_is_said_at_once(chen: Client) -> None:
    answer = await chen.post("/suppliers/new", data={"name": "", "source": "x", "phone": ""})
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') >= 2
    wrong = await chen.post("/suppliers/new", data={**SUPPLIER, "credit_code": "91350211M0000XUF46"})
    assert "91350211M0000XUF46校验码错误" in wrong.text
    taken = {**SUPPLIER, "credit_code": "91350211M0000XUF46", "credit_code_reason": "执照原件如此"}
    assert (await chen.post("/suppliers/new", data=taken)).status_code == 303


async def test_a_supplier_is_changed_suspended_and_its_record_kept(chen: Client) -> None:
    url = (await chen.post("/suppliers/new", data=SUPPLIER)).headers["location"]
    form = (await chen.get(f"{url}/edit")).text
    assert 'name="seen"' in form
    assert (await chen.post(f"{url}/edit", data={**SUPPLIER, "phone": "139"})).status_code == 303
    assert (await chen.post(f"{url}/standing", data={"standing": "suspended"})).status_code == 422
    ended = {"standing": "suspended", "reason": "三次迟到"}
    assert (await chen.post(f"{url}/standing", data=ended)).status_code == 303
    assert "三次迟到" in (await chen.get(url)).text
    record = {"clean_since": "2020-01-01", "listed": "1"}
    assert (await chen.post(f"{url}/record", data=record)).status_code == 303
    assert "尚未承诺" not in (await chen.get(url)).text


async def test_the_list_is_searched_filtered_and_comes_back_as_an_import(house: Cast) -> None:
    async with client_for(house, "chen") as chen:
        assert "还没有供应商" in (await chen.get("/suppliers")).text
        await chen.post("/suppliers/new", data=SUPPLIER)
        assert "绿源" in (await chen.get("/suppliers?q=ly&category=oil&source=trader")).text
        assert "绿源" not in (await chen.get("/suppliers?category=pork")).text
        assert "绿源" not in (await chen.get("/suppliers?papers=expired")).text
        book = (await chen.get("/suppliers/excel")).content
    assert read_rows(book, "a.xlsx").rows[0].cells["供应商名称"] == "绿源配送有限公司"
    await give_role(house.people["zheng"], house.schools["A002"], Role.BUYER)
    async with client_for(house, "zheng") as buyer:
        taken = await buyer.post("/suppliers/import", files={"file": ("a.xlsx", book)})
        assert taken.status_code == 303, taken.text
        assert "绿源" in (await buyer.get("/suppliers")).text


async def test_a_bad_list_of_suppliers_is_refused_with_every_cell(chen: Client) -> None:
    data = "供应商名称,类型\n甲,不知道\n乙,摊位".encode()
    answer = await chen.post("/suppliers/import", files={"file": ("a.csv", data)})
    assert answer.status_code == 422
    assert "不知道" in answer.text
    assert "base64," in answer.text


async def test_the_ledger_and_a_suppliers_file_are_papers(house: Cast, chen: Client) -> None:
    supplier = await add_supplier(house)
    await add_paper(house, supplier)
    for url in ("/licences/ledger.pdf", f"/suppliers/{supplier}/file.pdf"):
        answer = await chen.get(url)
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(b"%PDF-")
    printed = await chen.post("/licences/ledger.pdf")
    assert "print=" in printed.headers["location"]
    assert (await chen.get(printed.headers["location"])).content.startswith(b"%PDF-")
    rows = read_rows((await chen.get("/licences/ledger.xlsx")).content, "a.xlsx").rows
    assert [(row.cells["供货商名称"], row.cells["查验人"]) for row in rows] == [
        ("绿源配送有限公司", "何厨师")
    ]
    assert read_rows((await chen.get("/licences/excel")).content, "a.xlsx").rows


async def test_gaps_name_who_could_supply_and_what_stops_them(house: Cast, chen: Client) -> None:
    await add_paper(house, await add_supplier(house), valid_to=NOW.date())
    text = (await chen.get("/suppliers/gaps")).text
    for said in ("今天无合格供应商", "绿源配送有限公司", "已于", "该品类尚无约定供应商"):
        assert said in text, said


async def test_own_papers_of_the_canteen_are_added(chen: Client) -> None:
    form = {**PAPER, "number": "JY33301080000018"}
    answer = await chen.post("/licences/new", data=form, files=SCAN)
    assert answer.status_code == 303, answer.text
    assert "集中用餐单位食堂" in (await chen.get(answer.headers["location"])).text


async def test_a_renewal_begins_with_what_stands_on_the_old_paper(house: Cast, chen: Client) -> None:
    supplier = await add_supplier(house)
    old = await add_paper(house, supplier)
    form = (await chen.get(f"/suppliers/{supplier}/papers/new?renews={old}")).text
    assert f'name="supersedes" value="{old}"' in form
    assert f'value="{JY}"' in form


async def test_the_districts_suppliers_are_taken_over(house: Cast, chen: Client) -> None:
    assert "区里尚无入库供应商" in (await chen.get("/suppliers/library")).text
    shen = house.actor("shen")
    supplier = await services.add_supplier(shen, supplier_form(), now=NOW)
    assert "绿源" in (await chen.get("/suppliers/library")).text
    taken = await chen.post("/suppliers/library", data={"suppliers": str(supplier)})
    assert taken.headers["location"] == "/suppliers"
    assert "已引入" in (await chen.get("/suppliers/library")).text


async def test_a_supplier_without_an_account_hands_in_a_paper(house: Cast) -> None:
    supplier = await add_supplier(house)
    token = await services.make_link(manager(house), supplier, LinkForm(14), now=utc_now())
    async with client_for(house) as nobody:
        page = (await nobody.get(f"/hand-in/{token}")).text
        assert "向第一小学提交证照" in page
        assert "13800000000" not in page
        wrong = await nobody.post(f"/hand-in/{token}", data={**PAPER, "number": "JY1"}, files=SCAN)
        assert wrong.status_code == 422
        assert "14位数字" in wrong.text
        sent = await nobody.post(f"/hand-in/{token}", data={**PAPER, "supersedes": "1"}, files=SCAN)
        assert sent.status_code == 303, sent.text
        assert "待审核" in (await nobody.get(f"/hand-in/{token}")).text
        assert (await nobody.get("/hand-in/A001.nothing")).status_code == 404


async def test_the_link_is_shown_once_and_revoked(house: Cast, chen: Client) -> None:
    supplier = await add_supplier(house)
    shown = await chen.post(f"/suppliers/{supplier}/links", data={"days": "14"})
    assert "/hand-in/A001." in shown.text
    page = (await chen.get(f"/suppliers/{supplier}")).text
    assert "/hand-in/" not in page
    link = page.split("/suppliers/links/")[1].split("/")[0]
    assert (await chen.post(f"/suppliers/links/{link}/revoke")).status_code == 303


async def test_a_paper_is_turned_down_and_mended(house: Cast) -> None:
    supplier = await add_supplier(house)
    licence = await add_paper(house, supplier, verified=False)
    async with client_for(house, "he") as officer:
        assert (await officer.post(f"/licences/{licence}/reject", data={"reason": ""})).status_code == 422
        done = await officer.post(f"/licences/{licence}/reject", data={"reason": "看不清"})
        assert done.status_code == 303
        assert "已驳回：看不清" in (await officer.get(f"/licences/{licence}")).text
    async with client_for(house, "chen") as chen:
        assert JY in (await chen.get(f"/licences/{licence}/edit")).text
        assert (await chen.post(f"/licences/{licence}/edit", data=PAPER)).status_code == 303


async def test_a_stranger_finds_nothing_and_a_nutritionist_changes_nothing(house: Cast) -> None:
    supplier = await add_supplier(house)
    licence = await add_paper(house, supplier)
    await give_role(house.people["ma"], house.schools[ELSEWHERE], Role.CANTEEN_MANAGER)
    async with client_for(house, "ma") as stranger:
        for url in (f"/suppliers/{supplier}", f"/licences/{licence}", f"/suppliers/{supplier}/file.pdf"):
            assert (await stranger.get(url)).status_code == 404
        assert "绿源" not in (await stranger.get("/licences")).text
    async with client_for(house, "lin") as cook:
        assert (await cook.get(f"/suppliers/{supplier}")).status_code == 200
        assert (await cook.post("/suppliers/new", data=SUPPLIER)).status_code == 403
        assert (await cook.post(f"/licences/{licence}/verify")).status_code == 403


async def test_the_start_page_says_what_has_run_out(house: Cast, chen: Client) -> None:
    await add_paper(house, await add_supplier(house), valid_to=NOW.date())
    stall = {"name": "甲", "source": Source.MARKET, "credit_code": "", "categories": (Category.PORK,)}
    other = await add_supplier(house, **stall)
    await add_paper(house, other, kind=PaperKind.CONTRACT, number="1", verified=False)
    text = (await chen.get("/")).text
    for said in ("已过期：1份", "待审核：1份"):
        assert said in text
