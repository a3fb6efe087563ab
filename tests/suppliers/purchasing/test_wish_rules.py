"""A wish's way, its days, what a weekly plan says of a market purchase, and which tender's price holds."""

from datetime import date, timedelta

import pytest

from suppliers.purchasing.rules import ListKind, WishKind, WishState
from suppliers.purchasing.rules.lists import ListInForce, listed
from suppliers.purchasing.rules.wishes import (
    Bought,
    Step,
    days_findings,
    order_number,
    own_findings,
    plan_findings,
    step_findings,
    wish_number,
)

MONDAY = date(2026, 9, 7)
LEEK = 1


@pytest.mark.parametrize(
    ("step", "states"),
    [
        (Step.CHANGE, {"draft", "rejected"}),
        (Step.SUBMIT, {"draft", "rejected"}),
        (Step.WITHDRAW, {"submitted"}),
        (Step.APPROVE, {"submitted"}),
        (Step.SEND_BACK, {"submitted"}),
        (Step.ORDER, {"approved"}),
        (Step.CLOSE, {"draft", "rejected", "approved"}),
    ],
)
def test_each_step_is_taken_from_where_it_can_be(step: Step, states: set[str]) -> None:
    assert {state.value for state in WishState if not step_findings(state, step, "QG-1")} == states


@pytest.mark.parametrize(("days", "rules"), [(-1, ["days_order"]), (0, []), (6, []), (7, ["days_too_many"])])
def test_a_plan_covers_a_week_at_most(days: int, rules: list[str]) -> None:
    found = days_findings(WishKind.WEEKLY_PLAN, MONDAY, MONDAY + timedelta(days))
    assert [one.rule for one in found] == rules


def test_who_asks_does_not_approve() -> None:
    assert own_findings(7, 8, "QG-1") == []
    assert own_findings(None, None, "QG-1") == []
    assert [one.rule for one in own_findings(7, 7, "QG-1")] == ["own_wish"]


@pytest.mark.parametrize(
    ("quantity", "before", "rules"),
    [(11_000, 0, []), (11_001, 0, ["above_plan"]), (1_000, 10_000, []), (1_001, 10_000, ["above_plan"])],
)
def test_a_market_purchase_keeps_to_the_plan_or_is_asked_about(
    quantity: int, before: int, rules: list[str]
) -> None:
    found = plan_findings([Bought(LEEK, "韭菜", quantity)], {LEEK: 10_000}, {LEEK: before})
    assert [one.rule for one in found] == rules


def test_a_market_purchase_without_a_plan_or_outside_it_is_asked_about() -> None:
    bought = [Bought(2, "生菜", 1)]
    assert [one.rule for one in plan_findings(bought, None, {})] == ["no_plan"]
    assert [(one.rule, one.at) for one in plan_findings(bought, {LEEK: 1}, {})] == [
        ("not_planned", "lines.0.good")
    ]


def a_list(id_: int, **changes: object) -> ListInForce:
    values = {
        "name": f"list {id_}",
        "away": 0,
        "own": False,
        "kind": ListKind.PRICES,
        "first_day": MONDAY,
        "discount_permille": None,
        "prices": {"韭菜": 100 * id_},
    }
    return ListInForce(id_, **{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("others", "taken"),
    [
        ([], 1),
        ([a_list(2, away=1)], 1),
        ([a_list(2, own=True)], 2),
        ([a_list(2, first_day=MONDAY + timedelta(1))], 2),
        ([a_list(2, kind=ListKind.DISCOUNT, discount_permille=100, own=False)], 1),
        ([a_list(2, own=True, prices={"生菜": 5})], 1),
    ],
)
def test_the_nearest_most_particular_and_youngest_list_holds(others: list[ListInForce], taken: int) -> None:
    found = listed([*others, a_list(1)], ["韭菜"], [1000])
    assert found is not None and found.price_list == taken


def test_a_rate_without_a_market_price_says_nothing() -> None:
    rate = a_list(1, kind=ListKind.DISCOUNT, discount_permille=100)
    assert listed([rate], ["韭菜"], []) is None
    found = listed([rate], ["韭菜"], [900, 1100, 1000])
    assert found is not None and (found.fen_per_kg, found.market_fen_per_kg) == (900, 1000)


def test_numbers_count_within_the_year() -> None:
    assert wish_number(WishKind.WEEKLY_PLAN, 2026, 7) == "CG-2026-0007"
    assert order_number(2026, 12) == "DD-2026-0012"
