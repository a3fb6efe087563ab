"""What people send about the store."""

from datetime import date, datetime

import msgspec

from canteen.kit.clock import at_local, local_day
from canteen.kit.forms import NonNegativeFen, Thousandths


class OpeningLine(msgspec.Struct, frozen=True):
    """A good that lay there: `count` of `unit`, what one unit cost."""

    good: int
    unit: str
    count: Thousandths
    price: NonNegativeFen = 0
    batch_number: str = ""
    produced_on: date | None = None
    expires_on: date | None = None
    place: int | None = None


class OpeningForm(msgspec.Struct, frozen=True):
    """What lay in a canteen's store on a day."""

    canteen: int
    day: date
    lines: list[OpeningLine]

    def happened_at(self, now: datetime) -> datetime:
        """Now on its own day, the evening of an earlier one."""
        return instant_on(self.day, now)


class IssueLine(msgspec.Struct, frozen=True):
    """So much of a good to the kitchen; `lot` when a certain one is meant, else the first to expire goes."""

    good: int
    unit: str
    count: Thousandths
    lot: int | None = None


class IssueForm(msgspec.Struct, frozen=True):
    """What goes to the kitchen for a meal (出库单). `receiver` is the person who takes it."""

    canteen: int
    day: date
    lines: list[IssueLine]
    meal: str = ""
    purpose: str = ""
    receiver: int | None = None

    def happened_at(self, now: datetime) -> datetime:
        """Now on its own day, the evening of an earlier one."""
        return instant_on(self.day, now)


def instant_on(day: date, now: datetime) -> datetime:
    """When something of that day is said to have happened: now if it is today, else the day's evening."""
    return now if day == local_day(now) else at_local(day, 18)
