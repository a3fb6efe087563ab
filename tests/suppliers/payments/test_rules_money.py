"""Numbers of invoices, who signs where, who pays, and statements that add up to the fen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canteen.accounts.rules import Role
from suppliers.payments.rules import (
    Asked,
    Flow,
    InvoiceKind,
    Signed,
    Slip,
    Statement,
    Way,
    advance_limit_findings,
    asking_findings,
    collective_findings,
    first_of,
    last_of,
    likeness_findings,
    number_findings,
    payer_findings,
    paying_findings,
    role_findings,
    slip_digests,
    slip_findings,
    statements,
    whole,
)

DAY = date(2026, 3, 10)


def rules(found: list[object]) -> list[str]:
    return [each.rule for each in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "number", "stopped"),
    [
        (InvoiceKind.INVOICE, "26332000000012345678", []),
        (InvoiceKind.INVOICE, "2633 2000 0000 1234 5678", []),
        (InvoiceKind.INVOICE, "25332000000012345678", ["invoice_year"]),
        (InvoiceKind.INVOICE, "033002100211-12345678", []),
        (InvoiceKind.INVOICE, "3300210021 12345678", []),
        (InvoiceKind.INVOICE, "12345678", []),
        (InvoiceKind.INVOICE, "1234567", ["invoice_number"]),
        (InvoiceKind.INVOICE, "2633200000001234567X", ["invoice_number"]),
        (InvoiceKind.INVOICE, "", ["missing"]),
        (InvoiceKind.RECEIPT, "", ["missing"]),
        (InvoiceKind.RECEIPT, "0001", []),
        (InvoiceKind.FARMER, "", []),
        (InvoiceKind.PLAIN, "", []),
    ],
)
def test_the_number_of_a_slip_is_one_of_its_kind(kind: InvoiceKind, number: str, stopped: list[str]) -> None:
    assert rules(list(number_findings(kind, number, DAY))) == stopped


def slip(number: str, seller: str = "城东粮油", code: str = "", day: date = DAY, linked: int = 0) -> Slip:
    return Slip(InvoiceKind.INVOICE, seller, number, day, 1000, linked, code)


def test_an_electronic_invoice_is_the_same_whoever_is_said_to_have_sent_it() -> None:
    number = "26332000000012345678"
    assert slip_digests(slip(number)) == slip_digests(slip(number, seller="城东粮油有限公司"))


def test_an_older_invoice_is_known_again_by_the_sellers_name_or_its_code() -> None:
    one = set(slip_digests(slip("12345678", code="911101083303521997")))
    assert one & set(slip_digests(slip("12345678")))
    assert one & set(slip_digests(slip("12345678", seller="城东", code="911101083303521997")))
    assert not one & set(slip_digests(slip("12345678", seller="城西")))


def test_a_slip_older_than_a_year_and_a_sum_that_differs_need_a_reason() -> None:
    old, other = slip("12345678", day=date(2025, 3, 8)), slip("12345678", linked=990)
    assert rules(list(slip_findings(slip("12345678", day=date(2025, 3, 9)), DAY))) == []
    assert rules(list(slip_findings(old, DAY))) == ["slip_old"]
    assert rules(list(slip_findings(other, DAY))) == ["sums_differ"]
    assert slip_findings(old, DAY, reason="供应商迟开") == slip_findings(other, DAY, reason="抹零") == []


def test_a_second_bare_slip_of_one_day_needs_a_reason() -> None:
    assert rules(list(likeness_findings("BT-A001-2026-0001", ""))) == ["slip_alike"]
    assert likeness_findings("BT-A001-2026-0001", "上午下午各一次") == likeness_findings("", "") == []


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.BUYER, [Signed.HANDLED]),
        (Role.STOREKEEPER, [Signed.ACCEPTED]),
        (Role.PRINCIPAL, [Signed.APPROVED]),
        (Role.DEPUTY, [Signed.APPROVED]),
        (Role.CANTEEN_MANAGER, [Signed.HANDLED, Signed.ACCEPTED]),
        (Role.ACCOUNTANT, []),
        (Role.CASHIER, []),
        (Role.CLASS_TEACHER, []),
    ],
)
def test_a_role_signs_at_its_own_places(role: Role, places: list[Signed]) -> None:
    assert [place for place in Signed if not role_findings({role}, place)] == places


def asked(
    fen: int = 5000, way: Way = Way.CASH, account: str = "", bank: str = "", payee: str = "甲"
) -> Asked:
    return Asked(fen, way, [InvoiceKind.INVOICE], payee, account, bank)


def test_a_transfer_names_account_and_bank_and_cash_stays_small() -> None:
    assert asking_findings(asked(), 5000) == []
    assert rules(list(asking_findings(asked(5001), 5000))) == ["too_much_cash"]
    found = asking_findings(asked(5001, Way.TRANSFER, payee=" "), 5000)
    assert [(f.rule, f.at) for f in found] == [
        ("missing", "payee"),
        ("missing", "account"),
        ("missing", "bank"),
    ]
    assert asking_findings(asked(5001, Way.TRANSFER, "6222", "农商行"), 5000) == []


@pytest.mark.parametrize(
    ("fen", "note", "stopped"),
    [(9999, "", []), (10000, "", ["collective_missing"]), (10000, "3月5日膳食委员会", [])],
)
def test_large_sums_name_the_meeting_that_decided(fen: int, note: str, stopped: list[str]) -> None:
    assert rules(list(collective_findings(fen, 10000, note))) == stopped
    assert collective_findings(fen, None, "") == []


def test_the_cashier_pays_and_nobody_who_keeps_books_or_has_signed() -> None:
    assert payer_findings({Role.CASHIER}, 4, [1, 2, 3]) == []
    assert rules(list(payer_findings({Role.CASHIER, Role.ACCOUNTANT}, 4, []))) == ["accountant_pays"]
    assert rules(list(payer_findings({Role.CENTRAL_ACCOUNTANT}, 4, []))) == ["accountant_pays"]
    assert rules(list(payer_findings({Role.CASHIER}, 3, [1, 2, 3]))) == ["signer_pays"]
    assert rules(list(payer_findings({Role.CASHIER}, None, []))) == ["no_person"]


def test_a_transfer_is_known_by_its_reference() -> None:
    assert rules(list(paying_findings(Way.TRANSFER, " "))) == ["reference_missing"]
    assert paying_findings(Way.TRANSFER, "B1") == paying_findings(Way.CASH, "") == []


@pytest.mark.parametrize(("fen", "stopped"), [(50000, []), (50001, ["advance_too_large"])])
def test_an_advance_has_a_limit(fen: int, stopped: list[str]) -> None:
    assert rules(list(advance_limit_findings(fen, 50000))) == stopped


def test_a_month_begins_and_ends() -> None:
    assert [last_of(date(y, m, 15)).day for y, m in ((2024, 2), (2026, 2), (2026, 12))] == [29, 28, 31]
    assert first_of(DAY) == date(2026, 3, 1)


SUMS = st.integers(min_value=-(10**9), max_value=10**9)
FLOWS = st.builds(Flow, SUMS, SUMS, SUMS, SUMS, SUMS)
SELLERS = st.dictionaries(st.none() | st.integers(1, 5), FLOWS, max_size=6)


@given(SELLERS, SELLERS)
def test_every_statement_adds_up_to_the_fen(
    before: dict[int | None, Flow], month: dict[int | None, Flow]
) -> None:
    every = statements(before, month)
    for one in every.values():
        assert one.closing == one.opening + one.month.accepted + one.month.beside - one.month.paid
        assert one.closing == one.not_invoiced + one.unpaid
        assert one.month.delivered == one.month.accepted + one.month.refused
    bottom = whole(every.values())
    assert bottom.closing == sum(one.closing for one in every.values())
    assert bottom.month.delivered == sum(one.month.delivered for one in every.values())


@given(FLOWS, FLOWS, FLOWS)
def test_a_month_begins_with_what_the_month_before_ended_with(first: Flow, second: Flow, third: Flow) -> None:
    earlier = Statement(first, second)
    later = Statement(first.plus(second), third)
    assert earlier.closing == later.opening
