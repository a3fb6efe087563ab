"""Stocktakes: counted on the phone, closed before a witness, and then the past stays as it is."""

from datetime import timedelta

import pytest

from canteen.kit.problems import Conflict, Missing, Refused
from suppliers.goods.rules import Category
from suppliers.stock import services
from suppliers.stock.forms import (
    ClosingForm,
    CountedForm,
    CountedLine,
    CountForm,
    IssueForm,
    IssueLine,
    OpeningForm,
)
from suppliers.stock.rules import Cause, Move, Origin
from suppliers.stock.tables import Lot
from tests.cast import NOW, TODAY
from tests.suppliers.stock.conftest import PIN, Store, line
from tests.suppliers.stock.test_services import refused

NEXT_DAY = NOW + timedelta(days=1)


async def started(store: Store, category: Category | None = None) -> int:
    return await services.start_count(store.keeper, CountForm(store.canteen, TODAY, category), now=NOW)


async def counted(store: Store, count: int, lot: Lot, milli: int, cause: Cause | None = None) -> None:
    form = CountedForm((CountedLine(lot.id, milli, "公斤", cause),))
    await services.count_lots(store.keeper, count, form, now=NOW)


async def closed(store: Store, count: int) -> int:
    return await services.close_count(store.keeper, count, ClosingForm(store.witness, PIN), now=NOW)


async def test_a_count_begins_with_every_lot_of_the_book(store: Store) -> None:
    rice, cabbage = await store.opened(line("大米", 10), line("大白菜", 5))
    view = await services.count_view(store.cast.school, await started(store))
    assert [(x.lot.id, x.line.book, x.line.counted) for x in view.lines] == [
        (rice.id, 10_000, None),
        (cabbage.id, 5_000, None),
    ]
    assert await refused(services.start_count(store.keeper, CountForm(store.canteen, TODAY), now=NOW)) == {
        "": "count_open"
    }


async def test_closing_posts_losses_and_gains_by_quantity_and_value(store: Store) -> None:
    rice, cabbage, oil = await store.opened(
        line("大米", 10, 480), line("大白菜", 5, 200), line("菜籽油", 18.4, 1000)
    )
    await store.issued("菜籽油", 8_400)
    count = await started(store)
    await counted(store, count, rice, 9_500, Cause.WEIGHING)
    await counted(store, count, cabbage, 6_000, Cause.NOT_BOOKED)
    await counted(store, count, oil, 11_000, Cause.WEIGHING)
    view = await services.count_view(store.cast.school, count)
    assert view.difference_fen == 960
    slip = await services.slip_view(store.cast.school, await closed(store, count))
    assert sorted((x.good.name, x.move.quantity, x.move.fen, x.move.kind) for x in slip.lines) == [
        ("大白菜", 1_000, 200, Move.STOCKTAKE),
        ("大米", -500, -240, Move.STOCKTAKE),
        ("菜籽油", 1_000, 1_000, Move.STOCKTAKE),
    ]
    assert slip.names[slip.slip.witness] == "何厨师" and slip.slip.fen == 960
    found = {x.good.name: x.lot for x in slip.lines}
    assert found["大白菜"].origin == Origin.STOCKTAKE  # more than ever came is a lot of its own
    assert found["菜籽油"].id == oil.id
    assert await store.left([rice, cabbage, oil]) == [9_500, 5_000, 11_000]


async def test_a_count_is_not_closed_with_lots_uncounted_or_differences_unexplained(store: Store) -> None:
    rice, _cabbage = await store.opened(line("大米", 10), line("大白菜", 5))
    count = await started(store)
    await counted(store, count, rice, 9_000)
    assert await refused(closed(store, count)) == {
        f"lines.{rice.id}.cause": "no_cause",
        "": "not_counted",
    }


async def test_a_closed_count_locks_its_day_and_all_before(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10))
    slip = await store.issued("大米", 1_000)
    count = await started(store)
    await counted(store, count, rice, 9_000)
    await closed(store, count)
    assert await refused(store.issued("大米", 1_000)) == {"day": "day_closed"}
    early = OpeningForm(store.canteen, TODAY - timedelta(days=3), (line("大米", 1),))
    assert await refused(services.enter_opening(store.keeper, early, now=NOW)) == {"day": "day_closed"}
    with pytest.raises(Refused):
        await services.undo_slip(store.keeper, slip, now=NOW)
    tomorrow = IssueForm(
        store.canteen, TODAY + timedelta(days=1), (IssueLine(store.goods["大米"], 1_000, "公斤"),)
    )
    await services.issue(store.keeper, tomorrow, now=NEXT_DAY)
    with pytest.raises(Conflict):
        await counted(store, count, rice, 1_000)


async def test_the_weekly_count_of_one_category_locks_nothing(store: Store) -> None:
    rice, _cabbage = await store.opened(line("大米", 10), line("大白菜", 5))
    count = await started(store, Category.GRAIN)
    await counted(store, count, rice, 7_000, Cause.NOT_BOOKED)
    await closed(store, count)
    assert await store.left([rice]) == [7_000]
    await store.issued("大米", 1_000)


async def test_what_moves_while_people_count_is_neither_lost_nor_booked_twice(store: Store) -> None:
    rice, cabbage = await store.opened(line("大米", 10), line("大白菜", 5))
    count = await started(store)
    await counted(store, count, rice, 9_800, Cause.DRYING)
    await store.issued("大米", 4_000)
    await store.issued("大白菜", 5_000)
    (oil,) = await store.opened(line("菜籽油", 18.4))
    assert await refused(closed(store, count)) == {"": "not_counted"}
    await counted(store, count, oil, 18_400)
    await closed(store, count)
    assert await store.left([rice, cabbage, oil]) == [5_800, 0, 18_400]


async def test_a_count_given_up_leaves_nothing_behind(store: Store) -> None:
    await store.opened(line("大米", 10))
    count = await started(store)
    await services.drop_count(store.keeper, count, now=NOW)
    with pytest.raises(Missing):
        await services.count_view(store.cast.school, count)
    await started(store)


async def test_wrong_lines_of_a_count_are_all_named(store: Store) -> None:
    (rice,) = await store.opened(line("大米", 10))
    count = await started(store)
    form = CountedForm((CountedLine(rice.id, 1_000, "筐"), CountedLine(999, 1_000)))
    assert await refused(services.count_lots(store.keeper, count, form, now=NOW)) == {
        "lines.0.unit": "unit_unknown",
        "lines.1.lot": "lot_unknown",
    }
    assert (await services.count_view(store.cast.school, count)).done == 0
