"""A stored week, judged: what the board, the approval and the lists show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from canteen.kit.problems import Finding, Level, Missing, warning
from canteen.kit.texts import _
from menus.dishes.rules import Cost
from menus.foods.services import prices_on
from menus.weeks.ports import allergies
from menus.weeks.rules import MealVerdict, Verdict, judge
from menus.weeks.rules.costs import cost_of_dishes, most_of_day, unpriced_of
from menus.weeks.services.policy import policy_on
from menus.weeks.services.sheet import Larder, SheetMeal, WeekHead, WeekSheet, head_of, larder_of, sheet_under
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
    row = await Menu.select().where((Menu.school == school) & (Menu.id == week)).first()
    if row is None:
        raise Missing
    return head_of(row)


async def board(school: int, week: int) -> Board:
    """A week with its verdict, in a number of queries that no number of weeks changes. Raises Missing."""
    of_week = await head(school, week)
    larder = await larder_of(school, await prices_on(school, of_week.first_day))
    sheet = await sheet_under(school, of_week, larder)
    return Board(sheet, await judged(school, sheet), larder)


async def judged(school: int, sheet: WeekSheet) -> Verdict:
    """The verdict by the policy of the week's first day and the allergies of its pupils."""
    policy = await policy_on(school, sheet.head.first_day)
    return judge(sheet.week, sheet.head.age, policy, await pupils_of(school, sheet.days))


async def pupils_of(school: int, days: list[date]) -> dict[date, Mapping[str, int]]:
    """How many pupils must avoid what, by day."""
    return {day: await allergies().pupils_by_allergen(school, day) for day in days}
