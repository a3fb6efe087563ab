"""The yearly assessment of suppliers: figures, scores, what follows."""

from suppliers.assessments.services.assessing import assess, latest
from suppliers.assessments.services.figures import read_figures, year_figures
from suppliers.assessments.services.reading import (
    FILTERS,
    SORTS,
    Assessed,
    assessed,
    assessment_of,
    history,
)

__all__ = [
    "FILTERS",
    "SORTS",
    "Assessed",
    "assess",
    "assessed",
    "assessment_of",
    "history",
    "latest",
    "read_figures",
    "year_figures",
]
