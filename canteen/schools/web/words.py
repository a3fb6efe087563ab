"""What the pages of this room share: their guards, and names in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from litestar import Request

from canteen.kit.pages import language
from canteen.kit.pages.formats import WEEKDAYS
from canteen.kit.texts import _, say
from canteen.schools.rules.calendar import MealName, SpecialKind

AnyRequest: TypeAlias = Request[Any, Any, Any]
Choices: TypeAlias = list[tuple[Any, str]]

READ: dict[str, Any] = {"may": "schools.read"}
EDIT: dict[str, Any] = {"may": "schools.edit"}

MEAL_NAMES: Mapping[MealName, str] = {
    MealName.BREAKFAST: _("Breakfast"),
    MealName.LUNCH: _("Lunch"),
    MealName.DINNER: _("Dinner"),
    MealName.SNACK: _("Extra meal"),
}
SPECIAL_NAMES: Mapping[SpecialKind, str] = {
    SpecialKind.CLOSED: _("Closed: no meals"),
    SpecialKind.AS_WEEKDAY: _("Lessons as on another weekday"),
    SpecialKind.HALF_DAY: _("Half day"),
    SpecialKind.EXAM_DAY: _("Exam day"),
    SpecialKind.OPEN: _("Extra day with meals"),
}


def choices(request: AnyRequest, names: Mapping[Any, str]) -> Choices:
    """Values and their names in the reader's language."""
    return [(str(value), say(language(request), name)) for value, name in names.items()]


def weekday_choices(request: AnyRequest) -> Choices:
    """Monday 0 to Sunday 6."""
    return [(n, say(language(request), name)) for n, name in enumerate(WEEKDAYS)]


def named(rows: Iterable[Any]) -> Choices:
    """Rows with a name as choices."""
    return [(row.id, row.name) for row in rows]
