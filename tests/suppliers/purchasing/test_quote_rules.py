"""Quotes, approval by amount, and what a price is held against."""

import pytest

from suppliers.purchasing.rules.quotes import (
    Amounts,
    Approver,
    Offer,
    Usual,
    approval_findings,
    approver_of,
    discounted,
    median,
    price_findings,
    quote_findings,
)

AMOUNTS = Amounts(quotes_from=500_000, principal_from=100_000, collective_from=5_000_000)


def offers(*fen: int, chosen: int | None = 0) -> list[Offer]:
    return [Offer(n, f"seller {n}", each, n == chosen) for n, each in enumerate(fen)]


@pytest.mark.parametrize(
    ("fen", "approver"),
    [
        (99_999, Approver.DEPUTY),
        (100_000, Approver.PRINCIPAL),
        (4_999_999, Approver.PRINCIPAL),
        (5_000_000, Approver.COLLECTIVE),
    ],
)
def test_the_amount_says_who_decides(fen: int, approver: Approver) -> None:
    assert approver_of(fen, AMOUNTS) is approver
    assert approver_of(fen, Amounts()) is Approver.DEPUTY


def test_a_deputy_does_not_decide_what_is_the_principals() -> None:
    assert approval_findings(99_999, AMOUNTS, principal=False, meeting="") == []
    [finding] = approval_findings(100_000, AMOUNTS, principal=False, meeting="")
    assert finding.rule == "principal_decides"


def test_a_collective_decision_names_its_meeting() -> None:
    [finding] = approval_findings(5_000_000, AMOUNTS, principal=True, meeting=" ")
    assert (finding.rule, finding.at) == ("meeting_missing", "collective_note")
    assert approval_findings(5_000_000, AMOUNTS, principal=True, meeting="3月2日膳食委员会") == []


@pytest.mark.parametrize(
    ("given", "fen", "reason", "rules"),
    [
        ([], 499_999, "", []),
        ([], 500_000, "", ["three_quotes", "no_choice"]),
        (offers(3, 4), 500_000, "", ["three_quotes"]),
        (offers(3, 4, 5), 500_000, "", []),
        (offers(4, 3, 5), 500_000, "", ["reason_missing"]),
        (offers(4, 3, 5), 500_000, "delivers at 5", []),
        (offers(3, 3, 5), 500_000, "", []),
        (offers(3, 4, 5, chosen=None), 500_000, "", ["no_choice"]),
    ],
)
def test_three_sellers_are_asked_and_the_cheapest_taken_or_a_reason_given(
    given: list[Offer], fen: int, reason: str, rules: list[str]
) -> None:
    assert [found.rule for found in quote_findings(given, fen, AMOUNTS, reason)] == rules


def test_one_seller_asked_three_times_is_one_seller() -> None:
    same = [Offer(n, "seller", 3 + n, n == 0) for n in range(3)]
    assert [found.rule for found in quote_findings(same, 500_000, AMOUNTS, "")] == ["three_quotes"]


@pytest.mark.parametrize(
    ("fen", "usual", "rules"),
    [
        (1000, Usual(), []),
        (1000, Usual(listed=1000), []),
        (1001, Usual(listed=1000), ["above_list"]),
        (1300, Usual(own_median=1000), []),
        (1301, Usual(own_median=1000), ["above_usual"]),
        (1301, Usual(district_median=1000), ["above_district"]),
    ],
)
def test_a_price_is_held_against_list_usual_and_district(fen: int, usual: Usual, rules: list[str]) -> None:
    assert [found.rule for found in price_findings(fen, usual, "lines.0.price")] == rules


def test_the_discount_of_a_tender_comes_off_the_market_price() -> None:
    assert discounted(1000, 85) == 915
    assert discounted(333, 50) == 316


def test_the_median_is_the_middle() -> None:
    assert [median([]), median([5]), median([9, 1, 5]), median([1, 2, 5, 9])] == [None, 5, 5, 3]
