"""Slips (入库单, 出库单, 报损单 …): the list, and one with its lines and what corrects it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from canteen.kit.clock import local_day
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from canteen.tenants.services import canteen_of, tenant
from suppliers.goods.rules import Good
from suppliers.goods.services import goods_by_ids
from suppliers.licences.tables import Supplier
from suppliers.stock.rules import SlipKind
from suppliers.stock.services.people import names_of
from suppliers.stock.services.store import lots_by_ids
from suppliers.stock.tables import Lot, Slip, StockMove

FILTERS = ("kind", "canteen", "from", "to", "meal")
MOST_IN_A_SHEET = 20_000


@dataclass(frozen=True, slots=True)
class SlipHead:
    """A slip in a list: who entered it, and the slip that takes it back, if any."""

    slip: Slip
    by: str
    undone_by: int | None

    @property
    def late(self) -> bool:
        """Whether it was entered after its day (补录)."""
        return local_day(self.slip.entered_at) > self.slip.day


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line of a slip: the move, its lot, its good and who supplied it."""

    move: StockMove
    lot: Lot
    good: Good
    supplier: str


@dataclass(frozen=True, slots=True)
class SlipView:
    """A slip with its lines and people; `corrects` is the number of the slip that it takes back."""

    head: SlipHead
    school: str
    canteen: str
    lines: Sequence[SlipLine]
    names: Mapping[int | None, str]
    corrects: str
    undone_by: str

    @property
    def slip(self) -> Slip:
        """The slip itself."""
        return self.head.slip

    @property
    def photos(self) -> list[str]:
        """The digests of its photos."""
        return list(msgspec.json.decode(self.slip.photos))


async def list_slips(school: int, asked: Listing) -> tuple[list[SlipHead], str | None]:
    """One page of slips, the latest day first, and the cursor of the next.

    Filters: kind, canteen, meal, `from` and `to` (days, ISO 8601). `q` is looked for in the number.
    """
    here: Any = (Slip.school == school) & _asked(asked)
    match asked.after:
        case [str() as day, int() as id_] if abs(id_) < 2**63 and (read := _day(day)):
            here = here & ((Slip.day < read) | ((Slip.day == read) & (Slip.id < id_)))
    rows = Slip.objects().where(here).order_by(Slip.day, Slip.id, ascending=False)
    shown, following = asked.cut(
        await rows.limit(asked.limit + 1), lambda slip: [slip.day.isoformat(), slip.id]
    )
    return await _heads(school, shown), following


async def all_slips(school: int, asked: Listing) -> list[SlipHead]:
    """All slips that answer the search, for a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, sort=asked.sort, limit=MOST_IN_A_SHEET)
    return (await list_slips(school, whole))[0]


async def issues_of_meal(school: int, canteen: int, day: date, meal: str) -> list[SlipHead]:
    """The issue slips of a meal that nobody has taken back, oldest first."""
    here = (Slip.school == school) & (Slip.canteen == canteen) & (Slip.day == day)
    mine = (Slip.kind == SlipKind.ISSUE.value) & (Slip.meal == str(meal))
    rows = await Slip.objects().where(here & mine).order_by(Slip.id)
    return [head for head in await _heads(school, rows) if head.undone_by is None]


async def slip_of(school: int, id_: int) -> Slip:
    """One slip. Raises Missing."""
    found: Slip | None = await Slip.objects().where((Slip.school == school) & (Slip.id == id_)).first()
    if found is None:
        raise Missing
    return found


async def slip_view(school: int, id_: int) -> SlipView:
    """A slip as it is shown and printed. Raises Missing."""
    (head,) = await _heads(school, [await slip_of(school, id_)])
    slip = head.slip
    here = (StockMove.school == school) & (StockMove.slip == id_)
    moves = list(await StockMove.objects().where(here).order_by(StockMove.id))
    others = [slip.corrects, head.undone_by]
    return SlipView(
        head=head,
        school=(await tenant(school)).name,
        canteen=(await canteen_of(school, slip.canteen)).name,
        lines=await lines_of(school, moves),
        names=await names_of([slip.entered_by, slip.receiver, slip.witness]),
        corrects=(numbers := await _numbers(school, others)).get(slip.corrects, ""),
        undone_by=numbers.get(head.undone_by, ""),
    )


async def lines_of(school: int, moves: Sequence[StockMove]) -> list[SlipLine]:
    """Moves with their lots, goods and suppliers (three queries however many)."""
    lots = await lots_by_ids(school, (move.lot for move in moves))
    goods = await goods_by_ids(school, {move.good for move in moves})
    suppliers = await _suppliers(school, {lot.supplier for lot in lots.values()})
    return [
        SlipLine(move, lots[move.lot], goods[move.good], suppliers.get(lots[move.lot].supplier, ""))
        for move in moves
    ]


async def _suppliers(school: int, ids: set[int | None]) -> dict[int | None, str]:
    wanted = [id_ for id_ in ids if id_ is not None]
    here = (Supplier.school == school) & Supplier.id.is_in(wanted or [0])
    return {row["id"]: row["name"] for row in await Supplier.select(Supplier.id, Supplier.name).where(here)}


async def _heads(school: int, slips: Sequence[Slip]) -> list[SlipHead]:
    names = await names_of(slip.entered_by for slip in slips)
    here = (Slip.school == school) & Slip.corrects.is_in([slip.id for slip in slips] or [0])
    rows = await Slip.select(Slip.id, Slip.corrects).where(here)
    undone = {row["corrects"]: row["id"] for row in rows}
    return [SlipHead(slip, names.get(slip.entered_by, ""), undone.get(slip.id)) for slip in slips]


async def _numbers(school: int, ids: Sequence[int | None]) -> dict[int | None, str]:
    wanted = [id_ for id_ in ids if id_ is not None]
    here = (Slip.school == school) & Slip.id.is_in(wanted or [0])
    return {row["id"]: row["number"] for row in await Slip.select(Slip.id, Slip.number).where(here)}


def _asked(asked: Listing) -> Any:
    wanted = asked.filters
    found: Any = Slip.id > 0
    if wanted.get("kind") in list(SlipKind):
        found = found & (Slip.kind == wanted["kind"])
    if (canteen := wanted.get("canteen", "")).isdecimal() and len(canteen) < 19:
        found = found & (Slip.canteen == int(canteen))
    if meal := wanted.get("meal"):
        found = found & (Slip.meal == meal)
    if first := _day(wanted.get("from", "")):
        found = found & (Slip.day >= first)
    if last := _day(wanted.get("to", "")):
        found = found & (Slip.day <= last)
    if text := asked.q.replace("%", "").replace("_", ""):
        found = found & Slip.number.like(f"%{text.upper()}%")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
