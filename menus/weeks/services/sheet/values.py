"""A stored week as values: the head, its meals, their dishes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.kit.problems import Missing
from menus.dishes.rules import Cost
from menus.weeks.rules import Age, Dish, Meal, MealName, Week
from menus.weeks.rules.states import ServingStatus, State


@dataclass(frozen=True, slots=True)
class WeekHead:
    """A week without its meals: whose it is, where it stands, who signed and why (tables.Menu)."""

    id: int
    canteen: int | None
    first_day: date
    age: Age
    audience: str
    state: State
    version: int
    error_count: int
    warning_count: int
    created_by: int | None
    created_at: datetime
    checked_by: int | None
    checked_at: datetime | None
    sent_back_reason: str
    approved_by: int | None
    approved_at: datetime | None
    approval_reason: str
    approved_errors: int
    published_by: int | None
    published_at: datetime | None
    origin_school: int | None
    origin_id: int | None
    name: str = ""

    @property
    def in_library(self) -> bool:
        """Whether no canteen cooks it: a menu that a district keeps to give to its schools."""
        return self.canteen is None


@dataclass(frozen=True, slots=True)
class SheetDish:
    """A dish on a meal: the value the rules judge, and how it stands on the board.

    `typed` are the ingredients as typed with raw milligrams per head.
    """

    id: int
    position: int
    value: Dish
    typed: tuple[tuple[str, int], ...]
    recipe: int | None
    status: ServingStatus
    reason: str
    replaces: int | None

    @property
    def planned(self) -> bool:
        """Whether it is served."""
        return self.status is ServingStatus.PLANNED

    @property
    def cost(self) -> Cost | None:
        """The known cost of a helping; None while no price is known."""
        fen = self.value.cost_fen
        return None if fen is None else Cost(fen, self.value.unpriced)

    @property
    def adjusted(self) -> bool:
        """Whether it came or went after publication."""
        return not self.planned or self.replaces is not None


@dataclass(frozen=True, slots=True)
class SheetMeal:
    """A meal as stored: every dish in order, those that were replaced or not cooked too."""

    id: int
    day: date
    name: MealName
    version: int
    served_at: datetime | None
    dishes: tuple[SheetDish, ...]

    @property
    def value(self) -> Meal:
        """What the meal offers now."""
        return Meal(self.day, self.name, tuple(dish.value for dish in self.dishes if dish.planned))

    @property
    def adjusted(self) -> bool:
        """Whether it was changed after publication: the poster shows 已调整."""
        return any(dish.adjusted for dish in self.dishes)


@dataclass(frozen=True, slots=True)
class WeekSheet:
    """The whole week: names, grams, kinds, foods with their nutrients and allergens."""

    head: WeekHead
    meals: tuple[SheetMeal, ...]

    @property
    def filled(self) -> tuple[SheetMeal, ...]:
        """The meals that offer something: those that the rules judge."""
        return tuple(meal for meal in self.meals if any(dish.planned for dish in meal.dishes))

    @property
    def week(self) -> Week:
        """The week as the rules judge it."""
        return Week(tuple(meal.value for meal in self.filled))

    @property
    def days(self) -> list[date]:
        """The days that have meals, in order."""
        return sorted({meal.day for meal in self.meals})

    def meal(self, id_: int) -> SheetMeal:
        """One meal. Raises Missing."""
        return next((meal for meal in self.meals if meal.id == id_), None) or _missing()

    def dish(self, id_: int) -> tuple[SheetMeal, SheetDish]:
        """One dish and its meal. Raises Missing."""
        found = ((meal, dish) for meal in self.meals for dish in meal.dishes if dish.id == id_)
        return next(found, None) or _missing()


def _missing() -> Any:
    raise Missing
