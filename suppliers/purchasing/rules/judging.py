"""The verdict on a whole delivery: every finding of every line and paper at its field, all at once.

A finding is one of three. A *hole* is something nobody has typed or that nobody may let through: mend it. A
*stop* is what the law or the paper matrix asks for and does not find: the goods stop at the counter, or wait
locked (暂收待审) until the principal has decided. A *doubt* asks back once: jin or kilograms?
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from canteen.kit.problems import Finding, Level, advice, error
from canteen.kit.texts import Word, _
from suppliers.goods.rules import (
    PAPER_NAMES,
    Category,
    Good,
    PaperKind,
    PaperNeedRule,
    Per,
    banned_findings,
    fen_per_kg,
    missing_papers,
    price_doubts,
    weight_doubts,
)
from suppliers.licences.rules import Paper, Seller, supplier_stops
from suppliers.purchasing.rules.door import (
    Certificate,
    Goods,
    certificate_findings,
    line_findings,
    people_findings,
)
from suppliers.purchasing.rules.quotes import Usual, price_findings
from suppliers.purchasing.rules.senses import LABEL, senses_for
from suppliers.purchasing.rules.states import Refusal, Verdict
from suppliers.purchasing.rules.weighing import Weighed

Needs = Callable[[Category], Sequence[PaperNeedRule]]
"""Which papers a category needs from this seller's kind of source, on the day the goods came."""

STOP_NAMES: Mapping[str, str] = {
    "supplier_suspended": _("The seller may not supply us"),
    "supplier_listed": _("The seller is on the list of serious bad faith"),
    "category_not_covered": _("Outside what the seller may sell"),
    "licence_missing": _("The seller lacks a licence"),
    "licence_expired": _("The seller's licence has expired"),
    "licence_not_begun": _("The seller's licence is not valid yet"),
    "licence_not_verified": _("Nobody has verified the seller's licence"),
    "paper_missing": _("A paper of the batch is missing"),
    "paper_later": _("A paper is dated in the future"),
    "quarantine_expired": _("The quarantine certificate had run out"),
    "too_warm": _("Too warm on arrival"),
}
STOPS = frozenset(STOP_NAMES)
"""What the principal may decide about (food safety law article 53: no goods without the seller's licence and
the papers of the batch); whatever else is an error is mended or refused at the door."""

DOUBTS = frozenset({"jin_or_kilogram"})


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A line as it is judged; `at` is its field (`lines.3`), `position` its number on paper (from 1)."""

    at: str
    position: int
    good: Good
    weighed: Weighed
    verdict: Verdict = Verdict.ACCEPTED
    price_fen: int | None = None
    produced_on: date | None = None
    expires_on: date | None = None
    batch_number: str = ""
    celsius_tenths: int | None = None
    senses: dict[str, bool] = field(default_factory=dict)
    refusal: Refusal | None = None
    sure: bool = False
    usual: Usual = field(default_factory=Usual)
    usual_quantity: int | None = None

    @property
    def category(self) -> Category:
        """What kind of goods it is."""
        return self.good.category

    @property
    def fen_per_kg(self) -> int | None:
        """Its price for a kilogram, for comparing."""
        return None if self.price_fen is None else fen_per_kg(self.price_fen, self.weighed.unit_quantity)


@dataclass(frozen=True, slots=True)
class DoorPaper:
    """A paper that came with the goods; `covers` are positions, empty for all lines."""

    at: str
    certificate: Certificate
    covers: frozenset[int] = frozenset()
    photographed: bool = False

    @property
    def kind(self) -> PaperKind:
        """What paper it is."""
        return PaperKind(self.certificate.kind)

    def is_for(self, position: int) -> bool:
        """Whether it belongs to a line."""
        return not self.covers or position in self.covers


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """A delivery as it stands before the counter; `minute` is the minute of the day it came.

    `seller` None: nobody who is kept as a supplier, so that the seller's own papers come with the batch.
    `evening_until` is the minute until which a 产品B of the evening before is taken with a warning.
    """

    on: date
    minute: int
    lines: Sequence[DoorLine]
    papers: Sequence[DoorPaper] = ()
    needs: Needs = lambda _category: ()
    seller: Seller | None = None
    licences: Sequence[Paper] = ()
    has_note: bool = False
    evening_until: int = 0
    is_free: bool = False
    checked_by: int | None = None
    second_by: int | None = None

    @property
    def taken(self) -> list[DoorLine]:
        """The lines of which something is accepted."""
        return [line for line in self.lines if line.weighed.accepted]


def judge(door: AtTheDoor) -> list[Finding]:
    """Everything that is to be said about a delivery before it is accepted."""
    found = [*seller_findings(door)]
    for line in door.lines:
        found += _line_findings(door, line)
    for paper in door.papers:
        found += _paper_findings(door, paper)
    return [*found, *needed_papers(door), *people_findings(door.checked_by, door.second_by)]


def stops_of(findings: Iterable[Finding]) -> list[Finding]:
    """What keeps the goods at the counter, and the principal may let through."""
    return [f for f in findings if f.level is Level.ERROR and f.rule in STOPS]


def holes_of(findings: Iterable[Finding]) -> list[Finding]:
    """What is to be mended or refused before anything else."""
    return [f for f in findings if f.level is Level.ERROR and f.rule not in STOPS]


def doubts_of(door: AtTheDoor, findings: Iterable[Finding]) -> list[Finding]:
    """What is asked back once, of lines that nobody has confirmed."""
    sure = {line.at for line in door.lines if line.sure}
    return [f for f in findings if f.rule in DOUBTS and f.at.rpartition(".")[0] not in sure]


def seller_findings(door: AtTheDoor) -> list[Finding]:
    """What stands against the seller for the categories that are taken; each thing once."""
    if door.seller is None:
        return []
    found: dict[tuple[str, str], Finding] = {}
    for category in dict.fromkeys(line.category for line in door.taken):
        needs = door.needs(category)
        for finding in supplier_stops(door.seller, door.licences, needs, category, door.on):
            found.setdefault((finding.rule, repr(finding.facts)), replace(finding, at="supplier"))
    return list(found.values())


def _line_findings(door: AtTheDoor, line: DoorLine) -> list[Finding]:
    if not line.weighed.accepted or line.verdict is Verdict.PART:
        refused = [] if line.refusal else [_no_reason(line)]
        if not line.weighed.accepted:
            return refused
    else:
        refused = []
    banned = [replace(f, at=f"{line.at}.name") for f in banned_findings(line.good.names, door.on)]
    return [*refused, *banned, *_goods_findings(door, line), *_money_findings(door, line)]


def _no_reason(line: DoorLine) -> Finding:
    return error("refusal_missing", _("Choose the reason of the refusal."), f"{line.at}.refusal")


def _goods_findings(door: AtTheDoor, line: DoorLine) -> list[Finding]:
    goods = Goods(
        category=line.category,
        storage=line.good.storage,
        accepted=line.weighed.accepted,
        produced_on=line.produced_on,
        expires_on=line.expires_on,
        celsius_tenths=line.celsius_tenths,
        senses=line.senses,
    )
    found = line_findings(goods, door.on, line.at)
    if not line.senses:
        found = [f for f in found if f.rule != "sense_missing"]
        message = _("Look, smell and feel, then say what you found.")
        found.append(error("sense_missing", message, f"{line.at}.looked"))
    return [*found, *_label_findings(line)]


def _label_findings(line: DoorLine) -> list[Finding]:
    """Packed food has a date or a batch number (食品安全法 §53: 生产日期或者生产批号 are kept)."""
    packed = LABEL in senses_for(line.category, line.good.storage)
    if not packed or line.produced_on or line.expires_on or line.batch_number.strip():
        return []
    message = _("Type the production date or the batch number from the label.")
    return [error("date_missing", message, f"{line.at}.produced_on")]


def _money_findings(door: AtTheDoor, line: DoorLine) -> list[Finding]:
    if line.price_fen is None:
        if door.is_free:
            return []
        return [error("price_missing", _("Type the price of one unit."), f"{line.at}.price")]
    found = price_doubts(line.fen_per_kg or 0, line.usual.own_median) if line.price_fen else []
    doubts = [replace(f, at=f"{line.at}.price") for f in found]
    heavy = weight_doubts(line.weighed.received, line.usual_quantity)
    doubts += [replace(f, at=f"{line.at}.count") for f in heavy]
    return [*doubts, *price_findings(line.fen_per_kg or 0, line.usual, f"{line.at}.price")]


def _paper_findings(door: AtTheDoor, paper: DoorPaper) -> list[Finding]:
    found = certificate_findings(paper.certificate, door.on, door.minute, door.evening_until, paper.at)
    if paper.photographed:
        found = [f for f in found if f.rule != "paper_number" or paper.kind in MUST_HAVE_NUMBERS]
    return found


MUST_HAVE_NUMBERS = frozenset(
    {PaperKind.ANIMAL_QUARANTINE, PaperKind.MEAT_INSPECTION, PaperKind.IMPORT_QUARANTINE}
)
"""Papers whose number is how an office finds them; of others a photo will do."""


def at_hand(door: AtTheDoor, line: DoorLine) -> set[PaperKind]:
    """The kinds of papers that came for a line; the delivery note is a proof of purchase (购货凭证)."""
    kinds = {paper.kind for paper in door.papers if paper.is_for(line.position)}
    return kinds | ({PaperKind.PURCHASE_PROOF} if door.has_note else set())


def needed_papers(door: AtTheDoor) -> list[Finding]:
    """`paper_missing` for what must come with the batch and did not, `paper_may_be_needed` under a condition.

    Of a seller that is not kept as a supplier its own papers are asked for too. Each set of papers once, with
    the goods that lack it; the field is that of its first kind (`papers.animal_quarantine`).
    """
    per = Per.BATCH if door.seller else None
    lacking: dict[tuple[tuple[PaperKind, ...], bool, str], list[str]] = {}
    for line in door.taken:
        for missing in missing_papers(door.needs(line.category), at_hand(door, line), per):
            key = (missing.papers, missing.required, missing.rule.condition)
            lacking.setdefault(key, []).append(line.good.name)
    return [_lacking(*key, goods) for key, goods in lacking.items()]


def _lacking(papers: tuple[PaperKind, ...], required: bool, condition: str, goods: list[str]) -> Finding:
    facts = {"papers": [Word(PAPER_NAMES[p]) for p in papers], "goods": list(dict.fromkeys(goods))}
    at = "note_number" if papers[0] is PaperKind.PURCHASE_PROOF else f"papers.{papers[0]}"
    if required:
        return error("paper_missing", _("Missing for {goods}: {papers}."), at, **facts)
    message = _("May be needed for {goods}: {papers}. {condition}")
    said = Word(condition) if condition else ""
    return advice("paper_may_be_needed", message, at, condition=said, **facts)
