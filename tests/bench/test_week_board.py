"""The board costs the same with 200 stored weeks as with one: as many statements, each by an index."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest

from canteen.kit import db
from menus.weeks.forms import ImportForm
from menus.weeks.rules import Age
from menus.weeks.services import imports
from menus.weeks.services.sheet import larder_of, week_sheet
from menus.weeks.services.steps import start_week
from menus.weeks.services.verdict import board
from tests.cast import NOW
from tests.make import Cast, make_cast

pytestmark = pytest.mark.bench
FILE = Path(__file__).parents[1] / "data" / "menus" / "diaozhuang-2025-11-10.csv"
WEEKS = 200
MOST_STATEMENTS, MOST_OF_A_SHEET = 14, 6


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    return await make_cast()


@pytest.fixture
async def week(cast: Cast, tmp_path: Path) -> int:
    """The real week at its own date."""
    data = FILE.read_bytes()
    form = ImportForm()
    made = await imports.import_file(cast.actor("lin"), data, FILE.name, form, folder=tmp_path, now=NOW)
    return made[0]


async def store_many(cast: Cast) -> None:
    """The same dishes in as many later weeks."""
    lin = cast.actor("lin")
    larder = await larder_of(cast.school)
    plan = imports.plan_from(imports.read_week(FILE.read_bytes(), FILE.name, larder))
    async with db.write():
        for n in range(1, WEEKS):
            later = {(day + timedelta(days=7 * n), meal): dishes for (day, meal), dishes in plan.items()}
            await start_week(lin, later, larder, age=Age.NINE, audience="", canteen=None, now=NOW)


@asynccontextmanager
async def traced() -> AsyncIterator[list[str]]:
    """The statements that run inside, transaction marks aside."""
    said: list[str] = []
    async with db.read():
        connection = db.engine().current_transaction.get().connection
        await connection.set_trace_callback(said.append)
        yield said
        await connection.set_trace_callback(None)
    said[:] = [statement for statement in said if statement.startswith("SELECT")]


async def plans_of(statements: list[str]) -> list[str]:
    """How SQLite would find the rows of each statement."""
    async with db.read():
        connection = db.engine().current_transaction.get().connection
        found = []
        for statement in statements:
            cursor = await connection.execute(f"EXPLAIN QUERY PLAN {statement}")
            found += [row["detail"] for row in await cursor.fetchall()]
    return found


async def test_the_board_asks_as_little_of_200_weeks_as_of_one(cast: Cast, week: int) -> None:
    async with traced() as alone:
        await board(cast.school, week)
    await store_many(cast)
    async with traced() as among_many:
        await board(cast.school, week)
    assert len(alone) == len(among_many) <= MOST_STATEMENTS
    assert [step for step in await plans_of(among_many) if step.startswith("SCAN menus_")] == []


async def test_a_sheet_takes_six_statements(cast: Cast, week: int) -> None:
    async with traced() as said:
        await week_sheet(cast.school, week)
    assert len(said) <= MOST_OF_A_SHEET


async def test_the_boards_time_stays_flat(cast: Cast, week: int) -> None:
    alone = await _fastest(cast.school, week)
    await store_many(cast)
    among_many = await _fastest(cast.school, week)
    print(f"\nboard: {alone:.1f} ms with one week, {among_many:.1f} ms with {WEEKS}")
    assert among_many < 1.5 * alone + 2


async def _fastest(school: int, week: int, rounds: int = 12) -> float:
    """CPU milliseconds of the quickest round, the load included."""
    taken = []
    for _round in range(rounds):
        start = process_time()
        await board(school, week)
        taken.append((process_time() - start) * 1000)
    return min(taken)
