"""What people send about an assessment."""

from typing import Annotated

import msgspec
from msgspec import Meta

from suppliers.assessments.rules import Outcome


class AssessmentForm(msgspec.Struct, frozen=True):
    """A supplier's school year as it is judged. Blank `service` at a district: the mean of its schools'."""

    year: Annotated[int, Meta(ge=2000, le=2200)]
    outcome: Outcome
    service: Annotated[int, Meta(ge=0, le=100)] | None = None
    reason: Annotated[str, Meta(max_length=400)] = ""
