"""How a school year's deliveries become a score from 0 to 100.

A10 (2025, bulk goods) asks for a yearly assessment of suppliers with an exit. It lays down no marks: weights
and bounds below are the product's, stated on page and paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from canteen.kit.texts import _

FULL = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """What deliveries of a school year show.

    `share_permille` is the mean refused share of the lines by quantity, `price_permille` how far prices stood
    above the median of the other sellers' (None: nobody else sold these goods), `compared_lines` of how many
    lines. `service` is the mark from 0 to 100 that a person gave.
    """

    deliveries: int = 0
    lines: int = 0
    refused_lines: int = 0
    share_permille: int = 0
    accepted_fen: int = 0
    refused_fen: int = 0
    ordered: int = 0
    late: int = 0
    gaps: int = 0
    exceptions: int = 0
    compared_lines: int = 0
    price_permille: int | None = None
    service: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is marked: `weight` of 100; up to `full` permille 100 marks, from `none` on 0, straight
    between."""

    key: str
    name: str
    weight: int
    full: int = 0
    none: int = 0


CRITERIA: tuple[Criterion, ...] = (
    Criterion("quantity", _("Refused by quantity"), 20, 10, 100),
    Criterion("value", _("Refused by value"), 15, 10, 100),
    Criterion("late", _("Late against the order"), 20, 20, 200),
    Criterion("papers", _("Missing papers and exceptions"), 25, 0, 100),
    Criterion("price", _("Price above the median of other sellers"), 10, 0, 150),
    Criterion("service", _("Service, judged by the school"), 10),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A criterion's mark; `permille` is what was measured. `mark` None: nothing to judge by."""

    key: str
    permille: int | None
    mark: int | None


def marks_of(figures: Figures) -> list[Mark]:
    """Each criterion's mark, in their order."""
    measured = _measured(figures)
    marks = []
    for criterion in CRITERIA:
        if criterion.key == "service":
            marks.append(Mark("service", None, figures.service))
        else:
            permille = measured[criterion.key]
            marks.append(
                Mark(criterion.key, permille, None if permille is None else _mark(criterion, permille))
            )
    return marks


def score_of(marks: Sequence[Mark]) -> int:
    """The weighted mean of what could be judged, a half rounded up; 0 when nothing could."""
    weights = {criterion.key: criterion.weight for criterion in CRITERIA}
    judged = [(weights[mark.key], mark.mark) for mark in marks if mark.mark is not None]
    whole = sum(weight for weight, _marked in judged)
    total = sum(weight * marked for weight, marked in judged)
    return (2 * total + whole) // (2 * whole) if whole else 0


def summed(parts: Sequence[Figures]) -> Figures:
    """Several schools' figures as one: counts add up, shares by lines, marks of service by deliveries."""
    names = (
        "deliveries",
        "lines",
        "refused_lines",
        "accepted_fen",
        "refused_fen",
        "ordered",
        "late",
        "gaps",
        "exceptions",
        "compared_lines",
    )
    sums = {name: sum(getattr(part, name) for part in parts) for name in names}
    return Figures(
        **sums,
        share_permille=_mean([(part.lines, part.share_permille) for part in parts]) or 0,
        price_permille=_mean(
            [(p.compared_lines, p.price_permille) for p in parts if p.price_permille is not None]
        ),
        service=_mean([(part.deliveries, part.service) for part in parts if part.service is not None]),
    )


def school_year(day: date) -> int:
    """The first calendar year of the school year that a day lies in; it begins on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def days_of(year: int) -> tuple[date, date]:
    """The first and last day of a school year."""
    return date(year, 9, 1), date(year + 1, 8, 31)


def _measured(figures: Figures) -> Mapping[str, int | None]:
    worth = figures.accepted_fen + figures.refused_fen
    return {
        "quantity": figures.share_permille if figures.lines else None,
        "value": _permille(figures.refused_fen, worth),
        "late": _permille(figures.late, figures.ordered),
        "papers": _permille(figures.gaps + figures.exceptions, figures.deliveries),
        "price": figures.price_permille,
    }


def _permille(part: int, whole: int) -> int | None:
    return (2000 * part + whole) // (2 * whole) if whole else None


def _mark(criterion: Criterion, permille: int) -> int:
    if permille <= criterion.full:
        return FULL
    if permille >= criterion.none:
        return 0
    span = criterion.none - criterion.full
    return (2 * FULL * (criterion.none - permille) + span) // (2 * span)


def _mean(pairs: Sequence[tuple[int, int | None]]) -> int | None:
    """Weighted by the first of each pair, a half rounded up."""
    known = [(weight, value) for weight, value in pairs if value is not None]
    whole = sum(weight for weight, _value in known)
    if not whole:
        return None
    return (2 * sum(weight * value for weight, value in known) + whole) // (2 * whole)
