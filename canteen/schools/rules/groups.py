"""Stages of schooling and the age bands of WS/T 554-2017."""

from enum import StrEnum

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _


class AgeBand(StrEnum):
    """The age bands of WS/T 554-2017, by which menus are judged."""

    SIX = "6-8"
    NINE = "9-11"
    TWELVE = "12-14"
    FIFTEEN = "15-17"


class Stage(StrEnum):
    """Where a group of pupils stands."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"


STAGE_NAMES = {
    Stage.PRIMARY: _("Primary school"),
    Stage.JUNIOR: _("Junior middle school"),
    Stage.SENIOR: _("Senior middle school"),
}
LAST_GRADE = 12


def band_of_grade(grade: int) -> AgeBand:
    """The band of a school year 1 to 12: three years each (WS/T 554: grades 1-3, 4-6, junior, senior)."""
    return list(AgeBand)[(grade - 1) // 3]


def stage_of_grade(grade: int) -> Stage:
    """The stage of a school year 1 to 12."""
    return Stage.PRIMARY if grade <= 6 else Stage.JUNIOR if grade <= 9 else Stage.SENIOR


def bands_between(first: int, last: int) -> list[AgeBand]:
    """The bands that grades `first` to `last` fall into, youngest first."""
    return list(dict.fromkeys(band_of_grade(grade) for grade in range(first, last + 1)))


def grade_findings(first: int, last: int) -> list[Finding]:
    """`grades` when the span runs backwards or outside 1 to 12."""
    if 1 <= first <= last <= LAST_GRADE:
        return []
    return [error("grades", _("Grades run from 1 to 12, the first not after the last."), "last_grade")]
