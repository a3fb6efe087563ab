"""The benches: small in the plain run, where only what no busy machine can change is asserted, whole with
`pytest tests/bench -m bench -s -n0`, which prints the figures."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.bench.measure import Raw
from tests.make import Cast, make_cast


@dataclass(frozen=True)
class Scale:
    """How much is measured; times are judged only when it is `whole`."""

    whole: bool

    def of(self, whole: int, small: int) -> int:
        """A size."""
        return whole if self.whole else small


def is_whole(config: pytest.Config) -> bool:
    """Whether the benches were asked for by name."""
    return "bench" in config.option.markexpr


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the benches that have no small form out of the plain run."""
    if is_whole(config):
        return
    left_out = [i for i in items if i.get_closest_marker("bench") and "scale" not in i.fixturenames]  # type: ignore[attr-defined]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Scale:
    """How much this run measures."""
    return Scale(is_whole(request.config))


@pytest.fixture
async def cast(database: str) -> Cast:
    """The fixed cast on each engine in turn."""
    return await make_cast()


@pytest.fixture
async def raw(database: str) -> AsyncIterator[Raw]:
    """The bare driver on the test's database."""
    opened = await Raw.open(database)
    try:
        yield opened
    finally:
        await opened.close()
