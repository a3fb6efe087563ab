"""What purchasing asks of the menus, which stand above it. Only the app binds it; unbound, no dish is hit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Hit:
    """A dish of a day's menu that needs a good: `good` is its name, `url` the page where it is replaced."""

    dish: str
    meal: str
    good: str
    url: str


class Menus(Protocol):
    """Which dishes of a published menu need goods that did not come."""

    async def dishes_of(
        self, school: int, canteen: int, day: date, foods: Mapping[str, str]
    ) -> Sequence[Hit]:
        """Dishes of the day cooked from these foods (code to the name of the good), in the menu's order."""
        ...


class NoMenus:
    """The answer where no room knows menus."""

    async def dishes_of(
        self, school: int, canteen: int, day: date, foods: Mapping[str, str]
    ) -> Sequence[Hit]:
        """None."""
        return ()


_bound: list[Menus] = [NoMenus()]


def bind(answer: Menus) -> None:
    """From now on this room answers."""
    _bound[:] = [answer]


def menus() -> Menus:
    """Who answers."""
    return _bound[0]
