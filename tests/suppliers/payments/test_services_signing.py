"""Payments: three people sign in order, a meeting decides on large sums, the cashier pays once."""

import asyncio
from datetime import timedelta

import pytest

from canteen.accounts.forms import NewDelegation
from canteen.accounts.rules import Role
from canteen.accounts.services.delegations import delegate
from canteen.kit.actor import Actor
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing, Refused
from canteen.notices.services.inbox import open_tasks
from canteen.schools.services import policies
from suppliers.payments import services
from suppliers.payments.forms import PayForm, ReasonForm, SignForm
from suppliers.payments.rules import Signed, Way
from tests.cast import NOW, SECOND, TODAY
from tests.make import Cast
from tests.suppliers.make import supplier_row
from tests.suppliers.payments.conftest import NUMBER, add_slip, ask, pay, rules, sign, sign_all, who


async def test_buyer_manager_and_principal_sign_and_the_cashier_pays(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast))
    await sign_all(cast, payment)
    await pay(cast, payment)
    view = await services.payment_view(who(cast, "zhou"), payment)
    assert [view.said(place) for place in Signed] == ["何厨师", "陈师傅", "周校长"]
    assert (view.row["state"], view.row["bank_reference"]) == ("paid", "B20260907001")
    assert view.row["number"] == "FK-2026-0001"


async def test_nobody_signs_twice_nor_out_of_turn_nor_at_anothers_place(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast))
    for login, rule in (("zhou", "not_your_place"), ("xu", "not_your_place"), ("lin", "not_your_place")):
        with pytest.raises(Refused) as refused:
            await sign(cast, login, payment)
        assert rules(refused)[0] == ("", rule)
    await sign(cast, "chen", payment)
    with pytest.raises(Refused) as refused:
        await sign(cast, "chen", payment)
    assert rules(refused) == [("", "same_person")]


async def test_a_deputy_who_handled_it_does_not_approve_it(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast))
    await sign(cast, "wu", payment)
    await sign(cast, "chen", payment)
    with pytest.raises(Refused) as refused:
        await sign(cast, "wu", payment)
    assert rules(refused) == [("", "same_person")]
    await sign(cast, "zhou", payment)


async def test_a_machine_does_not_sign(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast))
    machine = Actor(None, cast.school, frozenset({Role.BUYER}), key=1)
    with pytest.raises(Refused) as refused:
        await services.sign_payments(machine, SignForm((payment,)), now=NOW)
    assert rules(refused) == [("", "no_person")]


async def test_a_lent_role_signs_for_its_owner_who_may_not_sign_beside(cast: Cast) -> None:
    form = NewDelegation(cast.people["chen"], Role.PRINCIPAL, TODAY, TODAY + timedelta(days=3), "出差")
    await delegate(cast.actor("zhou"), form, now=NOW)
    payment = await ask(cast, await add_slip(cast))
    await sign(cast, "he", payment)
    await sign(cast, "wu", payment)
    chen = who(cast, "chen")
    lent = Actor(chen.person, chen.school, chen.roles | {Role.PRINCIPAL})
    await services.sign_payments(lent, SignForm((payment,)), now=NOW)
    view = await services.payment_view(lent, payment)
    assert (view.said(Signed.APPROVED), view.lender(Signed.APPROVED)) == ("陈师傅", "周校长")


async def test_who_signs_for_somebody_on_the_paper_is_refused(cast: Cast) -> None:
    form = NewDelegation(cast.people["zhou"], Role.GENERAL_AFFAIRS, TODAY, TODAY, "请假")
    await delegate(cast.actor("wu"), form, now=NOW)
    payment = await ask(cast, await add_slip(cast))
    await sign(cast, "wu", payment)
    zhou = who(cast, "zhou")
    lent = Actor(zhou.person, zhou.school, zhou.roles | {Role.GENERAL_AFFAIRS})
    with pytest.raises(Refused) as refused:
        await services.sign_payments(lent, SignForm((payment,)), now=NOW)
    assert rules(refused) == [("", "same_person")]


async def test_a_batch_is_signed_whole_or_not_at_all(cast: Cast) -> None:
    many = [await ask(cast, await add_slip(cast, number=f"2633200000001234567{n}")) for n in range(3)]
    await sign(cast, "he", *many)
    await sign(cast, "chen", many[0])
    with pytest.raises(Refused):
        await sign(cast, "zhou", *many)
    assert [view.row["id"] for view in await services.waiting_for(who(cast, "zhou"))] == [many[0]]
    await sign(cast, "chen", *many[1:])
    await sign(cast, "zhou", *many)
    assert len(await services.to_pay(who(cast, "xu"))) == 3


async def test_above_the_threshold_a_meeting_is_named(cast: Cast) -> None:
    await policies.decide(cast.actor("zhou"), "collective_from_fen", 10_000, from_day=TODAY, now=NOW)
    payment = await ask(cast, await add_slip(cast, 10_000))
    await sign(cast, "he", payment)
    await sign(cast, "chen", payment)
    with pytest.raises(Refused) as refused:
        await sign(cast, "zhou", payment)
    assert rules(refused) == [("collective_note", "collective_missing")]
    await sign(cast, "zhou", payment, note="9月5日膳食委员会会议")
    view = await services.payment_view(who(cast, "zhou"), payment)
    assert view.row["collective_note"] == "9月5日膳食委员会会议"


async def test_slips_of_two_sellers_and_slips_on_a_payment_are_refused(cast: Cast) -> None:
    first, other = await add_slip(cast), await add_slip(cast, seller="城西", number="26332000000012345670")
    with pytest.raises(Refused) as refused:
        await ask(cast, first, other)
    assert rules(refused) == [("slips", "several_sellers")]
    await ask(cast, first)
    with pytest.raises(Refused) as refused:
        await ask(cast, first)
    assert rules(refused) == [("slips", "slip_asked")]


async def test_of_two_payments_asked_for_at_once_one_gets_the_slip(cast: Cast) -> None:
    slip = await add_slip(cast)
    done = await asyncio.gather(*(ask(cast, slip) for _n in range(3)), return_exceptions=True)
    assert sum(isinstance(one, int) for one in done) == 1


async def test_small_sums_go_in_cash_large_ones_by_transfer_with_an_account(cast: Cast) -> None:
    small, large = await add_slip(cast, 100_000), await add_slip(cast, 100_001, number="26332000000012345670")
    await ask(cast, small, way=Way.CASH)
    with pytest.raises(Refused) as refused:
        await ask(cast, large, way=Way.CASH)
    assert rules(refused) == [("way", "too_much_cash")]
    with pytest.raises(Refused) as refused:
        await ask(cast, large, account="", bank="")
    assert rules(refused) == [("account", "missing"), ("bank", "missing")]


async def test_who_asks_may_sign_as_the_handler_at_once(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast), sign=True)
    view = await services.payment_view(who(cast, "chen"), payment)
    assert (view.said(Signed.HANDLED), view.next, view.may_sign) == ("何厨师", Signed.ACCEPTED, True)


async def test_a_dropped_payment_frees_its_slips(cast: Cast) -> None:
    slip = await add_slip(cast)
    payment = await ask(cast, slip)
    await sign(cast, "he", payment)
    await services.drop_payment(who(cast, "zhou"), payment, ReasonForm("票据不全"), now=NOW)
    again = await ask(cast, slip)
    await sign_all(cast, again)
    with pytest.raises(Refused) as refused:
        await sign(cast, "chen", payment)
    assert ("", "not_signing") in rules(refused)


async def test_nothing_is_paid_twice_nor_before_it_is_approved(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast))
    with pytest.raises(Refused) as refused:
        await pay(cast, payment)
    assert rules(refused) == [("payments", "not_approved")]
    await sign_all(cast, payment)
    done = await asyncio.gather(*(pay(cast, payment) for _n in range(3)), return_exceptions=True)
    assert sum(one is None for one in done) == 1
    with pytest.raises(Refused):
        await services.drop_payment(who(cast, "zhou"), payment, ReasonForm("错"), now=NOW)


async def test_neither_accountant_nor_a_signer_pays_and_a_transfer_has_its_reference(cast: Cast) -> None:
    payment = await ask(cast, await add_slip(cast))
    await sign_all(cast, payment)
    for login, rule in (("lin", "accountant_pays"), ("chen", "signer_pays")):
        with pytest.raises(Refused) as refused:
            await services.pay(who(cast, login), PayForm((payment,), None, "B1"), now=NOW)
        assert rules(refused) == [("", rule)]
    with pytest.raises(Refused) as refused:
        await pay(cast, payment, reference="")
    assert rules(refused) == [("bank_reference", "reference_missing")]
    with pytest.raises(Refused) as refused:
        await pay(cast, payment, day=TODAY - timedelta(days=1))
    assert rules(refused) == [("paid_on", "paid_before")]
    with pytest.raises(Refused) as refused:
        await pay(cast, payment, day=TODAY + timedelta(days=1))
    assert rules(refused) == [("paid_on", "paid_later")]


async def test_each_is_asked_in_turn_and_the_task_closes_with_the_deed(cast: Cast) -> None:
    async def tasks(login: str) -> int:
        return len([t for t in await open_tasks(who(cast, login), NOW) if t.topic.startswith("payments.")])

    payment = await ask(cast, await add_slip(cast))
    assert [await tasks(login) for login in ("he", "zhou", "xu")] == [1, 0, 0]
    await sign(cast, "he", payment)
    await sign(cast, "chen", payment)
    assert [await tasks(login) for login in ("he", "zhou", "xu")] == [0, 1, 0]
    await sign(cast, "zhou", payment)
    assert [await tasks(login) for login in ("he", "zhou", "xu")] == [0, 0, 1]
    await pay(cast, payment)
    assert [await tasks(login) for login in ("he", "zhou", "xu")] == [0, 0, 0]


async def test_payments_are_listed_and_found(cast: Cast) -> None:
    supplier = await supplier_row(cast.school)
    payment = await ask(cast, await add_slip(cast, supplier=supplier, number=NUMBER))
    for asked, count in (
        (Listing(sort="-day", q="城东"), 1),
        (Listing(sort="-day", q="0002"), 0),
        (Listing(sort="fen", filters={"state": "signing", "way": "transfer", "month": "2026-09"}), 1),
        (Listing(sort="-day", filters={"state": "paid"}), 0),
    ):
        assert len(await services.all_payments(cast.school, asked)) == count
    with pytest.raises(Missing):
        await services.payment_view(cast.actor("zheng"), payment)
    assert cast.schools[SECOND] != cast.school
