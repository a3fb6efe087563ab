"""What a score leads to; a person decides, and says why where it is not the usual."""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.licences.rules import Standing


class Outcome(StrEnum):
    """What follows from an assessment."""

    KEEP = "keep"
    WARN = "warn"
    SUSPEND = "suspend"
    BLACKLIST = "blacklist"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.KEEP: _("Goes on supplying"),
    Outcome.WARN: _("Warned, to mend"),
    Outcome.SUSPEND: _("Suspended from supplying"),
    Outcome.BLACKLIST: _("Put on the blacklist"),
}
STANDINGS: Mapping[Outcome, Standing] = {
    Outcome.WARN: Standing.WARNED,
    Outcome.SUSPEND: Standing.SUSPENDED,
    Outcome.BLACKLIST: Standing.BLACKLISTED,
}
_HARDER = (Standing.ACTIVE, Standing.WARNED, Standing.SUSPENDED, Standing.BLACKLISTED)

KEEP_FROM, WARN_FROM = 80, 60
"""Custom of school districts: 80 and more passes, from 60 on the supplier is warned, below it is suspended.
Nobody is blacklisted by figures alone."""


def usual_outcome(score: int) -> Outcome:
    """What a score usually leads to; the bounds themselves belong to the better one."""
    if score >= KEEP_FROM:
        return Outcome.KEEP
    return Outcome.WARN if score >= WARN_FROM else Outcome.SUSPEND


def outcome_findings(score: int, outcome: Outcome, reason: str) -> list[Finding]:
    """A reason stands beside whatever is not simply going on, and beside what the score does not lead to."""
    if reason.strip() or outcome is usual_outcome(score) is Outcome.KEEP:
        return []
    return [error("missing", _("Say why: buyers and the district read it."), "reason")]


def standing_after(outcome: Outcome, now: Standing) -> Standing | None:
    """How the supplier stands from now on; None: as before. An assessment never lifts what was laid down."""
    wanted = STANDINGS.get(outcome)
    if wanted is None or now not in _HARDER or _HARDER.index(wanted) <= _HARDER.index(now):
        return None
    return wanted
