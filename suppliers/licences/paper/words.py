"""Cells that ledger, lists and file share."""

from datetime import date, datetime
from typing import Any

from canteen.kit.clock import local_day
from canteen.kit.texts import _, say
from suppliers.goods.rules import CATEGORY_NAMES, PAPER_NAMES, Category
from suppliers.licences.rules import STATE_NAMES
from suppliers.licences.services import PaperView

ENDLESS = _("without end")


def day(value: date | None) -> str:
    """A day as it stands on paper."""
    return value.isoformat() if value else ""


def until(value: date | None, lang: str) -> str:
    """The last day, or that there is none."""
    return day(value) or say(lang, ENDLESS)


def goods(categories: Any, lang: str) -> str:
    """Categories in words."""
    return "、".join(say(lang, CATEGORY_NAMES[c]) for c in Category if c in categories)


def kind_word(view: PaperView, lang: str) -> str:
    """The kind of a paper in words."""
    return say(lang, PAPER_NAMES[view.paper.kind])


def state_word(view: PaperView, lang: str) -> str:
    """How it stands, in words."""
    return say(lang, STATE_NAMES[view.standing.state])


def verified_on(view: PaperView) -> str:
    """The day it was verified, if it was."""
    at: datetime | None = view.row["checked_at"]
    return day(local_day(at)) if at else ""
