"""Who may be the second one to look at goods."""

from dataclasses import dataclass
from datetime import date

from canteen.accounts.rules import may
from canteen.accounts.services.people import people_of

SECOND = "purchasing.second"


@dataclass(frozen=True, slots=True)
class Checker:
    """Somebody whose name stands at the counter. Without a PIN they cannot sign there yet."""

    id: int
    name: str
    has_pin: bool


async def checkers(school: int, day: date, *, but: int | None) -> list[Checker]:
    """Everybody of the school who may look at goods that day, those with a PIN first."""
    people = await people_of(school, day)
    found = [
        Checker(one.id, one.name, one.has_pin)
        for one in people
        if one.id != but and may({held.role for held in one.roles if not held.ended}, SECOND)
    ]
    return sorted(found, key=lambda one: not one.has_pin)
