"""What came, what was invoiced, what was paid, and what is owed: to the fen, month after month.

Two accounts make up what is owed to a seller: goods that were accepted and stand on no slip yet, and slips
that are not paid yet.

    owed = (accepted - on slips) + (slips - paid)
    opening + accepted + (slips - on slips) - paid = closing

The bracket is what slips say beside what was accepted: agreed differences (抹零), slips without a delivery.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Flow:
    """Sums of one seller over some time, in fen. `linked` is what slips account for of deliveries."""

    refused: int = 0
    accepted: int = 0
    linked: int = 0
    invoiced: int = 0
    paid: int = 0

    @property
    def delivered(self) -> int:
        """What came to the door."""
        return self.accepted + self.refused

    @property
    def beside(self) -> int:
        """What slips say more, or less, than what was accepted."""
        return self.invoiced - self.linked

    @property
    def owed(self) -> int:
        """What this time added to what is owed."""
        return self.accepted + self.beside - self.paid

    def plus(self, other: "Flow") -> "Flow":
        """Both together."""
        return Flow(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Flow)))


@dataclass(frozen=True, slots=True)
class Statement:
    """One seller's month: all that was before, and what the month brought."""

    before: Flow
    month: Flow

    @property
    def opening(self) -> int:
        """Owed when the month began."""
        return self.before.owed

    @property
    def closing(self) -> int:
        """Owed when it ended."""
        return self.opening + self.month.accepted + self.month.beside - self.month.paid

    @property
    def not_invoiced(self) -> int:
        """Accepted by the month's end and on no slip."""
        whole = self.before.plus(self.month)
        return whole.accepted - whole.linked

    @property
    def unpaid(self) -> int:
        """On slips by the month's end and not paid."""
        whole = self.before.plus(self.month)
        return whole.invoiced - whole.paid


def whole(statements: Iterable[Statement]) -> Statement:
    """The bottom line of several sellers."""
    before, month = Flow(), Flow()
    for one in statements:
        before, month = before.plus(one.before), month.plus(one.month)
    return Statement(before, month)


def statements(
    before: Mapping[int | None, Flow], month: Mapping[int | None, Flow]
) -> dict[int | None, Statement]:
    """Each seller's statement; who neither moved nor is owed anything has none."""
    every = {s: Statement(before.get(s, Flow()), month.get(s, Flow())) for s in {**before, **month}}
    return {s: one for s, one in every.items() if one.month != Flow() or one.opening or one.not_invoiced}


def first_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def last_of(day: date) -> date:
    """The last day of the month."""
    return first_of(first_of(day) + timedelta(days=31)) - timedelta(days=1)
