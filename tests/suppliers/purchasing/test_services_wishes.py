"""From the wish to the order: written, quoted, approved by amount, ordered, called off."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from canteen.accounts.forms import NewDelegation
from canteen.accounts.rules import Role
from canteen.accounts.services.delegations import delegate
from canteen.accounts.tables import Trail
from canteen.kit.actor import Actor
from canteen.kit.pages import Listing
from canteen.kit.problems import Conflict, Forbidden, Missing, Refused
from canteen.notices.tables import Notice
from canteen.schools.services.policies import decide
from suppliers.goods.rules import Category, Source
from suppliers.licences.forms import StandingForm
from suppliers.licences.rules import Standing
from suppliers.licences.services import decide_standing
from suppliers.purchasing import services
from suppliers.purchasing.forms.wishes import (
    ApprovalForm,
    ChoiceForm,
    OrderLineForm,
    OrdersForm,
    QuoteForm,
    QuotePriceForm,
    ReasonForm,
    WishForm,
    WishLineForm,
)
from suppliers.purchasing.rules import WishKind, WishState
from suppliers.purchasing.services import drafting
from suppliers.purchasing.services.deciding import approve_wishes, send_back_wish
from suppliers.purchasing.services.ordering import cancel_order, end_order, place_orders
from suppliers.purchasing.services.quoting import add_quote, choose_quote, withdraw_quote
from suppliers.purchasing.services.wish_lists import list_wishes, wish_of
from suppliers.purchasing.services.wishes import (
    add_wish,
    change_wish,
    close_wish,
    submit_wish,
    withdraw_wish,
)
from tests.cast import NOW, TODAY
from tests.make import Cast
from tests.suppliers.licences.conftest import stored
from tests.suppliers.purchasing.chain import (
    LEEK,
    LETTUCE,
    OIL,
    buyer,
    canteen_at,
    chain_cast,
    delivered,
    good_at,
    seller_at,
)

FRIDAY = TODAY + timedelta(days=4)
PLAN = WishKind.WEEKLY_PLAN


@pytest.fixture
async def cast(database: str) -> Cast:
    cast = await chain_cast()
    for form in (OIL, LEEK, LETTUCE):
        await good_at(cast, form)
    return cast


async def form_of(cast: Cast, *lines: WishLineForm, **changes: Any) -> WishForm:
    values: dict[str, Any] = {
        "kind": WishKind.REQUISITION,
        "canteen": await canteen_at(cast.school),
        "first_day": TODAY,
        "last_day": FRIDAY,
        "lines": lines or (WishLineForm("韭菜", 20_000, "斤", 300),),
    }
    return WishForm(**{**values, **changes})


async def submitted(cast: Cast, *lines: WishLineForm, **changes: Any) -> int:
    wish = await add_wish(buyer(cast), await form_of(cast, *lines, **changes), now=NOW)
    await submit_wish(buyer(cast), wish, now=NOW)
    return wish


async def approved(cast: Cast, *lines: WishLineForm, **changes: Any) -> int:
    wish = await submitted(cast, *lines, **changes)
    await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{wish}-1",)), now=NOW)
    return wish


async def state(cast: Cast, wish: int) -> WishState:
    return (await wish_of(cast.school, wish)).head.state


async def lines(cast: Cast, wish: int) -> list[int]:
    return [line.id for line in (await wish_of(cast.school, wish)).lines]


async def tasks(cast: Cast, topic: str) -> list[int]:
    here = (Notice.school == cast.school) & (Notice.topic == topic) & Notice.done_at.is_null()
    return [row["subject_id"] for row in await Notice.select().where(here)]


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(one.at, one.rule) for one in refused.value.findings]


async def test_a_wish_is_written_by_name_and_unit_and_gets_a_number(cast: Cast) -> None:
    rows = (WishLineForm("韭 菜", 20_000, "斤", 300, FRIDAY, "嫩"), WishLineForm("菜籽油", 2_000, "", 24_000))
    wish = await add_wish(buyer(cast), await form_of(cast, *rows, purpose="本周"), now=NOW)
    view = await wish_of(cast.school, wish)
    assert (view.head.number, view.head.fen, view.head.state) == ("QG-2026-0001", 54_000, WishState.DRAFT)
    assert [(one.good.name, one.unit, one.quantity, one.day) for one in view.lines] == [
        ("韭菜", "斤", 10_000, FRIDAY),
        ("菜籽油", "桶", 40_000, TODAY),
    ]
    plan = await add_wish(buyer(cast), await form_of(cast, kind=PLAN), now=NOW)
    assert (await wish_of(cast.school, plan)).head.number == "CG-2026-0001"


async def test_everything_wrong_with_a_wish_is_said_at_once(cast: Cast) -> None:
    rows = (
        WishLineForm("恐龙肉", 1_000),
        WishLineForm("韭菜", 1_000, "板"),
        WishLineForm("生菜", 1_000, day=FRIDAY + timedelta(1)),
    )
    with pytest.raises(Refused) as refused:
        await add_wish(buyer(cast), await form_of(cast, *rows), now=NOW)
    assert rules(refused) == [
        ("lines.2.day", "day_outside"),
        ("lines.0.good", "good_unknown"),
        ("lines.1.unit", "unit_unknown"),
    ]
    with pytest.raises(Refused) as refused:
        await add_wish(buyer(cast), await form_of(cast, kind=PLAN, last_day=TODAY + timedelta(7)), now=NOW)
    assert rules(refused) == [("last_day", "days_too_many")]


async def test_a_blank_price_is_the_usual_one_and_without_any_it_is_not_submitted(cast: Cast) -> None:
    known = (await wish_of(cast.school, await add_wish(buyer(cast), await form_of(cast), now=NOW))).lines[0]
    await delivered(cast, known.good.id, 280)
    rows = (WishLineForm("韭菜", 20_000, "斤"), WishLineForm("生菜", 10_000, "公斤"))
    wish = await add_wish(buyer(cast), await form_of(cast, *rows), now=NOW)
    assert [one.price_fen for one in (await wish_of(cast.school, wish)).lines] == [280, None]
    with pytest.raises(Refused) as refused:
        await submit_wish(buyer(cast), wish, now=NOW)
    assert rules(refused) == [("lines.1.price", "price_missing")]


async def test_a_draft_is_written_anew_unless_somebody_else_did_so_first(cast: Cast) -> None:
    wish = await add_wish(buyer(cast), await form_of(cast), now=NOW)
    form = await form_of(cast, WishLineForm("生菜", 5_000, "斤", 200), version=1)
    await change_wish(cast.actor("chen"), wish, form, now=NOW)
    view = await wish_of(cast.school, wish)
    assert (view.head.fen, view.head.version, len(view.lines)) == (1000, 2, 1)
    with pytest.raises(Conflict):
        await change_wish(buyer(cast), wish, form, now=NOW)


async def test_the_approver_has_a_task_until_it_is_decided_and_the_asker_hears_of_it(cast: Cast) -> None:
    wish = await submitted(cast)
    assert await tasks(cast, "purchasing.to_approve") == [wish]
    await approve_wishes(cast.actor("wu"), ApprovalForm((f"{wish}-1",)), now=NOW)
    assert await tasks(cast, "purchasing.to_approve") == []
    assert await tasks(cast, "purchasing.approved") == [wish]
    head = (await wish_of(cast.school, wish)).head
    assert (head.state, head.decided_name) == (WishState.APPROVED, "吴主任")


async def test_a_wish_goes_back_with_a_reason_and_comes_again(cast: Cast) -> None:
    wish = await submitted(cast)
    await send_back_wish(cast.actor("zhou"), wish, ReasonForm("太多"), now=NOW)
    head = (await wish_of(cast.school, wish)).head
    assert (head.state, head.decision_reason) == (WishState.REJECTED, "太多")
    assert await tasks(cast, "purchasing.sent_back") == [wish]
    await submit_wish(buyer(cast), wish, now=NOW)
    assert await tasks(cast, "purchasing.sent_back") == []
    with pytest.raises(Refused) as refused:
        await change_wish(buyer(cast), wish, await form_of(cast, version=1), now=NOW)
    assert rules(refused) == [("", "wrong_state")]
    await withdraw_wish(buyer(cast), wish, now=NOW)
    assert await state(cast, wish) is WishState.DRAFT


BIG = WishLineForm("菜籽油", 1_000, "桶", 100_000)


async def test_the_amount_says_who_approves(cast: Cast) -> None:
    wish = await submitted(cast, BIG, kind=PLAN)
    with pytest.raises(Refused) as refused:
        await approve_wishes(cast.actor("wu"), ApprovalForm((f"{wish}-1",)), now=NOW)
    assert rules(refused) == [("", "principal_decides")]
    await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{wish}-1",)), now=NOW)
    assert await state(cast, wish) is WishState.APPROVED


async def test_a_big_amount_names_its_meeting(cast: Cast) -> None:
    await decide(cast.actor("zhou"), "collective_from_fen", 100_000, from_day=TODAY, now=NOW)
    wish = await submitted(cast, BIG, kind=PLAN)
    with pytest.raises(Refused) as refused:
        await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{wish}-1",)), now=NOW)
    assert rules(refused) == [("collective_note", "meeting_missing")]
    form = ApprovalForm((f"{wish}-1",), "9月5日膳食委员会")
    await approve_wishes(cast.actor("zhou"), form, now=NOW)
    assert (await wish_of(cast.school, wish)).head.collective_note == "9月5日膳食委员会"


async def test_a_deputy_with_a_dated_delegation_signs_for_the_principal(cast: Cast) -> None:
    lent = NewDelegation(
        to_person=cast.people["wu"], role=Role.PRINCIPAL, from_day=TODAY, until_day=TODAY, reason="出差"
    )
    await delegate(cast.actor("zhou"), lent, now=NOW)
    wish = await submitted(cast, BIG, kind=PLAN)
    deputy = Actor(cast.people["wu"], cast.school, frozenset({Role.DEPUTY, Role.PRINCIPAL}))
    await approve_wishes(deputy, ApprovalForm((f"{wish}-1",)), now=NOW)
    head = (await wish_of(cast.school, wish)).head
    assert (head.decided_name, head.decided_for_name) == ("吴主任", "周校长")


async def test_several_are_approved_on_one_page_all_or_none(cast: Cast) -> None:
    first, second = await submitted(cast), await submitted(cast)
    with pytest.raises(Refused) as refused:
        await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{first}-1", f"{second}-2")), now=NOW)
    assert rules(refused) == [("wishes.1", "changed_meanwhile")]
    assert await state(cast, first) is WishState.SUBMITTED
    await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{first}-1", f"{second}-1")), now=NOW)
    assert await state(cast, second) is WishState.APPROVED


async def test_nobody_approves_what_they_asked_for_and_no_program_does(cast: Cast) -> None:
    wish = await add_wish(cast.actor("zhou"), await form_of(cast), now=NOW)
    await submit_wish(cast.actor("zhou"), wish, now=NOW)
    with pytest.raises(Refused) as refused:
        await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{wish}-1",)), now=NOW)
    assert rules(refused) == [("wishes.0", "own_wish")]
    with pytest.raises(Forbidden):
        await approve_wishes(Actor(None, cast.school), ApprovalForm((f"{wish}-1",)), now=NOW)
    with pytest.raises(Missing):
        await approve_wishes(cast.actor("zheng"), ApprovalForm((f"{wish}-1",)), now=NOW)


async def quoted(cast: Cast, wish: int, *prices: int) -> list[int]:
    made = []
    for n, price in enumerate(prices):
        form = QuoteForm(TODAY, (QuotePriceForm((await lines(cast, wish))[0], price),), name=f"商家{n}")
        made.append(await add_quote(buyer(cast), wish, form, [stored()], now=NOW))
    return made


async def test_three_sellers_are_asked_from_the_amount_of_the_policy_on(cast: Cast) -> None:
    wish = await add_wish(buyer(cast), await form_of(cast, BIG), now=NOW)
    with pytest.raises(Refused) as refused:
        await submit_wish(buyer(cast), wish, now=NOW)
    assert rules(refused) == [("quotes", "three_quotes"), ("quotes", "no_choice")]
    _cheap, middle, _dear = await quoted(cast, wish, 90_000, 95_000, 99_000)
    with pytest.raises(Refused) as refused:
        await choose_quote(buyer(cast), wish, ChoiceForm(middle), now=NOW)
    assert rules(refused) == [("reason", "reason_missing")]
    await choose_quote(buyer(cast), wish, ChoiceForm(middle, "送货及时"), now=NOW)
    await submit_wish(buyer(cast), wish, now=NOW)
    assert (await wish_of(cast.school, wish)).head.fen == 95_000


async def test_a_quote_has_a_seller_all_prices_and_a_photo(cast: Cast) -> None:
    wish = await add_wish(buyer(cast), await form_of(cast, BIG, WishLineForm("韭菜", 1_000)), now=NOW)
    form = QuoteForm(TODAY + timedelta(1), (QuotePriceForm((await lines(cast, wish))[0], 5),))
    with pytest.raises(Refused) as refused:
        await add_quote(buyer(cast), wish, form, [], now=NOW)
    assert rules(refused) == [
        ("prices.1.price", "missing"),
        ("name", "missing"),
        ("photos", "photo_missing"),
        ("quoted_on", "quoted_later"),
    ]


async def test_a_seller_answers_once_and_an_answer_is_taken_back(cast: Cast) -> None:
    wish = await add_wish(buyer(cast), await form_of(cast, BIG), now=NOW)
    [quote] = await quoted(cast, wish, 90_000)
    with pytest.raises(Refused) as refused:
        await quoted(cast, wish, 80_000)
    assert rules(refused) == [("name", "quoted_twice")]
    with pytest.raises(Refused) as refused:
        await change_wish(buyer(cast), wish, await form_of(cast, version=1), now=NOW)
    assert rules(refused) == [("", "quoted_already")]
    await withdraw_quote(buyer(cast), wish, quote, now=NOW)
    await change_wish(buyer(cast), wish, await form_of(cast, version=1), now=NOW)


async def order_form(cast: Cast, wish: int, *sellers: int | None, **changes: Any) -> OrdersForm:
    rows = tuple(OrderLineForm(n, who) for n, who in zip(await lines(cast, wish), sellers, strict=True))
    return OrdersForm(**{"deliver_on": FRIDAY, "lines": rows, **changes})


async def garden(cast: Cast, name: str) -> int:
    """A seller that needs no licence: the own garden."""
    return await seller_at(cast, name=name, source=Source.GARDEN, identity="", phone="")


TWO = (WishLineForm("韭菜", 20_000, "斤", 300), WishLineForm("生菜", 10_000, "斤", 200))


async def test_an_approved_wish_is_ordered_one_order_for_each_supplier(cast: Cast) -> None:
    wish = await approved(cast, *TWO)
    one, other = await garden(cast, "菜地一"), await garden(cast, "菜地二")
    orders = await place_orders(
        buyer(cast), wish, await order_form(cast, wish, one, other, deliver_by=time(5, 30)), now=NOW
    )
    assert await state(cast, wish) is WishState.CLOSED
    found = await services.open_orders(cast.school, None, FRIDAY)
    assert [(order.number, order.supplier_name, order.fen, order.deliver_by) for order in found] == [
        ("DD-2026-0001", "菜地一", 6000, 330),
        ("DD-2026-0002", "菜地二", 2000, 330),
    ]
    [line] = await services.order_lines(cast.school, orders[0])
    assert (line.name, line.quantity, line.price_fen) == ("韭菜", 10_000, 300)
    assert [o.id for o in await services.open_orders(cast.school, other, TODAY + timedelta(1))] == [orders[1]]
    assert await services.open_orders(cast.school, None, TODAY) == []


async def test_what_is_not_ordered_now_is_ordered_later_but_nothing_twice(cast: Cast) -> None:
    wish, one = await approved(cast, *TWO), await garden(cast, "菜地一")
    with pytest.raises(Refused) as refused:
        await place_orders(buyer(cast), wish, await order_form(cast, wish, None, None), now=NOW)
    assert rules(refused) == [("lines", "nothing_ordered")]
    await place_orders(buyer(cast), wish, await order_form(cast, wish, one, None), now=NOW)
    assert await state(cast, wish) is WishState.APPROVED
    with pytest.raises(Refused) as refused:
        await place_orders(buyer(cast), wish, await order_form(cast, wish, one, one), now=NOW)
    assert rules(refused) == [("lines.0.supplier", "ordered_already")]


async def test_an_order_to_a_supplier_that_may_not_deliver_is_refused_with_the_reasons(cast: Cast) -> None:
    wish = await approved(cast)
    trader = await seller_at(
        cast,
        name="无证商行",
        source=Source.TRADER,
        credit_code="911101083303521997",
        categories=(Category.OIL,),
    )
    await decide_standing(cast.actor("zhou"), trader, StandingForm(Standing.SUSPENDED, "整改"), now=NOW)
    with pytest.raises(Refused) as refused:
        await place_orders(buyer(cast), wish, await order_form(cast, wish, trader), now=NOW)
    found = {one.rule for one in refused.value.findings}
    assert {"supplier_suspended", "category_not_covered", "licence_missing"} <= found
    assert await services.open_orders(cast.school, None, FRIDAY) == []


async def test_only_what_is_approved_is_ordered_and_not_for_yesterday(cast: Cast) -> None:
    wish, one = await submitted(cast), await garden(cast, "菜地一")
    with pytest.raises(Refused) as refused:
        await place_orders(buyer(cast), wish, await order_form(cast, wish, one), now=NOW)
    assert rules(refused) == [("", "wrong_state")]
    await approve_wishes(cast.actor("zhou"), ApprovalForm((f"{wish}-1",)), now=NOW)
    form = await order_form(cast, wish, one, deliver_on=TODAY - timedelta(1))
    with pytest.raises(Refused) as refused:
        await place_orders(buyer(cast), wish, form, now=NOW)
    assert rules(refused) == [("deliver_on", "days_past")]


async def test_an_order_that_is_called_off_opens_its_wish_again(cast: Cast) -> None:
    wish, one = await approved(cast), await garden(cast, "菜地一")
    [order] = await place_orders(buyer(cast), wish, await order_form(cast, wish, one), now=NOW)
    await cancel_order(buyer(cast), order, ReasonForm("停课"), now=NOW)
    assert await state(cast, wish) is WishState.APPROVED
    assert await services.open_orders(cast.school, None, FRIDAY) == []
    [again] = await place_orders(buyer(cast), wish, await order_form(cast, wish, one), now=NOW)
    await end_order(cast.school, again, now=NOW)
    with pytest.raises(Refused):
        await cancel_order(buyer(cast), again, ReasonForm("停课"), now=NOW)


async def test_the_standing_plan_is_the_approved_one_of_the_day_and_says_what_was_bought(cast: Cast) -> None:
    canteen = await canteen_at(cast.school)
    assert await services.standing_plan(cast.school, canteen, TODAY) is None
    wish = await approved(cast, kind=PLAN)
    good = (await wish_of(cast.school, wish)).lines[0].good.id
    await delivered(cast, good, 300, days_ago=0, count_milli=4_000, plan=wish)
    for day, covered in ((TODAY, True), (FRIDAY, True), (FRIDAY + timedelta(1), False)):
        assert (await services.standing_plan(cast.school, canteen, day) is not None) is covered
    plan = await services.standing_plan(cast.school, canteen, TODAY)
    assert plan is not None and (plan.bought, plan.lines[0].quantity) == ({good: 2000}, 10_000)
    await close_wish(buyer(cast), wish, now=NOW)
    assert await services.standing_plan(cast.school, canteen, TODAY) is None


async def test_a_new_sheet_begins_with_last_weeks_or_with_what_was_delivered(cast: Cast) -> None:
    wish = await approved(cast, WishLineForm("韭菜", 20_000, "斤", 300, FRIDAY), kind=PLAN)
    monday = TODAY + timedelta(7)
    [row] = await drafting.rows_of_wish(cast.school, wish, monday)
    assert (row.good, row.count_milli, row.day) == ("韭菜", 20_000, FRIDAY + timedelta(7))
    good = (await wish_of(cast.school, wish)).lines[0].good.id
    for price in (250, 300):
        await delivered(cast, good, price, days_ago=6, count_milli=3_000)
    await delivered(cast, good, 100, days_ago=7)
    canteen = await canteen_at(cast.school)
    [row] = await drafting.rows_of_deliveries(cast.school, canteen, monday, TODAY)
    assert (row.good, row.unit, row.count_milli, row.price_fen) == ("韭菜", "斤", 6_000, 300)
    assert row.day == date(2026, 9, 15)


async def test_wishes_are_listed_by_day_filtered_and_page_by_page(cast: Cast) -> None:
    made = [await add_wish(buyer(cast), await form_of(cast, purpose=f"第{n}批"), now=NOW) for n in range(3)]
    plan = await submitted(cast, kind=PLAN)
    heads, _next = await list_wishes(cast.school, Listing(filters={"state": "submitted"}))
    assert [head.id for head in heads] == [plan]
    heads, _next = await list_wishes(cast.school, Listing(q="第1"))
    assert [head.id for head in heads] == [made[1]]
    first, cursor = await list_wishes(cast.school, Listing(sort="-first_day", limit=2))
    assert [head.id for head in first] == [plan, made[2]] and cursor
    assert (await list_wishes(cast.schools["A002"], Listing()))[0] == []


async def test_every_step_leaves_one_row_in_the_trail(cast: Cast) -> None:
    wish = await approved(cast)
    await close_wish(buyer(cast), wish, now=NOW)
    rows = await Trail.select().where((Trail.school == cast.school) & (Trail.subject == "wish"))
    assert [row["deed"] for row in sorted(rows, key=lambda row: row["id"])] == [
        "purchasing.add_wish",
        "purchasing.submit_wish",
        "purchasing.approve_wishes",
        "purchasing.close_wish",
    ]
