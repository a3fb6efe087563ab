"""One real week from the school's file to the wall: judged, mended, approved, published, changed, served."""

from pathlib import Path

from canteen.kit.problems import Level
from menus.weeks.forms import ApprovalForm, DishForm, ImportForm, IngredientForm, MendForm
from menus.weeks.rules.states import State
from menus.weeks.services import approval, changes, imports, mending
from menus.weeks.services.sheet import week_sheet
from menus.weeks.services.verdict import board
from tests.cast import NOW
from tests.make import Cast, make_cast

FILE = Path(__file__).parents[2] / "data" / "menus" / "diaozhuang-2025-11-10.csv"
MOST_MENDS = 20


async def test_a_planner_mends_a_real_week_until_the_principal_has_nothing_to_excuse(
    sqlite: str, tmp_path: Path
) -> None:
    cast = await make_cast()
    lin, zhou, he = (cast.actor(login) for login in ("lin", "zhou", "he"))
    data = FILE.read_bytes()
    week = (await imports.import_file(lin, data, FILE.name, ImportForm(), folder=tmp_path, now=NOW))[0]
    first = await board(cast.school, week)
    broken = {f.rule for f in first.verdict.all_findings if f.level is Level.ERROR}
    assert {"two_meats", "two_vegetables", "meat_share"} <= broken

    await mend_all(cast, week)
    mended = await board(cast.school, week)
    assert mended.counts[Level.ERROR] == 0

    await approval.submit_week(lin, week, now=NOW)
    version = mended.sheet.head.version
    await approval.approve_week(zhou, week, ApprovalForm(version), now=NOW)
    await approval.publish_week(lin, week, now=NOW)

    meal = (await week_sheet(cast.school, week)).meals[0]
    gone = next(dish for dish in meal.dishes if dish.value.name == "油焖茄子")
    spinach = DishForm("清炒菠菜", (IngredientForm("菠菜", 120_000),))
    await changes.swap_dish(lin, week, gone.id, spinach, reason="茄子未到货", now=NOW)
    for meal in (await week_sheet(cast.school, week)).meals:
        await approval.mark_served(he, week, meal.id, now=NOW)

    told = await changes.changes_of(cast.school, week)
    assert [(change.dish, change.instead) for change in told] == [("油焖茄子", "清炒菠菜")]
    head = (await week_sheet(cast.school, week)).head
    assert (head.state, head.approved_errors, head.approval_reason) == (State.SERVED, 0, "")


async def mend_all(cast: Cast, week: int) -> None:
    """Take the first mend of the first error until none is left."""
    for _mend in range(MOST_MENDS):
        shown = await board(cast.school, week)
        errors = (
            (meal.id, number)
            for meal, judged in zip(shown.sheet.filled, shown.verdict.meals, strict=True)
            for number, finding in enumerate(judged.findings)
            if finding.level is Level.ERROR
        )
        if (error := next(errors, None)) is None:
            return
        form = MendForm(finding=error[1], mend=0, version=shown.sheet.head.version, meal=error[0])
        await mending.apply_mend(cast.actor("lin"), week, form, now=NOW)
