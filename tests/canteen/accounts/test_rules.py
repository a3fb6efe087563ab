"""Passwords, waits, sessions and the arithmetic of the chain, at their bounds."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from canteen.accounts.rules import (
    MAY,
    ROLE_NAMES,
    Role,
    password_findings,
    pin_findings,
    role_findings,
    roles_at,
)
from canteen.accounts.rules.passwords import failures_now, wait_after
from canteen.accounts.rules.seals import SEALED, START, chained, first_break, seal
from canteen.accounts.rules.sessions import has_ended, is_worth_noting
from tests.cast import NOW

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("123456789", "password_length"),
        ("x" * 129, "password_length"),
        ("aaaaaaaaaaaa", "password_easy"),
        ("1234567890", "password_easy"),
        ("Password123456", "password_easy"),
        ("wangfang88", "password_easy"),
        ("one more potato", ""),
        ("土豆牛肉白菜豆腐米饭汤", ""),
        ("abcdefg hi", ""),
    ],
)
def test_a_password_is_long_and_not_easy(password: str, rule: str) -> None:
    assert "".join(f.rule for f in password_findings(password, "wangfang")) == rule


def test_a_pin_is_four_plain_digits() -> None:
    assert pin_findings("5937") == []
    assert {f.rule for pin in ("５９３７", "593", "59377", "abcd") for f in pin_findings(pin)} == {"pin_form"}
    assert {f.rule for pin in ("7777", "1234") for f in pin_findings(pin)} == {"pin_easy"}


def test_the_wait_doubles_from_five_seconds_to_a_quarter_of_an_hour() -> None:
    waits = [int(wait_after(n, 5).total_seconds()) for n in range(15)]
    assert waits == [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    assert wait_after(10**9, 5) == timedelta(minutes=15)


def test_wrong_tries_are_forgotten_after_a_day_without_one() -> None:
    assert failures_now(7, NOW, NOW + timedelta(hours=24) - SECOND) == 7
    assert failures_now(7, NOW, NOW + timedelta(hours=24)) == 0


def test_a_person_is_idle_after_twelve_hours_and_a_device_never() -> None:
    far, idle = NOW + timedelta(days=7), NOW + timedelta(hours=12)
    assert not has_ended(NOW, far, is_device=False, now=idle - SECOND)
    assert has_ended(NOW, far, is_device=False, now=idle)
    assert not has_ended(NOW, far, is_device=True, now=idle)
    assert has_ended(far, far, is_device=True, now=far)
    assert not is_worth_noting(NOW, NOW + timedelta(seconds=59))
    assert is_worth_noting(NOW, NOW + timedelta(seconds=60))


def test_every_role_has_a_name_and_somebody_holds_every_permission() -> None:
    assert set(ROLE_NAMES) == set(Role)
    assert all(MAY.values())


def test_a_role_exists_at_its_kind_of_place() -> None:
    assert Role.DISTRICT_ADMIN not in roles_at("school")
    assert Role.COOK not in roles_at("district")
    assert Role.CENTRAL_ACCOUNTANT in roles_at("central")
    assert role_findings((), Role.COOK, "school") == []
    assert [f.rule for f in role_findings(("cashier",), "accountant", "school")] == ["cashier_keeps_books"]


def row(id_: int, **more: Any) -> dict[str, Any]:
    return {**dict.fromkeys(SEALED), "school": 1, "id": id_, "at": NOW, "entered_at": NOW, **more}


def chain(count: int) -> list[dict[str, Any]]:
    rows = [row(n) for n in range(1, count + 1)]
    return [
        {**r, "place": place, "seal": made}
        for place, (r, made) in enumerate(zip(rows, chained(START, rows), strict=True), start=1)
    ]


def test_a_seal_covers_every_column_and_the_seal_before() -> None:
    plain = row(1)
    seals = {seal(START, {**plain, name: "other"}) for name in SEALED if name not in ("at", "entered_at")}
    later = NOW + timedelta(microseconds=1)
    seals |= {seal(START, {**plain, "at": later}), seal(START, {**plain, "entered_at": later})}
    seals |= {seal(START, plain), seal("x", plain)}
    assert len(seals) == len(SEALED) + 2


def test_a_seal_is_the_same_in_every_zone() -> None:
    there = NOW.astimezone(tz=datetime(2026, 9, 7).astimezone().tzinfo or UTC)
    assert seal(START, row(1)) == seal(START, row(1, at=there))


def test_the_walk_names_the_first_row_that_does_not_hold() -> None:
    whole = chain(5)
    assert first_break(whole, 0, START) == (None, 5, whole[-1]["seal"])
    changed = [*whole[:2], {**whole[2], "deed": "x"}, *whole[3:]]
    broken, place, _previous = first_break(changed, 0, START)
    assert broken is not None
    assert (broken.place, broken.row, broken.kind, place) == (3, 3, "changed", 2)
    gone = first_break([*whole[:2], *whole[3:]], 0, START)[0]
    assert gone is not None
    assert (gone.place, gone.row, gone.kind) == (3, None, "gone")
