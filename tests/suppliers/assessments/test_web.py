"""Pages of the yearly assessment: the school year, one supplier, the deed, paper and workbook."""

from datetime import date

import pytest

from tests.cast import DISTRICT
from tests.make import Cast, client_for, make_cast
from tests.suppliers.make import delivery_row, supplier_row

IN_YEAR = date(2026, 3, 10)
FORM = {"year": "2025", "service": "90", "outcome": "keep", "reason": ""}


@pytest.fixture
async def house(sqlite: str) -> Cast:
    """The cast on SQLite."""
    return await make_cast()


async def test_the_school_year_is_shown_with_and_without_deliveries(house: Cast) -> None:
    for _n in range(2):
        async with client_for(house, "chen") as client:
            answer = await client.get("/assessments?year=2025")
            assert answer.status_code == 200
        supplier = await supplier_row(house.school, f"供应商{_n}")
        await delivery_row(house.school, supplier, [(20, 15, 500)], day=IN_YEAR)
    async with client_for(house, "chen") as client:
        assert (await client.get("/assessments/excel?year=2025")).content[:2] == b"PK"


async def test_a_supplier_is_assessed_on_its_page_and_the_form_is_printed(house: Cast) -> None:
    supplier = await supplier_row(house.school)
    await delivery_row(house.school, supplier, [(20, 15, 500)], day=IN_YEAR)
    url = f"/assessments/{supplier}?year=2025"
    async with client_for(house, "chen") as client:
        assert "25%" in (await client.get(url)).text
        refused = await client.post(url, data={**FORM, "service": "101"})
        assert refused.status_code == 422
        refused = await client.post(url, data={**FORM, "outcome": "suspend"})
        assert refused.status_code == 422
        done = await client.post(url, data={**FORM, "outcome": "warn", "reason": "短斤少两"})
        assert done.status_code == 303
        assert "短斤少两" in (await client.get(url)).text
        made = await client.post(f"/assessments/{supplier}/form.pdf?year=2025")
        assert (await client.get(made.headers["location"])).content[:5] == b"%PDF-"


async def test_who_only_reads_does_not_assess(house: Cast) -> None:
    supplier = await supplier_row(house.schools[DISTRICT])
    async with client_for(house, "gu") as client:
        assert (await client.get("/assessments")).status_code == 200
        assert (await client.post(f"/assessments/{supplier}", data=FORM)).status_code == 403
