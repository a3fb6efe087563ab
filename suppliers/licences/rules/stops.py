"""May we take these goods from this seller today? The rule of the counter about the seller.

Sources: 食品安全法 §53 and §55, 45号令 §34 (look at licences and papers before taking goods), and the paper
matrix of goods (domain.md 1.1 and 4.6). A paper holds on its last day and stops from the day after.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import Word, _
from suppliers.goods.rules import CATEGORY_NAMES, PAPER_NAMES, Category, Need, PaperKind, Per, Source
from suppliers.licences.rules.papers import Paper, PaperState, covers, holds, standing_of
from suppliers.licences.rules.states import Standing


class Asked(Protocol):
    """A row of the paper matrix, as far as it matters here."""

    @property
    def paper(self) -> PaperKind: ...
    @property
    def per(self) -> Per: ...
    @property
    def need(self) -> Need: ...
    @property
    def one_of(self) -> str: ...
    @property
    def condition(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Seller:
    """What the rules know of a supplier. `categories`: what it may sell us; `reason`: why it stands so."""

    id: int
    name: str
    source: Source
    categories: frozenset[Category]
    standing: Standing = Standing.ACTIVE
    reason: str = ""
    listed_found: bool = False


def supplier_stops(
    supplier: Seller, licences: Sequence[Paper], needs: Iterable[Asked], category: Category, on: date
) -> list[Finding]:
    """Why nothing (of this category) may be taken from this seller on a day; warnings do not stop.

    Errors: `supplier_suspended`, `supplier_listed`, `category_not_covered` (not agreed with the seller, or a
    licence that does not cover it), `licence_missing`, `licence_expired`, `licence_not_begun`,
    `licence_not_verified`. A paper asked for on a condition is a warning under the same rule id.
    """
    found = [*standing_findings(supplier), *_agreed_findings(supplier, category)]
    for group in _groups(needs):
        found += _need_findings(supplier, licences, group, category, on)
    return found


_HALTED: Mapping[Standing, str] = {
    Standing.SUSPENDED: _("{supplier} is suspended: {reason}"),
    Standing.BLACKLISTED: _("{supplier} is on the blacklist: {reason}"),
    Standing.LEFT: _("{supplier} no longer supplies us: {reason}"),
}


def standing_findings(supplier: Seller) -> list[Finding]:
    """`supplier_suspended` (suspended, blacklisted, gone), `supplier_listed`, and `supplier_warned`."""
    facts = {"supplier": supplier.name, "reason": supplier.reason or "—"}
    found = []
    if supplier.standing in _HALTED:
        found.append(error("supplier_suspended", _HALTED[supplier.standing], **facts))
    if supplier.listed_found:
        message = _("{supplier} stands on the list of serious bad faith (严重违法失信名单).")
        found.append(error("supplier_listed", message, supplier=supplier.name))
    if supplier.standing is Standing.WARNED:
        found.append(warning("supplier_warned", _("{supplier} was warned: {reason}"), **facts))
    return found


def _agreed_findings(supplier: Seller, category: Category) -> list[Finding]:
    if category in supplier.categories:
        return []
    message = _("{category} is not among the goods that {supplier} supplies.")
    name = Word(CATEGORY_NAMES[category])
    return [error("category_not_covered", message, supplier=supplier.name, category=name)]


def _groups(needs: Iterable[Asked]) -> list[list[Asked]]:
    """The papers of the seller that are asked for; those of a group (`one_of`) stand for each other.

    A group of which nothing is required asks for nothing.
    """
    alone: list[list[Asked]] = []
    groups: dict[str, list[Asked]] = {}
    for need in needs:
        if need.per is not Per.SUPPLIER or need.need is Need.NONE:
            continue
        for name in need.one_of.split():
            groups.setdefault(name, []).append(need)
        if not need.one_of:
            alone.append([need])
    return alone + [g for g in groups.values() if any(need.need is Need.REQUIRED for need in g)]


def _need_findings(
    supplier: Seller, licences: Sequence[Paper], group: Sequence[Asked], category: Category, on: date
) -> list[Finding]:
    kinds = list(dict.fromkeys(need.paper for need in group))
    at_hand = [paper for paper in licences if paper.kind in kinds]
    if any(holds(paper, on) and covers(paper, category) for paper in at_hand):
        return []
    required = any(need.need is Need.REQUIRED for need in group)
    conditions = list(dict.fromkeys(need.condition for need in group if need.condition))
    rule, message, facts = _problem(at_hand, category, on) or _missing(kinds, conditions, required)
    level = error if required else warning
    known = {"supplier": supplier.name, "kinds": [kind.value for kind in kinds], **facts}
    return [level(rule, message, **known)]


def _missing(
    kinds: Sequence[PaperKind], conditions: Sequence[str], required: bool
) -> tuple[str, str, dict[str, Any]]:
    names = [Word(PAPER_NAMES[kind]) for kind in kinds]
    if not required:
        message = _("{supplier} may need {papers}: {condition}")
        return "licence_missing", message, {"papers": names, "condition": [Word(c) for c in conditions]}
    message = (
        _("{supplier} has none of these papers: {papers}.") if names[1:] else _("{supplier} has no {papers}.")
    )
    return "licence_missing", message, {"papers": names}


_PROBLEMS: Mapping[str, str] = {
    "category_not_covered": _("{paper} {number} of {supplier} does not cover {category}."),
    "licence_expired": _("{paper} {number} of {supplier} expired on {day} ({days} days ago)."),
    "licence_not_begun": _("{paper} {number} of {supplier} is valid only from {day}."),
    "licence_not_verified": _("{paper} {number} of {supplier} has not been verified by anybody yet."),
}


def _problem(
    at_hand: Sequence[Paper], category: Category, on: date
) -> tuple[str, str, dict[str, Any]] | None:
    """What is wrong with the paper that comes nearest, None when there is none at all."""
    wrong = {rule: paper for paper in at_hand if (rule := _rule(paper, on))}
    for rule, message in _PROBLEMS.items():
        if paper := wrong.get(rule):
            return rule, message, _facts(paper, rule, category, on)
    return None


def _rule(paper: Paper, on: date) -> str:
    """Why a paper that lacks something lacks it; nothing for one that was turned down or replaced."""
    if holds(paper, on):
        return "category_not_covered"
    match standing_of(paper, on).state:
        case PaperState.EXPIRED:
            return "licence_expired"
        case PaperState.PENDING:
            return "licence_not_verified"
        case PaperState.VERIFIED | PaperState.EXPIRING:
            return "licence_not_begun"
    return ""


def _facts(paper: Paper, rule: str, category: Category, on: date) -> dict[str, Any]:
    day = paper.valid_from if rule == "licence_not_begun" else paper.valid_to
    return {
        "paper": Word(PAPER_NAMES[paper.kind]),
        "number": paper.number,
        "category": Word(CATEGORY_NAMES[category]),
        "day": day,
        "days": (on - day).days if day else 0,
    }
