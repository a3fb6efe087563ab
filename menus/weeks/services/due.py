"""What the school's own calendar asks of a week: which meals are due, and for how many of the age band."""

from datetime import date, timedelta

from canteen.schools.rules.groups import AgeBand
from canteen.schools.services.calendar import meals_due
from menus.weeks.rules import MealName
from menus.weeks.services.sheet import WeekSheet
from menus.weeks.services.steps import Plan


async def due_plan(school: int, monday: date, canteen: int | None) -> Plan:
    """The meals a canteen serves in that week, without dishes; empty where no calendar is set up."""
    found = await meals_due(school, monday, monday + timedelta(days=6))
    return {(due.day, MealName(due.meal.value)): () for due in found if due.canteen == canteen}


async def heads_of_week(school: int, sheet: WeekSheet) -> dict[tuple[date, MealName], int]:
    """How many of the menu's age band usually eat each of its meals; what the calendar lacks is left out."""
    found = await meals_due(school, sheet.days[0], sheet.days[-1])
    return {
        (due.day, MealName(due.meal.value)): count
        for due in found
        if due.canteen == sheet.head.canteen and (count := due.heads.get(AgeBand(sheet.head.age.value), 0))
    }
