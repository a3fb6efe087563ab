"""Lists of very many delivered goods, and their files in and out, against bare reading and writing."""

import io
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from canteen.kit import db
from canteen.kit.clock import at_local
from canteen.kit.pages import Listing
from canteen.tenants.services import canteens_of
from suppliers.goods.rules import Category, Source
from suppliers.purchasing.paper.deliveries import lines_workbook
from suppliers.purchasing.rules import DeliveryKind, DeliveryState, Verdict, WayIn
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.tables import Delivery, DeliveryLine
from tests.bench.conftest import Scale
from tests.bench.measure import (
    Statement,
    analyze,
    asked,
    columns_of,
    connection,
    fastest,
    insert_all,
    pour,
    scans,
    slowness,
)
from tests.cast import NOW, TODAY
from tests.make import Cast
from tests.suppliers.purchasing.door import LEEK, PORK, RICE, company, good, manager

pytestmark = pytest.mark.bench
FAR = 1_000_000
A_DELIVERY = 20
MOST_TIMES_OF_FEW = 1.5
MOST_TIMES_BARE_IMPORT = 8.0
MOST_TIMES_BARE_EXPORT = 3.0
GROWING = ("suppliers_delivery", "suppliers_delivery_line")
SELLER = "绿源配送有限公司"
NAMES = ("韭菜", "猪后腿肉", "大米")
CATEGORIES = (Category.PRODUCE, Category.PORK, Category.GRAIN)


class Past:
    """Deliveries of twenty lines, eight a day from today backwards."""

    def __init__(self, cast: Cast, seller: int, goods: list[int], canteen: int) -> None:
        self.cast, self.seller, self.goods, self.canteen = cast, seller, goods, canteen

    @classmethod
    async def at(cls, cast: Cast) -> "Past":
        """With a seller and three goods."""
        goods = [await good(cast, form) for form in (LEEK, PORK, RICE)]
        return cls(cast, await company(cast, name=SELLER), goods, (await canteens_of(cast.school))[0].id)

    async def store(self, first: int, until: int) -> None:
        """Deliveries from one number to another."""
        heads, lines = [], []
        for number in range(first, until):
            heads.append(columns_of(self._head(number), id=FAR + number))
            places = range(A_DELIVERY)
            lines += [columns_of(self._line(number, n), id=FAR + number * A_DELIVERY + n) for n in places]
        await pour(Delivery, heads)
        await pour(DeliveryLine, lines)
        await analyze()

    def _head(self, number: int) -> Delivery:
        day = TODAY - timedelta(number // 8)
        return Delivery(
            school=self.cast.school,
            entered_at=NOW,
            entered_by=None,
            canteen=self.canteen,
            number=f"JH-2000-{number:06d}",
            kind=DeliveryKind.SUPPLIER.value,
            supplier=self.seller,
            source=Source.TRADER.value,
            arrived_at=at_local(day, 6),
            arrived_on=day,
            note_number=f"SH-{number}",
            way_in=WayIn.DOOR.value,
            state=DeliveryState.ACCEPTED.value,
            typed=None,
            slips="[]",
            version=1,
            stops="[]",
            companion="",
            exception_reason="",
            photos="[]",
            note="",
            fen=A_DELIVERY * 5000,
            corrects=None,
        )

    def _line(self, number: int, place: int) -> DeliveryLine:
        kind = (number + place) % len(NAMES)
        return DeliveryLine(
            school=self.cast.school,
            entered_at=NOW,
            entered_by=None,
            delivery=FAR + number,
            position=place + 1,
            arrived_on=TODAY - timedelta(number // 8),
            supplier=self.seller,
            good=self.goods[kind],
            name=NAMES[kind],
            category=CATEGORIES[kind].value,
            spec="",
            unit="斤",
            delivered=10_000,
            accepted=10_000,
            price_fen=250,
            fen=5000,
            fen_per_kg=500,
            batch_number=f"B{number}",
            producer="",
            producer_contact="",
            senses="{}",
            verdict=Verdict.ACCEPTED.value,
            refusal_note="",
            photos="[]",
            meal="",
            lot=None,
        )


ASKED = {
    "list": Listing(),
    "search": Listing(q="韭菜"),
    "seller": Listing(filters={"supplier": "1"}),
    "category": Listing(filters={"category": "pork"}),
    "month": Listing(filters={"first": "2026-09-01", "last": "2026-09-30"}),
    "refused": Listing(filters={"refused": "1"}),
}
LISTS = {"deliveries": deliveries.list_deliveries, "lines": deliveries.list_lines}


async def asked_and_taken(look: Callable[[], Awaitable[Any]], rounds: int) -> tuple[list[Statement], float]:
    """What a list asks, and its CPU milliseconds."""
    async with asked() as said:
        await look()
    (taken,) = await fastest(look, rounds=rounds)
    return said, taken


@pytest.mark.parametrize("way", ASKED)
@pytest.mark.parametrize("name", LISTS)
async def test_a_list_answers_of_very_many_as_of_few(cast: Cast, scale: Scale, name: str, way: str) -> None:
    past, rounds = await Past.at(cast), scale.of(15, 1)
    few, many = scale.of(100, 10), scale.of(10_000, 30)

    async def look() -> Any:
        return await LISTS[name](cast.school, ASKED[way])

    await past.store(0, few)
    said_of_few, of_few = await asked_and_taken(look, rounds)
    await past.store(few, many)
    said, of_many = await asked_and_taken(look, rounds)
    print(
        f"\n{db.engine().engine_type}, {name}, {way}: {of_few:.1f} ms with {few * A_DELIVERY} lines, "
        f"{of_many:.1f} ms with {many * A_DELIVERY}, ratio {of_many / of_few:.2f}; {len(said)} statements"
    )
    assert len(said_of_few) == len(said)
    assert await scans(said, GROWING) == []
    assert not scale.whole or of_many < MOST_TIMES_OF_FEW * of_few + 2


def a_workbook(rows: int) -> bytes:
    """Past deliveries as somebody kept them in a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet, days = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, heading in enumerate(
            ("进货日期", "供应商", "送货单号", "品名", "数量", "单位", "单价", "批号")
        ):
            sheet.write_string(0, place, heading)
        for n in range(rows):
            sheet.write_datetime(
                n + 1, 0, at_local(TODAY - timedelta(1 + n // 200), 0).replace(tzinfo=None), days
            )
            for place, text in (
                (1, SELLER),
                (2, f"SH-{n // A_DELIVERY}"),
                (3, NAMES[n % 3]),
                (5, "斤"),
                (7, f"B{n}"),
            ):
                sheet.write_string(n + 1, place, text)
            sheet.write_number(n + 1, 4, 20 + n % 7)
            sheet.write_number(n + 1, 6, 2.5)
    return out.getvalue()


async def test_a_workbook_of_past_deliveries_is_taken_over(cast: Cast, scale: Scale) -> None:
    past, rows = await Past.at(cast), scale.of(20_000, 60)
    data, tries = a_workbook(rows), count(1)
    places = range(A_DELIVERY)

    async def ours() -> None:
        await deliveries.import_deliveries(manager(cast), data, "a.xlsx", again=True, now=NOW)

    heads = [columns_of(past._head(n), id=0) for n in range(rows // A_DELIVERY)]
    lines = [columns_of(past._line(n, p), id=0) for n in range(rows // A_DELIVERY) for p in places]

    async def bare() -> None:
        CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        time = next(tries) * 2 * FAR
        for n, row in enumerate(heads):
            row["id"], row["number"] = time + n, f"{time + n}"
        for n, row in enumerate(lines):
            row["id"], row["delivery"] = time + n, time + n // A_DELIVERY
        async with connection() as raw:
            await insert_all(raw, Delivery, heads)
            await insert_all(raw, DeliveryLine, lines)

    mine, limit = await fastest(ours, bare, rounds=scale.of(3, 1))
    print(
        f"\\n{db.engine().engine_type}, import of {rows} lines: {mine:.0f} ms, bare {limit:.0f} ms, "
        f"ratio {mine / limit:.2f}; slowness {slowness():.2f}"
    )
    assert not scale.whole or mine < MOST_TIMES_BARE_IMPORT * limit


async def test_very_many_lines_leave_as_a_workbook(cast: Cast, scale: Scale) -> None:
    past, size = await Past.at(cast), scale.of(20_000, 60)
    await past.store(0, size // A_DELIVERY)

    async def ours() -> bytes:
        rows = await deliveries.all_lines(cast.school, Listing())
        return lines_workbook(rows, "zh_CN")

    rows = await deliveries.all_lines(cast.school, Listing())
    assert len(rows) == size

    async def bare() -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
            sheet = book.add_worksheet()
            day, yuan = (
                book.add_format({"num_format": "yyyy-mm-dd"}),
                book.add_format({"num_format": "#,##0.00"}),
            )
            for n, row in enumerate(rows, 1):
                sheet.write_datetime(n, 0, row["arrived_on"], day)
                for place, key in enumerate(("number", "supplier_name", "name", "category"), 1):
                    sheet.write_string(n, place, row[key])
                sheet.write_number(n, 6, row["delivered"])
                sheet.write_number(n, 7, row["accepted"])
                sheet.write_string(n, 8, row["unit"])
                sheet.write_number(n, 9, row["price_fen"] / 100, yuan)
                sheet.write_number(n, 10, row["fen"] / 100, yuan)
                sheet.write_string(n, 11, row["batch_number"])
        return out.getvalue()

    mine, limit = await fastest(ours, bare, rounds=scale.of(3, 1))
    print(
        f"\\n{db.engine().engine_type}, export of {size} lines: {mine:.0f} ms, bare {limit:.0f} ms, "
        f"ratio {mine / limit:.2f}; slowness {slowness():.2f}"
    )
    assert not scale.whole or mine < MOST_TIMES_BARE_EXPORT * limit
