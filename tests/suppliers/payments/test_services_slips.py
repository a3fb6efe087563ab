"""Slips: entered for deliveries, used once in all schools, mended, taken back, sent back."""

import asyncio
from datetime import timedelta

import pytest

from canteen.kit.actor import Actor
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing, Refused
from suppliers.payments import services
from suppliers.payments.forms import LinkForm, ReasonForm
from suppliers.payments.rules import InvoiceKind
from suppliers.purchasing.rules import DeliveryState
from suppliers.purchasing.tables import Delivery
from tests.cast import NOW, SECOND, TODAY
from tests.make import Cast
from tests.suppliers.make import delivery_row, supplier_row
from tests.suppliers.payments.conftest import NUMBER, add_slip, ask, bought, rules, slip_for, slip_form, who


async def test_a_slip_is_for_deliveries_and_says_how_much_of_each(cast: Cast) -> None:
    supplier, first = await bought(cast, 6_000)
    second = await delivery_row(cast.school, supplier, [(40, 40, 100)])
    links = (LinkForm(first, 6_000), LinkForm(second, 4_000))
    slip = await slip_for(cast, supplier, first, 10_000, NUMBER, links=links)
    row, kept = await services.slip_view(cast.school, slip)
    assert (row["seller"], row["fen"]) == ("城东粮油", 10_000)
    assert {one["delivery"]: one["fen"] for one in kept} == {first: 6_000, second: 4_000}


async def test_two_slips_share_a_delivery_and_never_take_more_than_was_accepted(cast: Cast) -> None:
    supplier, delivery = await bought(cast)
    await slip_for(cast, supplier, delivery, 7_000, NUMBER)
    with pytest.raises(Refused) as refused:
        await slip_for(cast, supplier, delivery, 3_001, "26332000000012345679")
    assert rules(refused) == [("links.0.fen", "delivery_over")]
    await slip_for(cast, supplier, delivery, 3_000, "26332000000012345679")


async def test_what_was_not_accepted_or_is_of_another_seller_is_on_no_slip(cast: Cast) -> None:
    supplier, delivery = await bought(cast)
    other = await supplier_row(cast.school, "城西蔬菜")
    with pytest.raises(Refused) as refused:
        await slip_for(cast, other, delivery, 10_000, NUMBER)
    assert rules(refused) == [("links.0.fen", "other_seller")]
    state = {Delivery.state: DeliveryState.PROVISIONAL.value}
    await Delivery.update(state).where(Delivery.id == delivery)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        await slip_for(cast, supplier, delivery, 10_000, NUMBER)
    assert rules(refused) == [("links.0.fen", "not_accepted")]


async def test_sums_agree_or_a_reason_stands(cast: Cast) -> None:
    supplier, delivery = await bought(cast)
    links = (LinkForm(delivery, 10_000),)
    with pytest.raises(Refused) as refused:
        await slip_for(cast, supplier, delivery, 9_980, NUMBER, links=links)
    assert rules(refused) == [("fen", "sums_differ")]
    await slip_for(cast, supplier, delivery, 9_980, NUMBER, links=links, note="抹零")


async def test_everything_wrong_with_a_slip_is_said_at_once(cast: Cast) -> None:
    form = slip_form(number="123", seller="", issued_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        await services.add_slip(who(cast, "chen"), form, [], now=NOW)
    assert rules(refused) == [
        ("seller", "missing"),
        ("number", "invoice_number"),
        ("issued_on", "slip_later"),
    ]


async def test_one_slip_is_used_once_here(cast: Cast) -> None:
    await add_slip(cast)
    with pytest.raises(Refused) as refused:
        await add_slip(cast, seller="另一个名字", number="2633 2000 0000 1234 5678")
    assert rules(refused) == [("number", "slip_used_here")]


async def test_another_school_may_not_use_it_and_is_not_told_whose_it_is(cast: Cast) -> None:
    await add_slip(cast)
    elsewhere = Actor(cast.people["zheng"], cast.schools[SECOND], frozenset({"principal"}))
    with pytest.raises(Refused) as refused:
        await services.add_slip(elsewhere, slip_form(), [], now=NOW)
    assert rules(refused) == [("number", "slip_used")]
    assert "第一小学" not in str(refused.value.findings)


async def test_of_two_schools_that_save_one_slip_at_once_one_keeps_it(cast: Cast) -> None:
    elsewhere = Actor(cast.people["zheng"], cast.schools[SECOND], frozenset({"principal"}))
    tries = [
        services.add_slip(actor, slip_form(), [], now=NOW) for actor in (who(cast, "chen"), elsewhere) * 3
    ]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, int) for one in done) == 1
    assert all(isinstance(one, int | Refused) for one in done)


async def test_two_clerks_at_once_never_account_for_more_than_was_accepted(cast: Cast) -> None:
    supplier, delivery = await bought(cast)
    tries = [slip_for(cast, supplier, delivery, 6_000, f"2633200000001234567{n}") for n in range(3)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, int) for one in done) == 1


async def test_a_slip_taken_back_may_be_used_again(cast: Cast) -> None:
    slip = await add_slip(cast)
    await services.withdraw_slip(who(cast, "chen"), slip, ReasonForm("开票有误"), now=NOW)
    with pytest.raises(Missing):
        await services.withdraw_slip(who(cast, "chen"), slip, ReasonForm("再来"), now=NOW)
    await add_slip(cast)


async def test_a_mended_number_frees_the_old_one(cast: Cast) -> None:
    slip = await add_slip(cast)
    other = "26332000000012345670"
    await services.change_slip(who(cast, "chen"), slip, slip_form(number=other), [], now=NOW)
    await add_slip(cast)
    with pytest.raises(Refused):
        await add_slip(cast, number=other)


async def test_a_form_made_from_an_older_version_is_refused(cast: Cast) -> None:
    slip = await add_slip(cast)
    with pytest.raises(Refused) as refused:
        form = slip_form(seen="2026-01-01T00:00:00+00:00")
        await services.change_slip(who(cast, "chen"), slip, form, [], now=NOW)
    assert rules(refused) == [("", "changed_meanwhile")]


async def test_bare_slips_get_the_schools_own_number_and_a_twin_needs_a_reason(cast: Cast) -> None:
    first = await add_slip(cast, 800, number="", kind=InvoiceKind.PLAIN, seller="张大妈")
    row, _links = await services.slip_view(cast.school, first)
    assert row["number"] == "BT-A001-2026-0001"
    with pytest.raises(Refused) as refused:
        await add_slip(cast, 800, number="", kind=InvoiceKind.PLAIN, seller="张大妈")
    assert rules(refused) == [("number", "slip_alike")]
    await add_slip(cast, 800, number="", kind=InvoiceKind.PLAIN, seller="张大妈", note="上午下午各一次")


async def test_a_farmers_voucher_is_numbered_by_the_school(cast: Cast) -> None:
    slip = await add_slip(cast, 800, number="", kind=InvoiceKind.FARMER, seller="农户老李")
    assert (await services.slip_view(cast.school, slip))[0]["number"] == "SG-A001-2026-0001"


async def test_a_slip_on_a_payment_is_neither_mended_nor_taken_back(cast: Cast) -> None:
    slip = await add_slip(cast)
    await ask(cast, slip)
    with pytest.raises(Refused) as refused:
        await services.change_slip(who(cast, "chen"), slip, slip_form(), [], now=NOW)
    assert rules(refused) == [("", "slip_asked")]
    with pytest.raises(Refused):
        await services.withdraw_slip(who(cast, "chen"), slip, ReasonForm("错"), now=NOW)


async def test_a_slip_sent_back_is_not_paid_before_it_is_mended(cast: Cast) -> None:
    slip = await add_slip(cast)
    await services.return_slip(who(cast, "lin"), slip, ReasonForm("缺少明细清单"), now=NOW)
    with pytest.raises(Refused) as refused:
        await ask(cast, slip)
    assert rules(refused) == [("slips", "slip_returned")]
    await services.change_slip(who(cast, "chen"), slip, slip_form(), [], now=NOW)
    await ask(cast, slip)


async def test_slips_are_listed_searched_and_paged(cast: Cast) -> None:
    slips = [await add_slip(cast, 100 + n, number=f"2633200000001234560{n}") for n in range(5)]
    first, following = await services.list_slips(cast.school, Listing(sort="-day", limit=3))
    assert ([row["id"] for row in first], bool(following)) == (slips[:1:-1], True)
    asked = Listing(sort="-day", limit=3, after=[TODAY.isoformat(), slips[2]])
    rest, following = await services.list_slips(cast.school, asked)
    assert ([row["id"] for row in rest], following) == (slips[1::-1], None)
    by_sum, _next = await services.list_slips(cast.school, Listing(sort="fen", after=[102, slips[2]]))
    assert [row["fen"] for row in by_sum] == [103, 104]
    found, _next = await services.list_slips(cast.school, Listing(q="…45603".strip("…"), sort="-day"))
    assert [row["id"] for row in found] == [slips[3]]
    for state, count in (("free", 5), ("asked", 0), ("paid", 0), ("returned", 0)):
        asked = Listing(sort="-day", filters={"state": state, "month": "2026-09", "kind": "invoice"})
        assert len((await services.list_slips(cast.school, asked))[0]) == count


async def test_a_slip_of_another_school_is_not_there(cast: Cast) -> None:
    slip = await add_slip(cast)
    with pytest.raises(Missing):
        await services.slip_view(cast.schools[SECOND], slip)
