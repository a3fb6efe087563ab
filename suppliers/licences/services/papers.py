"""Papers as they are kept and as the rules see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from canteen.accounts.tables import Person
from canteen.kit.clock import local_day
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from suppliers.goods.rules import Category, PaperKind
from suppliers.licences.rules import Checked, Paper, PaperStanding, standing_of
from suppliers.licences.tables import Licence

COLUMNS = (
    *Licence.all_columns(),
    Licence.supplier.name.as_alias("supplier_name"),
    Licence.supplier.standing.as_alias("supplier_standing"),
    Licence.supplier.source.as_alias("supplier_source"),
    Licence.canteen.name.as_alias("canteen_name"),
)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper as pages show it: its row (`entered_name` and `checked_name` are people's names or None), what
    the rules know of it, how it stands on a day, and the digests of its scans.
    """

    row: Row
    paper: Paper
    standing: PaperStanding
    scans: tuple[str, ...]


async def licences_of(school: int, suppliers: Iterable[int]) -> dict[int, list[Paper]]:
    """The papers of several suppliers as the rules see them, in one query; who has none is left out."""
    wanted = sorted(set(suppliers))
    if not wanted:
        return {}
    here = (Licence.school == school) & Licence.supplier.is_in(wanted)
    rows = await Licence.select().where(here).order_by(Licence.id)
    found: dict[int, list[Paper]] = {}
    for row, paper in zip(rows, values_of(rows), strict=True):
        found.setdefault(row["supplier"], []).append(paper)
    return found


async def papers_of(school: int, supplier: int, *, today: date, lead: int) -> list[PaperView]:
    """A supplier's papers as pages show them, the newest of each kind first."""
    return await views((Licence.school == school) & (Licence.supplier == supplier), today=today, lead=lead)


async def list_papers(
    school: int, asked: Listing, *, today: date, lead: int
) -> tuple[list[PaperView], str | None]:
    """One page of papers by their ids. Filters: supplier, checked."""
    here: Any = Licence.school == school
    supplier, checked = asked.filters.get("supplier", ""), asked.filters.get("checked", "")
    if supplier.isdecimal() and len(supplier) < 19:
        here &= Licence.supplier == int(supplier)
    if checked in list(Checked):
        here &= Licence.checked == checked
    if isinstance(asked.after, int):
        here &= Licence.id > asked.after
    rows = await Licence.select(*COLUMNS).where(here).order_by(Licence.id).limit(asked.limit + 1)
    following = (Licence.school == school) & Licence.supersedes.is_in([row["id"] for row in rows] or [0])
    later = await Licence.select().where(following)
    known = dict(zip([r["id"] for r in rows], values_of([*rows, *later]), strict=False))
    found = [view_of(row, known[row["id"]], {}, today=today, lead=lead) for row in rows]
    return asked.cut(found, lambda view: view.paper.id)


async def paper_of(school: int, licence: int, *, today: date, lead: int) -> PaperView:
    """One paper with those of the same owner behind it. Raises Missing."""
    row = await paper_row(school, licence)
    owner = Licence.supplier == row.supplier if row.supplier else Licence.supplier.is_null()
    found = await views((Licence.school == school) & owner, today=today, lead=lead)
    return next(view for view in found if view.paper.id == licence)


async def paper_row(school: int, licence: int) -> Licence:
    """One paper as it is kept. Raises Missing."""
    here = (Licence.school == school) & (Licence.id == licence)
    found: Licence | None = await Licence.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def views(where: Any, *, today: date, lead: int) -> list[PaperView]:
    """Papers as pages show them: two queries however many they are."""
    rows = await Licence.select(*COLUMNS).where(where).order_by(Licence.kind)
    rows = sorted(rows, key=lambda row: (row["kind"], -row["id"]))
    names = await _names({row[who] for row in rows for who in ("entered_by", "checked_by")} - {None})
    return [
        view_of(row, paper, names, today=today, lead=lead)
        for row, paper in zip(rows, values_of(rows), strict=True)
    ]


def view_of(row: Row, paper: Paper, names: Mapping[int, str], *, today: date, lead: int) -> PaperView:
    """A row as pages show it."""
    people = {"entered_name": names.get(row["entered_by"]), "checked_name": names.get(row["checked_by"])}
    return PaperView({**row, **people}, paper, standing_of(paper, today, lead), scans_of(row["scans"]))


def values_of(rows: Iterable[Row]) -> list[Paper]:
    """Rows as the rules see them; the row that replaces another one must be among them."""
    known = list(rows)
    successors = {
        row["supersedes"]: row
        for row in known
        if row["supersedes"] and row["checked"] in (Checked.VERIFIED.value, Checked.SUPERSEDED.value)
    }
    return [_value(row, successors.get(row["id"])) for row in known]


def _value(row: Row, successor: Row | None) -> Paper:
    return Paper(
        id=row["id"],
        kind=PaperKind(row["kind"]),
        number=row["number"],
        categories=categories_of(row["categories"]),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        checked=Checked(row["checked"]),
        replaced_from=_begins(successor) if successor else None,
    )


def _begins(row: Row) -> date | None:
    """From when a renewal counts: its first day, else the day it was verified."""
    checked_at = row["checked_at"]
    return row["valid_from"] or (local_day(checked_at) if checked_at else None)


def categories_of(text: str) -> frozenset[Category]:
    """A JSON list of categories as it is kept."""
    return frozenset(Category(word) for word in msgspec.json.decode(text, type=list[str]))


def kept_categories(categories: Iterable[Category]) -> str:
    """Categories as a JSON list in the order of the matrix."""
    chosen = set(categories)
    return msgspec.json.encode([c.value for c in Category if c in chosen]).decode()


def scans_of(text: str) -> tuple[str, ...]:
    """The digests of a paper's scans, page by page."""
    return tuple(msgspec.json.decode(text, type=list[str]))


def kept_scans(digests: Iterable[str]) -> str:
    """Digests as a JSON list."""
    return msgspec.json.encode(list(digests)).decode()


async def _names(people: set[int]) -> dict[int, str]:
    if not people:
        return {}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(sorted(people)))
    return {row["id"]: row["name"] for row in rows}
