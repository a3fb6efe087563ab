"""Which goods a school has somebody to buy from today, and what a supplier's record says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from canteen.kit.problems import Finding, Level, warning
from canteen.kit.texts import _
from suppliers.goods.rules import Category, Source
from suppliers.licences.rules.papers import Paper
from suppliers.licences.rules.states import Standing
from suppliers.licences.rules.stops import Asked, Seller, supplier_stops

Matrix = Callable[[Category, Source], Sequence[Asked]]
"""The papers that a category needs by kind of source, on the day that is asked about."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who can supply a category: `usable` by id, and why the others cannot."""

    category: Category
    usable: Sequence[int]
    stopped: Mapping[int, Sequence[Finding]]

    @property
    def is_gap(self) -> bool:
        """Whether nobody may supply it today."""
        return not self.usable


def coverage(
    wanted: Iterable[Category],
    sellers: Sequence[Seller],
    papers: Mapping[int, Sequence[Paper]],
    matrix: Matrix,
    on: date,
) -> list[Coverage]:
    """For each wanted category who of those that sell it may supply it on a day."""
    return [_covered(category, sellers, papers, matrix, on) for category in wanted]


def _covered(
    category: Category,
    sellers: Sequence[Seller],
    papers: Mapping[int, Sequence[Paper]],
    matrix: Matrix,
    on: date,
) -> Coverage:
    offered = [s for s in sellers if category in s.categories and s.standing is not Standing.LEFT]
    stopped = {}
    for seller in offered:
        needs = matrix(category, seller.source)
        found = supplier_stops(seller, papers.get(seller.id, ()), needs, category, on)
        if stops := [f for f in found if f.level is Level.ERROR]:
            stopped[seller.id] = stops
    return Coverage(category, [s.id for s in offered if s.id not in stopped], stopped)


CLEAN_YEARS = 3
LIST_HOLDS = timedelta(days=366)


def record_findings(clean_since: date | None, listed_checked_on: date | None, on: date) -> list[Finding]:
    """`clean_record`: three years without a food-safety event are not declared (工作指引 2025, A10).

    `bad_faith_list`: nobody has looked it up for a year. Both are warnings.
    """
    found = []
    if clean_since is None or clean_since > _years_before(on, CLEAN_YEARS):
        message = _("Three years without a food-safety event are not declared.")
        found.append(warning("clean_record", message))
    if listed_checked_on is None or on - listed_checked_on > LIST_HOLDS:
        message = _("The list of serious bad faith has not been looked up in the last twelve months.")
        found.append(warning("bad_faith_list", message))
    return found


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
