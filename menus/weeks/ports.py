"""What the weekly menu asks of rooms above it. Only the app binds it; unbound, nobody has an allergy."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol


class Allergies(Protocol):
    """How many pupils of a school eat there on a day and must avoid an allergen."""

    async def pupils_by_allergen(self, school: int, day: date) -> Mapping[str, int]:
        """Counts by code of menus.foods.rules.ALLERGENS."""
        ...


class NoAllergies:
    """The answer where no room knows the pupils."""

    async def pupils_by_allergen(self, school: int, day: date) -> Mapping[str, int]:
        """Nobody."""
        return {}


_bound: list[Allergies] = [NoAllergies()]


def bind(answer: Allergies) -> None:
    """From now on this room answers."""
    _bound[:] = [answer]


def allergies() -> Allergies:
    """Who answers."""
    return _bound[0]
