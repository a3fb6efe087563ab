"""A planner asks what would mend a finding and has the page's answer within 200 ms, not only the rules'."""

import re
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from canteen.accounts.guards import COOKIE
from menus.dishes.forms import TakeForm
from menus.dishes.rules import library
from menus.dishes.services import take_dishes
from menus.weeks.forms import ImportForm
from menus.weeks.services import imports
from tests.bench.conftest import Scale
from tests.bench.measure import fastest, slowness
from tests.cast import NOW
from tests.make import Cast, app, make_cast, session_for

pytestmark = pytest.mark.bench
FILES = sorted((Path(__file__).parents[1] / "data" / "menus").glob("*-20*.csv"))
ASK = re.compile(r'hx-get="(/weeks/\d+/mends\?[^"]+)"')
MOST_MS = 200


@pytest.fixture
async def cast(sqlite: str) -> Cast:
    """A school that has taken every shipped dish: the widest choice that a mend is looked for in."""
    cast = await make_cast()
    names = tuple(recipe.name for recipe in library())
    await take_dishes(cast.actor("lin"), TakeForm(names), now=NOW)
    return cast


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_mend_is_answered_in_two_hundred_milliseconds(
    cast: Cast, file: Path, scale: Scale, tmp_path: Path
) -> None:
    [week, *_more] = await imports.import_file(
        cast.actor("lin"), file.read_bytes(), file.name, ImportForm(), folder=tmp_path, now=NOW
    )
    cookies = {COOKIE: await session_for(cast.people["lin"], cast.school)}
    transport = ASGITransport(app())
    async with AsyncClient(
        transport=transport, base_url="http://testserver.local", cookies=cookies
    ) as client:
        asked = ASK.findall((await client.get(f"/weeks/{week}")).text.replace("&amp;", "&"))
        assert asked
        taken: dict[str, float] = {}
        for path in asked[: scale.of(len(asked), 2)]:
            assert (await client.get(path)).status_code == 200
            (taken[path],) = await fastest(lambda path=path: client.get(path), rounds=scale.of(3, 1))
    slow, slowest = slowness(), max(taken, key=lambda path: taken[path])
    print(
        f"\n{file.stem}: slowest of {len(taken)} mends {taken[slowest]:.0f} ms ({slowest}); {slow:.1f} x slow"
    )
    assert not scale.whole or taken[slowest] < MOST_MS * slow
