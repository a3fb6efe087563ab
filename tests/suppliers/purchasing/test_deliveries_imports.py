"""Past deliveries out of files."""

import pytest

from canteen.kit.problems import Refused
from canteen.kit.sheets import BadFile
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.tables import Delivery, DeliveryLine
from suppliers.stock.tables import Lot
from tests.cast import NOW
from tests.make import Cast, make_cast
from tests.suppliers.purchasing.door import RICE, company, good, manager

HEAD = "进货日期,供应商,送货单号,品名,数量,单位,单价,生产日期\n"
TWO = (
    HEAD
    + "2026-09-01,绿源配送有限公司,SH-1,韭菜,20,斤,2.50,\n"
    + "2026/9/1,绿源配送有限公司,SH-1,大米,50,公斤,4.80,2026-08-01\n"
    + "2026-09-02,,,韭菜,10,斤,2.60,\n"
)


@pytest.fixture
async def cast(database: str) -> Cast:
    made = await make_cast()
    await company(made)
    await good(made)
    await good(made, RICE)
    return made


async def test_rows_of_one_day_seller_and_note_are_one_delivery_without_lots(cast: Cast) -> None:
    count = await deliveries.import_deliveries(manager(cast), TWO.encode(), "a.csv", again=False, now=NOW)
    rows = await Delivery.objects().order_by(Delivery.id)
    assert (count, [(row.fen, row.way_in, row.kind) for row in rows]) == (
        2,
        [(29_000, "file", "supplier"), (2600, "file", "market")],
    )
    assert [line.accepted for line in await DeliveryLine.objects().order_by(DeliveryLine.id)] == [
        10_000,
        50_000,
        5000,
    ]
    assert await Lot.count() == 0


async def test_the_same_file_is_taken_once(cast: Cast) -> None:
    await deliveries.import_deliveries(manager(cast), TWO.encode(), "a.csv", again=False, now=NOW)
    with pytest.raises(Refused):
        await deliveries.import_deliveries(manager(cast), TWO.encode(), "b.csv", again=False, now=NOW)
    await deliveries.import_deliveries(manager(cast), TWO.encode(), "b.csv", again=True, now=NOW)
    assert await Delivery.count() == 4


async def test_every_wrong_cell_of_every_row_is_told_and_nothing_is_kept(cast: Cast) -> None:
    bad = HEAD + "2026-13-01,无此商行,,甲乙,0,箱,abc,\n2030-01-01,,,韭菜,1.2345,箱,2,\n"
    with pytest.raises(BadFile) as refused:
        await deliveries.import_deliveries(manager(cast), bad.encode(), "a.csv", again=False, now=NOW)
    told = {(error.line, error.column) for error in refused.value.errors}
    assert told == {
        (2, "进货日期"), (2, "供应商"), (2, "品名"), (2, "数量"), (2, "单价"),
        (3, "进货日期"), (3, "单位"), (3, "数量"),
    }  # fmt: skip
    assert await Delivery.count() == 0
    found = await deliveries.bad_rows(cast.school, bad.encode(), "a.csv", "zh_CN", NOW.date())
    assert found is not None and found.file
