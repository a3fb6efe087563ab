"""Three signatures, sums that agree, one slip once."""

from datetime import date, timedelta

import pytest

from suppliers.payments.rules import (
    Advanced,
    InvoiceKind,
    Signed,
    Slip,
    advance_findings,
    cash_findings,
    next_signature,
    overdue_findings,
    signature_findings,
    slip_digests,
    slip_findings,
)

TODAY = date(2026, 3, 10)
ONE, TWO, THREE = 1, 2, 3


def rules(found: list[object]) -> list[str]:
    return [each.rule for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("signed", "role", "person", "stopped"),
    [
        ({}, Signed.HANDLED, ONE, []),
        ({}, Signed.ACCEPTED, ONE, ["out_of_turn"]),
        ({Signed.HANDLED: ONE}, Signed.ACCEPTED, TWO, []),
        ({Signed.HANDLED: ONE}, Signed.ACCEPTED, ONE, ["same_person"]),
        ({Signed.HANDLED: ONE}, Signed.HANDLED, TWO, ["signed_already"]),
        ({Signed.HANDLED: ONE, Signed.ACCEPTED: TWO}, Signed.APPROVED, THREE, []),
        ({Signed.HANDLED: ONE, Signed.ACCEPTED: TWO}, Signed.APPROVED, ONE, ["same_person"]),
        ({Signed.HANDLED: ONE, Signed.ACCEPTED: TWO}, Signed.APPROVED, TWO, ["same_person"]),
        ({}, Signed.HANDLED, None, ["no_person"]),
    ],
)
def test_three_different_people_sign_in_their_order(
    signed: dict[Signed, int], role: Signed, person: int | None, stopped: list[str]
) -> None:
    assert rules(list(signature_findings(signed, role, person))) == stopped


def test_after_the_third_signature_nobody_is_next() -> None:
    assert next_signature({Signed.HANDLED: ONE, Signed.ACCEPTED: TWO}) is Signed.APPROVED
    assert next_signature({Signed.HANDLED: ONE, Signed.ACCEPTED: TWO, Signed.APPROVED: THREE}) is None


def slip(fen: int = 1000, linked: int = 1000, day: date = TODAY, number: str = "No. 00120012") -> Slip:
    return Slip(InvoiceKind.INVOICE, "城东粮油", number, day, fen, linked)


@pytest.mark.parametrize(
    ("given", "stopped"),
    [
        (slip(), []),
        (slip(linked=0), []),
        (slip(linked=999), ["sums_differ"]),
        (slip(fen=999), ["sums_differ"]),
        (slip(day=TODAY + timedelta(days=1)), ["slip_later"]),
    ],
)
def test_a_slip_agrees_with_what_was_accepted(given: Slip, stopped: list[str]) -> None:
    assert rules(list(slip_findings(given, TODAY))) == stopped


def test_a_slip_is_known_again_however_its_number_is_typed() -> None:
    assert slip_digests(slip(number="ＮＯ. ００120012")) == slip_digests(slip(number="no.0012 0012"))
    assert slip_digests(slip(number="00120013")) != slip_digests(slip(number="00120012"))


@pytest.mark.parametrize(
    ("fen", "most", "stopped"), [(5000, 5000, []), (5001, 5000, ["too_much_cash"]), (9999, None, [])]
)
def test_small_sums_go_in_cash(fen: int, most: int | None, stopped: list[str]) -> None:
    assert rules(list(cash_findings(fen, most))) == stopped


@pytest.mark.parametrize(
    ("returned", "stopped"), [(300, []), (299, ["advance_differs"]), (301, ["advance_differs"])]
)
def test_an_advance_is_settled_to_the_fen(returned: int, stopped: list[str]) -> None:
    advance = Advanced(1000, TODAY, (400, 300), returned)
    assert rules(list(advance_findings(advance))) == stopped


def test_an_advance_is_overdue_the_day_after() -> None:
    advance = Advanced(1000, TODAY)
    assert overdue_findings(advance, TODAY) == []
    assert rules(list(overdue_findings(advance, TODAY + timedelta(days=1)))) == ["advance_overdue"]
