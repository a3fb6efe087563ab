"""What the weekly menus put on the start page: this week's, next week's, and those that wait for approval."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, TypeAlias

from canteen.kit.actor import Actor
from canteen.kit.clock import monday_of
from canteen.kit.pages import Listing
from canteen.kit.pages.cards import Card
from canteen.kit.texts import _
from canteen.schools.services.calendar import meals_due
from menus.weeks.rules.states import State
from menus.weeks.services import lists
from menus.weeks.services.sheet import WeekHead
from menus.weeks.web.showing import AGES, STATES, TONES

Lines: TypeAlias = list[tuple[str, Mapping[str, Any]]]

NEXT = {State.DRAFT: "weeks.edit", State.APPROVED: "weeks.publish"}
"""Who takes a menu on from where it stands; approval has a card of its own."""

SOON = 3
"""Thursday: from this weekday on, next week's menu should be on its way to the wall."""


async def home(actor: Actor, may: Callable[[str], bool], today: date) -> list[Card]:
    """What the planner, the principal and everybody else need of this week's and next week's menus."""
    monday = monday_of(today)
    asked = Listing(filters={"from": monday.isoformat()}, limit=40)
    found, _cursor = await lists.weeks(actor.school, asked)
    heads = [head for head in found if not head.in_library]
    last = await lists.last_days(actor.school, heads)
    waiting = [head for head in reversed(heads) if head.state == State.CHECKED and may("weeks.approve")]
    cards = [_to_approve(head, _lines(head, last)) for head in waiting]
    for first, title in ((monday, _("This week's menu")), (_week_after(monday), _("Next week's menu"))):
        here = [head for head in heads if head.first_day == first]
        cards += [
            _stands(title, head, _lines(head, last), _due(head, today, may))
            for head in here
            if head not in waiting
        ]
        if not here and await _wanted(actor.school, first, today):
            cards += _missing(title, first, today, may)
    return cards


def _week_after(monday: date) -> date:
    return monday + timedelta(days=7)


async def _wanted(school: int, monday: date, today: date) -> bool:
    """Whether a meal is still due in that week."""
    return bool(await meals_due(school, max(monday, today), monday + timedelta(days=6)))


def _lines(head: WeekHead, last: Mapping[int, date]) -> Lines:
    days = {"first": head.first_day, "last": last.get(head.id, head.first_day)}
    whom = (_("For {audience}"), {"audience": head.audience}) if head.audience else (AGES[head.age], {})
    lines: Lines = [(_("{first} – {last}"), days), whom]
    if head.error_count and head.state in (State.DRAFT, State.CHECKED):
        lines.append((_("{count} errors to mend"), {"count": head.error_count}))
    if head.state == State.DRAFT and head.sent_back_reason:
        lines.append((_("Sent back: {reason}"), {"reason": head.sent_back_reason}))
    return lines


def _to_approve(head: WeekHead, lines: Lines) -> Card:
    way = f"/weeks/{head.id}/approval"
    return Card(_("A menu waits for your approval"), lines, way, _("Look through and approve"), tone="due")


def _due(head: WeekHead, today: date, may: Callable[[str], bool]) -> bool:
    return head.state in NEXT and may(NEXT[head.state]) and _is_soon(head.first_day, today)


def _stands(title: str, head: WeekHead, lines: Lines, due: bool) -> Card:
    tone = "due" if due else TONES[head.state].replace("due", "")
    return Card(title, lines, f"/weeks/{head.id}", _("Open the menu"), STATES[head.state], tone)


def _missing(title: str, monday: date, today: date, may: Callable[[str], bool]) -> list[Card]:
    lines: Lines = [(_("There is no menu yet."), {})]
    if may("weeks.edit"):
        tone = "due" if _is_soon(monday, today) else ""
        return [Card(title, lines, "/weeks/new", _("Plan a week"), tone=tone)]
    return [Card(title, lines, "/weeks", _("Weekly menus"))] if monday <= today else []


def _is_soon(monday: date, today: date) -> bool:
    return monday <= today or today.weekday() >= SOON
