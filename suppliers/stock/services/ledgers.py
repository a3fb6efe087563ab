"""The ledgers 入库 and 出库 with the balance of each good, and what the meals of a period cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.query.functions import Sum as SumOf

from canteen.tenants.services import tenant
from suppliers.goods.rules import Category, Good
from suppliers.goods.services import goods_by_ids
from suppliers.stock.rules import MealCost, Period, Sum, meal_cost, periods, running
from suppliers.stock.services.people import names_of
from suppliers.stock.services.slips import SlipLine, lines_of
from suppliers.stock.tables import Slip, StockMove

NOTHING = Sum()


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the book: a canteen or all, a period, a good or a category or all."""

    first: date
    last: date
    canteen: int | None = None
    good: int | None = None
    category: Category | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: the move with its lot, its slip, its people, and the balance after it."""

    at: SlipLine
    slip: Slip
    by: str
    receiver: str
    left: Sum = NOTHING

    @property
    def good(self) -> int:
        """The good's id."""
        return int(self.at.move.good)

    @property
    def amount(self) -> Sum:
        """Quantity and fen; out is negative."""
        return Sum(self.at.move.quantity, self.at.move.fen)


@dataclass(frozen=True, slots=True)
class Book:
    """A part of the ledger: every line in order with its balance, and each good's opening and closing."""

    school: str
    asked: Asked
    entries: Sequence[Entry]
    goods: Mapping[int, Good]
    periods: Mapping[int, Period]

    @property
    def came(self) -> list[Entry]:
        """入库: what came in."""
        return [entry for entry in self.entries if entry.amount.quantity > 0]

    @property
    def went(self) -> list[Entry]:
        """出库: what went out."""
        return [entry for entry in self.entries if entry.amount.quantity < 0]

    @property
    def total(self) -> Period:
        """All goods together; of money only, for grams and pieces do not add up."""
        parts = self.periods.values()
        return Period(
            Sum(0, sum(p.opening.fen for p in parts)),
            Sum(0, sum(p.received.fen for p in parts)),
            Sum(0, sum(p.spent.fen for p in parts)),
        )


async def book(school: int, asked: Asked) -> Book:
    """The ledger of a period: opening + in − out = closing for every good, to the gram and the fen."""
    openings = await _openings(school, asked)
    here = _here(school, asked) & (StockMove.day >= asked.first) & (StockMove.day <= asked.last)
    moves = list(await StockMove.objects().where(here).order_by(StockMove.day, StockMove.id))
    entries = running(openings, await _entries(school, moves))
    goods = await goods_by_ids(school, {*openings, *(move.good for move in moves)})
    return Book(
        school=(await tenant(school)).name,
        asked=asked,
        entries=[_with_balance(one.line, one.left) for one in entries],
        goods=goods,
        periods=periods(openings, [one.line for one in entries]),
    )


async def cost_of_meals(school: int, asked: Asked) -> MealCost:
    """Opening + purchases − closing of a period, and what of it was not eaten (practice 22)."""
    opening = await StockMove.select(SumOf(StockMove.fen, alias="fen")).where(
        _here(school, asked) & (StockMove.day < asked.first)
    )
    kind, undone = StockMove.kind, StockMove.corrects.kind
    rows = await (
        StockMove.select(kind, undone.as_alias("undone"), SumOf(StockMove.fen, alias="fen"))
        .where(_here(school, asked) & (StockMove.day >= asked.first) & (StockMove.day <= asked.last))
        .group_by(kind, undone)
    )
    sums = [(row["undone"] or row["kind"], int(row["fen"])) for row in rows]
    return meal_cost(int(opening[0]["fen"] or 0), sums)


async def _openings(school: int, asked: Asked) -> dict[int, Sum]:
    """What lay there of each good when the period began; goods with nothing are left out."""
    rows = await (
        StockMove.select(
            StockMove.good,
            SumOf(StockMove.quantity, alias="quantity"),
            SumOf(StockMove.fen, alias="fen"),
        )
        .where(_here(school, asked) & (StockMove.day < asked.first))
        .group_by(StockMove.good)
    )
    sums = {row["good"]: Sum(int(row["quantity"]), int(row["fen"])) for row in rows}
    return {good: found for good, found in sums.items() if found != NOTHING}


def _here(school: int, asked: Asked) -> Any:
    here: Any = StockMove.school == school
    if asked.canteen is not None:
        here = here & (StockMove.canteen == asked.canteen)
    if asked.good is not None:
        here = here & (StockMove.good == asked.good)
    if asked.category is not None:
        here = here & (StockMove.good.category == asked.category.value)
    return here


async def _entries(school: int, moves: Sequence[StockMove]) -> list[Entry]:
    lines = await lines_of(school, moves)
    wanted = {move.slip for move in moves} or {0}
    rows = await Slip.objects().where((Slip.school == school) & Slip.id.is_in(list(wanted)))
    slips = {slip.id: slip for slip in rows}
    people = await names_of([*(m.entered_by for m in moves), *(slip.receiver for slip in rows)])
    return [
        Entry(
            line,
            (slip := slips[line.move.slip]),
            people.get(line.move.entered_by, ""),
            people.get(slip.receiver, ""),
        )
        for line in lines
    ]


def _with_balance(entry: Entry, left: Sum) -> Entry:
    return Entry(entry.at, entry.slip, entry.by, entry.receiver, left)
