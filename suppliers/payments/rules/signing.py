"""Three signatures by three people, sums that agree, one slip paid once, months that stay closed.

经手人 ≠ 验收人 (证明人) ≠ 审批人: domain.md 6.2. 出纳 pays and keeps no books: Accounting Act article 37.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from canteen.kit.names import normalised
from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import _
from suppliers.payments.rules.states import InvoiceKind, Signed

ORDER = (Signed.HANDLED, Signed.ACCEPTED, Signed.APPROVED)
SIGNED_NAMES: Mapping[Signed, str] = {
    Signed.HANDLED: _("Handled by"),
    Signed.ACCEPTED: _("Accepted by"),
    Signed.APPROVED: _("Approved by"),
}


@dataclass(frozen=True, slots=True)
class Slip:
    """An invoice or slip as the rules see it; `linked_fen` is what its deliveries account for."""

    kind: InvoiceKind
    seller: str
    number: str
    issued_on: date
    fen: int
    linked_fen: int


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


def slip_findings(slip: Slip, today: date, at: str = "") -> list[Finding]:
    """What is wrong with a slip: dated in the future, or for more or less than what was accepted."""
    found = []
    if slip.issued_on > today:
        found.append(error("slip_later", _("The slip is dated in the future."), f"{at}issued_on"))
    if slip.linked_fen and slip.linked_fen != slip.fen:
        message = _("The slip says {slip} yuan, what was accepted comes to {accepted} yuan.")
        facts = {"slip": _yuan(slip.fen), "accepted": _yuan(slip.linked_fen)}
        found.append(error("sums_differ", message, f"{at}fen", **facts))
    return found


def slip_digest(slip: Slip) -> str:
    """What tells a slip from all others, in every school: kind, seller and number, however they are typed."""
    text = "\n".join((slip.kind, normalised(slip.seller), normalised(slip.number)))
    return hashlib.sha256(text.encode()).hexdigest()


def cash_findings(fen: int, most_fen: int | None, at: str = "way") -> list[Finding]:
    """Whether an amount may be paid in cash: up to the school's threshold, the threshold itself included."""
    if most_fen is None or fen <= most_fen:
        return []
    message = _("More than {most} yuan goes by transfer, not in cash.")
    return [error("too_much_cash", message, at, most=_yuan(most_fen))]


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
    facts = {"spent": _yuan(spent), "returned": _yuan(advance.returned_fen), "given": _yuan(advance.fen)}
    return [error("advance_differs", message, "returned_fen", **facts)]


def overdue_findings(advance: Advanced, today: date) -> list[Finding]:
    """Whether an advance should have been settled before today."""
    if today <= advance.due_on:
        return []
    message = _("The advance was to be settled by {day}.")
    return [warning("advance_overdue", message, day=advance.due_on)]


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"
