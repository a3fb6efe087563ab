"""Which lot goes first, which may not go, what a part costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suppliers.stock.rules import (
    Counted,
    LotState,
    OnShelf,
    SlipKind,
    Standing,
    closing_findings,
    first_out,
    lot_number,
    share_of,
    slip_number,
    standing_of,
    takes,
)

TODAY = date(2026, 3, 10)


def lot(id_: int, quantity: int = 1000, fen: int = 700, days: int | None = 5, **more: Any) -> OnShelf:
    expires = None if days is None else TODAY + timedelta(days=days)
    return OnShelf(id_, 1, quantity, fen, TODAY - timedelta(days=id_), expires, **more)


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (-1, Standing.EXPIRED),
        (0, Standing.NEAR),
        (3, Standing.NEAR),
        (4, Standing.USABLE),
        (None, Standing.USABLE),
    ],
)
def test_a_lot_may_go_on_its_last_day_and_not_the_day_after(days: int | None, standing: Standing) -> None:
    assert standing_of(lot(1, days=days), TODAY, lead_days=3) is standing


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({"state": LotState.LOCKED}, Standing.LOCKED),
        ({"state": LotState.QUARANTINED}, Standing.QUARANTINED),
        ({"held": True}, Standing.HELD),
    ],
)
def test_a_lot_that_waits_for_a_decision_does_not_go(more: dict[str, Any], standing: Standing) -> None:
    assert standing_of(lot(1, **more), TODAY) is standing
    assert takes([lot(1, **more)], 1, TODAY)[0] == []


def test_what_expires_first_goes_first_then_what_was_here_longest() -> None:
    none, late, early, old = lot(1, days=None), lot(2, days=9), lot(3, days=2), lot(4, days=9)
    assert [each.id for each in first_out([none, late, early, old])] == [3, 4, 2, 1]


def test_an_issue_reaches_over_lots_and_leaves_the_rest() -> None:
    taken, found = takes([lot(1, 300, 300, days=1), lot(2, 1000, 2000, days=9)], 500, TODAY)
    assert found == []
    assert [(part.lot.id, part.quantity, part.fen, part.seen) for part in taken] == [
        (1, 300, 300, 300),
        (2, 200, 400, 1000),
    ]


def test_too_little_is_told_with_what_is_there_and_what_may_not_go() -> None:
    taken, [finding] = takes([lot(1, 300), lot(2, 900, days=-1)], 500, TODAY, "lines.0")
    assert taken == []
    assert (finding.rule, finding.at) == ("not_enough", "lines.0")
    assert (finding.facts["left"], finding.facts["blocked"]) == (300, 900)


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.lists(st.integers(1, 10**6), min_size=1, max_size=8))
def test_the_parts_of_a_lot_cost_what_the_lot_cost(fen: int, whole: int, parts: list[int]) -> None:
    left, money, paid = whole, fen, 0
    for part in [min(part, whole) for part in parts]:
        if part > left:
            break
        share = share_of(money, left, part)
        assert 0 <= share <= money
        left, money, paid = left - part, money - share, paid + share
    assert paid + money == fen
    assert share_of(money, left, left) == money if left else money == 0


def test_a_stocktake_closes_only_when_all_is_counted_and_differences_have_a_cause() -> None:
    lines = [
        Counted(1, 1000, 500, 1000),
        Counted(2, 1000, 500, None),
        Counted(3, 1000, 500, 900),
        Counted(4, 1000, 500, 900, "drying"),
    ]
    assert [(found.rule, found.at) for found in closing_findings(lines)] == [
        ("not_counted", "lines.2.counted"),
        ("no_cause", "lines.3.cause"),
    ]
    assert (lines[3].difference, lines[3].difference_fen) == (-100, -50)


def test_slips_and_lots_have_numbers_that_tell_what_they_are() -> None:
    assert slip_number(SlipKind.RECEIPT, 2026, 12) == "RK-2026-00012"
    assert lot_number(TODAY, 3) == "L260310-003"
