"""Pages of the store: what each answers, who may, and that a refused form keeps what was typed."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from canteen.kit.clock import local_day, utc_now
from canteen.kit.pages import Listing
from canteen.kit.sheets import Column, write_csv
from suppliers.stock import services
from suppliers.stock.forms import OpeningForm
from suppliers.stock.tables import Lot
from tests.make import client_for
from tests.suppliers.stock.conftest import PIN, Store, line

PAGES = (
    "/stock",
    "/stock/lots",
    "/stock/lots/excel",
    "/stock/issue",
    "/stock/opening",
    "/stock/opening/form.xlsx",
    "/stock/own",
    "/stock/write-off",
    "/stock/places",
    "/stock/slips",
    "/stock/slips/excel",
    "/stock/counts",
    "/stock/ledger",
    "/stock/ledger?part=in",
    "/stock/ledger?part=out",
    "/stock/ledger/excel",
)


def today() -> date:
    return local_day(utc_now())


async def filled(house: Store) -> list[Lot]:
    """Rice and cabbage of today."""
    lines = (line("大米", 50, 480), line("大白菜", 5, 200))
    form = OpeningForm(house.canteen, today(), lines)
    slip = await services.enter_opening(house.keeper, form, now=utc_now())
    return [x.lot for x in (await services.slip_view(house.cast.school, slip)).lines]


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_opens_empty_and_filled(house: Store, path: str) -> None:
    async with client_for(house.cast, "chen") as client:
        assert (await client.get(path)).status_code == 200
    await filled(house)
    async with client_for(house.cast, "chen") as client:
        assert (await client.get(path)).status_code == 200


async def test_a_teacher_sees_no_store_and_an_inspector_changes_nothing(house: Store) -> None:
    async with client_for(house.cast, "xu") as client:
        assert (await client.get("/stock")).status_code == 403
    async with client_for(house.cast, "zhou") as client:
        assert (await client.get("/stock")).status_code == 200
        assert (await client.get("/stock/issue")).status_code == 403


async def test_goods_are_issued_from_the_list_of_what_is_there(house: Store) -> None:
    rice, cabbage = await filled(house)
    data = {
        "canteen": str(house.canteen),
        "day": today().isoformat(),
        "meal": "lunch",
        "lines.0.good": str(house.goods["大米"]),
        "lines.0.count": "12.5",
        "lines.0.unit": "斤",
        "lines.1.good": str(house.goods["大白菜"]),
        "lines.1.count": "",
        "lines.1.unit": "公斤",
    }
    async with client_for(house.cast, "chen") as client:
        assert "大白菜" in (await client.get("/stock/issue")).text
        at = (await client.post("/stock/issue", data=data)).headers["location"]
        shown = (await client.get(at)).text
        assert "出库单" in shown and "−6.25 公斤" in shown and "30.00" in shown
        undone = (await client.post(f"{at}/undo")).headers["location"]
        assert undone.startswith("/stock/issue?again=")
        assert 'value="6.25"' in (await client.get(undone)).text
    assert await house.left([rice, cabbage]) == [50_000, 5_000]


async def test_a_refused_issue_names_every_line_and_keeps_what_was_typed(house: Store) -> None:
    await filled(house)
    data = {
        "canteen": str(house.canteen),
        "day": today().isoformat(),
        "lines.0.good": str(house.goods["大米"]),
        "lines.0.count": "99",
        "lines.0.unit": "公斤",
        "lines.1.good": str(house.goods["大白菜"]),
        "lines.1.count": "77",
        "lines.1.unit": "公斤",
    }
    async with client_for(house.cast, "chen") as client:
        answer = await client.post("/stock/issue", data=data)
    assert answer.status_code == 422
    assert "可用仅 2 袋（50 公斤）" in answer.text and "可用仅 5 公斤" in answer.text
    assert 'value="99"' in answer.text and 'value="77"' in answer.text


async def test_opening_stock_is_typed_or_imported(house: Store) -> None:
    head = {"canteen": str(house.canteen), "day": today().isoformat()}
    typed = {**head, "lines.0.good": "大米", "lines.0.count": "2", "lines.0.price": "120"}
    async with client_for(house.cast, "chen") as client:
        at = (await client.post("/stock/opening", data=typed)).headers["location"]
        assert "240.00" in (await client.get(at)).text
        bad = await client.post(
            "/stock/opening", data={**typed, "lines.1.good": "龙肉", "lines.1.count": "1"}
        )
        assert bad.status_code == 422 and 'value="龙肉"' in bad.text
        file = write_csv([Column("品名"), Column("数量")], [("大白菜", "8")])
        sent = await client.post("/stock/opening/import", data=head, files={"file": ("a.csv", file)})
        assert sent.headers["location"].startswith("/stock/slips/")
        wrong = write_csv([Column("品名"), Column("数量")], [("龙肉", "8")])
        refused = await client.post("/stock/opening/import", data=head, files={"file": ("b.csv", wrong)})
        assert refused.status_code == 422 and "龙肉" in refused.text


async def test_a_lot_is_written_off_before_a_witness_with_a_pin(house: Store) -> None:
    _rice, cabbage = await filled(house)
    data = {
        "canteen": str(house.canteen),
        "day": today().isoformat(),
        "lines.1.lot": str(cabbage.id),
        "lines.1.unit": "公斤",
        "reason": "spoiled",
        "witness": str(house.witness),
        "witness_pin": "0000",
    }
    async with client_for(house.cast, "chen") as client:
        assert (await client.post("/stock/write-off", data=data)).status_code == 422
        at = (await client.post("/stock/write-off", data={**data, "witness_pin": PIN})).headers["location"]
        shown = (await client.get(at)).text
    assert "报损记录" in shown and "何厨师" in shown and "腐败变质" in shown
    assert await house.left([cabbage]) == [0]


async def test_a_stocktake_is_counted_and_closed_on_the_phone(house: Store) -> None:
    rice, cabbage = await filled(house)
    head = {"canteen": str(house.canteen), "day": today().isoformat()}
    async with client_for(house.cast, "chen") as client:
        at = (await client.post("/stock/counts", data=head)).headers["location"]
        counted = {
            "lines.0.lot": str(rice.id),
            "lines.0.count": "49",
            "lines.0.unit": "公斤",
            "lines.1.lot": str(cabbage.id),
            "lines.1.count": "10",
            "lines.1.unit": "斤",
        }
        await client.post(at, data=counted)
        assert "−1 公斤" in (await client.get(at)).text
        witness = {"witness": str(house.witness), "witness_pin": PIN}
        refused = await client.post(f"{at}/close", data=witness)
        assert refused.status_code == 422 and "请选择原因" in refused.text
        await client.post(at, data={**counted, "lines.0.cause": "weighing"})
        assert (await client.post(f"{at}/close", data=witness)).status_code == 303
        assert "已结账" in (await client.get(at)).text
        locked = await client.post("/stock/issue", data={**head, "lines.0.good": "1", "lines.0.count": "1"})
        assert locked.status_code == 422 and "的盘点已结账" in locked.text
    assert await house.left([rice, cabbage]) == [49_000, 5_000]


async def test_slips_ledgers_counts_and_labels_come_on_paper(house: Store) -> None:
    rice, cabbage = await filled(house)
    slips, _next = await services.list_slips(house.cast.school, Listing())
    slip = slips[0].slip.id
    async with client_for(house.cast, "chen") as client:
        head = {"canteen": str(house.canteen), "day": today().isoformat()}
        count = (await client.post("/stock/counts", data=head)).headers["location"]
        for path, words in (
            (f"/stock/slips/{slip}/slip.pdf", ("入库单", "大米", "金额大写")),
            (f"/stock/slips/{slip}/slip.pdf?sheet=slip", ("入库单", "验收人签名")),
            ("/stock/ledger/ledger.pdf?part=in", ("入库台账", "供货方签名")),
            ("/stock/ledger/ledger.pdf?part=out", ("出库台账", "结存")),
            ("/stock/ledger/ledger.pdf?part=sum", ("收发存汇总", "期末结存")),
            (f"{count}/sheet.pdf?blank=1", ("盘点表", "实盘数")),
            (f"/stock/lots/labels.pdf?lot={rice.id}&lot={cabbage.id}", ("大白菜", "批次")),
        ):
            text = text_of((await client.get(path)).content)
            assert [word for word in words if word not in text] == [], path
        printed = await client.post(f"/stock/slips/{slip}/slip.pdf?sheet=slip")
        at = printed.headers["location"]
        assert "sheet=slip" in at and "未登记" not in text_of((await client.get(at)).content)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


async def test_the_ledger_goes_out_as_a_workbook_with_balances(house: Store) -> None:
    await filled(house)
    async with client_for(house.cast, "chen") as client:
        book = CalamineWorkbook.from_filelike(BytesIO((await client.get("/stock/ledger/excel")).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows] == ["品名", "大米", "大白菜"] and rows[1][9] == 50


async def test_lots_are_listed_for_programs(house: Store) -> None:
    rice, _cabbage = await filled(house)
    async with client_for(house.cast, "chen") as client:
        answer = (await client.get("/api/v1/lots", params={"q": "dami"})).json()
        assert [(x["good_name"], x["quantity_left"], x["standing"]) for x in answer["items"]] == [
            ("大米", 50_000, "usable")
        ]
        one = (await client.get(f"/api/v1/lots/{rice.id}")).json()
        assert one["moves"][0]["kind"] == "in" and one["lot"]["number"] == rice.number
        assert (await client.get("/api/v1/lots/999")).status_code == 404


async def test_the_garden_page_takes_a_harvest_in(house: Store) -> None:
    data = {
        "canteen": str(house.canteen),
        "day": today().isoformat(),
        "origin": "garden",
        "good": str(house.goods["大白菜"]),
        "count": "20",
        "unit": "斤",
        "price": "0.6",
        "plot": "东菜地",
        "tested": ["0", "1"],
        "sprayed_on": (today() - timedelta(days=10)).isoformat(),
        "interval_days": "7",
    }
    async with client_for(house.cast, "chen") as client:
        at = (await client.post("/stock/own", data=data)).headers["location"]
        assert "东菜地" in (await client.get(at)).text
        refused = await client.post("/stock/own", data={**data, "tested": "0"})
        assert refused.status_code == 422 and "快检未合格" in refused.text
