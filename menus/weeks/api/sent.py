"""What programs send about a menu: the rows of a menu file as a tree of meals, dishes and ingredients."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar.datastructures import UploadFile
from msgspec import Meta, field

from canteen.kit.clock import monday_of
from canteen.kit.described import Id
from canteen.kit.problems import Finding, Refused, error, refuse_if
from canteen.kit.texts import _
from menus.weeks.forms import DishForm, IngredientForm, MealForm, NewWeek
from menus.weeks.rules import Age, MealName, kind_of

Text40 = Annotated[str, Meta(max_length=40)]
Text16 = Annotated[str, Meta(max_length=16)]


class IngredientIn(msgspec.Struct, frozen=True):
    """Raw grams per head; `food_code` where the name alone does not tell the food."""

    name: Text40
    grams: Annotated[float, Meta(ge=0.001, le=2000)]
    food_code: Text16 | None = None


class DishIn(msgspec.Struct, frozen=True):
    """A dish. `kind` is the 类别 as schools write it (大荤, 素菜, 汤 …) or meat, vegetable, soup …; blank:
    told by name and ingredients.

    `choice` names the group pupils choose from and `expected_percent` how many of a hundred take it.
    """

    name: Text40
    ingredients: Annotated[tuple[IngredientIn, ...], Meta(max_length=40)] = ()
    kind: Text16 = ""
    method: Text40 = ""
    choice: Text16 = ""
    expected_percent: Annotated[int, Meta(ge=1, le=100)] = 100


class MealIn(msgspec.Struct, frozen=True):
    """One meal of one day."""

    day: date = field(name="date")
    meal: MealName
    dishes: Annotated[tuple[DishIn, ...], Meta(max_length=40)] = ()


class MenuIn(msgspec.Struct, frozen=True):
    """The menu of one calendar week; `canteen` is the first that the caller plans for when left out.

    A district names its menus (`name`): they belong to no canteen and stand in its library.
    """

    meals: Annotated[tuple[MealIn, ...], Meta(min_length=1, max_length=28)]
    age: Age = Age.NINE
    audience: Text40 = ""
    canteen: Id | None = None
    name: Text40 = ""


class ListIn(msgspec.Struct, frozen=True):
    """Which menus are asked for: a state, and the days that their week touches."""

    state: str = ""
    first: date | None = field(default=None, name="from")
    last: date | None = field(default=None, name="to")

    @property
    def filters(self) -> dict[str, str]:
        """The filters of the list, those that were given."""
        days = {"from": self.first, "to": self.last}
        given = {name: day.isoformat() for name, day in days.items() if day}
        return given | ({"state": self.state} if self.state else {})


class CheckIn(msgspec.Struct, frozen=True):
    """The age band that a menu file is judged for."""

    age: Age = Age.NINE


class SubstitutionIn(msgspec.Struct, frozen=True):
    """A published dish that another came instead of (`instead`), or that was not cooked, and why."""

    dish: Id
    reason: Annotated[str, Meta(max_length=200)]
    instead: DishIn | None = None


def week_sent(sent: MenuIn) -> NewWeek:
    """The menu as the services take it. Raises Refused with everything that is wrong with it."""
    refuse_if(list(_findings(sent)))
    monday = monday_of(sent.meals[0].day)
    meals = (
        MealForm((meal.day - monday).days, meal.meal.value, tuple(map(dish_form, meal.dishes)))
        for meal in sent.meals
    )
    return NewWeek(monday, sent.age, sent.audience, sent.canteen, content=tuple(meals), name=sent.name)


def dish_sent(sent: DishIn) -> DishForm:
    """A dish that comes instead of another. Raises Refused for a kind that nobody knows."""
    refuse_if(list(_unknown_kind(sent, "instead")))
    return dish_form(sent)


def dish_form(sent: DishIn) -> DishForm:
    """A dish as the services take it."""
    lines = (IngredientForm(i.name, round(i.grams * 1000), i.food_code) for i in sent.ingredients)
    return DishForm(sent.name, tuple(lines), sent.kind, sent.method, sent.choice, sent.expected_percent)


async def file_sent(typed: Mapping[str, Any]) -> tuple[bytes, str]:
    """The field `file` of a multipart form: its bytes and its name. Raises Refused without one."""
    file = typed.get("file")
    if not isinstance(file, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    return await file.read(), file.filename


def _findings(sent: MenuIn) -> Iterator[Finding]:
    seen: set[tuple[date, MealName]] = set()
    for place, meal in enumerate(sent.meals):
        at = f"meals.{place}"
        if not 2000 <= meal.day.year < 2100:
            yield error("not_a_date", _("This is not a date."), f"{at}.date")
        elif monday_of(meal.day) != monday_of(sent.meals[0].day):
            yield error("other_week", _("The day lies in another week."), f"{at}.date")
        if (meal.day, meal.meal) in seen:
            yield error("meal_there", _("The week has this meal already."), f"{at}.meal")
        seen.add((meal.day, meal.meal))
        for number, dish in enumerate(meal.dishes):
            yield from _unknown_kind(dish, f"{at}.dishes.{number}")


def _unknown_kind(dish: DishIn, at: str) -> Iterator[Finding]:
    if dish.kind and kind_of(dish.kind) is None:
        yield error("label", _("This kind of dish is not known."), f"{at}.kind")
