"""The cast on a fresh database."""

import pytest

from tests.make import Cast, make_cast


@pytest.fixture
async def cast(database: str) -> Cast:
    """The tenants and people of tests/cast.py, on each engine in turn."""
    return await make_cast()


@pytest.fixture
async def house(sqlite: str) -> Cast:
    """The same on SQLite only: for pages."""
    return await make_cast()
