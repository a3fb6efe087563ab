"""Who plans for one canteen of a school changes nothing of the other, and may look at all of it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from canteen.kit.actor import Actor
from canteen.kit.problems import Forbidden
from canteen.tenants.services import add_canteen, canteens_of
from menus.weeks.forms import (
    ApprovalForm,
    CopyForm,
    DishForm,
    ImportForm,
    IngredientForm,
    MealForm,
    MealToAdd,
    MendForm,
    MoveForm,
    NewWeek,
    ReasonForm,
    TemplateForm,
)
from menus.weeks.forms.dishes import UndoForm
from menus.weeks.rules import MealName
from menus.weeks.services import approval, changes, copying, drafts, imports, mending, templates
from menus.weeks.services.sheet import WeekSheet, week_sheet
from menus.weeks.services.verdict import head
from tests.cast import NOW, TODAY
from tests.make import Cast, make_cast

GREENS = DishForm("炒青菜", (IngredientForm("青菜", 120_000),), "素菜")
PLAN = (MealForm(0, "lunch", (GREENS,)), MealForm(1, "lunch"))
FILE = "日期,餐次,类别,菜名,食材,克数\n2026-09-14,午餐,素菜,炒青菜,青菜,120\n".encode()


@pytest.fixture
async def cast(database: str) -> Cast:
    return await make_cast()


async def kitchens(cast: Cast) -> tuple[int, int]:
    """The first canteen and a second one."""
    east = (await add_canteen(cast.school, "东区", now=NOW)).id
    return (await canteens_of(cast.school))[0].id, east


async def at(cast: Cast, login: str, canteen: int) -> Actor:
    return replace(cast.actor(login), canteens=frozenset({canteen}))


Work = Callable[[Actor, WeekSheet], Awaitable[Any]]
DRAFT: dict[str, Work] = {
    "a dish": lambda a, w: drafts.add_dish(a, w.head.id, w.meals[0].id, GREENS, version=1, now=NOW),
    "a dish changed": lambda a, w: drafts.change_dish(
        a, w.head.id, w.meals[0].dishes[0].id, GREENS, version=1, now=NOW
    ),
    "a dish less": lambda a, w: drafts.remove_dish(a, w.head.id, w.meals[0].dishes[0].id, version=1, now=NOW),
    "a dish moved": lambda a, w: drafts.move_dish(
        a, w.head.id, w.meals[0].dishes[0].id, MoveForm(w.meals[1].id, 1), now=NOW
    ),
    "a meal": lambda a, w: drafts.add_meal(a, w.head.id, MealToAdd(TODAY, MealName.DINNER), now=NOW),
    "a meal less": lambda a, w: drafts.drop_meal(a, w.head.id, w.meals[1].id, version=1, now=NOW),
    "the week away": lambda a, w: drafts.delete_week(a, w.head.id, now=NOW),
    "a mend": lambda a, w: mending.apply_mend(a, w.head.id, MendForm(0, 0, 1, w.meals[0].id), now=NOW),
    "a mend back": lambda a, w: mending.undo_mend(a, w.head.id, UndoForm(1), now=NOW),
    "for approval": lambda a, w: approval.submit_week(a, w.head.id, now=NOW),
    "a new week": lambda a, w: drafts.create_week(
        a, NewWeek(TODAY, content=PLAN, canteen=w.head.canteen), now=NOW
    ),
    "a week by the calendar": lambda a, w: drafts.create_week(
        a, NewWeek(TODAY, by_calendar=True, canteen=w.head.canteen), now=NOW
    ),
    "a copy": lambda a, w: copying.copy_week(a, w.head.id, CopyForm(TODAY, canteen=w.head.canteen), now=NOW),
    "a file looked at": lambda a, w: imports.preview_file(
        a, FILE, "周.csv", ImportForm(canteen=w.head.canteen)
    ),
    "a file": lambda a, w: imports.import_file(
        a, FILE, "周.csv", ImportForm(canteen=w.head.canteen), folder=Path("nowhere"), now=NOW
    ),
}
SENT: dict[str, Work] = {
    "back": lambda a, w: approval.send_back(a, w.head.id, ReasonForm("蔬菜太少了"), now=NOW),
    "a draft again": lambda a, w: approval.reopen_week(a, w.head.id, now=NOW),
    "approved": lambda a, w: approval.approve_week(
        a, w.head.id, ApprovalForm(w.head.version, "供货商缺货，按实际供应"), now=NOW
    ),
}
PUBLISHED: dict[str, Work] = {
    "another dish": lambda a, w: changes.swap_dish(
        a, w.head.id, w.meals[0].dishes[0].id, GREENS, reason="未到货了", now=NOW
    ),
    "not cooked": lambda a, w: changes.mark_not_served(
        a, w.head.id, w.meals[0].dishes[0].id, reason="未到货了", now=NOW
    ),
    "served": lambda a, w: approval.mark_served(a, w.head.id, w.meals[0].id, now=NOW),
}


async def planned(cast: Cast) -> tuple[WeekSheet, Actor, Actor]:
    """A week of the first canteen, its planner, and who plans for the other canteen."""
    first, east = await kitchens(cast)
    lin = await at(cast, "lin", first)
    week = await drafts.create_week(lin, NewWeek(TODAY, content=PLAN), now=NOW)
    return await week_sheet(cast.school, week), lin, await at(cast, "lin", east)


async def refused(work: Work, other: Actor, sheet: WeekSheet) -> None:
    before = await week_sheet(other.school, sheet.head.id)
    with pytest.raises(Forbidden):
        await work(other, sheet)
    assert await week_sheet(other.school, sheet.head.id) == before


@pytest.mark.parametrize("work", DRAFT.values(), ids=list(DRAFT))
async def test_a_draft_of_another_canteen_stays_as_it_is(cast: Cast, work: Work) -> None:
    sheet, _lin, other = await planned(cast)
    await refused(work, other, sheet)


@pytest.mark.parametrize("work", SENT.values(), ids=list(SENT))
async def test_who_decides_for_one_canteen_does_not_for_the_other(cast: Cast, work: Work) -> None:
    sheet, lin, other = await planned(cast)
    await approval.submit_week(lin, sheet.head.id, now=NOW)
    zhou = replace(cast.actor("zhou"), canteens=other.canteens)
    await refused(work, zhou, await week_sheet(cast.school, sheet.head.id))


@pytest.mark.parametrize("work", PUBLISHED.values(), ids=list(PUBLISHED))
async def test_a_published_week_of_another_canteen_stays_as_it_is(cast: Cast, work: Work) -> None:
    sheet, lin, other = await planned(cast)
    await approval.submit_week(lin, sheet.head.id, now=NOW)
    form = ApprovalForm((await head(cast.school, sheet.head.id)).version, "供货商缺货，按实际供应")
    await approval.approve_week(cast.actor("zhou"), sheet.head.id, form, now=NOW)
    with pytest.raises(Forbidden):
        await approval.publish_week(other, sheet.head.id, now=NOW)
    await approval.publish_week(lin, sheet.head.id, now=NOW)
    await refused(work, other, sheet)


async def test_without_a_canteen_named_the_week_is_the_planners_own(cast: Cast, tmp_path: Path) -> None:
    sheet, _lin, other = await planned(cast)
    [east] = other.canteens or ()
    copy = await copying.copy_week(other, sheet.head.id, CopyForm(TODAY), now=NOW)
    [taken] = await imports.import_file(other, FILE, "周.csv", ImportForm(), folder=tmp_path, now=NOW)
    kept = await templates.keep_template(other, sheet.head.id, TemplateForm("好的一周"), now=NOW)
    later = CopyForm(TODAY.replace(day=28))
    from_template = await templates.plan_from_template(other, kept, later, now=NOW)
    for week in (copy, taken, from_template):
        assert (await head(cast.school, week)).canteen == east
