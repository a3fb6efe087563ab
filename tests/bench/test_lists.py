"""A page costs the same however much is stored: as many statements, each by an index, in the same time."""

from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from canteen.accounts.guards import COOKIE
from canteen.accounts.tables import Trail
from canteen.kit import db
from canteen.schools.tables import Print
from canteen.tenants.services import canteens_of
from menus.dishes.tables import Dish, DishVersion
from menus.foods.rules import shipped
from menus.foods.services.table import columns_of as food_columns
from menus.foods.tables import OwnFood
from menus.weeks.forms import CopyForm, ImportForm
from menus.weeks.services.copying import copy_week
from menus.weeks.services.imports import import_file
from menus.weeks.services.lists import week_on
from tests.bench.conftest import Scale
from tests.bench.measure import analyze, asked, columns_of, fastest, pour, scans
from tests.bench.stored import Weeks
from tests.cast import NOW, TODAY
from tests.make import Cast, app, session_for

pytestmark = pytest.mark.bench
MOST_TIMES = 1.3
FILE = Path(__file__).parents[1] / "data" / "menus" / "diaozhuang-2025-11-10.csv"
FAR = 1_000_000
GROWING = (
    *("menus_week", "menus_meal", "menus_serving", "menus_portion", "menus_change", "menus_file"),
    *("menus_dish", "menus_dish_version", "menus_food", "menus_food_name", "menus_food_price"),
    *("accounts_trail", "accounts_session", "accounts_membership", "schools_print", "schools_decision"),
)
Grow = Callable[[Cast, int, int], Awaitable[str]]


async def store_weeks(cast: Cast, first: int, until: int) -> str:
    """Weeks from one number to another; the address of the first board."""
    canteen = (await canteens_of(cast.school))[0].id
    made = Weeks(first)
    ids = [made.add(cast.school, canteen, number) for number in range(first, until)]
    await made.store()
    return f"/weeks/{ids[0]}"


async def store_dishes(cast: Cast, first: int, until: int) -> str:
    """Recipes of three ingredients."""
    foods = [food for food in shipped() if not food.banned]
    dishes, versions = [], []
    for number in range(first, until):
        dish = columns_of(a_dish(cast.school, number), id=FAR + number)
        dishes.append(dish)
        lines = ",".join(
            f'{{"name":"{foods[(number + n) % len(foods)].name}","food_code":null,"milligrams":30000}}'
            for n in range(3)
        )
        versions.append(columns_of(a_version(cast.school, dish, f"[{lines}]"), id=FAR + number))
    await pour(Dish, dishes)
    await pour(DishVersion, versions)
    return "/dishes"


def a_dish(school: int, number: int) -> Dish:
    return Dish(
        school=school,
        name=f"菜{number}",
        spelling=f"菜{number}",
        sound=f"cai{number} c{number}",
        kind="vegetable",
        version=1,
        created_at=NOW,
        changed_at=NOW + timedelta(seconds=number),
    )


def a_version(school: int, dish: dict, ingredients: str) -> DishVersion:
    return DishVersion(
        school=school,
        dish=dish["id"],
        number=1,
        name=dish["name"],
        kind="vegetable",
        size="",
        method="",
        note="",
        ingredients=ingredients,
        created_at=NOW,
    )


async def store_foods(cast: Cast, first: int, until: int) -> str:
    """Foods of the school's own."""
    one = food_columns(next(iter(shipped())))
    await pour(OwnFood, [a_food(cast.school, one, number) for number in range(first, until)])
    return "/foods"


def a_food(school: int, one: dict, number: int) -> dict:
    own = {**one, "code": f"S{number:05d}", "name": f"土菜{number}", "aliases": "[]"}
    return columns_of(OwnFood(school=school, changed_at=NOW, **own), id=FAR + number)


async def store_deeds(cast: Cast, first: int, until: int) -> str:
    """Rows of the trail."""
    await pour(Trail, [a_deed(cast, number) for number in range(first, until)])
    return "/trail"


def a_deed(cast: Cast, number: int) -> dict:
    row = Trail(
        school=cast.school,
        at=NOW,
        entered_at=NOW + timedelta(seconds=number),
        person=cast.people["zhou"],
        deed="foods.price",
        subject="food_price",
        subject_id=number,
        after='{"fen_per_kg":800}',
        request_id="",
    )
    return columns_of(row, id=FAR + number, place=FAR + number, seal=f"{number:064d}")


async def store_prints(cast: Cast, first: int, until: int) -> str:
    """Papers, one of a hundred waiting for its signature."""
    await pour(Print, [a_print(cast.school, number) for number in range(first, until)])
    return "/prints"


def a_print(school: int, number: int) -> dict:
    row = Print(
        school=school,
        number=f"2026-{number:06d}",
        version=1,
        kind="poster",
        title="一周食谱",
        subject="week",
        subject_id=number,
        content="0" * 64,
        state="waiting" if number % 100 == 0 else "printed",
        printed_at=NOW,
    )
    return columns_of(row, id=FAR + number)


@dataclass(frozen=True)
class Growth:
    """A page that is asked for with few and with many rows stored."""

    grow: Grow
    few: int
    many: int
    path: str = ""


GROWTHS = {
    "list of weeks": Growth(store_weeks, 25, 200, "/weeks"),
    "board of a week": Growth(store_weeks, 1, 200),
    "dishes": Growth(store_dishes, 264, 5000),
    "trail": Growth(store_deeds, 100, 50_000),
    "prints": Growth(store_prints, 100, 50_000),
}


@asynccontextmanager
async def browser(cast: Cast):
    """The principal's browser, in the test's own event loop so that both engines serve it."""
    token = await session_for(cast.people["zhou"], cast.school)
    async with AsyncClient(
        transport=ASGITransport(app()), base_url="http://testserver.local", cookies={COOKIE: token}
    ) as client:
        yield client


async def _statements(client: AsyncClient, path: str) -> list:
    """What a page asks; that a session was used is noted now and then, and left out."""
    async with asked() as said:
        answer = await client.get(path)
    assert answer.status_code == 200, answer.text[:300]
    return [(sql, arguments) for sql, arguments in said if not sql.startswith("UPDATE")]


@pytest.mark.parametrize("name", GROWTHS)
async def test_a_page_asks_as_little_of_many_rows_as_of_few(cast: Cast, scale: Scale, name: str) -> None:
    growth, rounds = GROWTHS[name], scale.of(12, 1)
    few, many = scale.of(growth.few, 2), scale.of(growth.many, 5)
    path = growth.path or await growth.grow(cast, 0, few)
    if growth.path:
        await growth.grow(cast, 0, few)
    async with browser(cast) as client:
        await _statements(client, path)
        asked_of_few = await _statements(client, path)
        (of_few,) = await fastest(lambda: client.get(path), rounds=rounds)
        await growth.grow(cast, few, many)
        await analyze()
        asked_of_many = await _statements(client, path)
        (of_many,) = await fastest(lambda: client.get(path), rounds=rounds)
    print(
        f"\n{db.engine().engine_type}, {name}: {of_few:.1f} ms with {few}, {of_many:.1f} ms with {many}, "
        f"ratio {of_many / of_few:.2f}; {len(asked_of_many)} statements"
    )
    assert len(asked_of_few) == len(asked_of_many)
    assert await scans(asked_of_many, GROWING) == []
    assert not scale.whole or of_many < MOST_TIMES * of_few + 2


async def test_the_table_of_foods_asks_once_however_many_are_the_schools_own(
    cast: Cast, scale: Scale
) -> None:
    """It is searched in memory, so that its time grows with the school's own foods: told, not judged."""
    own = scale.of(500, 50)
    async with browser(cast) as client:
        await _statements(client, "/foods")
        before = await _statements(client, "/foods")
        (alone,) = await fastest(lambda: client.get("/foods"), rounds=scale.of(12, 1))
        await store_foods(cast, 0, own)
        after = await _statements(client, "/foods")
        (among,) = await fastest(lambda: client.get("/foods"), rounds=scale.of(12, 1))
    print(
        f"\n{db.engine().engine_type}, foods: {alone:.1f} ms with the shipped ones, {among:.1f} with {own} "
        f"own ones, ratio {among / alone:.2f}; {len(after)} statements"
    )
    assert len(before) == len(after)
    assert await scans(after, GROWING) == []


async def test_no_import_and_no_copy_reads_a_whole_table(cast: Cast, scale: Scale, tmp_path: Path) -> None:
    lin = cast.actor("lin")
    async with asked() as said:
        (week,) = await import_file(lin, FILE.read_bytes(), FILE.name, ImportForm(), folder=tmp_path, now=NOW)
        await copy_week(lin, week, CopyForm(day=TODAY), now=NOW)
        await week_on(cast.school, TODAY)
    print(f"\n{db.engine().engine_type}: {len(said)} statements to import a week and copy it")
    assert await scans(said, GROWING) == []
