"""Pages of a school's settings, its calendar, its prints and files."""

from collections.abc import Mapping
from typing import Any

from canteen.kit.pages.formats import WEEKDAYS
from canteen.schools.rules.duties import DUTIES
from canteen.schools.rules.keys import POLICIES
from canteen.schools.rules.modes import MODE_NAMES
from canteen.schools.web import calendar, canteens, groups, overview, policies, prints
from canteen.schools.web.words import MEAL_NAMES, SPECIAL_NAMES

routes: list[Any] = [
    *overview.routes,
    *policies.routes,
    *calendar.routes,
    *groups.routes,
    *canteens.routes,
    *prints.routes,
]

VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    **{
        key: {choice.value: choice.text for choice in policy.choices if isinstance(choice.value, str)}
        for key, policy in POLICIES.items()
    },
    **{str(weekday): MEAL_NAMES for weekday in range(len(WEEKDAYS))},
    "as_weekday": dict(enumerate(WEEKDAYS)),
    "field": {str(weekday): name for weekday, name in enumerate(WEEKDAYS)},
    "key": {key: policy.name for key, policy in POLICIES.items()}
    | {key: duty.name for key, duty in DUTIES.items()},
    "kind": SPECIAL_NAMES,
    "meal": MEAL_NAMES,
    "meals": MEAL_NAMES,
    "mode": MODE_NAMES,
}
