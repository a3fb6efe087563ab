"""Kinds of notices, and when one is late or too old to be owed."""

from datetime import date, timedelta
from enum import StrEnum

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _


class Kind(StrEnum):
    """A task is to be done, an alert stands until it is settled, news is read once."""

    TASK = "task"
    ALERT = "alert"
    NEWS = "news"


FRESH = timedelta(days=30)
"""For so long a notice counts as unread; afterwards only an open task or alert still asks for anybody."""


def is_late(due_on: date | None, today: date) -> bool:
    """Whether the last day for a task is over; its own day is not."""
    return due_on is not None and due_on < today


def tick_findings(*, by_hand: bool, done: bool) -> list[Finding]:
    """`closes_itself`: a deed closes this task, no tick does. `done_already`: somebody was faster."""
    if not by_hand:
        message = _("This task closes by itself when what it asks for is done.")
        return [error("closes_itself", message)]
    return [error("done_already", _("This task is done already."))] if done else []


def reopen_findings(*, by_hand: bool, done: bool) -> list[Finding]:
    """`closes_itself`, and `open_still`: there is nothing to open again."""
    if not by_hand:
        return tick_findings(by_hand=by_hand, done=done)
    return [] if done else [error("open_still", _("This task is still open."))]
