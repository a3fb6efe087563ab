"""Whose decision stands on a day, and what may be decided at all."""

from datetime import date

import pytest

from canteen.kit.texts import tell
from canteen.schools.rules.keys import POLICIES, TOPICS
from canteen.schools.rules.policies import Kind, Row, Value, clock, notices, standing, typed, value_findings

HOURS = POLICIES["sample_hours"]
SCHOOL, CENTRAL, DISTRICT = 3, 2, 1
LINE = (SCHOOL, CENTRAL, DISTRICT)
SEPTEMBER = date(2026, 9, 1)


def row(tenant: int, value: Value, from_day: date = SEPTEMBER, **more: object) -> Row:
    return Row(tenant, "sample_hours", from_day, value, **more)  # type: ignore[arg-type]


def holds(*rows: Row, on: date = SEPTEMBER) -> Value:
    return standing(HOURS, rows, LINE, on).value


def test_who_decided_nothing_has_the_default() -> None:
    assert holds() == 24
    assert standing(HOURS, (), LINE, SEPTEMBER).tenant is None


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 8, 31), 24), (date(2026, 9, 1), 48), (date(2026, 9, 30), 48), (date(2026, 10, 1), 72)],
)
def test_a_decision_holds_from_its_day_until_the_next(on: date, expected: int) -> None:
    assert holds(row(SCHOOL, 48), row(SCHOOL, 72, date(2026, 10, 1)), on=on) == expected


def test_of_one_day_the_last_one_entered_holds() -> None:
    assert holds(row(SCHOOL, 48, entered=7), row(SCHOOL, 72, entered=9)) == 72


def test_the_school_goes_before_its_district() -> None:
    assert holds(row(DISTRICT, 48), row(SCHOOL, 24)) == 24


def test_the_nearest_above_stands_in_for_a_silent_school() -> None:
    assert holds(row(DISTRICT, 48)) == 48
    assert holds(row(DISTRICT, 48), row(CENTRAL, 72)) == 72


def test_a_lock_of_the_district_beats_everybody_below() -> None:
    rows = (row(DISTRICT, 48, locked=True), row(CENTRAL, 60, locked=True), row(SCHOOL, 24))
    assert holds(*rows) == 48


def test_a_lock_begins_and_ends_on_its_day() -> None:
    rows = (row(SCHOOL, 24), row(DISTRICT, 48, date(2026, 10, 1), locked=True))
    rows += (row(DISTRICT, 48, date(2026, 11, 1)),)
    assert [holds(*rows, on=date(2026, month, 1)) for month in (9, 10, 11)] == [24, 48, 24]


def test_a_lock_of_the_school_itself_locks_nobody_out() -> None:
    assert holds(row(SCHOOL, 24, locked=True), row(DISTRICT, 48, locked=True)) == 48


def test_a_decision_given_back_leaves_it_to_the_one_above() -> None:
    rows = (row(SCHOOL, 24), row(DISTRICT, 48), row(SCHOOL, None, date(2026, 10, 1), decided=False))
    assert holds(*rows, on=date(2026, 10, 1)) == 48


def test_no_bound_is_a_decision_too() -> None:
    cost = POLICIES["lunch_most_fen"]
    rows = (Row(DISTRICT, cost.key, SEPTEMBER, 900), Row(SCHOOL, cost.key, SEPTEMBER, None))
    assert standing(cost, rows, LINE, SEPTEMBER).value is None
    assert value_findings(cost, None) == []


@pytest.mark.parametrize(
    ("key", "value", "rules"),
    [
        ("sample_hours", 23, ["too_small"]),
        ("sample_hours", 24, []),
        ("sample_hours", 240, []),
        ("sample_hours", 241, ["too_large"]),
        ("sample_hours", None, ["missing"]),
        ("sample_hours", True, ["not_a_number"]),
        ("sample_grams", 124, ["too_small"]),
        ("sample_grams", 125, []),
        ("temperature_alarm_tenths", 373, []),
        ("temperature_alarm_tenths", 390, ["too_large"]),
        ("eggs_are_meat", False, []),
        ("eggs_are_meat", 1, ["not_one_of"]),
        ("weight_unit", "jin", []),
        ("weight_unit", "pound", ["not_one_of"]),
        ("menu_composition", "one_big_one_small_one_vegetable_one_soup", []),
        ("menu_composition", {"meat": 1, "vegetable": 2, "soup": 1}, []),
        ("menu_composition", {"meat": 0}, ["not_one_of"]),
        ("menu_composition", {"meat": 10}, ["not_one_of"]),
        ("menu_composition", {"cake": 1}, ["not_one_of"]),
        ("lunch_window", {"starts": 660, "ends": 661}, []),
        ("lunch_window", {"starts": 0, "ends": 1439}, []),
        ("lunch_window", {"starts": 660, "ends": 660}, ["ends_before"]),
        ("lunch_window", {"starts": 660, "ends": 1440}, ["not_a_time"]),
        ("lunch_window", {"starts": -1, "ends": 660}, ["not_a_time"]),
        ("lunch_window", {"starts": 660}, ["not_a_time"]),
        ("lunch_window", 660, ["not_a_time"]),
        ("lunch_window", None, ["missing"]),
    ],
)
def test_what_may_be_decided(key: str, value: Value, rules: list[str]) -> None:
    assert [f.rule for f in value_findings(POLICIES[key], value)] == rules


def test_every_default_may_be_decided_and_stands_under_a_topic() -> None:
    for policy in POLICIES.values():
        assert value_findings(policy, policy.default) == []
        assert policy.topic in TOPICS


def test_the_national_48_hours_are_told_to_who_keeps_less() -> None:
    assert [f.facts["hours"] for f in notices("sample_hours", 24)] == [24]
    assert [f.rule for f in notices("sample_hours", 47)] == ["sample_hours_national"]
    assert notices("sample_hours", 48) == []
    assert notices("sample_grams", 24) == []


def test_bounds_are_said_in_the_unit_people_type() -> None:
    assert typed(POLICIES["temperature_alarm_tenths"], 373) == "37.3"
    assert typed(POLICIES["small_cash_fen"], 5000) == "50"
    assert POLICIES["sample_hours"].kind is Kind.NUMBER


def test_minutes_are_said_as_a_clock_says_them() -> None:
    assert [clock(n) for n in (0, 390, 1439)] == ["0:00", "6:30", "23:59"]


def test_the_line_on_24_hours_reads_as_true_for_a_district_as_for_a_school() -> None:
    [line] = notices("sample_hours", 24)
    assert "目前设定为 24 小时" in tell("zh_CN", line)
    assert "本校" not in tell("zh_CN", line)
