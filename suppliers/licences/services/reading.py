"""Suppliers as they are kept, as the rules see them, and as lists show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from canteen.kit.names import normalised
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from canteen.schools.services.policies import policy
from suppliers.goods.rules import Category, Source
from suppliers.licences.rules import (
    PaperStanding,
    PaperState,
    Seller,
    Standing,
    leads_of,
    standing_of,
)
from suppliers.licences.services.papers import categories_of, licences_of
from suppliers.licences.tables import Supplier

FILTERS = ("source", "category", "standing", "papers")
MOST_IN_A_SHEET = 5000
BAD = (PaperState.EXPIRED, PaperState.PENDING, PaperState.EXPIRING)


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """A supplier in a list: how many of its papers are in which state, and the nearest last day."""

    row: Supplier
    categories: frozenset[Category]
    states: Mapping[PaperState, int]
    next_end: date | None

    @property
    def worst(self) -> PaperState | None:
        """What its papers ask for first; None without any paper."""
        return next((s for s in (*BAD, PaperState.VERIFIED) if self.states.get(s)), None)


async def supplier_of(school: int, supplier: int) -> Supplier:
    """One supplier of the school. Raises Missing."""
    here = (Supplier.school == school) & (Supplier.id == supplier)
    found: Supplier | None = await Supplier.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def suppliers_by_ids(school: int, ids: Iterable[int]) -> dict[int, Supplier]:
    """Several suppliers of the school, in one query."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    here = (Supplier.school == school) & Supplier.id.is_in(wanted)
    return {row.id: row for row in await Supplier.objects().where(here)}


async def sellers(school: int) -> list[Supplier]:
    """All suppliers a school deals with, by sound; those that have left are not among them."""
    here = (Supplier.school == school) & (Supplier.standing != Standing.LEFT.value)
    return list(await Supplier.objects().where(here).order_by(Supplier.sound, Supplier.id))


def seller_of(row: Supplier) -> Seller:
    """A supplier as the rules see it."""
    return Seller(
        id=row.id,
        name=row.name,
        source=Source(row.source),
        categories=categories_of(row.categories),
        standing=Standing(row.standing),
        reason=row.standing_reason,
        listed_found=row.listed_found,
    )


async def lead_days(school: int, on: date) -> tuple[int, int, int]:
    """The school's three bands of expiry, the earliest notice first."""
    value = await policy(school, "licence_lead_days", on)
    return leads_of(value if isinstance(value, int) else 90)


async def list_suppliers(
    school: int, asked: Listing, *, today: date
) -> tuple[list[SupplierLine], str | None]:
    """One page of suppliers by sound. Filters: source, category, standing, papers (a state of any paper)."""
    here = _asked(school, asked)
    match asked.after:
        case [str() as sound, int() as last]:
            here &= (Supplier.sound > sound) | ((Supplier.sound == sound) & (Supplier.id > last))
    state = asked.filters.get("papers", "")
    limit = MOST_IN_A_SHEET if state in list(PaperState) else asked.limit + 1
    rows = await Supplier.objects().where(here).order_by(Supplier.sound, Supplier.id).limit(limit)
    lines = await _lines(school, rows, today)
    if state in list(PaperState):
        lines = [line for line in lines if line.states.get(PaperState(state))]
    return asked.cut(lines[: asked.limit + 1], lambda line: (line.row.sound, line.row.id))


async def all_suppliers(school: int, asked: Listing, *, today: date) -> list[SupplierLine]:
    """All that answer the search, for the same list as a workbook."""
    whole = Listing(q=asked.q, filters=asked.filters, limit=MOST_IN_A_SHEET)
    return (await list_suppliers(school, whole, today=today))[0]


def _asked(school: int, asked: Listing) -> Any:
    here: Any = Supplier.school == school
    standing = asked.filters.get("standing", "")
    if standing in list(Standing):
        here &= Supplier.standing == standing
    else:
        here &= Supplier.standing != Standing.LEFT.value
    if (source := asked.filters.get("source", "")) in list(Source):
        here &= Supplier.source == source
    if (category := asked.filters.get("category", "")) in list(Category):
        here &= Supplier.categories.like(f'%"{category}"%')
    wanted = normalised(asked.q).replace("%", "").replace("_", "")
    if wanted:
        name = Supplier.spelling.like(f"%{wanted}%") | Supplier.sound.like(f"{wanted}%")
        here &= name | Supplier.sound.like(f"% {wanted}%") | Supplier.credit_code.like(f"{wanted.upper()}%")
    return here


async def _lines(school: int, rows: Sequence[Supplier], today: date) -> list[SupplierLine]:
    papers = await licences_of(school, [row.id for row in rows])
    lead = (await lead_days(school, today))[0]
    return [
        _line(row, [standing_of(p, today, lead) for p in papers.get(row.id, ())], papers.get(row.id, ()))
        for row in rows
    ]


def _line(row: Supplier, standings: Sequence[PaperStanding], papers: Sequence[Any]) -> SupplierLine:
    states: dict[PaperState, int] = {}
    for standing in standings:
        states[standing.state] = states.get(standing.state, 0) + 1
    live = (PaperState.VERIFIED, PaperState.EXPIRING)
    ends = [p.valid_to for p, s in zip(papers, standings, strict=True) if s.state in live and p.valid_to]
    return SupplierLine(row, categories_of(row.categories), states, min(ends, default=None))
