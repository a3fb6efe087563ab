"""The life of a weekly menu: draft, checked, approved, published, served; and what each step asks.

Rules: a menu with errors is approved only for the principal's written reason (practice.md 17a). Who sent it
for approval does not approve it: not twice on the same paper (practice.md 4). What is published is frozen;
later changes are recorded substitutions with a reason (practice.md 19).
"""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _


class State(StrEnum):
    """Where a menu stands."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    SERVED = "served"


class Step(StrEnum):
    """What takes a menu from one state to the next."""

    SUBMIT = "submit"
    SEND_BACK = "send_back"
    REOPEN = "reopen"
    APPROVE = "approve"
    PUBLISH = "publish"
    FINISH = "finish"


class ServingStatus(StrEnum):
    """What became of a dish: as planned, another came instead, or it was not cooked (未供应)."""

    PLANNED = "planned"
    REPLACED = "replaced"
    NOT_SERVED = "not_served"


WAYS: Mapping[Step, tuple[frozenset[State], State]] = {
    Step.SUBMIT: (frozenset({State.DRAFT}), State.CHECKED),
    Step.SEND_BACK: (frozenset({State.CHECKED}), State.DRAFT),
    Step.REOPEN: (frozenset({State.CHECKED, State.APPROVED}), State.DRAFT),
    Step.APPROVE: (frozenset({State.CHECKED}), State.APPROVED),
    Step.PUBLISH: (frozenset({State.APPROVED}), State.PUBLISHED),
    Step.FINISH: (frozenset({State.PUBLISHED}), State.SERVED),
}
# The permission that each step asks for (canteen.accounts.rules).
MAY: Mapping[Step, str] = {
    Step.SUBMIT: "weeks.submit",
    Step.SEND_BACK: "weeks.approve",
    Step.REOPEN: "weeks.edit",
    Step.APPROVE: "weeks.approve",
    Step.PUBLISH: "weeks.publish",
    Step.FINISH: "weeks.serve",
}
CHANGEABLE = frozenset({State.PUBLISHED, State.SERVED})
LEAST_REASON = 2
"""Characters: 停气 and 缺货 say enough."""


def possible(state: State) -> list[Step]:
    """The steps that may come next."""
    return [step for step, (before, _after) in WAYS.items() if state in before]


def after(state: State, step: Step) -> State:
    """The state that the step leads to. The step must be possible."""
    return WAYS[step][1]


def step_findings(state: State, step: Step) -> list[Finding]:
    """`wrong_state` when the step cannot be taken from here."""
    if step in possible(state):
        return []
    return [error("wrong_state", _("The menu has moved on meanwhile: this step is no longer possible."))]


def edit_findings(state: State) -> list[Finding]:
    """`not_a_draft`, or `frozen` after publication."""
    if state is State.DRAFT:
        return []
    if state in CHANGEABLE:
        message = _("The menu is published. Swap the dish with a reason, or mark it as not served.")
        return [error("frozen", message)]
    return [error("not_a_draft", _("Take the menu back to draft before you change it."))]


def change_findings(state: State, reason: str) -> list[Finding]:
    """`not_published`, and `reason` when a recorded change says too little why."""
    found = []
    if state not in CHANGEABLE:
        found.append(error("not_published", _("Only a published menu is changed with a reason; edit it.")))
    return found + reason_findings(reason)


def reason_findings(reason: str) -> list[Finding]:
    """`reason` when it is too short to tell anybody anything."""
    if len(reason.strip()) >= LEAST_REASON:
        return []
    return [
        error("reason", _("Write the reason, at least {least} characters."), "reason", least=LEAST_REASON)
    ]


def approval_findings(
    errors: int, reason: str, *, sent_by: int | None, approver: int | None
) -> list[Finding]:
    """`same_hand`, and `reason` when errors stand and no reason is given."""
    found = reason_findings(reason) if errors else []
    if sent_by is not None and sent_by == approver:
        message = _("Who sent a menu for approval does not approve it: ask another person.")
        found.append(error("same_hand", message))
    return found
