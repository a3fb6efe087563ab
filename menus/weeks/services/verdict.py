"""A stored week, judged: what the board, the approval and the lists show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from canteen.kit.problems import Finding, Level, Missing, warning
from canteen.kit.texts import _
from menus.dishes.rules import Cost
from menus.foods.services import prices_by_day
from menus.weeks.ports import allergies
from menus.weeks.rules import MealVerdict, Policy, Verdict, judge
from menus.weeks.rules.costs import cost_of_dishes, most_of_day, unpriced_of
from menus.weeks.services.policy import policies_by_day
from menus.weeks.services.sheet import (
    Larder,
    SheetMeal,
    WeekHead,
    WeekSheet,
    head_of,
    larder_of,
    sheets_under,
)
from menus.weeks.tables import Menu


@dataclass(frozen=True, slots=True)
class Board:
    """A week with its verdict; `verdict.meals` stand in the order of `sheet.filled`."""

    sheet: WeekSheet
    verdict: Verdict
    larder: Larder

    @property
    def empty(self) -> list[Finding]:
        """`empty_meal` for each meal that offers nothing yet."""
        filled = {meal.id for meal in self.sheet.filled}
        message = _("Nothing is planned for this meal yet")
        return [warning("empty_meal", message, at=str(m.id)) for m in self.sheet.meals if m.id not in filled]

    def judged(self, meal: SheetMeal) -> MealVerdict | None:
        """The verdict on one meal, None while it is empty."""
        places = {filled.id: place for place, filled in enumerate(self.sheet.filled)}
        return self.verdict.meals[places[meal.id]] if meal.id in places else None

    def place(self, meal: SheetMeal) -> int | None:
        """Where the meal stands among those judged."""
        return next((n for n, filled in enumerate(self.sheet.filled) if filled.id == meal.id), None)

    @property
    def counts(self) -> Mapping[Level, int]:
        """How many findings of each level."""
        levels = [finding.level for finding in [*self.verdict.all_findings, *self.empty]]
        return {level: levels.count(level) for level in Level}

    @property
    def cost_a_day(self) -> Cost | None:
        """The mean known cost of a day per head; None while no price is known."""
        whole = cost_of_dishes(dish for meal in self.verdict.meals for dish in meal.meal.dishes)
        return Cost(round(whole.fen / len(self.verdict.days)), whole.unpriced) if whole else None

    @property
    def most_fen_a_day(self) -> int | None:
        """What a day with every meal of the week may cost per head; None where one of them is free."""
        return most_of_day({meal.name for meal in self.sheet.filled}, self.verdict.policy)

    @property
    def unpriced(self) -> tuple[str, ...]:
        """The names whose price nobody has typed."""
        return unpriced_of(dish for meal in self.verdict.meals for dish in meal.meal.dishes)


async def head(school: int, week: int) -> WeekHead:
    """A week without its meals. Raises Missing."""
    found = await _heads(school, [week])
    if not found:
        raise Missing
    return found[0]


async def _heads(school: int, weeks: Collection[int]) -> list[WeekHead]:
    rows = await Menu.select().where((Menu.school == school) & Menu.id.is_in(list(weeks) or [0]))
    return [head_of(row) for row in rows]


async def board(school: int, week: int) -> Board:
    """A week with its verdict, in a number of queries that no number of weeks changes. Raises Missing."""
    found = await boards(school, [week])
    if week not in found:
        raise Missing
    return found[week]


async def boards(school: int, weeks: Collection[int]) -> dict[int, Board]:
    """Several weeks of a school by id, in as many queries as one; ids that it does not know are left out.

    Each is judged by the prices and the policy of its first day and the allergies of its pupils.
    """
    heads = await _heads(school, weeks)
    if not heads:
        return {}
    days, larder = {head.first_day for head in heads}, await larder_of(school)
    prices, policies = await prices_by_day(school, days), await policies_by_day(school, days)
    larders = {head: larder.at(prices[head.first_day]) for head in heads}
    sheets = await sheets_under(school, larders)
    return {
        sheet.head.id: Board(
            sheet, await _judged(school, sheet, policies[sheet.head.first_day]), larders[sheet.head]
        )
        for sheet in sheets
    }


async def _judged(school: int, sheet: WeekSheet, policy: Policy) -> Verdict:
    return judge(sheet.week, sheet.head.age, policy, await pupils_of(school, sheet.days))


async def pupils_of(school: int, days: list[date]) -> dict[date, Mapping[str, int]]:
    """How many pupils must avoid what, by day."""
    return {day: await allergies().pupils_by_allergen(school, day) for day in days}
