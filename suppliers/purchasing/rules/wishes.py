"""A wish's way from the draft to what was bought of it, and what a weekly plan says of a market purchase.

请购(计划单) → 审批 → 采购: domain.md 6.2. A weekly plan approved once covers the days of the short chain, so
that market purchases need no approval of their own while they keep to it (practice 23).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import Word, _
from suppliers.purchasing.rules.states import ListKind, OrderState, WishKind, WishState

MOST_DAYS: Mapping[WishKind, int] = {WishKind.WEEKLY_PLAN: 7, WishKind.REQUISITION: 62}
"""How many days a wish may cover: a plan a week, a requisition two months; defaults of the product."""

OVER_PERMILLE = 1100
"""Up to a tenth more than planned is bought without a word: bundles and fish are not cut to the gram."""

KIND_NAMES: Mapping[WishKind, str] = {
    WishKind.REQUISITION: _("Requisition"),
    WishKind.WEEKLY_PLAN: _("Weekly purchase plan"),
}
STATE_NAMES: Mapping[WishState, str] = {
    WishState.DRAFT: _("Being written"),
    WishState.SUBMITTED: _("Waits for approval"),
    WishState.APPROVED: _("May be bought"),
    WishState.REJECTED: _("Sent back to the asker"),
    WishState.CLOSED: _("Closed"),
}
ORDER_NAMES: Mapping[OrderState, str] = {
    OrderState.PLACED: _("Placed with the supplier"),
    OrderState.DELIVERED: _("Has come"),
    OrderState.CANCELLED: _("Called off"),
}
LIST_NAMES: Mapping[ListKind, str] = {
    ListKind.PRICES: _("Price list"),
    ListKind.DISCOUNT: _("Rate off the market price"),
}


class Step(StrEnum):
    """What can be done with a wish."""

    CHANGE = "change"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    ORDER = "order"
    CLOSE = "close"


_WRITTEN = (WishState.DRAFT, WishState.REJECTED)
FROM: Mapping[Step, tuple[WishState, ...]] = {
    Step.CHANGE: _WRITTEN,
    Step.SUBMIT: _WRITTEN,
    Step.WITHDRAW: (WishState.SUBMITTED,),
    Step.APPROVE: (WishState.SUBMITTED,),
    Step.SEND_BACK: (WishState.SUBMITTED,),
    Step.ORDER: (WishState.APPROVED,),
    Step.CLOSE: (*_WRITTEN, WishState.APPROVED),
}


def step_findings(state: WishState, step: Step, number: str, at: str = "") -> list[Finding]:
    """`wrong_state` when this cannot be done with a wish that stands so."""
    if state in FROM[step]:
        return []
    message = _("{number}: this is not possible any more, it stands at “{state}”.")
    return [error("wrong_state", message, at, number=number, state=Word(STATE_NAMES[state]))]


def days_findings(kind: WishKind, first_day: date, last_day: date) -> list[Finding]:
    """`days_order`, `days_too_many`."""
    if last_day < first_day:
        return [error("days_order", _("The last day lies before the first."), "last_day")]
    most = MOST_DAYS[kind]
    if (last_day - first_day).days >= most:
        message = _("This covers at most {most} days.")
        return [error("days_too_many", message, "last_day", most=most)]
    return []


def line_days_findings(days: Sequence[date], first_day: date, last_day: date) -> list[Finding]:
    """`day_outside` for a line that is needed on a day the wish does not cover."""
    message = _("The days of this sheet are {first} to {last}.")
    return [
        error("day_outside", message, f"lines.{n}.day", first=first_day, last=last_day)
        for n, day in enumerate(days)
        if not first_day <= day <= last_day
    ]


def own_findings(submitted_by: int | None, approver: int | None, number: str, at: str = "") -> list[Finding]:
    """`own_wish`: who asks does not approve (采购 and 审批 are two people, domain.md 6.2)."""
    if submitted_by is None or submitted_by != approver:
        return []
    message = _("{number}: who asked for it does not approve it. Somebody else decides.")
    return [error("own_wish", message, at, number=number)]


@dataclass(frozen=True, slots=True)
class Bought:
    """A good of a market purchase; `quantity` is grams or pieces."""

    good: int
    name: str
    quantity: int


def plan_findings(
    bought: Sequence[Bought], planned: Mapping[int, int] | None, before: Mapping[int, int]
) -> list[Finding]:
    """What a market purchase is held against: the standing weekly plan (None: there is none).

    `planned` and `before` (bought of the plan so far) are grams or pieces by good. Warnings `no_plan`,
    `not_planned`, `above_plan`.
    """
    if planned is None:
        return [warning("no_plan", _("No approved weekly plan covers this day."))]
    found = []
    for n, one in enumerate(bought):
        at, limit = f"lines.{n}.good", planned.get(one.good)
        if limit is None:
            message = _("{name} is not in the weekly plan.")
            found.append(warning("not_planned", message, at, name=one.name))
        elif (one.quantity + before.get(one.good, 0)) * 1000 > limit * OVER_PERMILLE:
            message = _("More {name} than the weekly plan allows.")
            found.append(warning("above_plan", message, at, name=one.name))
    return found


LETTERS: Mapping[WishKind, str] = {WishKind.REQUISITION: "QG", WishKind.WEEKLY_PLAN: "CG"}


def wish_number(kind: WishKind, year: int, serial: int) -> str:
    """`QG-2026-0001` (请购单) or `CG-2026-0001` (采购计划); it counts within the year."""
    return f"{LETTERS[kind]}-{year}-{serial:04d}"


def order_number(year: int, serial: int) -> str:
    """`DD-2026-0001` (采购订单)."""
    return f"DD-{year}-{serial:04d}"
