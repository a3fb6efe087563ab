"""Whose role lets them sign where, who pays, and what a payment needs before it may be asked for.

出纳 pays and keeps no books (会计法 article 37); 三重一大: large sums are decided by a meeting (A10).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from canteen.accounts.rules import Role
from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.payments.rules.said import said_yuan
from suppliers.payments.rules.signing import cash_findings
from suppliers.payments.rules.states import InvoiceKind, Signed, Way

SIGNERS: Mapping[Signed, frozenset[Role]] = {
    Signed.HANDLED: frozenset({Role.BUYER, Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS}),
    Signed.ACCEPTED: frozenset(
        {
            Role.STOREKEEPER,
            Role.SAFETY_OFFICER,
            Role.SAFETY_DIRECTOR,
            Role.CANTEEN_MANAGER,
            Role.GENERAL_AFFAIRS,
            Role.COOK,
            Role.DUTY_TEACHER,
        }
    ),
    Signed.APPROVED: frozenset({Role.PRINCIPAL, Role.DEPUTY}),
}
BOOKKEEPERS = frozenset({Role.ACCOUNTANT, Role.CENTRAL_ACCOUNTANT})


@dataclass(frozen=True, slots=True)
class Asked:
    """A payment as it is asked for. `account` and `bank` are the payee's."""

    fen: int
    way: Way
    kinds: Collection[InvoiceKind]
    payee: str
    account: str = ""
    bank: str = ""


def role_findings(roles: Collection[str], place: Signed) -> list[Finding]:
    """Whether any of the roles may sign at that place."""
    if not SIGNERS[place].isdisjoint(roles):
        return []
    return [error("not_your_place", _("Your role does not sign at this place."))]


def asking_findings(asked: Asked, cash_most_fen: int | None) -> list[Finding]:
    """What a payment needs: a payee, an account for a transfer, no more cash than the threshold."""
    found = []
    if not asked.payee.strip():
        found.append(error("missing", _("This is required."), "payee"))
    if asked.way is Way.CASH:
        found += cash_findings(asked.fen, cash_most_fen)
    if asked.way is Way.TRANSFER:
        blank = [at for at, text in (("account", asked.account), ("bank", asked.bank)) if not text.strip()]
        found += [error("missing", _("This is required."), at) for at in blank]
    return found


def collective_findings(fen: int, from_fen: int | None, note: str) -> list[Finding]:
    """Whether a sum that a meeting decides upon names the meeting; the threshold itself is decided by it."""
    if from_fen is None or fen < from_fen or note.strip():
        return []
    message = _("From {most} yuan on a meeting decides: name it and its day.")
    return [error("collective_missing", message, "collective_note", most=said_yuan(from_fen))]


def payer_findings(roles: Collection[str], person: int | None, signed: Collection[int]) -> list[Finding]:
    """Who pays is a person, keeps no books, and has signed none of the three places."""
    if person is None:
        return [error("no_person", _("A person pays, not a program."))]
    if not BOOKKEEPERS.isdisjoint(roles):
        message = _("Who keeps the books does not pay: the cashier does (Accounting Act, article 37).")
        return [error("accountant_pays", message)]
    if person in signed:
        return [error("signer_pays", _("You have signed this payment; another person pays it."))]
    return []


def paying_findings(way: Way, reference: str) -> list[Finding]:
    """A transfer is known by the bank's reference."""
    if way is not Way.TRANSFER or reference.strip():
        return []
    return [
        error("reference_missing", _("Write down the bank's reference of the transfer."), "bank_reference")
    ]


def advance_limit_findings(fen: int, most_fen: int | None) -> list[Finding]:
    """An advance is no larger than the school's limit, the limit itself included."""
    if most_fen is None or fen <= most_fen:
        return []
    message = _("An advance is at most {most} yuan.")
    return [error("advance_too_large", message, "fen", most=said_yuan(most_fen))]
