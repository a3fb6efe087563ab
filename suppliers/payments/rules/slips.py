"""What a slip must be: a number of its kind, a day, a sum that agrees with what was accepted; used once.

Numbers of tax invoices: the electronic invoice (数电票, 国家税务总局公告2024年第11号) has 20 digits, the
first two the year; older ones have 8 digits behind a code of 10 or 12.
"""

import hashlib
import re
from datetime import date, timedelta

from canteen.kit.names import normalised
from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.payments.rules.said import said_yuan
from suppliers.payments.rules.signing import Slip
from suppliers.payments.rules.states import InvoiceKind

OWN_NUMBERS = {InvoiceKind.FARMER: "SG", InvoiceKind.PLAIN: "BT"}
"""Kinds that the school itself may number, and how such a number begins (收购, 白条)."""

OLD = timedelta(days=366)
_LENGTHS = (8, 18, 20)
_BESIDE = re.compile(r"[\s\-—_/]|No\.?|№", re.IGNORECASE)


def plain_number(kind: InvoiceKind, number: str) -> str:
    """A number as it is compared: of a tax invoice the digits alone."""
    plain = normalised(number)
    return _BESIDE.sub("", plain) if kind is InvoiceKind.INVOICE else plain


def slip_findings(slip: Slip, today: date, at: str = "", reason: str = "") -> list[Finding]:
    """What is wrong with a slip: its number, its day, its sum. A reason lets an old day and another sum pass.

    `sums_differ`: it is for more or less than what was accepted.
    """
    found = number_findings(slip.kind, slip.number, slip.issued_on, f"{at}number")
    if slip.issued_on > today:
        found.append(error("slip_later", _("The slip is dated in the future."), f"{at}issued_on"))
    if slip.issued_on < today - OLD and not reason:
        message = _("The slip is more than a year old: say in the note why it comes now.")
        found.append(error("slip_old", message, f"{at}issued_on"))
    if slip.linked_fen and slip.linked_fen != slip.fen and not reason:
        message = _("The slip says {slip} yuan, what was accepted comes to {accepted} yuan.")
        facts = {"slip": said_yuan(slip.fen), "accepted": said_yuan(slip.linked_fen)}
        found.append(error("sums_differ", message, f"{at}fen", **facts))
    return found


def number_findings(kind: InvoiceKind, number: str, issued_on: date, at: str = "number") -> list[Finding]:
    """Whether a number can be one of its kind; slips that the school numbers itself may come without."""
    plain = plain_number(kind, number)
    if not plain:
        return [] if kind in OWN_NUMBERS else [error("missing", _("This is required."), at)]
    if kind is not InvoiceKind.INVOICE:
        return []
    if not plain.isdecimal() or len(plain) not in _LENGTHS:
        message = _("A tax invoice has 20 digits; an older one 8, with its code 18 or 20.")
        return [error("invoice_number", message, at)]
    if _is_electronic(plain) and int(plain[:2]) != issued_on.year % 100:
        message = _("This number is of an invoice of the year 20{year}; look at number and day again.")
        return [error("invoice_year", message, at, year=plain[:2])]
    return []


def slip_digests(slip: Slip) -> tuple[str, ...]:
    """What tells a slip from all others in every school, however it is typed: by the seller's name, its code.

    A tax invoice's whole number is its own in the whole country.
    """
    number = plain_number(slip.kind, slip.number)
    if slip.kind is InvoiceKind.INVOICE and len(number) > 8:
        return (_digest(slip.kind, "", number),)
    sellers = dict.fromkeys(filter(None, (normalised(slip.seller), normalised(slip.seller_code))))
    return tuple(_digest(slip.kind, seller, number) for seller in sellers)


def likeness_findings(alike: str, reason: str) -> list[Finding]:
    """A bare slip of the same seller, day and sum stands already, `alike`: say why there are two."""
    if not alike or reason:
        return []
    message = _("{number} is of the same seller, day and sum: say in the note why this is another one.")
    return [error("slip_alike", message, "number", number=alike)]


def _is_electronic(digits: str) -> bool:
    return len(digits) == 20 and digits[0] >= "2"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
