"""How a paper stands on a day, and which goods it covers. A date decides, so nothing of it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from canteen.kit.texts import _
from suppliers.goods.rules import Category, PaperKind
from suppliers.licences.rules.numbers import NumberKind, check_number
from suppliers.licences.rules.production import goods_of
from suppliers.licences.rules.states import Checked


class PaperState(StrEnum):
    """How a paper stands on a day. `expiring` still holds."""

    PENDING = "pending"
    VERIFIED = "verified"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


STATE_NAMES: Mapping[PaperState, str] = {
    PaperState.PENDING: _("To be verified"),
    PaperState.VERIFIED: _("Valid"),
    PaperState.EXPIRING: _("Expires soon"),
    PaperState.EXPIRED: _("Expired"),
    PaperState.REJECTED: _("Turned down"),
    PaperState.SUPERSEDED: _("Replaced by a newer one"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """What the rules know of a paper. `categories`: the goods of its scope as it was ticked, may be none.

    `valid_to` None is without end. `replaced_from`: the day from which the paper that replaced it counts.
    """

    id: int
    kind: PaperKind
    number: str
    categories: frozenset[Category] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None
    checked: Checked = Checked.PENDING
    replaced_from: date | None = None


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """A paper's state on a day. `days_left`: 0 on its last day, below 0 afterwards, None without an end."""

    state: PaperState
    days_left: int | None


DEFAULT_LEAD_DAYS = 90


def leads_of(first: int) -> tuple[int, int, int]:
    """The three bands of the wall from the school's first notice: 90 gives 90, 60 and 30 days."""
    return first, first * 2 // 3, first // 3


def standing_of(paper: Paper, on: date, lead_days: int = DEFAULT_LEAD_DAYS) -> PaperStanding:
    """How a paper stands: it holds on its last day and is expired from the day after.

    A paper replaced by a renewal that begins later stands until then.
    """
    left = (paper.valid_to - on).days if paper.valid_to else None
    return PaperStanding(_state(paper, on, left, lead_days), left)


def _state(paper: Paper, on: date, left: int | None, lead_days: int) -> PaperState:
    if paper.checked is Checked.REJECTED:
        return PaperState.REJECTED
    if paper.checked is Checked.SUPERSEDED and not (paper.replaced_from and on < paper.replaced_from):
        return PaperState.SUPERSEDED
    if left is not None and left < 0:
        return PaperState.EXPIRED
    if paper.checked is Checked.PENDING:
        return PaperState.PENDING
    return PaperState.EXPIRING if left is not None and left <= lead_days else PaperState.VERIFIED


def band_of(days_left: int | None, leads: Sequence[int]) -> int:
    """Where a paper hangs on the wall: -1 gone, the smallest bound it is within, 0 later or without end."""
    if days_left is None:
        return 0
    if days_left < 0:
        return -1
    return min((lead for lead in leads if days_left <= lead), default=0)


def holds(paper: Paper, on: date) -> bool:
    """Whether somebody has verified the paper and it is in force on that day, its first and last included."""
    begun = paper.valid_from is None or paper.valid_from <= on
    return begun and standing_of(paper, on).state in (PaperState.VERIFIED, PaperState.EXPIRING)


FRESH = frozenset({Category.PORK, Category.MEAT, Category.EGG, Category.PRODUCE, Category.AQUATIC})
NO_FOOD = frozenset({Category.TABLEWARE})
PACKED = frozenset(Category) - FRESH - NO_FOOD
_BY_KIND: Mapping[PaperKind, frozenset[Category]] = {
    PaperKind.PREPACKAGED_FILING: PACKED,
    PaperKind.SLAUGHTER_LICENCE: frozenset({Category.PORK, Category.MEAT}),
    PaperKind.ADDITIVE_LICENCE: frozenset({Category.ADDITIVE}),
    PaperKind.WORKSHOP_REGISTRATION: PACKED - {Category.DAIRY, Category.ADDITIVE, Category.IMPORTED},
}


def scope_of(paper: Paper) -> frozenset[Category] | None:
    """The goods a paper covers; None when it is not about goods.

    A production licence covers the kind in its number and what is ticked from its list. An operation licence
    of a seller (JY1) covers all food unless goods are ticked; one of a caterer or canteen (JY2, JY3) sells
    meals and covers only goods that are ticked. A filing covers pre-packaged food, never anything fresh.
    """
    if paper.kind is PaperKind.FOOD_PRODUCTION:
        return goods_of(paper.number) | paper.categories
    if paper.kind is PaperKind.FOOD_OPERATION:
        return paper.categories or _of_operation(paper.number)
    if paper.kind in _BY_KIND:
        bound = _BY_KIND[paper.kind]
        return paper.categories & bound if paper.categories else bound
    return paper.categories or None


def _of_operation(number: str) -> frozenset[Category]:
    found = check_number(number)
    sells = found.kind is NumberKind.JY and found.number[2:3] == "1"
    return frozenset(Category) - NO_FOOD if sells else frozenset()


def covers(paper: Paper, category: Category) -> bool:
    """Whether the paper's scope holds that kind of goods; a paper that is not about goods covers all."""
    scope = scope_of(paper)
    return scope is None or category in scope
