"""The demo's menus through time: as published once, the present week, and one begun for the next."""

from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from canteen.demo.cast import School
from canteen.demo.founding import Cast
from canteen.demo.printing import print_days
from canteen.demo.turning import open_term
from canteen.kit.clock import at_local, local_day, monday_of
from canteen.notices.services.rounds import make_round
from canteen.schools.services.calendar import meals_due
from menus.dishes.rules import Kind
from menus.weeks.forms import ApprovalForm, CopyForm, DishForm, ImportForm, IngredientForm
from menus.weeks.services import approval, changes, copying, imports, verdict

CABBAGE = DishForm(
    "清炒大白菜", (IngredientForm("大白菜", 115_000), IngredientForm("油", 3_000)), label="素菜"
)
LIVED_DAYS = 5
LOOK_BACK = timedelta(days=75)  # longer than the summer holiday


async def live(cast: Cast, school: School, folder: Path, now: datetime) -> None:
    """Import the published menu at its own dates, bring it to the present, and begin the next week."""
    data = menu_file(school)
    own_monday = monday_of(date.fromisoformat(school.menu.removesuffix(".csv")[-10:]))
    planned_at = at_local(own_monday - timedelta(days=4), 15)
    planner = cast.actor(school.planner)
    (first,) = await imports.import_file(
        planner, data, school.menu, ImportForm(audience="一至六年级"), folder=folder, now=planned_at
    )
    await _publish(cast, school, first, own_monday)
    await _serve(cast, school, first, None, now)
    await open_term(cast, school, now)
    lived = await last_school_days(cast.tenants[school.code], local_day(now))
    for monday in sorted({monday_of(day) for day in lived} - {own_monday}):
        week = await copying.copy_week(planner, first, CopyForm(monday), now=_planned(monday))
        await _publish(cast, school, week, monday)
        await _substitute(cast, school, week, lived, now)
        await _serve(cast, school, week, lived, now)
        await print_days(planner, week, folder, now)
    next_monday = monday_of(local_day(now)) + timedelta(days=7)
    following = await copying.copy_week(planner, first, CopyForm(next_monday), now=now)
    if school.sends_early:
        await approval.submit_week(planner, following, now=now)
    await make_round(now)


def menu_file(school: School) -> bytes:
    """The published menu that a school starts from."""
    return files("canteen.demo").joinpath("data", school.menu).read_bytes()


async def last_school_days(school: int, today: date) -> list[date]:
    """The last five days up to today on which a meal was due, the latest first."""
    due = await meals_due(school, today - LOOK_BACK, today)
    return sorted({meal.day for meal in due}, reverse=True)[:LIVED_DAYS]


def _planned(monday: date) -> datetime:
    return at_local(monday - timedelta(days=4), 15)


async def _publish(cast: Cast, school: School, week: int, monday: date) -> None:
    friday = monday - timedelta(days=3)
    planner, principal = cast.actor(school.planner), cast.actor(school.principal)
    await approval.submit_week(planner, week, now=at_local(friday, 9, 10))
    version = (await verdict.head(planner.school, week)).version
    form = ApprovalForm(version, school.reason)
    await approval.approve_week(principal, week, form, now=at_local(friday, 11, 40))
    await approval.publish_week(planner, week, now=at_local(friday, 14, 5))


async def _serve(cast: Cast, school: School, week: int, lived: list[date] | None, now: datetime) -> None:
    """Mark each meal served that was due and is over; of a week long past, all."""
    planner = cast.actor(school.planner)
    for meal in (await verdict.board(planner.school, week)).sheet.meals:
        over = at_local(meal.day, 12, 50)
        if over <= now and (lived is None or meal.day in lived):
            await approval.mark_served(planner, week, meal.id, now=over)


async def _substitute(cast: Cast, school: School, week: int, lived: list[date], now: datetime) -> None:
    """One morning the greens did not come: a recorded change, not a silent one."""
    planner = cast.actor(school.planner)
    for meal in (await verdict.board(planner.school, week)).sheet.meals:
        greens = [dish for dish in meal.dishes if dish.value.kind is Kind.VEGETABLE]
        at = at_local(meal.day, 6, 20)
        if meal.day == lived[0] and greens and at <= now:
            reason = "今早供货商送来的青菜萎蔫，当场拒收，改用库存大白菜。"
            await changes.swap_dish(planner, week, greens[0].id, CABBAGE, reason=reason, now=at)
