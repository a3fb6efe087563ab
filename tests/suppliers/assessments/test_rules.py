"""Weights that make a hundred, marks at their bounds, what a score leads to."""

from datetime import date

import pytest

from suppliers.assessments.rules import (
    CRITERIA,
    Figures,
    Outcome,
    days_of,
    marks_of,
    outcome_findings,
    school_year,
    score_of,
    standing_after,
    summed,
    usual_outcome,
)
from suppliers.licences.rules import Standing

CLEAN = Figures(deliveries=20, lines=100, accepted_fen=100_000, ordered=20, price_permille=0, service=100)


def mark(figures: Figures, key: str) -> int | None:
    return next(one.mark for one in marks_of(figures) if one.key == key)


def test_the_weights_make_a_hundred() -> None:
    assert sum(criterion.weight for criterion in CRITERIA) == 100


def test_a_year_without_a_fault_is_a_hundred_and_one_full_of_them_nothing() -> None:
    assert score_of(marks_of(CLEAN)) == 100
    worst = Figures(20, 100, 100, 1000, 0, 100_000, 20, 20, 20, 20, 5, 500, 0)
    assert score_of(marks_of(worst)) == 0


@pytest.mark.parametrize(
    ("permille", "expected"), [(0, 100), (10, 100), (11, 99), (55, 50), (99, 1), (100, 0), (1000, 0)]
)
def test_refusals_by_quantity_cost_marks_between_one_and_ten_per_cent(permille: int, expected: int) -> None:
    assert mark(Figures(lines=10, share_permille=permille), "quantity") == expected


@pytest.mark.parametrize(("refused", "expected"), [(1_000, 100), (5_500, 50), (10_000, 0)])
def test_refusals_by_value_are_of_what_came(refused: int, expected: int) -> None:
    figures = Figures(accepted_fen=100_000 - refused, refused_fen=refused)
    assert mark(figures, "value") == expected


@pytest.mark.parametrize(("late", "expected"), [(2, 100), (11, 50), (20, 0)])
def test_lateness_is_of_deliveries_with_an_order(late: int, expected: int) -> None:
    assert mark(Figures(deliveries=500, ordered=100, late=late), "late") == expected


@pytest.mark.parametrize(
    ("gaps", "exceptions", "expected"), [(0, 0, 100), (1, 0, 90), (1, 1, 80), (5, 5, 0), (9, 9, 0)]
)
def test_a_missing_paper_costs_and_an_exception_costs_again(
    gaps: int, exceptions: int, expected: int
) -> None:
    assert mark(Figures(deliveries=100, gaps=gaps, exceptions=exceptions), "papers") == expected


@pytest.mark.parametrize(("permille", "expected"), [(-50, 100), (0, 100), (75, 50), (150, 0)])
def test_prices_above_the_median_cost_marks_and_cheap_ones_earn_none(permille: int, expected: int) -> None:
    assert mark(Figures(price_permille=permille), "price") == expected


def test_what_could_not_be_judged_is_left_out_and_not_counted_as_bad() -> None:
    figures = Figures(deliveries=10, lines=10, accepted_fen=1_000)
    marks = {one.key: one.mark for one in marks_of(figures)}
    assert (marks["late"], marks["price"], marks["service"]) == (None, None, None)
    assert score_of(marks_of(figures)) == 100
    assert score_of(marks_of(Figures())) == 0


@pytest.mark.parametrize(
    ("score", "outcome"),
    [
        (100, Outcome.KEEP),
        (80, Outcome.KEEP),
        (79, Outcome.WARN),
        (60, Outcome.WARN),
        (59, Outcome.SUSPEND),
        (0, Outcome.SUSPEND),
    ],
)
def test_a_score_leads_to_an_outcome_and_never_to_the_blacklist(score: int, outcome: Outcome) -> None:
    assert usual_outcome(score) is outcome


def test_whatever_is_not_simply_going_on_needs_a_reason() -> None:
    assert outcome_findings(80, Outcome.KEEP, "") == []
    for score, outcome in ((79, Outcome.KEEP), (79, Outcome.WARN), (90, Outcome.BLACKLIST)):
        assert [f.rule for f in outcome_findings(score, outcome, " ")] == ["missing"]
        assert outcome_findings(score, outcome, "两次缺检疫证") == []


def test_an_assessment_makes_a_standing_harder_and_never_softer() -> None:
    assert standing_after(Outcome.WARN, Standing.ACTIVE) is Standing.WARNED
    assert standing_after(Outcome.SUSPEND, Standing.WARNED) is Standing.SUSPENDED
    assert standing_after(Outcome.WARN, Standing.SUSPENDED) is None
    assert standing_after(Outcome.KEEP, Standing.BLACKLISTED) is None
    assert standing_after(Outcome.BLACKLIST, Standing.LEFT) is None


def test_a_school_year_turns_on_the_first_of_september() -> None:
    assert (school_year(date(2026, 8, 31)), school_year(date(2026, 9, 1))) == (2025, 2026)
    assert days_of(2025) == (date(2025, 9, 1), date(2026, 8, 31))


def test_a_district_sums_its_schools_by_what_came() -> None:
    one = Figures(
        deliveries=10, lines=30, share_permille=10, accepted_fen=500, late=1, ordered=10, service=90
    )
    two = Figures(
        deliveries=30, lines=90, share_permille=50, accepted_fen=700, price_permille=20, compared_lines=4
    )
    both = summed([one, two])
    assert (both.deliveries, both.lines, both.accepted_fen, both.late) == (40, 120, 1_200, 1)
    assert (both.share_permille, both.price_permille, both.service) == (40, 20, 90)
    assert summed([]).service is None
