"""The pooled engine and a deed against the bare driver on the same database, at the same durability."""

from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

import pytest

from canteen.accounts.tables import Trail
from canteen.kit import db
from menus.foods.forms import PriceForm
from menus.foods.rules import shipped
from menus.foods.services import set_price
from menus.foods.tables import FoodPrice
from tests.bench.conftest import Scale
from tests.bench.measure import Raw, asked, columns_of, fastest, pour, repeated
from tests.cast import NOW, TODAY
from tests.make import Cast

pytestmark = pytest.mark.bench
A_WEEKS_PORTIONS = 420
MOST_STATEMENTS_OF_A_DEED = 5
CODE = next(iter(shipped())).code
Work = Callable[[], Awaitable[Any]]


def price(school: int, id_: int = 0) -> FoodPrice:
    row = FoodPrice(school=school, food_code=CODE, from_day=TODAY, fen_per_kg=800, created_at=NOW)
    row.id = id_ or row.id
    return row


async def compare(name: str, ours: Work, bare: Work, scale: Scale, times: int) -> float:
    """Print what each takes and its rate; the ratio of their CPU times."""
    works = [repeated(work, scale.of(times, 3)) for work in (ours, bare)]
    mine, limit = await fastest(*works, rounds=scale.of(9, 1))
    rates = [await per_second(work, scale.of(times, 3)) for work in (ours, bare)]
    each = [1000 * taken / scale.of(times, 3) for taken in (mine, limit)]
    print(
        f"\n{db.engine().engine_type}, {name}: {each[0]:.0f} µs CPU, driver {each[1]:.0f} µs, ratio "
        f"{mine / limit:.1f}; {rates[0]:.0f} a second one after another, driver {rates[1]:.0f}"
    )
    return mine / limit


async def per_second(work: Work, times: int) -> float:
    """How often it is done in a second by the clock, waiting for the disk included."""
    start = perf_counter()
    await repeated(work, times)()
    return times / (perf_counter() - start)


async def test_one_row_is_read(cast: Cast, raw: Raw, scale: Scale) -> None:
    await pour(FoodPrice, [columns_of(price(cast.school, n), id=n) for n in range(1, 1000)])
    query = FoodPrice.select().where((FoodPrice.school == cast.school) & (FoodPrice.id == 500))
    (sql, arguments) = query.querystrings[0].compile_string(engine_type=db.engine().engine_type)

    async def ours() -> Any:
        return await FoodPrice.select().where((FoodPrice.school == cast.school) & (FoodPrice.id == 500))

    assert len(await ours()) == len(await raw.run(sql, arguments)) == 1
    await compare("one row", ours, lambda: raw.run(sql, arguments), scale, 300)


async def test_many_rows_are_read(cast: Cast, raw: Raw, scale: Scale) -> None:
    await pour(FoodPrice, [columns_of(price(cast.school, n), id=n) for n in range(1, A_WEEKS_PORTIONS + 1)])
    (sql, arguments) = (
        FoodPrice.select()
        .where(FoodPrice.school == cast.school)
        .querystrings[0]
        .compile_string(engine_type=db.engine().engine_type)
    )

    async def ours() -> Any:
        return await FoodPrice.select().where(FoodPrice.school == cast.school)

    assert len(await ours()) == len(await raw.run(sql, arguments)) == A_WEEKS_PORTIONS
    await compare(f"{A_WEEKS_PORTIONS} rows", ours, lambda: raw.run(sql, arguments), scale, 20)


async def test_one_row_is_written(cast: Cast, raw: Raw, scale: Scale) -> None:
    async def ours() -> None:
        async with db.write():
            await FoodPrice.insert(price(cast.school))

    async with asked() as said:
        await ours()
    await compare("one row written", ours, lambda: raw.together(said), scale, 100)


async def test_a_deed_with_its_trail_is_little_more_than_its_statements(
    cast: Cast, raw: Raw, scale: Scale
) -> None:
    form = PriceForm(from_day=TODAY, fen_per_kg=800)
    actor = cast.actor("lin")

    async def ours() -> None:
        await set_price(actor, CODE, form, now=NOW)

    async with asked() as said:
        await ours()
    assert len(said) <= MOST_STATEMENTS_OF_A_DEED
    inserts = [(sql, arguments) for sql, arguments in said if sql.startswith("INSERT")]
    assert len(inserts) == 2
    await compare("a price set, all its statements", ours, lambda: raw.together(said), scale, 60)
    before = await Trail.count()
    await compare("a price set, its two inserts", ours, lambda: raw.together(inserts), scale, 60)
    assert await Trail.count() > before
