"""What changed between two versions of a week, dish by dish: what a school is told of a district's menu."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from menus.weeks.rules.values import MealName

Place = tuple[int, str]
"""A weekday (0 is Monday) and a meal."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different at one meal: dishes that came, that went, and that are cooked differently now."""

    day: int
    meal: str
    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def differences(
    before: Mapping[Place, Mapping[str, Hashable]], after: Mapping[Place, Mapping[str, Hashable]]
) -> Iterator[Difference]:
    """The meals that differ, in the order of the week. A meal is its dishes by name, with their content."""
    order = list(MealName)
    for day, meal in sorted({*before, *after}, key=lambda place: (place[0], order.index(MealName(place[1])))):
        old, new = before.get((day, meal), {}), after.get((day, meal), {})
        found = Difference(
            day,
            meal,
            come=tuple(name for name in new if name not in old),
            gone=tuple(name for name in old if name not in new),
            changed=tuple(name for name in new if name in old and new[name] != old[name]),
        )
        if found.come or found.gone or found.changed:
            yield found
