"""Stocktakes as they are looked at and printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from canteen.tenants.services import canteen_of, tenant
from suppliers.goods.rules import Good
from suppliers.goods.services import goods_by_ids
from suppliers.stock.rules import Counted
from suppliers.stock.services.people import names_of
from suppliers.stock.services.store import lots_by_ids
from suppliers.stock.tables import CountLine, Lot, Stocktake


@dataclass(frozen=True, slots=True)
class CountedLot:
    """A line of a stocktake: the lot, its good, and the figures that the rules compare."""

    line: CountLine
    lot: Lot
    good: Good

    @property
    def figures(self) -> Counted:
        """Book, count and difference, in quantity and money."""
        line = self.line
        return Counted(line.lot, line.book, line.fen, line.counted, line.cause)


@dataclass(frozen=True, slots=True)
class CountView:
    """A stocktake with its lines and people."""

    count: Stocktake
    school: str
    canteen: str
    lines: Sequence[CountedLot]
    names: Mapping[int | None, str]

    @property
    def done(self) -> int:
        """How many lots were counted."""
        return sum(line.line.counted is not None for line in self.lines)

    @property
    def different(self) -> list[CountedLot]:
        """The lots whose count is not what the book says."""
        return [line for line in self.lines if line.figures.difference]

    @property
    def difference_fen(self) -> int:
        """All differences in fen; a loss is negative."""
        return sum(line.figures.difference_fen for line in self.lines)


async def stocktake_of(school: int, id_: int) -> Stocktake:
    """One stocktake. Raises Missing."""
    here = (Stocktake.school == school) & (Stocktake.id == id_)
    found: Stocktake | None = await Stocktake.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def list_counts(school: int, asked: Listing) -> tuple[list[Stocktake], str | None]:
    """One page of stocktakes, the latest first, and the cursor of the next."""
    here: Any = Stocktake.school == school
    if isinstance(asked.after, int):
        here = here & (Stocktake.id < asked.after)
    rows = (
        await Stocktake.objects().where(here).order_by(Stocktake.id, ascending=False).limit(asked.limit + 1)
    )
    return asked.cut(rows, lambda row: row.id)


async def count_view(school: int, id_: int) -> CountView:
    """A stocktake as it is shown and printed. Raises Missing."""
    count = await stocktake_of(school, id_)
    here = (CountLine.school == school) & (CountLine.stocktake == id_)
    rows = list(await CountLine.objects().where(here).order_by(CountLine.position))
    lots = await lots_by_ids(school, (row.lot for row in rows))
    goods = await goods_by_ids(school, {lot.good for lot in lots.values()})
    return CountView(
        count=count,
        school=(await tenant(school)).name,
        canteen=(await canteen_of(school, count.canteen)).name,
        lines=[CountedLot(row, lots[row.lot], goods[lots[row.lot].good]) for row in rows],
        names=await names_of([count.entered_by, count.witness, count.closed_by]),
    )
