"""How a year's deliveries become a score, and what a score leads to."""

from enum import StrEnum


class Outcome(StrEnum):
    """What follows from an assessment."""

    KEEP = "keep"
    WARN = "warn"
    SUSPEND = "suspend"
    BLACKLIST = "blacklist"


__all__ = ["Outcome"]
