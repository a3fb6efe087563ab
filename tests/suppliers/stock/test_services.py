"""The store room: what comes in, what goes out, what a mistake costs, and who stands by."""

import asyncio
import sqlite3
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from canteen.accounts.tables import Trail
from canteen.kit.actor import Actor
from canteen.kit.db import engine, write
from canteen.kit.pages import Listing
from canteen.kit.problems import Conflict, Forbidden, Missing, Refused
from canteen.kit.sheets import BadFile, Column, write_csv
from suppliers.goods.rules import Storage
from suppliers.stock import services
from suppliers.stock.forms import (
    ApartForm,
    CorrectionForm,
    IssueForm,
    IssueLine,
    OpeningFile,
    OpeningForm,
    OpeningLine,
    OwnForm,
    PlaceForm,
    WriteOffForm,
    WriteOffLine,
)
from suppliers.stock.rules import Move, Origin, SlipKind, Standing, WriteOffReason
from suppliers.stock.tables import StockMove
from tests.cast import NOW, TODAY
from tests.suppliers.stock.conftest import PIN, Store, line

TOMORROW = NOW + timedelta(days=1)


async def refused(deed: Any) -> dict[str, str]:
    """The rules that were broken, by the field."""
    with pytest.raises(Refused) as caught:
        await deed
    return {finding.at: finding.rule for finding in caught.value.findings}


async def test_opening_stock_becomes_lots_of_their_own_on_one_slip(store: Store) -> None:
    lots = await store.opened(line("大米", 50, 480, 90, batch_number="A1"), line("大米", 25, 500, 30))
    assert [lot.quantity for lot in lots] == [50_000, 25_000]
    assert [lot.fen for lot in lots] == [24_000, 12_500]
    (rice,) = await services.on_hand(store.cast.school, store.canteen, TODAY)
    assert (rice.quantity, rice.fen, rice.good.name) == (75_000, 36_500, "大米")
    assert rice.next_expiry == TODAY + timedelta(days=30)
    slips, _next = await services.list_slips(store.cast.school, Listing())
    assert [(head.slip.kind, head.slip.number, head.slip.fen) for head in slips] == [
        (SlipKind.RECEIPT, "RK-2026-00001", 36_500)
    ]


async def test_every_wrong_line_of_opening_stock_is_named_at_once(store: Store) -> None:
    lines = (
        line("大米", 50),
        line("龙肉", 1),
        OpeningLine("大白菜", 1000, "箱"),
        line("菜籽油", 1, produced_on=TODAY + timedelta(days=2), place=99),
        OpeningLine("鸡蛋", 1000, "斤", 0, "", TODAY, TODAY - timedelta(days=1)),
    )
    form = OpeningForm(store.canteen, TODAY + timedelta(days=1), lines)
    assert await refused(services.enter_opening(store.keeper, form, now=NOW)) == {
        "day": "day_ahead",
        "lines.1.good": "good_unknown",
        "lines.2.unit": "unit_unknown",
        "lines.3.place": "place_unknown",
        "lines.3.produced_on": "made_later",
        "lines.4.expires_on": "expires_first",
    }
    assert await services.on_hand(store.cast.school, store.canteen, TODAY) == []


async def test_opening_stock_comes_from_a_spreadsheet_too_and_only_once(store: Store) -> None:
    place = PlaceForm(store.canteen, "米面库", Storage.DRY)
    await services.add_place(store.keeper, place, now=NOW)
    columns = [Column(name) for name in ("品名", "数量", "单位", "单价", "批号", "到期日", "位置")]
    data = write_csv(
        columns,
        [("大米", "3", "袋", "120", "A1", "2026-12-01", "米面库"), ("白菜", "20", "斤", "0.8", "", "", "")],
    )
    form = OpeningFile(store.canteen, TODAY)
    _slip, count = await services.import_opening(store.keeper, data, "期初.csv", form, now=NOW)
    assert count == 2
    lots, _next = await services.list_lots(store.cast.school, Listing(sort="expires"), on=TODAY)
    assert [(x.good.name, x.lot.quantity, x.lot.fen, x.place) for x in lots] == [
        ("大米", 75_000, 36_000, "米面库"),
        ("大白菜", 10_000, 1_600, ""),
    ]
    assert "again" in await refused(services.import_opening(store.keeper, data, "期初.csv", form, now=NOW))


async def test_a_bad_file_is_refused_with_every_wrong_cell(store: Store) -> None:
    columns = [Column(name) for name in ("品名", "数量", "单位", "位置")]
    form = OpeningFile(store.canteen, TODAY)
    data = write_csv(columns, [("大米", "许多", "", ""), ("", "2", "", "")])
    with pytest.raises(BadFile) as caught:
        await services.import_opening(store.keeper, data, "a.csv", form, now=NOW)
    assert [(e.line, e.column) for e in caught.value.errors] == [(2, "数量"), (3, "品名")]
    data = write_csv(columns, [("大米", "1", "筐", "阁楼"), ("龙肉", "2", "", "")])
    with pytest.raises(BadFile) as caught:
        await services.import_opening(store.keeper, data, "b.csv", form, now=NOW)
    assert [(e.line, e.column) for e in caught.value.errors] == [(2, "单位"), (2, "位置"), (3, "品名")]


async def test_what_expires_first_goes_first_and_its_cost_goes_with_it(store: Store) -> None:
    late, soon = await store.opened(line("大米", 50, 480, 90), line("大米", 25, 500, 30))
    slip = await store.issued("大米", 30_000)
    shown = await services.slip_view(store.cast.school, slip)
    assert [(x.lot.id, -x.move.quantity, -x.move.fen) for x in shown.lines] == [
        (soon.id, 25_000, 12_500),
        (late.id, 5_000, 2_400),
    ]
    assert shown.slip.fen == 14_900 and shown.slip.meal == "lunch"
    assert await store.left([late, soon]) == [45_000, 0]


@pytest.mark.parametrize(
    "sql", ["UPDATE suppliers_stock_move SET fen = 1", "DELETE FROM suppliers_stock_move"]
)
async def test_the_database_itself_refuses_to_change_or_delete_a_line_of_the_ledger(
    store: Store, sql: str
) -> None:
    await store.opened(line("大米", 50, 480, 90))
    with pytest.raises((sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError), match="frozen"):
        await engine().run_ddl(sql)
    assert await StockMove.select(StockMove.fen).output(as_list=True) == [24_000]


async def test_a_certain_lot_goes_when_it_is_named(store: Store) -> None:
    late, soon = await store.opened(line("大米", 50, 480, 90), line("大米", 25, 500, 30))
    await store.issued("大米", 1000, "袋", lot=late.id)
    assert await store.left([late, soon]) == [25_000, 25_000]


async def test_all_lines_that_cannot_go_are_named_at_once_and_nothing_is_booked(store: Store) -> None:
    rice, cabbage, oil = await store.opened(
        line("大米", 10), line("大白菜", 5, days=-1), line("菜籽油", 18.4)
    )
    await services.set_apart(store.keeper, oil.id, ApartForm("桶有裂缝"), now=NOW)
    lines = (
        IssueLine(store.goods["大米"], 9_000, "公斤"),
        IssueLine(store.goods["大米"], 2_000, "公斤"),
        IssueLine(store.goods["大白菜"], 1_000, "公斤"),
        IssueLine(store.goods["菜籽油"], 1_000, "桶", oil.id),
        IssueLine(store.goods["鸡蛋"], 1_000, "筐"),
        IssueLine(999, 1_000, "斤"),
    )
    form = IssueForm(store.canteen, TODAY, lines)
    assert await refused(services.issue(store.keeper, form, now=NOW)) == {
        "lines.1.count": "not_enough",
        "lines.2.count": "not_enough",
        "lines.3.count": "lot_not_usable",
        "lines.4.unit": "unit_unknown",
        "lines.5.good": "good_unknown",
    }
    assert await store.left([rice, cabbage, oil]) == [10_000, 5_000, 18_400]


async def test_an_issue_without_a_count_for_the_future_or_to_a_stranger_is_refused(store: Store) -> None:
    form = IssueForm(
        store.canteen,
        TODAY + timedelta(days=1),
        (IssueLine(store.goods["大米"]),),
        receiver=store.cast.people["ma"],
    )
    found = await refused(services.issue(store.keeper, form, now=NOW))
    assert found == {"": "nothing_asked", "day": "day_ahead", "receiver": "no_receiver"}


async def test_two_who_take_of_one_lot_at_once_never_take_more_than_there_is(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10))
    done = await asyncio.gather(
        *(store.issued("大米", 7_000) for _person in range(2)), return_exceptions=True
    )
    assert sum(isinstance(answer, int) for answer in done) == 1
    assert await store.left([rice]) == [3_000]


async def test_a_lot_on_its_last_day_goes_and_the_day_after_it_does_not(store: Store) -> None:
    await store.opened(line("大白菜", 5, days=0))
    await store.issued("大白菜", 1_000)
    late = IssueForm(
        store.canteen, TODAY + timedelta(days=1), (IssueLine(store.goods["大白菜"], 1_000, "公斤"),)
    )
    assert await refused(services.issue(store.keeper, late, now=TOMORROW)) == {"lines.0.count": "not_enough"}


def off(store: Store, lot: int, count: int = 0, **more: Any) -> WriteOffForm:
    values: dict[str, Any] = {
        "canteen": store.canteen,
        "day": TODAY,
        "lines": (WriteOffLine(lot, count, "公斤" if count else ""),),
        "reason": WriteOffReason.EXPIRED,
        "witness": store.witness,
        "witness_pin": PIN,
    }
    return WriteOffForm(**{**values, **more})


async def test_what_is_past_its_day_is_destroyed_before_a_second_person(store: Store) -> None:
    (cabbage,) = await store.opened(line("大白菜", 5, 200, -1))
    slip = await services.write_off(store.keeper, off(store, cabbage.id, destroyed=True), now=NOW)
    shown = await services.slip_view(store.cast.school, slip)
    assert [(x.move.kind, x.move.quantity, x.move.fen) for x in shown.lines] == [
        (Move.DESTROYED, -5_000, -1_000)
    ]
    assert shown.names[shown.slip.witness] == "何厨师"
    assert await store.left([cabbage]) == [0]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"witness_pin": "0000"}, {"_pin": "wrong_pin"}),
        ({"witness": "chen"}, {"witness": "same_person"}),
        ({"witness": "ma"}, {"witness": "no_witness"}),
        ({"reason": WriteOffReason.OTHER}, {"note": "no_note"}),
        ({"day": TODAY + timedelta(days=1)}, {"day": "day_ahead"}),
    ],
)
async def test_a_write_off_needs_its_witness_and_its_reason(
    store: Store, change: dict[str, Any], found: dict[str, str]
) -> None:
    (cabbage,) = await store.opened(line("大白菜", 5))
    if isinstance(change.get("witness"), str):
        change = {"witness": store.cast.people[change["witness"]]}
    form = off(store, cabbage.id, **change)
    assert await refused(services.write_off(store.keeper, form, now=NOW)) == found
    assert await store.left([cabbage]) == [5_000]


async def test_more_than_is_left_and_what_an_incident_holds_are_not_written_off(store: Store) -> None:
    cabbage, oil = await store.opened(line("大白菜", 5), line("菜籽油", 18.4))
    async with write():
        await services.hold(store.cast.school, [oil.id], "疑似中毒", now=NOW)
    lines = (WriteOffLine(cabbage.id, 6_000, "公斤"), WriteOffLine(oil.id), WriteOffLine(999))
    form = off(store, cabbage.id, lines=lines)
    assert await refused(services.write_off(store.keeper, form, now=NOW)) == {
        "lines.0.count": "not_enough",
        "lines.1.lot": "lot_held",
        "lines.2.lot": "lot_unknown",
    }


async def test_ones_own_slip_of_today_is_taken_back_in_one_tap(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10, 480))
    slip = await store.issued("大米", 7_000)
    undone = await services.undo_slip(store.keeper, slip, now=NOW)
    assert await store.left([rice]) == [10_000]
    shown = await services.slip_view(store.cast.school, slip)
    assert shown.undone_by == "GZ-2026-00001"
    back = await services.slip_view(store.cast.school, undone)
    assert back.corrects == "CK-2026-00001"
    assert [(x.move.quantity, x.move.fen) for x in back.lines] == [(7_000, 3_360)]
    with pytest.raises(Conflict):
        await services.undo_slip(store.keeper, slip, now=NOW)


async def test_another_day_or_another_person_needs_a_reason(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10, 480))
    slip = await store.issued("大米", 7_000)
    other = store.cast.actor("he")
    assert await refused(services.undo_slip(other, slip, now=NOW)) == {"": "not_own_today"}
    assert await refused(services.undo_slip(store.keeper, slip, now=TOMORROW)) == {"": "not_own_today"}
    made = await services.correct_slip(other, slip, CorrectionForm("记错了餐次"), now=TOMORROW)
    shown = await services.slip_view(store.cast.school, made)
    assert (shown.slip.purpose, shown.slip.day) == ("记错了餐次", TODAY + timedelta(days=1))
    assert await store.left([rice]) == [10_000]


async def test_opening_stock_leaves_again_until_something_of_it_was_used(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10, 480))
    slips, _next = await services.list_slips(store.cast.school, Listing())
    opening = slips[0].slip.id
    issue = await store.issued("大米", 1_000)
    assert await refused(services.undo_slip(store.keeper, opening, now=NOW)) == {"": "lot_used"}
    back = await services.undo_slip(store.keeper, issue, now=NOW)
    await services.undo_slip(store.keeper, opening, now=NOW)
    assert await store.left([rice]) == [0]
    assert await refused(services.undo_slip(store.keeper, back, now=NOW)) == {"": "not_corrected_here"}


async def test_the_garden_waits_for_its_quick_test_and_for_the_spray(store: Store) -> None:
    values: dict[str, Any] = {
        "canteen": store.canteen,
        "day": TODAY,
        "origin": Origin.GARDEN,
        "good": store.goods["大白菜"],
        "count": 20_000,
        "unit": "斤",
        "price": 60,
        "plot": "东菜地",
        "sprayed_on": TODAY - timedelta(days=3),
        "interval_days": 7,
    }
    found = await refused(services.add_own(store.keeper, OwnForm(**values), now=NOW))
    assert found == {"sprayed_on": "spray_interval", "tested": "quick_test"}
    good = OwnForm(**{**values, "interval_days": 3, "tested": True, "test_note": "抑制率12%"})
    lot = await services.add_own(store.keeper, good, now=NOW)
    shown = await services.lot_view(store.cast.school, lot, on=TODAY)
    assert shown.batch is not None and shown.batch.plot == "东菜地"
    assert (shown.line.lot.quantity, shown.line.lot.fen) == (10_000, 1_200)


async def test_a_batch_of_pickles_is_not_touched_before_its_first_day(store: Store) -> None:
    form = OwnForm(
        store.canteen,
        TODAY,
        Origin.PRODUCTION,
        store.goods["大白菜"],
        50_000,
        "斤",
        100,
        started_on=TODAY,
        salt_permille=80,
    )
    lot = await services.add_own(store.keeper, form, now=NOW)
    shown = await services.lot_view(store.cast.school, lot, on=TODAY)
    assert shown.line.standing is Standing.NOT_YET
    assert shown.line.lot.usable_from == TODAY + timedelta(days=20)
    assert await refused_issue(store) == {"lines.0.count": "not_enough"}
    ready = await services.lot_view(store.cast.school, lot, on=TODAY + timedelta(days=20))
    assert ready.line.standing is Standing.USABLE


async def refused_issue(store: Store) -> dict[str, str]:
    form = IssueForm(store.canteen, TODAY, (IssueLine(store.goods["大白菜"], 1_000, "斤"),))
    return await refused(services.issue(store.keeper, form, now=NOW))


async def test_the_near_list_knows_each_kind_of_goods_its_own_days(store: Store) -> None:
    lots = await store.opened(
        line("大米", 1, days=29),
        line("大米", 1, days=200),
        line("大白菜", 1, days=1),
        line("鸡蛋", 1, days=-2),
    )
    near = await services.near_lots(store.cast.school, None, on=TODAY)
    by_rule = [
        x
        for x in await services.all_lots(store.cast.school, Listing(sort="expires"), on=TODAY)
        if x.standing in (Standing.NEAR, Standing.EXPIRED)
    ]
    assert [x.lot.id for x in near] == [x.lot.id for x in by_rule]
    assert near[0].lot.id == lots[3].id and lots[1].id not in [x.lot.id for x in near]


async def test_lots_are_found_filtered_and_paged_whatever_their_day(store: Store) -> None:
    await store.opened(
        line("大米", 1, batch_number="XJ-7"),
        line("大米", 2, days=3),
        line("大白菜", 3),
        line("菜籽油", 4, days=1),
    )
    asked = Listing(sort="expires", limit=2)
    first, cursor = await services.list_lots(store.cast.school, asked, on=TODAY)
    assert [x.lot.quantity for x in first] == [4_000, 2_000] and cursor
    after = Listing(sort="expires", limit=2, after=[first[-1].lot.expires_on.isoformat(), first[-1].lot.id])
    second, end = await services.list_lots(store.cast.school, after, on=TODAY)
    assert [x.lot.quantity for x in second] == [1_000, 3_000] and end is None
    for asked, count in (
        (Listing(q="xj-7"), 1),
        (Listing(q="dami"), 2),
        (Listing(filters={"category": "oil"}), 1),
        (Listing(filters={"standing": "expired"}), 0),
        (Listing(filters={"canteen": "999"}), 0),
        (Listing(sort="-received"), 4),
    ):
        assert len((await services.list_lots(store.cast.school, asked, on=TODAY))[0]) == count


async def test_a_lot_tells_where_it_came_from_and_where_it_went(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10))
    slip = await store.issued("大米", 4_000)
    await services.undo_slip(store.keeper, slip, now=NOW)
    shown = await services.lot_view(store.cast.school, rice.id, on=TODAY)
    assert [(x.move.kind, x.left, x.by) for x in shown.moves] == [
        (Move.IN, 10_000, "陈师傅"),
        (Move.ISSUE, 6_000, "陈师傅"),
        (Move.CORRECTION, 10_000, "陈师傅"),
    ]


async def test_a_lot_set_apart_is_released_with_a_reason(store: Store) -> None:
    (oil,) = await store.opened(line("菜籽油", 18.4))
    await services.set_apart(store.keeper, oil.id, ApartForm("桶有裂缝"), now=NOW)
    with pytest.raises(Conflict):
        await services.set_apart(store.keeper, oil.id, ApartForm("再来"), now=NOW)
    await services.release_lot(store.keeper, oil.id, ApartForm("换桶"), now=NOW)
    await store.issued("菜籽油", 1_000)


async def test_a_place_is_given_up_only_when_it_is_empty(store: Store) -> None:
    form = PlaceForm(store.canteen, "一号冰柜", Storage.FROZEN)
    place = await services.add_place(store.keeper, form, now=NOW)
    assert await refused(services.add_place(store.keeper, form, now=NOW)) == {"name": "place_taken"}
    await store.opened(line("大米", 1, place=place))
    assert await refused(services.retire_place(store.keeper, place, now=NOW)) == {"": "place_used"}
    await store.issued("大米", 1_000)
    await services.retire_place(store.keeper, place, now=NOW)
    assert await services.places_of(store.cast.school, store.canteen) == []
    with pytest.raises(Missing):
        await services.retire_place(store.keeper, place, now=NOW)


async def test_whoever_keeps_another_canteen_enters_nothing_here(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10))
    slip = await store.issued("大米", 1_000)
    actor = Actor(store.keeper.person, store.cast.school, canteens=frozenset({999}))
    for deed in (
        services.issue(actor, IssueForm(store.canteen, TODAY, ()), now=NOW),
        services.enter_opening(actor, OpeningForm(store.canteen, TODAY, (line("大米", 1),)), now=NOW),
        services.write_off(actor, off(store, rice.id), now=NOW),
        services.correct_slip(actor, slip, CorrectionForm("x"), now=NOW),
        services.set_apart(actor, rice.id, ApartForm("x"), now=NOW),
        services.add_place(actor, PlaceForm(store.canteen, "x", Storage.DRY), now=NOW),
    ):
        with pytest.raises(Forbidden):
            await deed


async def test_a_stranger_finds_no_lot_and_no_slip(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10))
    slip = await store.issued("大米", 1_000)
    stranger = store.cast.actor("ma")
    for deed in (
        services.lot_view(stranger.school, rice.id, on=TODAY),
        services.slip_view(stranger.school, slip),
        services.correct_slip(stranger, slip, CorrectionForm("x"), now=NOW),
        services.release_lot(stranger, rice.id, ApartForm("x"), now=NOW),
        services.issue(stranger, IssueForm(store.canteen, TODAY, ()), now=NOW),
    ):
        with pytest.raises(Missing):
            await deed


async def test_each_deed_leaves_its_row_in_the_trail(store: Store) -> None:
    await store.opened(line("大米", 10))
    slip = await store.issued("大米", 1_000)
    await services.undo_slip(store.keeper, slip, now=NOW)
    rows = await Trail.select(Trail.deed).where(Trail.school == store.cast.school)
    assert [r["deed"] for r in rows if r["deed"].startswith("stock.")] == [
        "stock.open",
        "stock.issue",
        "stock.correct",
    ]


async def test_what_is_entered_after_its_day_says_so(store: Store) -> None:
    await store.opened(line("大米", 10), day=date(2026, 9, 4))
    slips, _next = await services.list_slips(store.cast.school, Listing())
    assert slips[0].late and slips[0].slip.day == date(2026, 9, 4)
