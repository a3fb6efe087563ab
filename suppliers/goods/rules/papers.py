"""The paper matrix: which papers a kind of goods needs from a kind of seller, as dated rows.

学校食品安全与营养健康管理规定 (45号令) §33-34 and 餐饮服务食品采购索证索票管理规定 (国食药监食〔2011〕178号)
say which papers stand for which source, 生猪屠宰管理条例 §15, §17 and 动物防疫法 §51 what comes with meat,
and 农产品质量安全承诺达标合格证管理办法 (农业农村部令2025年第4号) what comes with fresh produce from
2026-02-01. The rows are data (data/papers.csv); a district's and a school's own rows lie over them.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cache
from importlib.resources import files
from itertools import product

from suppliers.goods.rules.kinds import Category, Need, PaperKind, Per, Source

EVERY = "*"
SELLERS: tuple[Source, ...] = tuple(source for source in Source if source is not Source.SERVICE)
"""Who sells what is eaten: the columns of the matrix. A service firm delivers no goods."""

WEIGHT: Mapping[Need, int] = {Need.NONE: 0, Need.CONDITIONAL: 1, Need.REQUIRED: 2}


class Layer(IntEnum):
    """Whose row it is: shipped with the product, or decided by district, central school or school."""

    SHIPPED = 0
    DISTRICT = 1
    CENTRAL = 2
    SCHOOL = 3


Key = tuple[Category, Source, PaperKind, Per]


@dataclass(frozen=True, slots=True)
class PaperNeedRule:
    """One row of the matrix.

    Papers that share a group of `one_of` (blank-separated names) stand for each other: any of them will do.
    `text` is the source of a shipped row, or the reason of one that somebody decided; `tenant` is the name of
    who decided, `row` its id. `locked`: a school cannot decide otherwise.
    """

    category: Category
    source: Source
    paper: PaperKind
    per: Per
    need: Need
    from_day: date
    one_of: str = ""
    condition: str = ""
    text: str = ""
    layer: Layer = Layer.SHIPPED
    tenant: str = ""
    row: int = 0
    locked: bool = False

    @property
    def key(self) -> Key:
        """What a later row must share to take its place."""
        return (self.category, self.source, self.paper, self.per)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups within which the papers stand for each other."""
        return tuple(self.one_of.split())


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """A paper not at hand, or any of several that stand for each other. `rule` tells why it is asked."""

    papers: tuple[PaperKind, ...]
    rule: PaperNeedRule

    @property
    def required(self) -> bool:
        """Whether its lack stops; else it is asked for only under the rule's condition."""
        return self.rule.need is Need.REQUIRED


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows that are known at a school, and the day they are asked about."""

    on: date
    rows: Sequence[PaperNeedRule]
    _by_cell: dict[tuple[Category, Source], list[PaperNeedRule]] = field(default_factory=dict, repr=False)

    def needs(self, category: Category, source: Source) -> list[PaperNeedRule]:
        """What this category needs from this source on the day."""
        if not self._by_cell:
            for row in self.rows:
                self._by_cell.setdefault((row.category, row.source), []).append(row)
        return needs_of(self._by_cell.get((category, source), ()), category, source, self.on)


def needs_of(
    rows: Iterable[PaperNeedRule], category: Category, source: Source, on: date
) -> list[PaperNeedRule]:
    """Which papers this category needs from this source on a day, the required ones first.

    Of the rows of one layer for one paper the latest day counts, of one day the row that was entered last.
    The school's own goes before the central school's, that before the district's, unless one above is locked;
    any goes before the shipped row, unless that holds from a later day (a new law) and asks more.
    """
    known: dict[Key, dict[Layer, PaperNeedRule]] = {}
    for row in rows:
        if row.category is category and row.source is source and row.from_day <= on:
            layers = known.setdefault(row.key, {})
            other = layers.get(row.layer)
            if other is None or (row.from_day, row.row) >= (other.from_day, other.row):
                layers[row.layer] = row
    standing = (ruling(layers) for layers in known.values())
    return sorted((row for row in standing if row.need is not Need.NONE), key=lambda row: -WEIGHT[row.need])


def ruling(layers: Mapping[Layer, PaperNeedRule]) -> PaperNeedRule:
    """The row that counts among the latest of each layer (at least one)."""
    shipped = layers.get(Layer.SHIPPED)
    found = shipped
    for layer in (Layer.DISTRICT, Layer.CENTRAL, Layer.SCHOOL):
        row = layers.get(layer)
        if row is None or (shipped is not None and _outlawed(row, shipped)):
            continue
        found = row
        if row.locked:
            break
    return found or layers[min(layers)]


def _outlawed(decided: PaperNeedRule, shipped: PaperNeedRule) -> bool:
    """A newer law asks more than what was decided before it."""
    return decided.from_day < shipped.from_day and WEIGHT[decided.need] < WEIGHT[shipped.need]


def missing_papers(
    needs: Iterable[PaperNeedRule], kinds_at_hand: Collection[PaperKind], per: Per | None = None
) -> list[MissingPaper]:
    """Which of the needs no paper at hand answers, the required ones first.

    Of papers in one group any will do, so a group is asked for once, and only when one of it is required.
    `per` looks at the seller's papers or at the batch's alone.
    """
    wanted = [need for need in needs if per is None or need.per is per]
    groups = dict.fromkeys(group for need in wanted for group in need.groups)
    lone = [need for need in wanted if not need.groups and need.paper not in kinds_at_hand]
    missing = [MissingPaper((need.paper,), need) for need in lone]
    for group in groups:
        members = sorted((n for n in wanted if group in n.groups), key=lambda n: -WEIGHT[n.need])
        if members[0].need is Need.REQUIRED and not any(n.paper in kinds_at_hand for n in members):
            missing.append(MissingPaper(tuple(dict.fromkeys(n.paper for n in members)), members[0]))
    return sorted(missing, key=lambda one: not one.required)


def changes_of(rows: Iterable[PaperNeedRule], category: Category, source: Source) -> list[date]:
    """The days on which something about this category and source changes, the latest first."""
    days = {row.from_day for row in rows if row.category is category and row.source is source}
    return sorted(days, reverse=True)


def loosens(before: PaperNeedRule | None, need: Need) -> bool:
    """Whether deciding `need` would ask less than what stands."""
    return before is not None and WEIGHT[need] < WEIGHT[before.need]


@cache
def shipped_needs() -> tuple[PaperNeedRule, ...]:
    """The matrix that comes with the product (data/papers.csv), a row for each category and source.

    A cell may name several categories or sources with blanks between, or `*` for all. Of two lines for the
    same paper and day the later one counts.
    """
    text = (files("suppliers.goods") / "data" / "papers.csv").read_text(encoding="utf-8")
    return tuple(
        rule
        for line, cells in enumerate(csv.DictReader(io.StringIO(text)), 1)
        for rule in _rules(line, cells)
    )


def _rules(line: int, cells: Mapping[str, str]) -> Iterator[PaperNeedRule]:
    """The rules that one line of the file stands for. Raises ValueError for a word nobody knows."""
    categories = list(Category) if cells["category"] == EVERY else cells["category"].split()
    sources = SELLERS if cells["source"] == EVERY else cells["source"].split()
    for category, source in product(categories, sources):
        yield PaperNeedRule(
            category=Category(category),
            source=Source(source),
            paper=PaperKind(cells["paper"]),
            per=Per(cells["per"]),
            need=Need(cells["need"]),
            from_day=date.fromisoformat(cells["from_day"]),
            one_of=cells["one_of"],
            condition=cells["condition"],
            text=cells["text"],
            row=line,
        )
