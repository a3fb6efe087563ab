"""What poster and kitchen sheet are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from canteen.kit.problems import Missing
from canteen.schools.rules.calendar import MealName as DueMeal
from canteen.schools.services.calendar import heads
from canteen.tenants.services import tenant
from menus.weeks.rules import Age
from menus.weeks.rules.kitchen import eaters_of
from menus.weeks.rules.states import CHANGEABLE
from menus.weeks.services.changes import Changed, changes_of
from menus.weeks.services.people import names_of
from menus.weeks.services.sheet import SheetMeal, WeekHead, WeekSheet, week_sheet
from menus.weeks.services.times import Window, Windows, windows_on
from menus.weeks.services.verdict import Board, board
from menus.weeks.tables import Menu

POSTER, KITCHEN, BLANK_KITCHEN = "weeks.poster", "weeks.kitchen", "weeks.kitchen_blank"


@dataclass(frozen=True, slots=True)
class PosterFacts:
    """A week as the poster tells it: the school's name, the judged week, its changes, people's names."""

    school: str
    board: Board
    changes: tuple[Changed, ...]
    names: Mapping[int, str]
    windows: Windows = field(default_factory=dict)

    @property
    def head(self) -> WeekHead:
        """The week without its meals."""
        return self.board.sheet.head

    @property
    def public(self) -> bool:
        """Whether the week is published: what is not is printed as a draft, without a number."""
        return self.head.state in CHANGEABLE


@dataclass(frozen=True, slots=True)
class KitchenFacts:
    """A meal as the kitchen cooks it; `heads` are those who eat of this menu, empty when nobody counted."""

    school: str
    head: WeekHead
    meal: SheetMeal
    heads: Mapping[Age, int]
    window: Window | None = None

    @property
    def public(self) -> bool:
        """Whether the week is published."""
        return self.head.state in CHANGEABLE


async def poster_facts(school: int, week: int) -> PosterFacts:
    """A judged week with its changes and signatures. Raises Missing."""
    shown = await board(school, week)
    head = shown.sheet.head
    signed = await names_of([head.created_by, head.checked_by, head.approved_by, head.published_by])
    name = (await tenant(school)).name
    windows = await windows_on(school, shown.sheet.days)
    return PosterFacts(name, shown, tuple(await changes_of(school, week)), signed, windows)


async def kitchen_facts(school: int, week: int, meal: int) -> KitchenFacts:
    """One meal and who eats it. Raises Missing, also for a week that no canteen cooks."""
    sheet = await week_sheet(school, week)
    if sheet.head.in_library:
        raise Missing
    found, head = sheet.meal(meal), sheet.head
    counted = await heads(school, found.day, DueMeal(found.name.value), head.canteen)
    known = {Age(band.value): count for band, count in counted.items()}
    eaters = eaters_of(known, head.age, await _ages_with_menus(school, head))
    window = (await windows_on(school, [found.day])).get((found.day, found.name))
    return KitchenFacts((await tenant(school)).name, head, found, eaters, window)


async def plain_week(school: int, week: int) -> WeekSheet:
    """The week without its verdict, for the files it is exported to. Raises Missing."""
    return await week_sheet(school, week)


async def _ages_with_menus(school: int, head: WeekHead) -> list[Age]:
    """The bands that have a menu of their own at this canteen in this week."""
    here = (Menu.school == school) & (Menu.canteen == head.canteen) & (Menu.first_day == head.first_day)
    return [Age(row["age"]) for row in await Menu.select(Menu.age).where(here)]
