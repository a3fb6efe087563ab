"""A stored week read, in six queries however many weeks there are."""

from collections.abc import Mapping, Sequence
from typing import Any

from canteen.kit.problems import Missing
from menus.weeks.services.sheet.building import Row, built, grouped, head_of
from menus.weeks.services.sheet.larder import Larder, larder_of
from menus.weeks.services.sheet.values import WeekHead, WeekSheet
from menus.weeks.tables import MenuMeal, Portion, Serving

MEAL_AND_WEEK = (*MenuMeal.all_columns(exclude=[MenuMeal.week]), *MenuMeal.week.all_columns())
DISH = Serving.all_columns(exclude=[Serving.school, Serving.week])
LINE = (Portion.serving, Portion.position, Portion.name, Portion.food_code, Portion.milligrams)


async def week_sheet(school: int, week: int) -> WeekSheet:
    """The whole week as values, in six queries. Raises Missing."""
    return await sheet_with(school, week, await larder_of(school))


async def sheet_with(school: int, week: int, larder: Larder) -> WeekSheet:
    """The same with a larder that is at hand already (three queries more). Raises Missing."""
    meals = await _meals_and_week(school, week)
    return (await _sheets(school, {head_of(meals[0]): larder}, {week: meals}))[0]


async def sheets_under(school: int, larders: Mapping[WeekHead, Larder]) -> list[WeekSheet]:
    """Several weeks whose heads are at hand too, each with its larder (three queries more for all)."""
    weeks = [head.id for head in larders]
    meals = await MenuMeal.select().where((MenuMeal.school == school) & MenuMeal.week.is_in(weeks))
    return await _sheets(school, larders, grouped(meals, "week"))


async def _sheets(
    school: int, larders: Mapping[WeekHead, Larder], meals: Mapping[int, Sequence[Row]]
) -> list[WeekSheet]:
    weeks = [head.id for head in larders]
    dishes = await Serving.select(*DISH).where((Serving.school == school) & Serving.week.is_in(weeks))
    lines = await Portion.select(*LINE).where((Portion.school == school) & Portion.week.is_in(weeks))
    servings = grouped(dishes, "meal", ("position", "id"))
    portions = grouped(lines, "serving", ("position",))
    return [built(head, meals.get(head.id, []), servings, portions, lard) for head, lard in larders.items()]


async def _meals_and_week(school: int, week: int) -> Sequence[Row]:
    """The week's meals, each row with the week's own columns (a week has at least one meal)."""
    here = (MenuMeal.school == school) & (MenuMeal.week == week)
    return await MenuMeal.select(*MEAL_AND_WEEK).where(here) or _missing()


def _missing() -> Any:
    raise Missing
