"""Assessments as pages show them: a school year of all suppliers, and one supplier's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from canteen.kit.names import normalised
from canteen.kit.pages import Listing
from suppliers.assessments.rules import Figures, Mark, Outcome, marks_of, score_of, usual_outcome
from suppliers.assessments.services.figures import copies_of, read_figures, schools_of, year_figures
from suppliers.assessments.tables import Assessment
from suppliers.licences.services import supplier_of, suppliers_by_ids
from suppliers.licences.tables import Supplier

FILTERS, SORTS = ("year", "outcome"), ("score", "name")


@dataclass(frozen=True, slots=True)
class Assessed:
    """A supplier's school year: what was said last (None: nothing yet), else what the figures would give.

    `schools` counts the schools that deal with it, `said` what each of them said: at a district only.
    """

    supplier: Supplier
    figures: Figures
    row: dict[str, Any] | None
    schools: int = 0
    said: Sequence[dict[str, Any]] = ()

    @property
    def marks(self) -> list[Mark]:
        """The marks of the figures."""
        return marks_of(self.figures)

    @property
    def score(self) -> int:
        """As it was said, or as the figures give it without a mark of service."""
        return int(self.row["score"]) if self.row else score_of(self.marks)

    @property
    def outcome(self) -> Outcome:
        """As it was decided, or as the score usually leads to."""
        return Outcome(self.row["outcome"]) if self.row else usual_outcome(self.score)


async def assessed(school: int, year: int, asked: Listing) -> list[Assessed]:
    """All suppliers that delivered in a school year or were assessed for it. Filter: outcome (or `open`)."""
    figures = await year_figures(school, year)
    rows = await _last(school, year)
    kept = await suppliers_by_ids(school, {*figures, *rows})
    schools, said = await copies_of(school, sorted(kept)), await schools_of(school, year)
    found = [
        _one(row, figures.get(id_), rows.get(id_), schools.get(id_, 0), said.get(id_, ()))
        for id_, row in kept.items()
    ]
    wanted = normalised(asked.q)
    shown = [one for one in found if wanted in one.supplier.spelling and _answers(one, asked)]
    return sorted(shown, key=_order(asked.sort), reverse=asked.sort.startswith("-"))


async def assessment_of(school: int, supplier: int, year: int) -> Assessed:
    """One supplier's school year. Raises Missing."""
    row = await supplier_of(school, supplier)
    figures = (await year_figures(school, year)).get(supplier)
    last = (await _last(school, year)).get(supplier)
    schools = (await copies_of(school, [supplier])).get(supplier, 0)
    return _one(row, figures, last, schools, (await schools_of(school, year)).get(supplier, ()))


async def history(school: int, supplier: int) -> list[dict[str, Any]]:
    """All that was ever said of a supplier, the latest first."""
    asked = Assessment.select(*Assessment.all_columns(), Assessment.entered_by.name.as_alias("who"))
    here = (Assessment.school == school) & (Assessment.supplier == supplier)
    return list(await asked.where(here).order_by(Assessment.id, ascending=False))


async def _last(school: int, year: int) -> dict[int, dict[str, Any]]:
    asked = Assessment.select(*Assessment.all_columns(), Assessment.entered_by.name.as_alias("who"))
    rows = await asked.where((Assessment.school == school) & (Assessment.year == year)).order_by(
        Assessment.id
    )
    return {row["supplier"]: row for row in rows}


def _one(
    supplier: Supplier,
    figures: Figures | None,
    row: dict[str, Any] | None,
    schools: int,
    said: Sequence[dict[str, Any]],
) -> Assessed:
    kept = read_figures(row["figures"]) if row else figures or Figures()
    return Assessed(supplier, kept, row, schools, said)


def _answers(one: Assessed, asked: Listing) -> bool:
    wanted = asked.filters.get("outcome", "")
    if wanted == "open":
        return one.row is None
    return not wanted or (one.row is not None and one.row["outcome"] == wanted)


def _order(sort: str) -> Any:
    if sort.removeprefix("-") == "name":
        return lambda one: one.supplier.sound
    return lambda one: (one.score, one.supplier.id)
