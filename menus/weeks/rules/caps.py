"""Caps: oil and salt.

Rule: cooking oil at most 30 g, salt at most 6 g per person and day, soy sauce and the like included; a meal
may bring its part of the day. Source: WS/T 554-2017 §4 and table 2 (domain.md §5.3, §5.6). Judged by the
week's mean, as the standard's meal tables contradict its day (domain.md §5.5). A day that itemises none is
unknown, not free of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from canteen.kit.problems import Finding, advice, warning
from canteen.kit.texts import _
from menus.weeks.rules.days import Day, mean
from menus.weeks.rules.limits import Band, Limits, apart


@dataclass(frozen=True, slots=True)
class Cap:
    """One capped thing: how much a day brings, the most allowed, and the guideline's own figure."""

    rule: str
    over_cap: str
    over_guideline: str
    grams: Callable[[Day], float]
    cap: float
    guideline: float


def cap_findings(days: list[Day], band: Band, limits: Limits) -> Iterator[Finding]:
    """`oil` and `salt`: a warning above the cap, advice above table 2."""
    yield from _judged(
        Cap(
            "oil",
            _("Oil: {found} g a day, at most {most} g is allowed in these meals"),
            _("Oil: {found} g a day, the guideline is {most} g in these meals"),
            lambda day: day.grams_of("oil"),
            limits.most_oil_grams,
            band.oil_grams,
        ),
        days,
        limits,
    )
    yield from _judged(
        Cap(
            "salt",
            _("Salt, soy sauce included: {found} g a day, at most {most} g is allowed in these meals"),
            _("Salt, soy sauce included: {found} g a day, the guideline is {most} g in these meals"),
            lambda day: day.salt_grams,
            limits.most_salt_grams,
            band.salt_grams,
        ),
        days,
        limits,
    )


def _judged(cap: Cap, days: list[Day], limits: Limits) -> Iterator[Finding]:
    itemised = [day for day in days if cap.grams(day) > 0]
    found = mean(cap.grams(day) for day in itemised)
    part = mean(min(1.0, day.shares(limits)[1]) for day in itemised)
    if part == 0:
        return
    bounds = (warning, cap.over_cap, cap.cap * part), (advice, cap.over_guideline, cap.guideline * part)
    for level, message, bound in bounds:
        if found > bound + 1e-9:
            grams, most = apart(found, bound, 1)
            yield level(cap.rule, message, found=grams, most=most)
            return
