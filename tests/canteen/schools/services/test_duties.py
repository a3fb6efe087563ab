"""Modes of canteens, duties that apply, and how far a school is set up."""

from datetime import date, time

import pytest

from canteen.kit.problems import Missing, Refused
from canteen.schools.forms import CanteenForm, DutyForm, ModeForm, ProfileForm, TenantForm
from canteen.schools.rules.modes import Mode
from canteen.schools.services.duties import applies, duties, said_away, settle_duty
from canteen.schools.services.modes import modes_of, name_canteen, runs, set_mode
from canteen.schools.services.policies import decide
from canteen.schools.services.profile import settle_profile
from canteen.schools.services.setup import open_school, schools_of, setup
from canteen.tenants import services as tree
from tests.cast import DISTRICT, NOW, TODAY
from tests.make import Cast, make_cast

DELIVERED = ModeForm(TODAY, Mode.DELIVERED, "味佳餐饮", licence="JY25114020001234", arrives=time(11, 20))


async def cast_with_canteen() -> tuple[Cast, int]:
    cast = await make_cast()
    [canteen] = await tree.canteens_of(cast.school)
    return cast, int(canteen.id)


async def test_with_delivered_meals_stock_falls_away_from_that_day(database: str) -> None:
    cast, canteen = await cast_with_canteen()
    await set_mode(cast.actor("wu"), canteen, DELIVERED, now=NOW)
    assert await applies(cast.school, "stock", date(2026, 9, 6))
    assert not await applies(cast.school, "stock", TODAY)
    assert await applies(cast.school, "samples", TODAY)
    [run] = await runs(cast.school, TODAY)
    assert run.row is not None
    assert (run.mode, run.row.arrives) == (Mode.DELIVERED, 680)


async def test_the_ways_a_canteen_was_run_stay_known(database: str) -> None:
    cast, canteen = await cast_with_canteen()
    await set_mode(cast.actor("wu"), canteen, ModeForm(TODAY, Mode.SELF_RUN), now=NOW)
    await set_mode(cast.actor("wu"), canteen, DELIVERED, now=NOW)
    assert [row.mode for row in await modes_of(cast.school, canteen)] == ["delivered", "self_run"]


async def test_contracting_out_in_the_nutrition_plan_is_warned_of(database: str) -> None:
    cast, canteen = await cast_with_canteen()
    wu = cast.actor("wu")
    await settle_profile(wu, ProfileForm(nutrition_plan=True), now=NOW)
    await set_mode(wu, canteen, ModeForm(TODAY, Mode.CONTRACTED, "味佳餐饮", "2026-07"), now=NOW)
    [run] = await runs(cast.school, TODAY)
    assert [f.rule for f in run.warnings] == ["plan_contracted_out"]


async def test_a_mode_without_its_firm_is_refused(database: str) -> None:
    cast, canteen = await cast_with_canteen()
    with pytest.raises(Refused) as refused:
        await set_mode(cast.actor("wu"), canteen, ModeForm(TODAY, Mode.CONTRACTED), now=NOW)
    assert [f.at for f in refused.value.findings] == ["firm", "contract"]


async def test_another_schools_canteen_is_missing(database: str) -> None:
    cast, canteen = await cast_with_canteen()
    with pytest.raises(Missing):
        await set_mode(cast.actor("ma"), canteen, ModeForm(TODAY, Mode.SELF_RUN), now=NOW)
    with pytest.raises(Missing):
        await name_canteen(cast.actor("ma"), canteen, CanteenForm("我们的"), now=NOW)
    renamed = await name_canteen(cast.actor("wu"), canteen, CanteenForm("学生食堂"), now=NOW)
    assert renamed.name == "学生食堂"


async def test_a_duty_is_said_away_with_a_reason_and_taken_up_again(database: str) -> None:
    cast, _canteen = await cast_with_canteen()
    wu = cast.actor("wu")
    await settle_duty(wu, "uv_lamps", DutyForm(False, "没有紫外线灯"), now=NOW)
    found = {a.duty.key: a for a in await duties(cast.school, TODAY)}
    assert (found["uv_lamps"].applies, found["uv_lamps"].reason) == (False, "没有紫外线灯")
    await settle_duty(wu, "uv_lamps", DutyForm(True), now=NOW)
    assert await applies(cast.school, "uv_lamps", TODAY)
    assert await said_away([cast.school], TODAY) == {cast.school: {}}


async def test_samples_cannot_be_said_away(database: str) -> None:
    cast, _canteen = await cast_with_canteen()
    with pytest.raises(Refused):
        await settle_duty(cast.actor("wu"), "samples", DutyForm(False, "冰箱坏了"), now=NOW)
    with pytest.raises(Missing):
        await settle_duty(cast.actor("wu"), "sleeping", DutyForm(False, "x"), now=NOW)
    with pytest.raises(Missing):
        await applies(cast.school, "sleeping", TODAY)


async def test_the_set_up_shows_what_is_left_to_do(database: str) -> None:
    cast, canteen = await cast_with_canteen()
    assert not any(step.done for step in await setup(cast.school, TODAY))
    await decide(cast.actor("zhou"), "sample_hours", 24, from_day=TODAY, now=NOW)
    await set_mode(cast.actor("wu"), canteen, ModeForm(TODAY, Mode.SELF_RUN), now=NOW)
    done = [step.key for step in await setup(cast.school, TODAY) if step.done]
    assert done == ["samples", "modes"]


async def test_the_district_sees_how_far_its_schools_are_and_what_they_said_away(database: str) -> None:
    cast, _canteen = await cast_with_canteen()
    await settle_duty(cast.actor("wu"), "garden", DutyForm(False, "校内没有菜地"), now=NOW)
    states = {state.school.code: state for state in await schools_of(cast.schools[DISTRICT], TODAY)}
    assert set(states) == {"A001", "A002"}
    assert states["A001"].said_away == {"garden": "校内没有菜地"}
    assert (states["A001"].done, states["A002"].done, states["A002"].sample_hours) == (1, 0, 24)
    assert await schools_of(9999, TODAY) == []


async def test_the_district_takes_a_school_in(database: str) -> None:
    cast, _canteen = await cast_with_canteen()
    made = await open_school(cast.actor("shen"), TenantForm("第三小学", "a003"), now=NOW)
    assert made.code == "A003"
    assert made.id in [s.school.id for s in await schools_of(cast.schools[DISTRICT], TODAY)]
    with pytest.raises(Refused):
        await open_school(cast.actor("shen"), TenantForm("又一所", "A003"), now=NOW)
