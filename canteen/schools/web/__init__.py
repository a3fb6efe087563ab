"""Pages of a school's settings, its calendar, its prints and files."""

from typing import Any

from canteen.schools.web import calendar, canteens, groups, overview, policies, prints

routes: list[Any] = [
    *overview.routes,
    *policies.routes,
    *calendar.routes,
    *groups.routes,
    *canteens.routes,
    *prints.routes,
]
