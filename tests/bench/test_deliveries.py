"""Goods-in against the bare driver: a delivery of twelve lines saved."""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import pytest
from piccolo.table import Table

from canteen.accounts.forms import Face
from canteen.accounts.rules import Role
from canteen.accounts.services.devices import check_pin
from canteen.accounts.tables import Trail
from canteen.kit import db
from canteen.schools.tables import Serial
from suppliers.goods.forms import GoodForm
from suppliers.goods.rules import Category, Storage
from suppliers.purchasing.forms.deliveries import DeliveryForm
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.tables import BatchPaper, Delivery, DeliveryLine
from suppliers.stock.tables import Lot, Slip, StockMove
from tests.bench.conftest import Scale
from tests.bench.measure import asked, connection, fastest, insert_all, repeated, slowness
from tests.cast import NOW
from tests.make import Cast, give_role
from tests.suppliers.purchasing.door import PIN, company, delivery, good, line, manager, second, with_pin

pytestmark = pytest.mark.bench
LINES = 12
MOST_TIMES_THE_ROWS = 4.0
MOST_STATEMENTS_OF_A_SAVE = 40
NAMES = ("韭菜", "白菜", "菠菜", "芹菜", "萝卜", "土豆", "茄子", "青椒", "黄瓜", "冬瓜", "豆角", "番茄")
WRITTEN: tuple[type[Table], ...] = (Delivery, Slip, Lot, DeliveryLine, BatchPaper, StockMove, Trail)
REFERRING = {
    Delivery: ("id",),
    DeliveryLine: ("id", "delivery", "lot"),
    BatchPaper: ("id", "delivery"),
    Slip: ("id",),
    Lot: ("id", "origin_id"),
    StockMove: ("id", "slip", "lot"),
    Trail: ("id", "subject_id"),
}
FAR = 1_000_000
Rows = dict[type[Table], list[dict[str, Any]]]
Save = Callable[[], Awaitable[int]]


async def a_counter(cast: Cast) -> tuple[int, int]:
    """A seller of twelve goods and the second person, who has a PIN."""
    await give_role(cast.people["he"], cast.school, Role.SAFETY_OFFICER)
    for name in NAMES:
        await good(cast, GoodForm(name, Category.PRODUCE, "斤", Storage.DRY))
    return await company(cast), await with_pin(cast)


def a_delivery(seller: int, meal: str | None) -> DeliveryForm:
    """Twelve lines, weighed, with the certificate that they need."""
    lines = [
        line(name=name, count=20_000 + n, weighed=20_000 + n, price=250 + n, meal=meal, sure=True)
        for n, name in enumerate(NAMES)
    ]
    return delivery(seller, *lines)


async def left_by(save: Save) -> Rows:
    """The rows that a save leaves behind."""
    last = {table: await newest(table) for table in WRITTEN}
    await save()
    return {
        table: await table.select().where(table._meta.primary_key > id_).order_by(table._meta.primary_key)
        for table, id_ in last.items()
    }


async def newest(table: type[Table]) -> int:
    """The highest id."""
    key = table._meta.primary_key
    found = await table.select(key).order_by(key, ascending=False).first()
    return found["id"] if found else 0


def again(rows: Rows, time: int) -> Rows:
    """The same rows under other numbers."""
    return {table: [_another(table, row, time) for row in found] for table, found in rows.items()}


def _another(table: type[Table], row: dict[str, Any], time: int) -> dict[str, Any]:
    moved = {name: row[name] + FAR * time for name in REFERRING[table] if row[name] is not None}
    numbered = {"number": f"{time}-{row['number'][-12:]}"} if table in (Delivery, Slip, Lot) else {}
    return {**row, **moved, **numbered}


async def test_a_delivery_is_saved(cast: Cast, scale: Scale) -> None:
    seller, he = await a_counter(cast)
    form, rounds, times = a_delivery(seller, None), scale.of(9, 1), scale.of(10, 1)
    tries = count(1)

    async def save() -> int:
        return await deliveries.accept(manager(cast), form, second(he), now=NOW)

    async def look_at_the_pin() -> None:
        await check_pin(cast.school, Face(he, PIN), now=NOW)

    await save()
    rows = await left_by(save)
    assert [len(rows[table]) for table in (Delivery, DeliveryLine, Lot, StockMove)] == [
        1,
        LINES,
        LINES,
        LINES,
    ]

    async def bare() -> None:
        made = again(rows, next(tries))
        async with connection() as raw:
            await insert_all(
                raw,
                Serial,
                [{"school": cast.school, "name": f"x{next(tries)}", "last": 1} for _n in range(3)],
            )
            for table, found in made.items():
                await insert_all(raw, table, found)

    async with asked() as said:
        await save()
    saved, pin, limit = await fastest(
        *(repeated(w, times) for w in (save, look_at_the_pin, bare)), rounds=rounds
    )
    ratio = (saved - pin) / limit
    print(
        f"\n{db.engine().engine_type}, a delivery of {LINES} lines: {(saved - pin) / times:.1f} ms without "
        f"the PIN's hash ({pin / times:.1f} ms), driver {limit / times:.1f} ms, ratio {ratio:.2f}; "
        f"{len(said)} statements; slowness {slowness():.2f}"
    )
    assert len(said) <= MOST_STATEMENTS_OF_A_SAVE
    assert not scale.whole or ratio <= MOST_TIMES_THE_ROWS
