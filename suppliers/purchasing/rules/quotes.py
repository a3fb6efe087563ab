"""Three quotes above a threshold, who approves which amount, and what a price is held against.

货比三家, approval by amount and collective decisions: domain.md 6.2 and the guideline on bulk goods of 2025
(学校大宗食材采购验收管理工作指引); the figures are policies of the school.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from canteen.kit.problems import Finding, advice, error, warning
from canteen.kit.texts import _

QUOTES = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """What one seller asks for the whole of a wish."""

    id: int
    seller: str
    fen: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """The school's thresholds in fen; None: never."""

    quotes_from: int | None = None
    principal_from: int | None = None
    collective_from: int | None = None


class Approver(StrEnum):
    """Who decides about an amount."""

    DEPUTY = "deputy"
    PRINCIPAL = "principal"
    COLLECTIVE = "collective"


def approver_of(fen: int, amounts: Amounts) -> Approver:
    """Who decides about so much: a threshold itself belongs to the higher one."""
    if amounts.collective_from is not None and fen >= amounts.collective_from:
        return Approver.COLLECTIVE
    if amounts.principal_from is not None and fen >= amounts.principal_from:
        return Approver.PRINCIPAL
    return Approver.DEPUTY


def approval_findings(fen: int, amounts: Amounts, *, principal: bool, meeting: str) -> list[Finding]:
    """Why this person may not approve: too much for a deputy, or no meeting named for a big amount."""
    approver, found = approver_of(fen, amounts), []
    if approver is not Approver.DEPUTY and not principal:
        found.append(error("principal_decides", _("This amount is decided by the principal.")))
    if approver is Approver.COLLECTIVE and not meeting.strip():
        message = _("This amount wants a collective decision: name the meeting and its day.")
        found.append(error("meeting_missing", message, "collective_note"))
    return found


def quote_findings(offers: Sequence[Offer], fen: int, amounts: Amounts, reason: str) -> list[Finding]:
    """Whether enough sellers were asked, one was chosen, and why not the cheapest."""
    needed = amounts.quotes_from is not None and fen >= amounts.quotes_from
    if not needed and not offers:
        return []
    found = []
    if needed and len({offer.seller for offer in offers}) < QUOTES:
        message = _("Ask {needed} sellers: {found} have answered.")
        found.append(
            error("three_quotes", message, "quotes", needed=QUOTES, found=len({o.seller for o in offers}))
        )
    return [*found, *_choice_findings(offers, reason)]


def _choice_findings(offers: Sequence[Offer], reason: str) -> list[Finding]:
    chosen = [offer for offer in offers if offer.chosen]
    if len(chosen) != 1:
        return [error("no_choice", _("Choose one of the offers."), "quotes")]
    if chosen[0].fen > min(offer.fen for offer in offers) and not reason.strip():
        message = _("The cheapest offer was not taken: say why.")
        return [error("reason_missing", message, "choice_reason")]
    return []


@dataclass(frozen=True, slots=True)
class Usual:
    """What a good cost in the last thirty days, in fen a kilogram: here, and in the district."""

    own_median: int | None = None
    district_median: int | None = None
    listed: int | None = None


RAISED_PERMILLE = 1300
"""From 30 % above the usual a price is asked about; a default of the product."""


def price_findings(fen_per_kg: int, usual: Usual, at: str) -> list[Finding]:
    """What a price at the door is held against: the list of the tender, the own usual, the district's."""
    found = []
    if usual.listed is not None and fen_per_kg > usual.listed:
        message = _("Above the listed price of {listed} yuan per kilogram.")
        found.append(warning("above_list", message, at, listed=_yuan(usual.listed)))
    if _raised(fen_per_kg, usual.own_median):
        message = _("Much more than the usual {usual} yuan per kilogram of the last 30 days.")
        found.append(warning("above_usual", message, at, usual=_yuan(usual.own_median or 0)))
    if _raised(fen_per_kg, usual.district_median):
        message = _("Other schools of the district pay about {usual} yuan per kilogram.")
        found.append(advice("above_district", message, at, usual=_yuan(usual.district_median or 0)))
    return found


def _raised(fen_per_kg: int, usual: int | None) -> bool:
    return bool(usual) and fen_per_kg * 1000 > (usual or 0) * RAISED_PERMILLE


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


def discounted(market_fen: int, discount_permille: int) -> int:
    """A market price less the discount of the tender (下浮率), rounded half up to the fen."""
    return (market_fen * (1000 - discount_permille) * 2 + 1000) // 2000


def median(values: Sequence[int]) -> int | None:
    """The middle of some prices, the mean of the two in the middle rounded down; None of none."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) // 2


APPROVER_NAMES: Mapping[Approver, str] = {
    Approver.DEPUTY: _("Deputy principal or principal"),
    Approver.PRINCIPAL: _("Principal"),
    Approver.COLLECTIVE: _("Principal, after a collective decision"),
}
