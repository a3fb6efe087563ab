"""The first school and its first administrator, made in one deed."""

from datetime import date

import pytest

from canteen.accounts.services import trail
from canteen.accounts.services.people import people_of
from canteen.kit.pages import Listing
from canteen.kit.problems import Refused
from canteen.schools.forms import FoundingForm
from canteen.schools.services.founding import found_house
from canteen.schools.services.policies import policy
from canteen.tenants import services as tree
from tests.cast import NOW, TODAY

FORM = FoundingForm("第一小学", "A001", "王老师", "Wang", 48, district="城关区", district_code="D001")


async def test_a_house_begins_with_school_district_and_administrator(database: str) -> None:
    made = await found_house(FORM, now=NOW)
    school, district = await tree.tenant_by_code("A001"), await tree.tenant_by_code("D001")
    assert school.parent == district.id
    for place in (school, district):
        [person] = await people_of(place.id, TODAY)
        assert (person.login, [held.role for held in person.roles]) == (made.login, ["system_admin"])
    assert await policy(school.id, "sample_hours", TODAY) == 48
    assert await policy(school.id, "sample_hours", date(2026, 9, 6)) == 24


async def test_the_beginning_is_one_row_of_the_trail(database: str) -> None:
    await found_house(FORM, now=NOW)
    school = await tree.tenant_by_code("A001")
    [noted], _next = await trail.deeds(school.id, Listing())
    assert (noted.deed, noted.who) == ("schools.found_house", "王老师")


async def test_nothing_is_left_of_a_beginning_that_failed(database: str) -> None:
    with pytest.raises(Refused):
        await found_house(FoundingForm("一小", "A001", "王", "wang", 12), now=NOW)
    assert not await tree.any_tenant()
    await found_house(FORM, now=NOW)
    with pytest.raises(Refused):
        await found_house(FORM, now=NOW)
