"""Grades, stages and the bands menus are judged by."""

import pytest

from canteen.schools.rules.groups import (
    AgeBand,
    Stage,
    band_of_grade,
    bands_between,
    grade_findings,
    stage_of_grade,
)


@pytest.mark.parametrize(
    ("grade", "band", "stage"),
    [
        (1, "6-8", "primary"),
        (3, "6-8", "primary"),
        (4, "9-11", "primary"),
        (6, "9-11", "primary"),
        (7, "12-14", "junior"),
        (9, "12-14", "junior"),
        (10, "15-17", "senior"),
        (12, "15-17", "senior"),
    ],
)
def test_a_grade_has_its_band_and_stage(grade: int, band: str, stage: str) -> None:
    assert band_of_grade(grade) is AgeBand(band)
    assert stage_of_grade(grade) is Stage(stage)


def test_a_whole_primary_school_eats_in_two_bands() -> None:
    assert bands_between(1, 6) == [AgeBand.SIX, AgeBand.NINE]


@pytest.mark.parametrize(
    ("first", "last", "wrong"), [(1, 6, 0), (6, 6, 0), (6, 1, 1), (0, 3, 1), (10, 13, 1)]
)
def test_grades_run_forwards_from_1_to_12(first: int, last: int, wrong: int) -> None:
    assert len(grade_findings(first, last)) == wrong
