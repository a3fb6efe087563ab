"""What is wrong, said as values, and the three refusals a service may raise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How much a finding weighs: an error stops, a warning asks, advice informs."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule found.

    `rule` is the stable id that programs compare; `message` is the message id (English text with
    `{named}` places, see kit.texts) and `facts` the values for its places. `at` says where: a form field
    (`dishes.2.grams`), a row (`line 17`) or nothing.
    """

    rule: str
    level: Level
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""


class Refused(Exception):
    """The deed breaks rules; nothing was written. Carries every finding at once."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f.rule for f in findings))
        self.findings = list(findings)


class Conflict(Refused):
    """Somebody else was first: the same key was saved meanwhile. Nothing was written."""


class Missing(Exception):
    """There is no such thing in this school (or the caller may not know that there is)."""


class Forbidden(Exception):
    """The caller is known but may not do this."""


def error(rule: str, message: str, at: str = "", **facts: Any) -> Finding:
    """A finding that stops."""
    return Finding(rule, Level.ERROR, message, facts, at)


def warning(rule: str, message: str, at: str = "", **facts: Any) -> Finding:
    """A finding that asks."""
    return Finding(rule, Level.WARNING, message, facts, at)


def advice(rule: str, message: str, at: str = "", **facts: Any) -> Finding:
    """A finding that informs."""
    return Finding(rule, Level.ADVICE, message, facts, at)


def refuse_if(findings: Sequence[Finding]) -> None:
    """Raise Refused when any finding is an error."""
    if any(f.level is Level.ERROR for f in findings):
        raise Refused(findings)
