"""Advances, months that stay closed, statements that add up, differences by name."""

from datetime import date, timedelta

import pytest

from canteen.kit.actor import Actor
from canteen.kit.clock import at_local
from canteen.kit.pages import Listing
from canteen.kit.problems import Refused
from canteen.notices.services.inbox import inbox
from suppliers.payments import services
from suppliers.payments.forms import AccountForm, AdvanceForm, LinkForm, MonthForm, PayForm, ReasonForm
from suppliers.purchasing.rules import DeliveryState
from suppliers.purchasing.tables import Delivery
from tests.cast import NOW, TODAY
from tests.make import Cast
from tests.suppliers.make import delivery_row, supplier_row
from tests.suppliers.payments.conftest import (
    NUMBER,
    add_slip,
    ask,
    bought,
    pay,
    rules,
    sign_all,
    slip_for,
    who,
)

AUGUST = date(2026, 8, 20)
LATER = at_local(date(2026, 10, 8), 9)


async def given(cast: Cast, fen: int = 50_000) -> int:
    """An advance in the buyer's hands."""
    advance = await services.ask_advance(who(cast, "he"), AdvanceForm(fen, "赶集采买"), now=NOW)
    await services.approve_advance(who(cast, "zhou"), advance, now=NOW)
    await services.give_advance(who(cast, "xu"), advance, now=NOW)
    return advance


async def test_an_advance_is_asked_for_approved_given_accounted_for_and_settled(cast: Cast) -> None:
    advance = await given(cast)
    slips = (
        await add_slip(cast, 30_000),
        await add_slip(cast, 15_000, "26332000000012345670", seller="张大妈"),
    )
    with pytest.raises(Refused) as refused:
        await services.account_for_advance(who(cast, "he"), advance, AccountForm(slips, 4_999), now=NOW)
    assert rules(refused) == [("returned_fen", "advance_differs")]
    payment = await services.account_for_advance(who(cast, "he"), advance, AccountForm(slips, 5_000), now=NOW)
    with pytest.raises(Refused) as refused:
        await services.account_for_advance(who(cast, "he"), advance, AccountForm(slips, 5_000), now=NOW)
    assert ("", "accounted_already") in rules(refused)
    await sign_all(cast, payment)
    await pay(cast, payment, reference="")
    row = await services.advance_view(cast.school, advance)
    assert (row["spent_fen"], row["returned_fen"], row["settled_name"]) == (45_000, 5_000, "许老师")


async def test_one_open_advance_a_person_and_none_above_the_limit(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        await services.ask_advance(who(cast, "he"), AdvanceForm(200_001, "采买"), now=NOW)
    assert rules(refused) == [("fen", "advance_too_large")]
    advance = await services.ask_advance(who(cast, "he"), AdvanceForm(200_000, "采买"), now=NOW)
    with pytest.raises(Refused) as refused:
        await services.ask_advance(who(cast, "he"), AdvanceForm(100, "再来"), now=NOW)
    assert rules(refused) == [("person", "advance_open")]
    await services.drop_advance(who(cast, "zhou"), advance, ReasonForm("改为转账"), now=NOW)
    await services.ask_advance(who(cast, "he"), AdvanceForm(100, "再来"), now=NOW)


async def test_cash_goes_to_a_buyer_is_approved_by_another_and_given_by_the_cashier(cast: Cast) -> None:
    form = AdvanceForm(100, "采买", cast.people["lin"])
    with pytest.raises(Refused) as refused:
        await services.ask_advance(who(cast, "lin"), form, now=NOW)
    assert rules(refused) == [("person", "not_a_buyer")]
    advance = await services.ask_advance(who(cast, "wu"), AdvanceForm(100, "采买"), now=NOW)
    with pytest.raises(Refused) as refused:
        await services.approve_advance(who(cast, "wu"), advance, now=NOW)
    assert rules(refused) == [("", "same_person")]
    with pytest.raises(Refused) as refused:
        await services.give_advance(who(cast, "xu"), advance, now=NOW)
    assert rules(refused) == [("", "not_approved")]
    await services.approve_advance(who(cast, "zhou"), advance, now=NOW)
    with pytest.raises(Refused) as refused:
        await services.give_advance(who(cast, "lin"), advance, now=NOW)
    assert rules(refused) == [("", "accountant_pays")]


async def test_an_advance_that_bought_nothing_goes_back_whole(cast: Cast) -> None:
    advance = await given(cast)
    await services.return_advance(who(cast, "xu"), advance, now=NOW)
    row = await services.advance_view(cast.school, advance)
    assert (row["spent_fen"], row["returned_fen"]) == (0, 50_000)
    await given(cast)


async def test_an_advance_accounted_for_wrongly_is_free_again_when_the_payment_is_dropped(cast: Cast) -> None:
    advance, slip = await given(cast), await add_slip(cast, 50_000)
    payment = await services.account_for_advance(who(cast, "he"), advance, AccountForm((slip,)), now=NOW)
    await services.drop_payment(who(cast, "zhou"), payment, ReasonForm("少一张"), now=NOW)
    await services.account_for_advance(who(cast, "he"), advance, AccountForm((slip,)), now=NOW)


async def test_an_advance_is_called_in_the_day_after_its_last_and_once(cast: Cast) -> None:
    await given(cast)
    last = NOW + timedelta(days=15)
    assert await services.post_overdue(cast.school, now=last) == 0
    assert await services.post_overdue(cast.school, now=last + timedelta(days=1)) == 1
    assert await services.post_overdue(cast.school, now=last + timedelta(days=2)) == 0
    news, _next = await inbox(who(cast, "he"), Listing(), last + timedelta(days=2))
    assert "payments.overdue" in [one.topic for one in news]


async def test_a_closed_month_takes_no_slip_and_no_payment_until_it_is_opened_with_a_reason(
    cast: Cast,
) -> None:
    slip = await add_slip(cast, issued_on=AUGUST)
    month = MonthForm(AUGUST)
    await services.close_month(who(cast, "lin"), month, now=NOW)
    with pytest.raises(Refused) as refused:
        await add_slip(cast, number="26332000000012345670", issued_on=AUGUST)
    assert rules(refused) == [("booked_on", "month_closed")]
    with pytest.raises(Refused):
        await services.withdraw_slip(who(cast, "chen"), slip, ReasonForm("错"), now=NOW)
    with pytest.raises(Refused) as refused:
        await ask(cast, slip, day=AUGUST)
    assert rules(refused) == [("day", "month_closed")]
    await add_slip(cast, number="26332000000012345671", issued_on=AUGUST, booked_on=TODAY)
    with pytest.raises(Refused) as refused:
        await services.reopen_month(who(cast, "lin"), month, now=NOW)
    assert rules(refused) == [("reason", "missing")]
    await services.reopen_month(who(cast, "lin"), MonthForm(AUGUST, "补一张发票"), now=NOW)
    await add_slip(cast, number="26332000000012345670", issued_on=AUGUST)
    lines = {line.month: line for line in await services.months(cast.school, TODAY)}
    assert (lines[date(2026, 8, 1)].closed, lines[date(2026, 8, 1)].reason) == (False, "补一张发票")


async def test_a_month_is_closed_when_it_is_over_and_once(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        await services.close_month(who(cast, "lin"), MonthForm(TODAY), now=NOW)
    assert rules(refused) == [("month", "month_runs")]
    await services.close_month(who(cast, "lin"), MonthForm(AUGUST), now=NOW)
    with pytest.raises(Refused) as refused:
        await services.close_month(who(cast, "lin"), MonthForm(AUGUST), now=NOW)
    assert rules(refused) == [("month", "closed_already")]


async def test_what_is_paid_in_a_closed_month_is_refused(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast))
    await sign_all(cast, payment)
    await services.close_month(who(cast, "lin"), MonthForm(TODAY), now=LATER)
    with pytest.raises(Refused) as refused:
        await services.pay(who(cast, "xu"), PayForm((payment,), TODAY, "B1"), now=LATER)
    assert rules(refused) == [("paid_on", "month_closed")]
    await services.pay(who(cast, "xu"), PayForm((payment,), date(2026, 10, 8), "B1"), now=LATER)


async def test_a_statement_names_delivered_refused_accepted_invoiced_paid_and_owed(cast: Cast) -> None:
    supplier = await supplier_row(cast.school)
    before = await delivery_row(cast.school, supplier, [(10, 10, 300)], day=AUGUST)
    part = await delivery_row(cast.school, supplier, [(20, 15, 400)])
    await delivery_row(cast.school, supplier, [(5, 0, 400)])
    old = await slip_for(cast, supplier, before, 3_000, NUMBER, issued_on=AUGUST)
    links = (LinkForm(part, 5_000),)
    await slip_for(cast, supplier, part, 4_990, "26332000000012345670", links=links, note="抹零")
    payment = await ask(cast, old)
    await sign_all(cast, payment)
    await pay(cast, payment)
    (line,) = await services.month_statements(cast.school, TODAY)
    month = line.statement.month
    assert (month.delivered, month.refused, month.accepted) == (10_000, 4_000, 6_000)
    assert (month.invoiced, month.beside, month.paid) == (4_990, -10, 3_000)
    assert (line.statement.opening, line.statement.closing) == (3_000, 5_990)
    assert (line.statement.not_invoiced, line.statement.unpaid) == (1_000, 4_990)
    (august,) = await services.month_statements(cast.school, AUGUST)
    assert august.statement.closing == line.statement.opening
    found = await services.taken_of(cast.school, supplier, date(2026, 9, 1), date(2026, 9, 30))
    assert [(one.row.id, one.open_fen) for one in found] == [(part, 1_000)]


async def test_goods_of_no_kept_seller_have_a_statement_of_their_own(cast: Cast) -> None:
    delivery = await delivery_row(cast.school, None, [(10, 10, 100)])
    await add_slip(cast, 1_000, seller="张大妈", links=(LinkForm(delivery, 1_000),))
    (line,) = await services.month_statements(cast.school, TODAY)
    assert (line.supplier, line.name, line.statement.closing) == (None, "", 1_000)


async def test_what_an_advance_paid_counts_for_each_seller(cast: Cast) -> None:
    advance = await given(cast)
    supplier, delivery = await bought(cast, 30_000)
    slips = (
        await slip_for(cast, supplier, delivery, 30_000, NUMBER),
        await add_slip(cast, 20_000, "26332000000012345670", seller="张大妈"),
    )
    payment = await services.account_for_advance(who(cast, "he"), advance, AccountForm(slips), now=NOW)
    await sign_all(cast, payment)
    await pay(cast, payment, reference="")
    paid = {
        line.supplier: line.statement.month.paid
        for line in await services.month_statements(cast.school, TODAY)
    }
    assert paid == {supplier: 30_000, None: 20_000}


async def test_differences_are_named(cast: Cast) -> None:
    supplier, delivery = await bought(cast)
    await slip_for(cast, supplier, delivery, 4_000, NUMBER)
    bare = await add_slip(cast, 700, "26332000000012345670")
    found = await services.differences(cast.school, date(2026, 9, 1), date(2026, 9, 30))
    assert [(one.row.id, one.open_fen) for one in found.not_invoiced] == [(delivery, 6_000)]
    assert [(row["id"], row["beside"]) for row in found.not_accepted] == [(bare, 700)]
    state = {Delivery.state: DeliveryState.REPLACED.value}
    await Delivery.update(state).where(Delivery.id == delivery)  # type: ignore[arg-type]
    found = await services.differences(cast.school, date(2026, 9, 1), date(2026, 9, 30))
    assert (found.not_invoiced_fen, found.not_accepted_fen) == (0, 4_700)


async def test_a_stranger_has_none_of_it(cast: Cast) -> None:
    await bought(cast)
    await add_slip(cast)
    stranger: Actor = cast.actor("ma")
    assert await services.month_statements(stranger.school, TODAY) == []
    assert await services.waiting_for(stranger) == []
