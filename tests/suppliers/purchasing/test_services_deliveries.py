"""What is done at the door: accept, hold, refuse, let through, correct."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from canteen.accounts.rules import Role
from canteen.accounts.tables import Trail
from canteen.kit.problems import Conflict, Forbidden, Missing, Refused
from canteen.notices.tables import Notice
from suppliers.goods.rules import PaperKind
from suppliers.purchasing.forms.deliveries import (
    BatchPaperForm,
    DisposalForm,
    ReasonForm,
    RefusalForm,
    SecondForm,
)
from suppliers.purchasing.rules import DeliveryState, Refusal, Verdict, Way
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.tables import Delivery, DeliveryLine
from suppliers.stock.tables import Lot, Slip
from tests.cast import NOW, TODAY
from tests.make import Cast, give_role, make_cast
from tests.suppliers.purchasing.door import (
    CONFORMITY,
    PORK,
    RICE,
    company,
    delivery,
    good,
    line,
    manager,
    second,
    with_pin,
)


@pytest.fixture
async def cast(database: str) -> Cast:
    made = await make_cast()
    await give_role(made.people["he"], made.school, Role.SAFETY_OFFICER)
    return made


def rules(refused: Any) -> list[tuple[str, str]]:
    return [(f.rule, f.at) for f in refused.value.findings if f.level == "error"]


async def deeds() -> list[str]:
    return [r["deed"] for r in await Trail.select(Trail.deed).order_by(Trail.id) if "purchasing" in r["deed"]]


async def test_what_two_people_accept_is_in_the_store_and_in_the_book(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    id_ = await deliveries.accept(manager(cast), delivery(seller), second(he), now=NOW)
    view = await deliveries.view_of(cast.school, id_)
    assert (view.row.state, view.row.number, view.row.fen) == ("accepted", "JH-2026-00001", 5000)
    assert (view.row.checked_by, view.row.second_by) == (cast.people["chen"], he)
    [row] = view.lines
    assert (row.delivered, row.accepted, row.price_fen, row.fen_per_kg) == (10_000, 10_000, 250, 500)
    lot = await Lot.objects().get(Lot.id == row.lot)
    assert (lot.quantity, lot.fen, lot.state, lot.origin_id) == (10_000, 5000, "open", id_)
    assert [slip["kind"] for slip in view.slips] == ["receipt"]
    assert await deeds() == ["purchasing.accept"]


async def test_an_order_or_plan_of_nobody_here_is_named(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    strange = msgspec.structs.replace(delivery(seller), order=4711, plan=4712)
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), strange, second(he), now=NOW)
    assert rules(refused) == [("link_unknown", "order"), ("link_unknown", "plan")]


async def test_what_goes_to_lunch_at_once_leaves_the_store_in_the_same_save(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    id_ = await deliveries.accept(manager(cast), delivery(seller, line(meal="lunch")), second(he), now=NOW)
    view = await deliveries.view_of(cast.school, id_)
    assert [(slip["kind"], slip["meal"]) for slip in view.slips] == [("receipt", ""), ("issue", "lunch")]
    lot = await Lot.objects().get(Lot.id == view.lines[0].lot)
    assert lot.quantity_left == 0


@pytest.mark.parametrize(("ends", "stopped"), [(-1, True), (0, False), (1, False)])
async def test_a_licence_holds_on_its_last_day_and_stops_from_the_next(
    cast: Cast, ends: int, stopped: bool
) -> None:
    he, seller = await with_pin(cast), await company(cast, valid_to=TODAY + timedelta(days=ends))
    await good(cast)
    if not stopped:
        await deliveries.accept(manager(cast), delivery(seller), second(he), now=NOW)
        return
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), delivery(seller), second(he), now=NOW)
    assert rules(refused) == [("licence_expired", "supplier")]
    assert await Delivery.count() == 0


@pytest.mark.parametrize(("day", "stopped"), [(31, False), (1, True)])
async def test_vegetables_need_the_certificate_of_conformity_from_february_2026_on(
    cast: Cast, day: int, stopped: bool
) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    on = date(2026, 1, 31) if day == 31 else date(2026, 2, 1)
    now = datetime(on.year, on.month, on.day, 0, tzinfo=UTC)
    form = delivery(seller, papers=(BatchPaperForm(PaperKind.QUICK_TEST, "KJ-0131"),))
    if not stopped:
        await deliveries.accept(manager(cast), form, second(he), now=now)
        return
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), form, second(he), now=now)
    assert rules(refused) == [("paper_missing", "papers.conformity")]


async def test_every_wrong_field_of_every_line_is_told_at_once(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    for form in (None, PORK, RICE):
        await (good(cast) if form is None else good(cast, form))
    lines = (
        line(name="不存在的菜"),
        line(unit="箱"),
        line(count=None),
        line(name="猪后腿肉", celsius=81, price=None),
        line(name="大米", looked=None, verdict=Verdict.PART, refused=30_000),
        line(gross=5_000, tare=6_000),
    )
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), delivery(seller, *lines), second(he, ""), now=NOW)
    told = set(rules(refused))
    assert told >= {
        ("good_unknown", "lines.0.name"),
        ("unit_unknown", "lines.1.unit"),
        ("count_missing", "lines.2.count"),
        ("too_warm", "lines.3.celsius_tenths"),
        ("price_missing", "lines.3.price"),
        ("refused_all", "lines.4.refused"),
        ("nothing_left", "lines.5.tare"),
        ("paper_missing", "papers.animal_quarantine"),
        ("pin_missing", "second_pin"),
    }


@pytest.mark.parametrize("who", ["chen", "xu", None])
async def test_the_second_look_is_another_persons_of_the_kitchen(cast: Cast, who: str | None) -> None:
    seller = await company(cast)
    await good(cast)
    person = await with_pin(cast, who) if who else None
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), delivery(seller), second(person), now=NOW)
    assert [at for _rule, at in rules(refused)] == ["second"]


async def test_a_wrong_pin_of_the_second_one_saves_nothing(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), delivery(seller), second(he, "1111"), now=NOW)
    assert rules(refused) == [("wrong_pin", "second_pin")]
    assert await Delivery.count() == 0


async def test_goods_that_stop_are_taken_in_locked_and_the_principal_is_asked(cast: Cast) -> None:
    id_ = await provisional(cast)
    view = await deliveries.view_of(cast.school, id_)
    assert (view.row.state, [f.rule for f in view.stops]) == ("provisional", ["licence_expired"])
    lot = await Lot.objects().get(Lot.id == view.lines[0].lot)
    assert lot.state == "locked"
    task = await Notice.objects().get(Notice.topic == "purchasing.decide")
    assert task.done_at is None


async def provisional(cast: Cast, **changes: Any) -> int:
    he, seller = await with_pin(cast), await company(cast, valid_to=TODAY - timedelta(days=1))
    await good(cast)
    form = delivery(seller, line(**changes))
    return await deliveries.take_in(manager(cast), form, second(he), now=NOW)


async def test_the_principal_lets_goods_through_with_a_reason_that_stays(cast: Cast) -> None:
    id_ = await provisional(cast, meal="lunch")
    await deliveries.let_through(cast.actor("zhou"), id_, ReasonForm("许可证续办中，有受理单"), now=NOW)
    view = await deliveries.view_of(cast.school, id_)
    assert (view.row.state, view.row.exception_reason) == ("accepted", "许可证续办中，有受理单")
    assert [f.rule for f in view.stops] == ["licence_expired"]
    lot = await Lot.objects().get(Lot.id == view.lines[0].lot)
    assert (lot.state, lot.quantity_left) == ("open", 0)
    assert (await Notice.objects().get(Notice.topic == "purchasing.decide")).done_by == cast.people["zhou"]
    with pytest.raises(Conflict):
        await deliveries.turn_away(cast.actor("wu"), id_, ReasonForm("晚了一步"), now=NOW)


async def test_what_the_principal_turns_away_leaves_the_book_again(cast: Cast) -> None:
    id_ = await provisional(cast)
    await deliveries.turn_away(cast.actor("zhou"), id_, ReasonForm("没有续证"), now=NOW)
    view = await deliveries.view_of(cast.school, id_)
    assert (view.row.state, view.row.fen, view.lines[0].accepted) == ("refused", 0, 0)
    assert (view.lines[0].refusal, view.lines[0].refusal_note) == ("licence_expired", "没有续证")
    assert (await Lot.objects().get(Lot.id == view.lines[0].lot)).quantity_left == 0


async def test_nobody_lets_expired_goods_in(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast, RICE)
    form = delivery(seller, line(name="大米", produced_on=date(2026, 1, 1), shelf_life_days=30))
    with pytest.raises(Refused) as refused:
        await deliveries.take_in(manager(cast), form, second(he), now=NOW)
    assert ("goods_expired", "lines.0.expires_on") in rules(refused)


async def test_a_part_is_refused_with_a_reason_and_then_returned(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    part = line(verdict=Verdict.PART, refused=5_000, refusal=Refusal.SENSES)
    id_ = await deliveries.accept(manager(cast), delivery(seller, part), second(he), now=NOW)
    view = await deliveries.view_of(cast.school, id_)
    assert (view.row.state, view.lines[0].accepted, view.row.fen) == ("part", 7500, 3750)
    back = DisposalForm(Way.RETURNED, "司机小王")
    await deliveries.dispose(manager(cast), id_, view.lines[0].id, back, now=NOW)
    [gone] = await deliveries.disposals_of(cast.school, [view.lines[0].id])
    assert (gone["quantity"], gone["taken_by"]) == (2500, "司机小王")
    with pytest.raises(Refused):
        await deliveries.dispose(manager(cast), id_, view.lines[0].id, back, now=NOW)


async def test_destroying_needs_a_witness(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    reason = RefusalForm(Refusal.SENSES)
    id_ = await deliveries.refuse(manager(cast), delivery(seller), reason, second(he), now=NOW)
    [row] = (await deliveries.view_of(cast.school, id_)).lines
    for witness, stopped in ((None, True), (cast.people["chen"], True), (he, False)):
        form = DisposalForm(Way.DESTROYED, "垃圾桶", witness=witness)
        if stopped:
            with pytest.raises(Refused):
                await deliveries.dispose(manager(cast), id_, row.id, form, now=NOW)
        else:
            await deliveries.dispose(manager(cast), id_, row.id, form, now=NOW)


async def test_a_whole_delivery_is_refused_without_weighing_senses_or_papers(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast, valid_to=TODAY - timedelta(days=1))
    await good(cast)
    bare = delivery(seller, line(looked=None, price=None), papers=())
    reason = RefusalForm(Refusal.LICENCE_EXPIRED, "许可证过期")
    id_ = await deliveries.refuse(manager(cast), bare, reason, second(he), now=NOW)
    view = await deliveries.view_of(cast.school, id_)
    assert (view.row.state, view.lines[0].refusal, view.lines[0].lot) == ("refused", "licence_expired", None)
    assert await Slip.count() == 0


async def test_a_price_twice_the_usual_is_asked_about_once(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    await deliveries.accept(manager(cast), delivery(seller), second(he), now=NOW)
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), delivery(seller, line(price=500)), second(he), now=NOW)
    asked = [(f.rule, f.at) for f in refused.value.findings if f.rule == "jin_or_kilogram"]
    assert asked == [("jin_or_kilogram", "lines.0.price")]
    form = delivery(seller, line(price=500, sure=True))
    await deliveries.accept(manager(cast), form, second(he), now=NOW)


async def test_a_draft_keeps_whatever_was_typed(cast: Cast) -> None:
    typed = {"supplier": "abc", "lines": {"0": {"name": "韭", "count": "十斤"}}, "second_pin": "5937"}
    id_, version = await deliveries.save_draft(manager(cast), typed, now=NOW)
    row = await deliveries.draft_of(cast.school, id_)
    assert (deliveries.typed_of(row)["lines"]["0"]["count"], version) == ("十斤", 1)
    assert "second_pin" not in deliveries.typed_of(row)


async def test_a_draft_becomes_the_delivery(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    typed = {"supplier": str(seller), "client_id": "phone-1"}
    draft, version = await deliveries.save_draft(manager(cast), typed, now=NOW)
    form = delivery(seller, version=version, client_id="phone-1")
    id_ = await deliveries.accept(manager(cast), form, second(he), draft=draft, now=NOW)
    assert (id_, await Delivery.count()) == (draft, 1)
    with pytest.raises(Missing):
        await deliveries.draft_of(cast.school, draft)


async def test_of_two_who_save_one_draft_the_slower_is_told_and_loses_nothing(cast: Cast) -> None:
    draft, version = await deliveries.save_draft(manager(cast), {"note": "甲"}, now=NOW)
    both = [
        deliveries.change_draft(cast.actor(who), draft, {"note": who}, version=version, now=NOW)
        for who in ("chen", "he")
    ]
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["Conflict", "int"]


async def test_the_same_delivery_sent_twice_is_one(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    form = delivery(seller, client_id="phone-7")
    sent = [await deliveries.accept(manager(cast), form, second(he), now=NOW) for _n in range(2)]
    assert (len(set(sent)), await Delivery.count(), await DeliveryLine.count()) == (1, 1, 1)


async def test_a_correction_names_the_old_one_and_takes_its_lots_back(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    old = await deliveries.accept(manager(cast), delivery(seller), second(he), now=NOW)
    form = delivery(seller, line(count=18_000))
    new = await deliveries.correct(manager(cast), old, form, SecondForm(), "", now=NOW + timedelta(hours=1))
    before, after = [await deliveries.view_of(cast.school, id_) for id_ in (old, new)]
    assert (before.row.state, after.row.corrects, after.lines[0].accepted) == ("replaced", old, 9000)
    assert (await Lot.objects().get(Lot.id == before.lines[0].lot)).quantity_left == 0
    assert (await Lot.objects().get(Lot.id == after.lines[0].lot)).quantity_left == 9000


async def test_after_the_shift_a_correction_needs_a_reason_and_a_second_signature(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    old = await deliveries.accept(manager(cast), delivery(seller), second(he), now=NOW)
    later, form = NOW + timedelta(days=1), delivery(seller, line(count=18_000))
    with pytest.raises(Refused) as refused:
        await deliveries.correct(manager(cast), old, form, SecondForm(), "", now=later)
    assert rules(refused) == [("reason_missing", "reason")]
    with pytest.raises(Refused) as refused:
        await deliveries.correct(manager(cast), old, form, SecondForm(), "数量写错", now=later)
    assert ("second_missing", "second") in rules(refused)
    new = await deliveries.correct(manager(cast), old, form, second(he), "数量写错", now=later)
    assert (await deliveries.view_of(cast.school, new)).late


async def test_a_machine_and_another_canteen_decide_nothing(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    machine = msgspec.json.decode(b"null")
    nobody = manager(cast).__class__(machine, cast.school)
    elsewhere = manager(cast).__class__(cast.people["chen"], cast.school, canteens=frozenset({0}))
    for actor in (nobody, elsewhere):
        with pytest.raises(Forbidden):
            await deliveries.accept(actor, delivery(seller), second(he), now=NOW)


async def test_todays_delivery_begins_from_a_past_one(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    old = await deliveries.accept(manager(cast), delivery(seller), second(he), now=NOW)
    draft = await deliveries.duplicate(manager(cast), old, now=NOW + timedelta(days=1))
    typed = deliveries.typed_of(await deliveries.draft_of(cast.school, draft))
    assert typed["lines"][0]["name"] == "韭菜" and "count" not in typed["lines"][0]
    assert typed["supplier"] == str(seller)


async def test_a_certificate_for_one_line_does_not_cover_another(cast: Cast) -> None:
    he, seller = await with_pin(cast), await company(cast)
    await good(cast)
    only_first = BatchPaperForm(PaperKind.CONFORMITY, "CNHG-1", covers="1")
    form = delivery(seller, line(), line(), papers=(only_first,))
    with pytest.raises(Refused) as refused:
        await deliveries.accept(manager(cast), form, second(he), now=NOW)
    assert rules(refused) == [("paper_missing", "papers.conformity")]
    form = delivery(seller, line(), line(), papers=(CONFORMITY,))
    id_ = await deliveries.accept(manager(cast), form, second(he), now=NOW)
    assert (await deliveries.delivery_of(cast.school, id_)).state == DeliveryState.ACCEPTED
    assert json.loads((await deliveries.view_of(cast.school, id_)).papers[0].lines) == []
