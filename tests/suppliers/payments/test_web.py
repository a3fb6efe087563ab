"""Pages of money: lists, forms, signing a batch, paying, statements, papers."""

from io import BytesIO

import pytest
import python_calamine

from suppliers.payments import services
from tests.make import Cast, client_for
from tests.suppliers.make import delivery_row, supplier_row
from tests.suppliers.payments.conftest import NUMBER, add_slip, ask, sign, sign_all, slip_for

PAGES = (
    "/payments",
    "/payments/slips",
    "/payments/slips/new",
    "/payments/new",
    "/payments/pay",
    "/payments/advances",
    "/payments/statements?month=2026-09",
    "/payments/differences?month=2026-09",
    "/payments/months",
)
SLIP = {"kind": "invoice", "number": NUMBER, "seller": "城东粮油", "issued_on": "2026-09-07", "fen": "100.00"}


@pytest.mark.parametrize("address", PAGES)
async def test_every_page_opens_with_and_without_anything_on_it(house: Cast, address: str) -> None:
    async with client_for(house, "chen") as client:
        assert (await client.get(address)).status_code == 200
    supplier = await supplier_row(house.school)
    delivery = await delivery_row(house.school, supplier, [(100, 100, 100)])
    await sign_all(house, await ask(house, await slip_for(house, supplier, delivery, 10_000, NUMBER)))
    await add_slip(house, number="26332000000012345670")
    async with client_for(house, "chen") as client:
        assert (await client.get(address)).status_code == 200


async def test_a_slip_is_typed_with_its_deliveries(house: Cast) -> None:
    supplier = await supplier_row(house.school)
    delivery = await delivery_row(house.school, supplier, [(100, 100, 100)])
    typed = {**SLIP, "supplier": str(supplier), "links.0.delivery": str(delivery), "links.0.fen": "99"}
    async with client_for(house, "chen") as client:
        refused = await client.post("/payments/slips/new", data=typed)
        assert refused.status_code == 422
        assert 'value="99"' in refused.text
        done = await client.post("/payments/slips/new", data={**typed, "links.0.fen": "100.00"})
        assert done.status_code == 303
        shown = await client.get(done.headers["location"])
        assert "100.00" in shown.text
        again = await client.get(done.headers["location"] + "/edit")
        assert 'value="100.00"' in again.text


async def test_a_batch_is_signed_on_one_page(house: Cast) -> None:
    many = [await ask(house, await add_slip(house, number=f"2633200000001234567{n}")) for n in range(3)]
    await sign(house, "he", *many)
    await sign(house, "chen", *many)
    async with client_for(house, "zhou") as client:
        page = await client.get("/payments/sign")
        assert page.text.count('name="payments"') == 3
        done = await client.post("/payments/sign", data={"payments": [str(id_) for id_ in many]})
        assert done.status_code == 303
        start = await client.get("/")
        assert "待您签字" not in start.text
    async with client_for(house, "xu") as client:
        start = await client.get("/")
        assert "待付款" in start.text
        form = {"payments": [str(many[0])], "paid_on": "2026-09-07", "bank_reference": ""}
        assert (await client.post("/payments/pay", data=form)).status_code == 422
        assert (await client.post("/payments/pay", data={**form, "bank_reference": "B1"})).status_code == 303


async def test_who_may_not_sign_pay_or_close_is_kept_out(house: Cast) -> None:
    async with client_for(house, "xu") as client:
        for address in ("/payments/sign", "/payments/months/close", "/payments/slips/new"):
            assert (await client.post(address, data={})).status_code == 403
    async with client_for(house, "lin") as client:
        assert (await client.post("/payments/pay", data={})).status_code == 403


async def test_the_bank_gets_a_list_that_adds_up(house: Cast) -> None:
    many = [await ask(house, await add_slip(house, number=f"2633200000001234567{n}")) for n in range(2)]
    await sign_all(house, *many)
    async with client_for(house, "xu") as client:
        answer = await client.get("/payments/pay/excel")
    rows = python_calamine.load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[4] for row in rows[1:]] == [100, 100, 200]
    assert rows[1][2] == "6222020000000000001"


@pytest.mark.parametrize("address", ["/payments/excel", "/payments/slips/excel", "/payments/advances/excel"])
async def test_every_list_is_a_workbook_too(house: Cast, address: str) -> None:
    await ask(house, await add_slip(house))
    async with client_for(house, "chen") as client:
        assert (await client.get(address)).content[:2] == b"PK"


async def test_papers_are_drawn_and_numbered(house: Cast) -> None:
    supplier = await supplier_row(house.school)
    delivery = await delivery_row(house.school, supplier, [(100, 100, 100)])
    slip = await slip_for(house, supplier, delivery, 10_000, NUMBER)
    payment = await ask(house, slip)
    await services.payment_view(house.actor("zhou"), payment)
    async with client_for(house, "chen") as client:
        for address in (
            f"/payments/{payment}/form.pdf",
            f"/payments/slips/{slip}/voucher.pdf",
            "/payments/slips/bare.pdf?month=2026-09",
            "/payments/statements/all.pdf?month=2026-09",
            f"/payments/statements/{supplier}/statement.pdf?month=2026-09",
        ):
            made = await client.post(address)
            assert made.status_code == 303, address
            drawn = await client.get(made.headers["location"])
            assert drawn.content[:5] == b"%PDF-", address
        assert (await client.get("/payments/slips/voucher-blank.pdf")).content[:5] == b"%PDF-"


async def test_an_advance_goes_its_way_through_the_pages(house: Cast) -> None:
    async with client_for(house, "he") as client:
        form = {"fen": "500", "purpose": "赶集", "person": str(house.people["he"]), "wanted_on": ""}
        done = await client.post("/payments/advances", data=form)
        own = done.headers["location"]
    async with client_for(house, "zhou") as client:
        assert (await client.post(f"{own}/approve")).status_code == 303
    async with client_for(house, "xu") as client:
        assert (await client.post(f"{own}/give")).status_code == 303
    slip = await add_slip(house, 45_000)
    async with client_for(house, "he") as client:
        assert "您的备用金" in (await client.get("/")).text
        refused = await client.post(f"{own}/account", data={"slips": str(slip), "returned_fen": "0"})
        assert refused.status_code == 422
        done = await client.post(f"{own}/account", data={"slips": str(slip), "returned_fen": "50"})
        assert done.status_code == 303
        assert (await client.get(done.headers["location"] + "/form.pdf")).content[:5] == b"%PDF-"
