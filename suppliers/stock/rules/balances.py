"""The ledger as it runs on, and what the meals of a period cost: opening + in − out = closing, always."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from suppliers.stock.rules.states import Move


@dataclass(frozen=True, slots=True)
class Sum:
    """So much of something: grams or pieces, and fen."""

    quantity: int = 0
    fen: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.quantity + other.quantity, self.fen + other.fen)

    def __neg__(self) -> "Sum":
        return Sum(-self.quantity, -self.fen)

    def __sub__(self, other: "Sum") -> "Sum":
        return self + -other


NOTHING = Sum()


class Moved(Protocol):
    """What a line of the ledger tells: the good, and its sum (out is negative)."""

    @property
    def good(self) -> int: ...

    @property
    def amount(self) -> Sum: ...


M = TypeVar("M", bound=Moved)


@dataclass(frozen=True, slots=True)
class Balanced(Generic[M]):
    """A line of the ledger and what is left of its good after it."""

    line: M
    left: Sum


@dataclass(frozen=True, slots=True)
class Period:
    """A good over a period: opening + in − out = closing."""

    opening: Sum = NOTHING
    received: Sum = NOTHING
    spent: Sum = NOTHING

    @property
    def closing(self) -> Sum:
        """What is left at its end."""
        return self.opening + self.received - self.spent


def running(openings: Mapping[int, Sum], lines: Iterable[M]) -> list[Balanced[M]]:
    """Each line with the balance (结存) of its good after it; `lines` in the order of the book."""
    left = dict(openings)
    found = []
    for line in lines:
        left[line.good] = left.get(line.good, Sum()) + line.amount
        found.append(Balanced(line, left[line.good]))
    return found


def periods(openings: Mapping[int, Sum], lines: Iterable[Moved]) -> dict[int, Period]:
    """Every good that lay there or moved, over the period."""
    found = {good: Period(opening) for good, opening in openings.items()}
    for line in lines:
        so_far = found.get(line.good, Period())
        if line.amount.quantity > 0:
            found[line.good] = replace(so_far, received=so_far.received + line.amount)
        else:
            found[line.good] = replace(so_far, spent=so_far.spent - line.amount)
    return found


@dataclass(frozen=True, slots=True)
class MealCost:
    """What the meals of a period cost, in fen: opening + purchases − closing (practice 22).

    `wasted` was written off or destroyed, `returned` went back; `counted` is what stocktakes found (a loss is
    negative). What is neither was eaten.
    """

    opening: int
    purchases: int
    closing: int
    wasted: int = 0
    returned: int = 0
    counted: int = 0

    @property
    def used(self) -> int:
        """Opening + purchases − closing."""
        return self.opening + self.purchases - self.closing

    @property
    def eaten(self) -> int:
        """What went to meals by the book: the used part less waste, returns and what a count did not find."""
        return self.used - self.wasted - self.returned + self.counted


PURCHASED = frozenset({Move.IN})
WASTED = frozenset({Move.WRITE_OFF, Move.DESTROYED})


def meal_cost(opening: int, sums: Sequence[tuple[str, int]]) -> MealCost:
    """The cost of a period from what lay there and the fen of each kind of move.

    A correction counts as what it takes back: callers name the corrected move's kind.
    """
    by = {kind: sum(fen for k, fen in sums if k == kind) for kind, _fen in sums}
    return MealCost(
        opening=opening,
        purchases=sum(by.get(kind, 0) for kind in PURCHASED),
        closing=opening + sum(fen for _kind, fen in sums),
        wasted=-sum(by.get(kind, 0) for kind in WASTED),
        returned=-by.get(Move.RETURNED, 0),
        counted=by.get(Move.STOCKTAKE, 0),
    )
