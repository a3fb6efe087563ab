"""The books agree whatever happened: lots, moves, slips, ledgers and the cost of meals."""

import asyncio
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canteen.kit import db
from canteen.kit.problems import Refused
from suppliers.stock import services
from suppliers.stock.forms import (
    ClosingForm,
    CorrectionForm,
    CountedForm,
    CountedLine,
    CountForm,
    IssueForm,
    IssueLine,
    OpeningForm,
    WriteOffForm,
    WriteOffLine,
)
from suppliers.stock.rules import Cause, Sum, WriteOffReason
from suppliers.stock.services import Asked
from suppliers.stock.tables import Lot, Slip, StockMove
from tests.cast import NOW, TODAY
from tests.suppliers.stock.conftest import NAMES, PIN, Store, line, make_store

Deed = tuple[str, int, int, int]
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["open", "issue", "write_off", "correct", "count"]),
        st.integers(0, len(NAMES) - 1),
        st.integers(1, 9_999),
        st.integers(0, 1_999),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(days=st.lists(DEEDS, min_size=1, max_size=3))
def test_lots_moves_slips_and_ledgers_agree_after_any_history(
    migrated_file: Path, days: list[list[Deed]]
) -> None:
    asyncio.run(_live(migrated_file, days))


async def _live(migrated: Path, days: Sequence[Sequence[Deed]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "canteen.sqlite"
        shutil.copy(migrated, file)
        db.connect(f"sqlite:///{file}")
        await db.start()
        try:
            store = await make_store()
            for number, deeds in enumerate(days):
                for deed in deeds:
                    await _do(store, deed, number)
            await _agree(store, len(days))
        finally:
            await db.close()


async def _do(store: Store, deed: Deed, number: int) -> None:
    """One deed of a day; what the rules refuse has not happened."""
    name, good, milli, price = deed
    now, day = NOW + timedelta(days=number), TODAY + timedelta(days=number)
    try:
        match name:
            case "open":
                opening = OpeningForm(store.canteen, day, (line(NAMES[good], milli / 1000, price),))
                await services.enter_opening(store.keeper, opening, now=now)
            case "issue":
                lines = (IssueLine(store.goods[NAMES[good]], milli, "公斤"),)
                await services.issue(store.keeper, IssueForm(store.canteen, day, lines), now=now)
            case "write_off":
                lot = (await _lots(store))[milli % len(await _lots(store))]
                gone = (WriteOffLine(lot.id, min(milli, lot.quantity_left), "公斤"),)
                form = WriteOffForm(
                    store.canteen, day, gone, WriteOffReason.SPOILED, store.witness, PIN, price % 2 == 0
                )
                await services.write_off(store.keeper, form, now=now)
            case "correct":
                slips = await Slip.select(Slip.id).where(Slip.school == store.cast.school)
                slip = slips[milli % len(slips)]["id"]
                await services.correct_slip(store.keeper, slip, CorrectionForm("记错"), now=now)
            case "count":
                await _count(store, day, now, milli)
    except (Refused, ZeroDivisionError):
        return


async def _lots(store: Store) -> list[Lot]:
    return await services.lots_with_stock(store.cast.school, store.canteen)


async def _count(store: Store, day: object, now: object, milli: int) -> None:
    count = await services.start_count(
        store.keeper,
        CountForm(store.canteen, day),
        now=now,  # type: ignore[arg-type]
    )
    view = await services.count_view(store.cast.school, count)
    lines = tuple(
        CountedLine(x.lot.id, max(0, x.line.book + milli % 700 * (-1) ** n), "公斤", Cause.WEIGHING)
        for n, x in enumerate(view.lines)
    )
    try:
        await services.count_lots(store.keeper, count, CountedForm(lines), now=now)  # type: ignore[arg-type]
        closing = ClosingForm(store.witness, PIN)
        await services.close_count(store.keeper, count, closing, now=now)  # type: ignore[arg-type]
    except Refused:
        await services.drop_count(store.keeper, count, now=now)  # type: ignore[arg-type]


async def _agree(store: Store, days: int) -> None:
    lots = await Lot.objects().where(Lot.school == store.cast.school)
    moves = await StockMove.objects().where(StockMove.school == store.cast.school)
    for lot in lots:
        mine = [move for move in moves if move.lot == lot.id]
        assert (lot.quantity_left, lot.fen_left) == (sum(m.quantity for m in mine), sum(m.fen for m in mine))
        assert lot.quantity_left or not lot.fen_left
    for slip in await Slip.objects().where(Slip.school == store.cast.school):
        total = sum(move.fen for move in moves if move.slip == slip.id)
        assert slip.fen == (total if slip.kind == "stocktake" else abs(total))
    for first in range(days):
        await _book_agrees(store, lots, first, days)


async def _book_agrees(store: Store, lots: Sequence[Lot], first: int, days: int) -> None:
    asked = Asked(TODAY + timedelta(days=first), TODAY + timedelta(days=days), store.canteen)
    book = await services.book(store.cast.school, asked)
    for good, period in book.periods.items():
        held = [lot for lot in lots if lot.good == good]
        assert period.closing == Sum(sum(x.quantity_left for x in held), sum(x.fen_left for x in held))
        assert period.opening + period.received - period.spent == period.closing
    last = {entry.good: entry.left for entry in book.entries}
    assert all(book.periods[good].closing == left for good, left in last.items())
    cost = await services.cost_of_meals(store.cast.school, asked)
    assert cost.opening + cost.purchases - cost.closing == cost.used
    assert cost.closing == sum(lot.fen_left for lot in lots)
    assert cost.closing == book.total.closing.fen


async def test_the_cost_of_meals_is_opening_plus_purchases_less_closing(store: Store) -> None:
    await store.opened(line("大米", 100, 500), day=TODAY - timedelta(days=10))
    rice, cabbage = await store.opened(line("大米", 20, 500), line("大白菜", 10, 200))
    await store.issued("大米", 60_000)
    slip = await store.issued("大白菜", 4_000)
    await services.undo_slip(store.keeper, slip, now=NOW)
    lines = (WriteOffLine(cabbage.id, 1_000, "公斤"),)
    gone = WriteOffForm(store.canteen, TODAY, lines, WriteOffReason.SPOILED, store.witness, PIN)
    await services.write_off(store.keeper, gone, now=NOW)
    cost = await services.cost_of_meals(store.cast.school, Asked(TODAY, TODAY, store.canteen))
    assert (cost.opening, cost.purchases, cost.closing) == (50_000, 12_000, 31_800)
    assert (cost.used, cost.wasted, cost.eaten) == (30_200, 200, 30_000)
    assert rice.fen == 10_000


async def test_the_ledger_shows_each_goods_balance_line_by_line(store: Store) -> None:
    await store.opened(line("大米", 100, 500), day=TODAY - timedelta(days=10))
    await store.opened(line("大米", 20, 480))
    await store.issued("大米", 30_000)
    book = await services.book(store.cast.school, Asked(TODAY, TODAY, store.canteen, store.goods["大米"]))
    assert [(x.amount.quantity, x.left.quantity) for x in book.entries] == [
        (20_000, 120_000),
        (-30_000, 90_000),
    ]
    assert [len(book.came), len(book.went)] == [1, 1]
    (period,) = book.periods.values()
    assert (period.opening.quantity, period.closing.quantity) == (100_000, 90_000)
    elsewhere = await services.book(store.cast.school, Asked(TODAY, TODAY, 999))
    assert elsewhere.entries == []
