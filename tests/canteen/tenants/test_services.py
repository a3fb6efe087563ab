"""Districts, central schools, schools and canteens, on both engines."""

from datetime import UTC, datetime

import pytest

from canteen.kit import db
from canteen.kit.problems import Missing, Refused
from canteen.tenants import services as tree
from canteen.tenants.tables import Tenant

NOW = datetime(2026, 9, 1, tzinfo=UTC)


async def county() -> dict[str, int]:
    """A district with a central school over one school, and another school directly under it."""
    async with db.write():
        district = await tree.create_district(code="D001", name="青山县", now=NOW)
        central = await tree.create_central(code="C001", name="柳河中心学校", parent=district.id, now=NOW)
        near = await tree.create_school(code="A001", name="柳河一小", parent=central.id, now=NOW)
        direct = await tree.create_school(code="B001", name="县一中", parent=district.id, now=NOW)
    return {"district": district.id, "central": central.id, "near": near.id, "direct": direct.id}


async def test_a_school_begins_with_one_canteen(database: str) -> None:
    here = await county()
    assert [(c.number, c.name) for c in await tree.canteens_of(here["near"])] == [(1, "柳河一小")]


async def test_a_second_canteen_gets_the_next_number(database: str) -> None:
    here = await county()
    async with db.write():
        await tree.add_canteen(here["near"], "教师食堂", now=NOW)
    assert [c.number for c in await tree.canteens_of(here["near"])] == [1, 2]


async def test_only_a_school_has_canteens(database: str) -> None:
    here = await county()
    with pytest.raises(Missing):
        await tree.add_canteen(here["district"], "食堂", now=NOW)


async def test_a_district_sees_the_schools_of_its_central_schools(database: str) -> None:
    here = await county()
    assert {t.id for t in await tree.schools_under(here["district"])} == {here["near"], here["direct"]}
    assert [t.id for t in await tree.schools_under(here["central"])] == [here["near"]]
    assert [t.id for t in await tree.schools_under(here["direct"])] == [here["direct"]]


async def test_what_stands_above_is_told_nearest_first(database: str) -> None:
    here = await county()
    assert [t.id for t in await tree.ancestors(here["near"])] == [here["central"], here["district"]]
    assert await tree.ancestors(here["district"]) == []


async def test_a_code_is_given_once(database: str) -> None:
    await county()
    with pytest.raises(Refused) as refused:
        await tree.create_school(code="a0o1", name="二小", now=NOW)
    assert [f.rule for f in refused.value.findings] == ["tenant_code_taken"]
    assert await Tenant.count() == 4


async def test_a_free_code_is_one_that_nobody_has(database: str) -> None:
    await county()
    async with db.write():
        made = await tree.create_school(code=await tree.free_code(), name="二小", now=NOW)
    assert (await tree.tenant_by_code(made.code.lower())).id == made.id


async def test_a_canteen_of_another_school_is_missing(database: str) -> None:
    here = await county()
    [canteen] = await tree.canteens_of(here["near"])
    with pytest.raises(Missing):
        await tree.canteen_of(here["direct"], canteen.id)
    async with db.write():
        assert (await tree.rename_canteen(here["near"], canteen.id, "学生食堂")).name == "学生食堂"


async def test_a_name_is_never_blank(database: str) -> None:
    with pytest.raises(Refused):
        await tree.create_district(code="D009", name="  ", now=NOW)


async def test_a_parent_that_is_not_there_is_missing(database: str) -> None:
    with pytest.raises(Missing):
        await tree.create_central(code="C009", name="中心", parent=999, now=NOW)
