"""What changed between two versions of a week, dish by dish: what a school is told of a district's menu."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from menus.weeks.rules.values import MealName

Place = tuple[int, str]
"""A weekday (0 is Monday) and a meal."""
Menu = Mapping[Place, Sequence[tuple[str, Hashable]]]
"""The dishes of each meal, by name and content; a name may stand there twice."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different at one meal: dishes that came, that went, and that are cooked differently now."""

    day: int
    meal: str
    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def differences(before: Menu, after: Menu) -> Iterator[Difference]:
    """The meals that differ, in the order of the week."""
    order = list(MealName)
    for day, meal in sorted({*before, *after}, key=lambda place: (place[0], order.index(MealName(place[1])))):
        old, new = Counter(before.get((day, meal), ())), Counter(after.get((day, meal), ()))
        gone, come = _names(old - new), _names(new - old)
        found = Difference(day, meal, _listed(come - gone), _listed(gone - come), _listed(come & gone))
        if found.come or found.gone or found.changed:
            yield found


def _names(dishes: Counter[tuple[str, Hashable]]) -> Counter[str]:
    return Counter(name for name, _content in dishes.elements())


def _listed(names: Counter[str]) -> tuple[str, ...]:
    return tuple(names.elements())
