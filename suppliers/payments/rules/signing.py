"""Three signatures by three people, sums that agree, one slip paid once, months that stay closed.

经手人 ≠ 验收人 (证明人) ≠ 审批人: domain.md 6.2. 出纳 pays and keeps no books: Accounting Act article 37.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import _
from suppliers.payments.rules.said import said_yuan
from suppliers.payments.rules.states import InvoiceKind, Signed

ORDER = (Signed.HANDLED, Signed.ACCEPTED, Signed.APPROVED)
SIGNED_NAMES: Mapping[Signed, str] = {
    Signed.HANDLED: _("Signature: handled"),
    Signed.ACCEPTED: _("Signature: accepted"),
    Signed.APPROVED: _("Signature: approved"),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """An invoice or slip as the rules see it; `linked_fen` is what its deliveries account for.

    `seller_code` is the seller's credit code, blank where nobody knows it.
    """

    kind: InvoiceKind
    seller: str
    number: str
    issued_on: date
    fen: int
    linked_fen: int
    seller_code: str = ""


def next_signature(signed: Mapping[Signed, int]) -> Signed | None:
    """Who signs next, in the order handled, accepted, approved; None when all three have."""
    return next((role for role in ORDER if role not in signed), None)


def signature_findings(signed: Mapping[Signed, int], role: Signed, person: int | None) -> list[Finding]:
    """Why this person may not sign here now: out of turn, or already on this paper."""
    if person is None:
        return [error("no_person", _("A person signs, not a program."))]
    if role in signed:
        return [error("signed_already", _("This place is signed already."))]
    if role is not next_signature(signed):
        return [error("out_of_turn", _("The signature before this one is still missing."))]
    if person in signed.values():
        message = _("Three different people sign: you have signed this paper already.")
        return [error("same_person", message)]
    return []


def cash_findings(fen: int, most_fen: int | None, at: str = "way") -> list[Finding]:
    """Whether an amount may be paid in cash: up to the school's threshold, the threshold itself included."""
    if most_fen is None or fen <= most_fen:
        return []
    message = _("More than {most} yuan goes by transfer, not in cash.")
    return [error("too_much_cash", message, at, most=said_yuan(most_fen))]


@dataclass(frozen=True, slots=True)
class Advanced:
    """Cash in a buyer's hands: what was given, the slips on it, what is handed back."""

    fen: int
    due_on: date
    slips_fen: Sequence[int] = ()
    returned_fen: int = 0


def advance_findings(advance: Advanced) -> list[Finding]:
    """Whether an advance can be settled: slips and what is handed back make up what was given."""
    spent = sum(advance.slips_fen)
    if spent + advance.returned_fen == advance.fen:
        return []
    message = _("Slips of {spent} yuan and {returned} yuan handed back do not make up {given} yuan.")
    facts = {
        "spent": said_yuan(spent),
        "returned": said_yuan(advance.returned_fen),
        "given": said_yuan(advance.fen),
    }
    return [error("advance_differs", message, "returned_fen", **facts)]


def overdue_findings(advance: Advanced, today: date) -> list[Finding]:
    """Whether an advance should have been settled before today."""
    if today <= advance.due_on:
        return []
    message = _("The advance was to be settled by {day}.")
    return [warning("advance_overdue", message, day=advance.due_on)]
