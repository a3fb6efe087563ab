"""The ledgers of goods-in for a time: 进货查验记录 line by line, and what became of refused goods."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from suppliers.goods.rules import Good, PaperKind
from suppliers.goods.services import goods_by_ids
from suppliers.licences.rules import Paper, holds
from suppliers.licences.services import suppliers_by_ids
from suppliers.licences.services.papers import licences_of
from suppliers.licences.tables import Supplier
from suppliers.purchasing.services.deliveries.findings import read_findings
from suppliers.purchasing.services.deliveries.lists import IN_BOOK
from suppliers.purchasing.services.deliveries.looking import names_of
from suppliers.purchasing.services.deliveries.refused import refused_of
from suppliers.purchasing.tables import BatchPaper, Delivery, DeliveryLine, Disposal

MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of 进货查验记录: a line with its delivery, seller, papers of the batch and of the seller."""

    line: DeliveryLine
    delivery: Delivery
    supplier: Supplier | None
    good: Good
    papers: Sequence[BatchPaper]
    licences: Sequence[Paper]
    checked_by: str
    second_by: str
    stops: Sequence[str]


@dataclass(frozen=True, slots=True)
class Gone:
    """A row of 退货/销毁记录: refused goods, and what was done with them (None: still standing about)."""

    line: DeliveryLine
    delivery: Delivery
    good: Good
    supplier: str
    refused: int
    disposals: Sequence[Mapping[str, Any]]


async def register(school: int, first: date, last: date) -> list[Entry]:
    """What came from day to day, in the order it came."""
    lines = await _lines(school, first, last)
    deliveries = await _deliveries(school, {line.delivery for line in lines})
    papers = await _papers(school, list(deliveries))
    suppliers = await suppliers_by_ids(school, {line.supplier for line in lines if line.supplier})
    licences = await licences_of(school, list(suppliers))
    goods = await goods_by_ids(school, {line.good for line in lines})
    names = await names_of(
        {who for row in deliveries.values() for who in (row.checked_by, row.second_by) if who}
    )
    return [
        Entry(
            line=line,
            delivery=(row := deliveries[line.delivery]),
            supplier=suppliers.get(line.supplier or 0),
            good=goods[line.good],
            papers=_of_line(papers.get(row.id, ()), line.position),
            licences=[p for p in licences.get(line.supplier or 0, ()) if holds(p, line.arrived_on)],
            checked_by=names.get(row.checked_by, ""),
            second_by=names.get(row.second_by, ""),
            stops=[f.rule for f in read_findings(row.stops)],
        )
        for line in lines
    ]


async def refused_goods(school: int, first: date, last: date) -> list[Gone]:
    """Refused goods from day to day, with what was done with them."""
    lines = [line for line in await _lines(school, first, last) if refused_of(line)]
    deliveries = await _deliveries(school, {line.delivery for line in lines})
    suppliers = await suppliers_by_ids(school, {line.supplier for line in lines if line.supplier})
    goods = await goods_by_ids(school, {line.good for line in lines})
    done: dict[int, list[Mapping[str, Any]]] = {}
    for row in await _disposals(school, [line.id for line in lines]):
        done.setdefault(row["line"], []).append(row)
    return [
        Gone(
            line=line,
            delivery=deliveries[line.delivery],
            good=goods[line.good],
            supplier=suppliers[line.supplier].name if line.supplier in suppliers else "",
            refused=refused_of(line),
            disposals=done.get(line.id, ()),
        )
        for line in lines
    ]


async def _disposals(school: int, lines: Sequence[int]) -> list[dict[str, Any]]:
    if not lines:
        return []
    asked = Disposal.select(
        *Disposal.all_columns(),
        Disposal.by.name.as_alias("by_name"),
        Disposal.witness.name.as_alias("witness_name"),
    )
    here = (Disposal.school == school) & Disposal.line.is_in(list(lines))
    return list(await asked.where(here).order_by(Disposal.id))


async def _lines(school: int, first: date, last: date) -> list[DeliveryLine]:
    here = (DeliveryLine.school == school) & DeliveryLine.delivery.state.is_in(list(IN_BOOK))
    here &= (DeliveryLine.arrived_on >= first) & (DeliveryLine.arrived_on <= last)
    order = DeliveryLine.objects().where(here).order_by(DeliveryLine.arrived_on, DeliveryLine.id)
    return list(await order.limit(MOST_LINES))


async def _deliveries(school: int, ids: Iterable[int]) -> dict[int, Delivery]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    here = (Delivery.school == school) & Delivery.id.is_in(wanted)
    return {row.id: row for row in await Delivery.objects().where(here)}


async def _papers(school: int, deliveries: Sequence[int]) -> dict[int, list[BatchPaper]]:
    found: dict[int, list[BatchPaper]] = {}
    if not deliveries:
        return found
    here = (BatchPaper.school == school) & BatchPaper.delivery.is_in(list(deliveries))
    for row in await BatchPaper.objects().where(here).order_by(BatchPaper.id):
        found.setdefault(row.delivery, []).append(row)
    return found


def _of_line(papers: Iterable[BatchPaper], position: int) -> list[BatchPaper]:
    found = []
    for paper in papers:
        lines = msgspec.json.decode(paper.lines)
        if not lines or position in lines:
            found.append(paper)
    return found


def licence_numbers(entry: Entry, *kinds: PaperKind) -> str:
    """The numbers of the seller's papers of some kinds that held that day."""
    return "、".join(paper.number for paper in entry.licences if paper.kind in kinds)
