"""What the paper matrix says about the school's suppliers: who may sell what today, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from canteen.kit.db import read
from canteen.kit.problems import Finding, Level
from suppliers.goods.rules import Category, Source
from suppliers.goods.services.matrix import matrix_on
from suppliers.licences.rules import (
    Coverage,
    Paper,
    coverage,
    holds,
    record_findings,
    scope_of,
    standing_findings,
    supplier_stops,
)
from suppliers.licences.services.papers import licences_of
from suppliers.licences.services.reading import seller_of, sellers, suppliers_by_ids
from suppliers.licences.tables import Supplier

FOOD = tuple(c for c in Category if c not in (Category.ADDITIVE, Category.IMPORTED, Category.TABLEWARE))
"""What every school buys; the others are a gap only where somebody was agreed with."""


@dataclass(frozen=True, slots=True)
class CategoryState:
    """What stops a supplier in one category, and what it may still be asked for."""

    category: Category
    stops: Sequence[Finding]
    asks: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Who can supply what today; `names` of the suppliers by id."""

    covered: Sequence[Coverage]
    names: dict[int, str]


async def stops_for(
    school: int, supplier: int, categories: Sequence[Category], on: date
) -> dict[Category, list[Finding]]:
    """What the rule of the counter says about a seller in each category; of nobody it says nothing."""
    row = (await suppliers_by_ids(school, [supplier])).get(supplier)
    if row is None:
        return {}
    papers = (await licences_of(school, [supplier])).get(supplier, [])
    matrix = await matrix_on(school, on)
    seller = seller_of(row)
    return {c: supplier_stops(seller, papers, matrix.needs(c, seller.source), c, on) for c in categories}


async def states_of(school: int, row: Supplier, on: date) -> list[CategoryState]:
    """What stops a supplier, category by category of those agreed with it."""
    agreed = seller_of(row).categories
    found = await stops_for(school, row.id, [c for c in Category if c in agreed], on)
    general = {f.rule for f in standing_findings(seller_of(row))}
    return [
        CategoryState(
            category,
            [f for f in findings if f.level is Level.ERROR and f.rule not in general],
            [f for f in findings if f.level is not Level.ERROR and f.rule not in general],
        )
        for category, findings in found.items()
    ]


def supplier_notes(row: Supplier, on: date) -> list[Finding]:
    """What is to be said of a supplier as a whole: how it stands, its record, the list of bad faith."""
    seller = seller_of(row)
    record = record_findings(row.clean_since, row.listed_checked_on, on)
    return [*standing_findings(seller), *(record if seller.source is not Source.GARDEN else [])]


async def gaps(school: int, on: date) -> Gaps:
    """For each category the school buys who may supply it today, and why the others may not."""
    async with read():
        rows = await sellers(school)
        papers = await licences_of(school, [row.id for row in rows])
        matrix = await matrix_on(school, on)
    known = [seller_of(row) for row in rows]
    agreed = {category for seller in known for category in seller.categories}
    wanted = [c for c in Category if c in FOOD or c in agreed]
    return Gaps(coverage(wanted, known, papers, matrix.needs, on), {row.id: row.name for row in rows})


async def seller_snapshot(school: int, on: date) -> list[dict[str, Any]]:
    """Every supplier's state in few words, for a phone that will be without a line: `id`, `name`, `source`,
    `standing`, `stops` (category to the rule ids that stop it there, agreed categories only) and `until`, the
    first last day among its papers in force: from the day after the phone cannot know.
    """
    found = await gaps(school, on)
    rows = await sellers(school)
    papers = await licences_of(school, [row.id for row in rows])
    stops: dict[int, dict[str, list[str]]] = {row.id: {} for row in rows}
    for covered in found.covered:
        for supplier in covered.usable:
            stops[supplier][covered.category.value] = []
        for supplier, findings in covered.stopped.items():
            stops[supplier][covered.category.value] = sorted({f.rule for f in findings})
    return [_snapshot(row, stops[row.id], papers.get(row.id, []), on) for row in rows]


def _snapshot(
    row: Supplier, stops: dict[str, list[str]], papers: Sequence[Paper], on: date
) -> dict[str, Any]:
    ends = [p.valid_to for p in papers if p.valid_to and holds(p, on) and scope_of(p) != frozenset()]
    return {
        "id": row.id,
        "name": row.name,
        "source": row.source,
        "standing": row.standing,
        "stops": stops,
        "until": min(ends, default=None),
    }
