"""Policies: what may be decided, between which bounds, and whose decision stands on a day.

Rule (house.md): the school's dated row unless the district locked that key, then the district's, then the
default; a central school stands between the two. Of several rows of one tenant the one with the latest day
stands, of the same day the last one entered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import _

Counts: TypeAlias = Mapping[str, int]
Value: TypeAlias = int | bool | str | Counts | None

# A time of the day from and to, in minutes since midnight.
WINDOW = ("starts", "ends")
MINUTES_A_DAY = 24 * 60
COUNTED = ("meat", "vegetable", "soup", "big", "small")
MOST_DISHES = 9


class Kind(StrEnum):
    """How a policy is typed and shown."""

    NUMBER = "number"
    TENTHS = "tenths"
    MONEY = "money"
    YES_NO = "yes_no"
    CHOICE = "choice"
    COMPOSITION = "composition"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers offered: its value, and in plain words what it means (message id)."""

    value: int | str
    text: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One thing that can be decided. Texts are message ids.

    `least` and `most` bound what may be typed, in the unit that is kept (hours, grams, tenths of a degree,
    fen, percent). `source` says where the figure comes from. `blank` allows "no bound" as an answer.
    """

    key: str
    topic: str
    name: str
    question: str
    kind: Kind
    default: Value
    source: str
    unit: str = ""
    least: int | None = None
    most: int | None = None
    blank: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A decision of one tenant, from a day on. `decided` False gives the key back to whoever stands above."""

    tenant: int
    key: str
    from_day: date
    value: Value
    decided: bool = True
    locked: bool = False
    entered: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds on a day: the value, and whose decision it is (None: the default) since when."""

    value: Value
    tenant: int | None = None
    from_day: date | None = None
    locked: bool = False


def standing(policy: Policy, rows: Iterable[Row], line: Sequence[int], on: date) -> Standing:
    """What holds for the first tenant of `line`; behind it stand those above it, nearest first."""
    mine = [row for row in rows if row.key == policy.key and row.from_day <= on]
    latest = [_latest(row for row in mine if row.tenant == tenant) for tenant in line]
    decided = [row for row in latest if row is not None and row.decided]
    locks = [row for row in decided if row.locked and row.tenant != line[0]]
    if locks:
        return _standing(locks[-1])
    return _standing(decided[0]) if decided else Standing(policy.default)


def _latest(rows: Iterable[Row]) -> Row | None:
    return max(rows, key=lambda row: (row.from_day, row.entered), default=None)


def _standing(row: Row) -> Standing:
    return Standing(row.value, row.tenant, row.from_day, row.locked)


def value_findings(policy: Policy, value: Value) -> list[Finding]:
    """What is wrong with a decision: out of bounds, not among the choices, or of the wrong kind."""
    if value is None:
        return [] if policy.blank else [error("missing", _("This is required."), "value")]
    match policy.kind:
        case Kind.CHOICE:
            known = value in [choice.value for choice in policy.choices]
        case Kind.YES_NO:
            known = isinstance(value, bool)
        case Kind.COMPOSITION:
            known = value in [choice.value for choice in policy.choices] or _is_counts(value)
        case Kind.WINDOW:
            return _window_findings(value)
        case _:
            return _bound_findings(policy, value)
    return [] if known else [error("not_one_of", _("Choose one of the list."), "value")]


def _bound_findings(policy: Policy, value: Value) -> list[Finding]:
    if not isinstance(value, int) or isinstance(value, bool):
        return [error("not_a_number", _("This is not a number."), "value")]
    if policy.least is not None and value < policy.least:
        return [error("too_small", _("At least {bound}."), "value", bound=typed(policy, policy.least))]
    if policy.most is not None and value > policy.most:
        return [error("too_large", _("At most {bound}."), "value", bound=typed(policy, policy.most))]
    return []


def _is_counts(value: Value) -> bool:
    if not isinstance(value, Mapping) or not set(value) <= set(COUNTED):
        return False
    counts = list(value.values())
    return any(counts) and all(type(n) is int and 0 <= n <= MOST_DISHES for n in counts)


def _window_findings(value: Value) -> list[Finding]:
    if not isinstance(value, Mapping) or set(value) != set(WINDOW):
        return [error("not_a_time", _("This is not a time of day."), "starts")]
    starts, ends = value["starts"], value["ends"]
    if not all(type(n) is int and 0 <= n < MINUTES_A_DAY for n in (starts, ends)):
        return [error("not_a_time", _("This is not a time of day."), "starts")]
    return [] if starts < ends else [error("ends_before", _("The end lies before the beginning."), "ends")]


def clock(minutes: int) -> str:
    """Minutes since midnight as they stand on a clock: 390 is `6:30`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def typed(policy: Policy, value: int) -> str:
    """A kept figure in the unit that people type: tenths as 37.3, fen as yuan."""
    scale = {Kind.TENTHS: 10, Kind.MONEY: 100}.get(policy.kind, 1)
    return f"{value / scale:g}"


def notices(key: str, value: Value) -> list[Finding]:
    """The lines that stay on page and paper while a policy stands below what national rules ask.

    Samples: at least 48 hours (Decree 45 of 2019, article 40; operation norm of 2018, 7.9). A school may be
    set to 24, as its own documents ask (domain.md, decision 1), but is told so permanently.
    """
    if key != "sample_hours" or not isinstance(value, int) or value >= 48:
        return []
    message = _(
        "National rules ask for 48 hours of sample retention (Decree 45, article 40; operation norm 7.9). "
        "Here samples are kept {hours} hours."
    )
    return [warning("sample_hours_national", message, hours=value)]
