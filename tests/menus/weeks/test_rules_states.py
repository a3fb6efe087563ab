"""The life of a menu: which step leads where, and what each asks."""

import pytest

from menus.weeks.rules.states import (
    State,
    Step,
    after,
    approval_findings,
    change_findings,
    edit_findings,
    possible,
    step_findings,
)


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.DRAFT, {Step.SUBMIT}),
        (State.CHECKED, {Step.SEND_BACK, Step.REOPEN, Step.APPROVE}),
        (State.APPROVED, {Step.REOPEN, Step.PUBLISH}),
        (State.PUBLISHED, {Step.FINISH}),
        (State.SERVED, set()),
    ],
)
def test_from_each_state_only_its_own_steps_lead_on(state: State, steps: set[Step]) -> None:
    assert set(possible(state)) == steps
    assert {step for step in Step if not step_findings(state, step)} == steps


def test_the_whole_way_from_draft_to_served() -> None:
    state = State.DRAFT
    for step in (Step.SUBMIT, Step.APPROVE, Step.PUBLISH, Step.FINISH):
        state = after(state, step)
    assert state is State.SERVED


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        (State.CHECKED, "not_a_draft"),
        (State.APPROVED, "not_a_draft"),
        (State.PUBLISHED, "frozen"),
        (State.SERVED, "frozen"),
    ],
)
def test_only_a_draft_is_edited(state: State, rule: str) -> None:
    assert [finding.rule for finding in edit_findings(state)] == [rule]
    assert edit_findings(State.DRAFT) == []


def test_only_what_is_published_is_changed_and_only_with_a_reason() -> None:
    assert change_findings(State.PUBLISHED, "茄子未到货") == []
    assert [f.rule for f in change_findings(State.PUBLISHED, "  无 ")] == ["reason"]
    assert [f.rule for f in change_findings(State.DRAFT, "茄子未到货")] == ["not_published"]


@pytest.mark.parametrize(
    ("errors", "reason", "rules"),
    [(0, "", []), (1, "", ["reason"]), (1, "字", ["reason"]), (1, "供货不足", [])],
)
def test_errors_are_approved_only_for_a_reason(errors: int, reason: str, rules: list[str]) -> None:
    found = approval_findings(errors, reason, sent_by=1, approver=2)
    assert [finding.rule for finding in found] == rules


def test_the_sender_does_not_approve_but_a_machine_may_have_sent() -> None:
    assert [f.rule for f in approval_findings(0, "", sent_by=1, approver=1)] == ["same_hand"]
    assert approval_findings(0, "", sent_by=None, approver=1) == []


@pytest.mark.parametrize(
    ("reason", "enough"), [("停气", True), ("缺货", True), ("气", False), (" 气 ", False)]
)
def test_two_characters_are_a_reason_and_one_is_none(reason: str, enough: bool) -> None:
    assert (change_findings(State.PUBLISHED, reason) == []) == enough
