"""The principal decides, the district may lock, and history stays."""

from datetime import date

import pytest

from canteen.accounts.services import trail
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing, Refused
from canteen.schools.services.policies import (
    decide,
    decisions_of,
    give_back,
    policies,
    policies_of_schools,
    policy,
)
from tests.cast import DISTRICT, FIRST, NOW, SECOND, TODAY
from tests.make import make_cast

OCTOBER = date(2026, 10, 1)


async def test_a_new_school_keeps_samples_24_hours_and_is_told_of_the_national_48(database: str) -> None:
    cast = await make_cast()
    held = (await policies(cast.school, TODAY))["sample_hours"]
    assert (held.value, held.tenant) == (24, None)
    assert [f.rule for f in held.notices] == ["sample_hours_national"]


async def test_the_principal_goes_to_48_hours_and_the_line_goes_away(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("zhou"), "sample_hours", 48, from_day=TODAY, now=NOW)
    held = (await policies(cast.school, TODAY))["sample_hours"]
    assert held.value == 48
    assert held.notices == []
    assert held.tenant is not None
    assert held.tenant.code == FIRST


async def test_a_change_holds_from_its_day_and_the_old_one_stays_known(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("zhou"), "sample_hours", 48, from_day=TODAY, now=NOW)
    await decide(cast.actor("zhou"), "sample_hours", 72, from_day=OCTOBER, now=NOW)
    assert await policy(cast.school, "sample_hours", date(2026, 9, 30)) == 48
    assert await policy(cast.school, "sample_hours", OCTOBER) == 72
    assert [d.value for d in await decisions_of(cast.school, "sample_hours")] == ["72", "48"]


async def test_what_the_district_locks_a_school_cannot_change(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("shen"), "sample_hours", 48, from_day=TODAY, locked=True, now=NOW)
    with pytest.raises(Refused) as refused:
        await decide(cast.actor("zhou"), "sample_hours", 24, from_day=TODAY, now=NOW)
    assert [f.rule for f in refused.value.findings] == ["policy_locked"]
    assert await policy(cast.school, "sample_hours", TODAY) == 48
    assert await policy(cast.schools[DISTRICT], "sample_hours", TODAY) == 48


async def test_a_school_of_its_own_is_not_bound_by_that_district(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("shen"), "sample_hours", 48, from_day=TODAY, locked=True, now=NOW)
    assert await policy(cast.actor("ma").school, "sample_hours", TODAY) == 24


async def test_a_policy_given_back_follows_the_district_again(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("shen"), "weight_unit", "jin", from_day=TODAY, now=NOW)
    await decide(cast.actor("zhou"), "weight_unit", "kg", from_day=TODAY, now=NOW)
    assert await policy(cast.school, "weight_unit", TODAY) == "kg"
    await give_back(cast.actor("zhou"), "weight_unit", from_day=OCTOBER, now=NOW)
    assert await policy(cast.school, "weight_unit", OCTOBER) == "jin"


async def test_what_has_been_is_not_changed_afterwards(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("zhou"), "sample_hours", 48, from_day=date(2026, 9, 1), now=NOW)
    with pytest.raises(Refused) as refused:
        await decide(cast.actor("zhou"), "sample_hours", 24, from_day=date(2026, 9, 2), now=NOW)
    assert [f.rule for f in refused.value.findings] == ["past_day"]


async def test_own_counts_are_kept_as_they_were_typed(database: str) -> None:
    cast = await make_cast()
    counts = {"meat": 1, "vegetable": 2, "soup": 1}
    await decide(cast.actor("zhou"), "menu_composition", counts, from_day=TODAY, now=NOW)
    assert await policy(cast.school, "menu_composition", TODAY) == counts


async def test_less_than_125_grams_is_refused_and_nothing_is_written(database: str) -> None:
    cast = await make_cast()
    with pytest.raises(Refused):
        await decide(cast.actor("zhou"), "sample_grams", 100, from_day=TODAY, now=NOW)
    assert await decisions_of(cast.school, "sample_grams") == []


async def test_no_cost_bound_is_a_decision_too(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("shen"), "lunch_most_fen", 900, from_day=TODAY, now=NOW)
    await decide(cast.actor("zhou"), "lunch_most_fen", None, from_day=TODAY, now=NOW)
    assert await policy(cast.school, "lunch_most_fen", TODAY) is None


async def test_an_unknown_policy_is_missing(database: str) -> None:
    cast = await make_cast()
    with pytest.raises(Missing):
        await policy(cast.school, "colour_of_the_wall", TODAY)


async def test_a_decision_leaves_one_row_in_the_trail(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("zhou"), "sample_hours", 48, from_day=TODAY, now=NOW)
    [noted], _next = await trail.deeds(cast.school, Listing())
    assert noted.deed == "schools.decide_policy"
    assert noted.before is not None
    assert noted.after is not None
    assert (noted.before["value"], noted.after["value"]) == (24, 48)


async def test_the_district_asks_for_all_its_schools_at_once(database: str) -> None:
    cast = await make_cast()
    await decide(cast.actor("zheng"), "sample_hours", 48, from_day=TODAY, now=NOW)
    ids = [cast.schools[FIRST], cast.schools[SECOND]]
    assert await policies_of_schools(ids, "sample_hours", TODAY) == {ids[0]: 24, ids[1]: 48}
