"""When the turn of a term asks for something, and when a task is late."""

from datetime import date

import pytest

from canteen.kit.problems import Finding
from canteen.notices.rules.kinds import is_late, reopen_findings, tick_findings
from canteen.notices.rules.terms import TERM_TASKS, Turn, due_of, tasks_on

FIRST, LAST = date(2026, 9, 1), date(2027, 1, 20)


def rules_of(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def turns(today: date) -> set[str]:
    return {topic.split(".")[1] for topic in tasks_on(FIRST, LAST, today)}


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 8, 24), set()),
        (date(2026, 8, 25), {Turn.OPENING}),
        (date(2026, 8, 31), {Turn.OPENING}),
        (date(2026, 9, 1), set()),
        (date(2027, 1, 13), set()),
        (date(2027, 1, 14), {Turn.CLOSING}),
        (date(2027, 1, 20), {Turn.CLOSING}),
        (date(2027, 1, 21), set()),
    ],
)
def test_the_lists_stand_in_the_week_before_the_first_day_and_in_the_last_week(
    today: date, found: set[str]
) -> None:
    assert turns(today) == found


def test_the_opening_is_due_the_day_before_and_the_closing_on_the_last_day() -> None:
    assert due_of("terms.opening.clean", FIRST, LAST) == date(2026, 8, 31)
    assert due_of("terms.closing.samples", FIRST, LAST) == LAST
    assert {due for _task, due in tasks_on(FIRST, LAST, date(2027, 1, 15)).values()} == {LAST}


def test_in_a_term_of_four_days_both_lists_may_stand() -> None:
    assert len(tasks_on(FIRST, date(2026, 9, 4), date(2026, 8, 31))) == sum(map(len, TERM_TASKS.values()))


def test_every_task_names_its_source_and_somebody_to_do_it() -> None:
    tasks = [task for tasks in TERM_TASKS.values() for task in tasks]
    assert len({task.code for task in tasks}) == len(tasks)
    assert all(task.source and task.roles for task in tasks)


def test_a_task_is_late_after_its_last_day_and_never_without_one() -> None:
    assert [is_late(FIRST, day) for day in (FIRST, date(2026, 9, 2))] == [False, True]
    assert not is_late(None, FIRST)


def test_only_what_is_ticked_by_hand_is_ticked_or_opened_again() -> None:
    assert rules_of(tick_findings(by_hand=False, done=False)) == ["closes_itself"]
    assert rules_of(tick_findings(by_hand=True, done=True)) == ["done_already"]
    assert rules_of(reopen_findings(by_hand=False, done=True)) == ["closes_itself"]
    assert rules_of(reopen_findings(by_hand=True, done=False)) == ["open_still"]
    assert tick_findings(by_hand=True, done=False) == reopen_findings(by_hand=True, done=True) == []
