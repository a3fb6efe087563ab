"""How a year's deliveries become a score, and what a score leads to."""

from suppliers.assessments.rules.outcomes import (
    KEEP_FROM,
    OUTCOME_NAMES,
    WARN_FROM,
    Outcome,
    outcome_findings,
    standing_after,
    usual_outcome,
)
from suppliers.assessments.rules.scoring import (
    CRITERIA,
    Criterion,
    Figures,
    Mark,
    days_of,
    marks_of,
    school_year,
    score_of,
    summed,
)

__all__ = [
    "CRITERIA",
    "KEEP_FROM",
    "OUTCOME_NAMES",
    "WARN_FROM",
    "Criterion",
    "Figures",
    "Mark",
    "Outcome",
    "days_of",
    "marks_of",
    "outcome_findings",
    "school_year",
    "score_of",
    "standing_after",
    "summed",
    "usual_outcome",
]
