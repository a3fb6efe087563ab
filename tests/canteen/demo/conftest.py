"""A demo begun on a Saturday, made once for the tests that only look at it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from canteen.demo import prepare
from canteen.kit import db

SATURDAY = datetime(2026, 11, 21, 2, tzinfo=UTC)


@asynccontextmanager
async def demo_at(folder: Path, now: datetime) -> AsyncIterator[dict[str, Any]]:
    made = await prepare(folder, now=now)
    db.connect(made["database_url"])
    try:
        yield made
    finally:
        await db.close()


@pytest.fixture(scope="package")
def saturday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo begun on a Saturday, for tests that only look at it."""
    folder = tmp_path_factory.mktemp("demo")
    asyncio.run(prepare(folder, now=SATURDAY))
    return folder
