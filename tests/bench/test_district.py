"""A district's weeks, loaded and judged school by school, against the bare driver."""

from statistics import mean
from time import process_time

import pytest

from canteen.kit import db
from canteen.tenants.services import canteens_of, create_school
from menus.foods.rules import shipped
from menus.foods.services.table import columns_of as food_columns
from menus.foods.tables import FoodName, FoodPrice, OwnFood
from menus.weeks.services.verdict import boards
from tests.bench.conftest import Scale
from tests.bench.measure import Raw, analyze, asked, columns_of, pour, slowness
from tests.bench.stored import FIRST_MONDAY, Weeks
from tests.cast import DISTRICT, NOW
from tests.make import Cast

pytestmark = pytest.mark.bench
MOST_SECONDS, MOST_STATEMENTS = 15, 14
PRICES, NAMES, OWN = 60, 20, 5


async def a_school(cast: Cast, number: int) -> tuple[int, int]:
    """A school of the district with prices, names and foods of its own; its id and its canteen's."""
    async with db.write():
        made = await create_school(
            code=f"B{number:03d}", name=f"{number}小", parent=cast.schools[DISTRICT], now=NOW
        )
    foods = list(shipped())
    await pour(
        FoodPrice, [price(made.id, n, food.code) for n, food in enumerate(foods[:PRICES], number * 1000)]
    )
    await pour(
        FoodName, [name(made.id, number * 1000 + n, food.code) for n, food in enumerate(foods[:NAMES])]
    )
    await pour(OwnFood, [own(made.id, number * 1000 + n, food) for n, food in enumerate(foods[:OWN])])
    return made.id, (await canteens_of(made.id))[0].id


def price(school: int, id_: int, code: str) -> dict:
    row = FoodPrice(school=school, food_code=code, from_day=FIRST_MONDAY, fen_per_kg=800, created_at=NOW)
    return columns_of(row, id=10_000 + id_)


def name(school: int, id_: int, code: str) -> dict:
    row = FoodName(school=school, spelling=f"土名{id_}", name=f"土名{id_}", food_code=code, created_at=NOW)
    return columns_of(row, id=10_000 + id_)


def own(school: int, id_: int, food) -> dict:
    return columns_of(OwnFood(school=school, changed_at=NOW, **food_columns(food)), id=10_000 + id_)


async def a_district(cast: Cast, schools: int, weeks: int) -> dict[int, list[int]]:
    """The weeks to be judged, by school."""
    made, stored = Weeks(), {}
    for number in range(1, schools + 1):
        school, canteen = await a_school(cast, number)
        stored[school] = [made.add(school, canteen, n) for n in range(weeks)]
        await made.store()
    await analyze()
    return stored


async def test_the_weeks_of_a_district_are_judged_in_fifteen_seconds(
    cast: Cast, raw: Raw, scale: Scale
) -> None:
    stored = await a_district(cast, scale.of(45, 2), scale.of(20, 2))
    async with asked() as said:
        found = [len(b.verdict.all_findings) for of in stored.items() for b in (await boards(*of)).values()]
    taken, paces = 0.0, []
    for school, weeks in stored.items():
        start = process_time()
        await boards(school, weeks)
        taken += process_time() - start
        paces.append(slowness(rounds=1))
    start = process_time()
    await raw.run_all(said)
    bare = process_time() - start
    each = len(said) / len(stored)
    print(
        f"\n{db.engine().engine_type}: {len(found)} weeks in {taken:.2f} s CPU, "
        f"{taken / len(found) * 1000:.1f} ms a week, {each:g} statements a school; the driver alone "
        f"{bare:.2f} s, ratio {taken / bare:.1f}; {sum(found)} findings; "
        f"machine {mean(paces):.1f} x slower than idle"
    )
    assert each == int(each) <= MOST_STATEMENTS
    assert not scale.whole or taken < MOST_SECONDS * mean(paces)
