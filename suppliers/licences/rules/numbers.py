"""What a licence number says by itself: its kind, whether its check character holds, what it stands for.

JY (食品经营许可证) and SC (食品生产许可证) are letters and 14 digits of which the last is ISO 7064 MOD 11,10
(GB/T 17710); 统一社会信用代码 is GB 32100-2015; a citizen's number GB 11643. Filings (YB) carry no check that
was ever published. QS numbers are dead since 2018-10-01.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import Word, _
from suppliers.goods.rules import PAPER_NAMES, PaperKind
from suppliers.licences.rules.production import SC_NAMES


class NumberKind(StrEnum):
    """What kind of number it is by its look. `YB` and `QS` have no check character."""

    JY = "JY"
    SC = "SC"
    USCC = "USCC"
    YB = "YB"
    QS = "QS"
    UNKNOWN = "unknown"


QS_DEAD_FROM = date(2018, 10, 1)

SUBJECTS: Mapping[str, str] = {
    "1": _("Sells food"),
    "2": _("Catering"),
    "3": _("Canteen of an institution"),
}
"""First digit of JY: 主体业态."""

_SHAPES: Mapping[NumberKind, re.Pattern[str]] = {
    NumberKind.JY: re.compile(r"JY.*"),
    NumberKind.SC: re.compile(r"SC.*"),
    NumberKind.YB: re.compile(r"YB\d{14}"),
    NumberKind.QS: re.compile(r"QS\d{12}"),
    NumberKind.USCC: re.compile(r"[0-9A-Z]{18}"),
}
_FOURTEEN = re.compile(r"(?:JY|SC)([0-9]{14})")


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """A number as it is compared, its kind, and whether its check character holds.

    `holds` is False too for a number that has none. `meaning` is a message id: the business (JY) or the kind
    of food (SC) that the number names, or nothing.
    """

    number: str
    kind: NumberKind
    holds: bool
    meaning: str = ""


def same_number(text: str) -> str:
    """One spelling of a number: half width, upper case, no blanks and no dashes."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in plain if c.isalnum())


def check_number(text: str) -> NumberCheck:
    """What a number is and whether it holds (domain.md 4.1 to 4.3)."""
    number = same_number(text)
    kind = next((k for k, shape in _SHAPES.items() if shape.fullmatch(number)), NumberKind.UNKNOWN)
    return NumberCheck(number, kind, _holds(number, kind), _meaning(number, kind))


def is_identity_number(text: str) -> bool:
    """Whether this is a citizen's number: 17 digits with a day of birth, and its check character holds."""
    number = same_number(text)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or number[-1] != ric.calc_check_digit(number):
        return False
    try:
        return bool(ric.get_birth_date(number))
    except ValidationError:
        return False


def masked(identity: str) -> str:
    """A citizen's number as it is kept and shown: `110***********1234`, the rest is nobody's business."""
    if "*" in identity:
        return identity
    number = same_number(identity)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "*" * len(number)


def _holds(number: str, kind: NumberKind) -> bool:
    if kind is NumberKind.USCC:
        return bool(uscc.is_valid(number)) and number.isascii()
    digits = _FOURTEEN.fullmatch(number)
    return digits is not None and bool(mod_11_10.is_valid(digits[1]))


def _meaning(number: str, kind: NumberKind) -> str:
    if kind is NumberKind.JY:
        return SUBJECTS.get(number[2:3], "")
    return SC_NAMES.get(number[2:5], "") if kind is NumberKind.SC else ""


_KINDS_OF_PAPERS: Mapping[PaperKind, NumberKind] = {
    PaperKind.FOOD_OPERATION: NumberKind.JY,
    PaperKind.FOOD_PRODUCTION: NumberKind.SC,
    PaperKind.PREPACKAGED_FILING: NumberKind.YB,
    PaperKind.BUSINESS_LICENCE: NumberKind.USCC,
}


WITH_CHECK = frozenset(_KINDS_OF_PAPERS)
"""Papers whose number is told by its look; the others keep what their issuer printed."""


def number_findings(kind: PaperKind, text: str, *, reason: str = "", at: str = "number") -> list[Finding]:
    """What is wrong with the number on a paper of that kind.

    JY and SC are checked hard; a credit code with a wrong check character is taken with a reason, because
    such codes stand on real licences (domain.md, decision 4). `number_qs`: QS ended on 2018-10-01.
    """
    found = check_number(text)
    if found.kind is NumberKind.QS:
        return [
            error("number_qs", _("QS numbers have been void since October 2018: ask for the SC licence."), at)
        ]
    wanted = _KINDS_OF_PAPERS.get(kind)
    if wanted is None:
        return []
    if wanted is NumberKind.USCC:
        return credit_code_findings(text, reason=reason, at=at)
    return _licence_findings(kind, wanted, found, at)


def _licence_findings(kind: PaperKind, wanted: NumberKind, found: NumberCheck, at: str) -> list[Finding]:
    if found.kind is not wanted or len(found.number) != 16 or not found.number[2:].isdecimal():
        message = _("The number of this paper is {letters} and 14 digits ({paper}).")
        return [error("number_shape", message, at, letters=wanted.value, paper=Word(PAPER_NAMES[kind]))]
    if wanted is NumberKind.YB or found.holds:
        return []
    message = _("The check digit of {number} is wrong: compare it with the paper, digit by digit.")
    return [error("number_check", message, at, number=found.number)]


def credit_code_findings(text: str, *, reason: str = "", at: str = "credit_code") -> list[Finding]:
    """`credit_code_shape` stops, `credit_code_check` stops until somebody gives a reason to take it."""
    found = check_number(text)
    if found.kind is not NumberKind.USCC:
        return [error("credit_code_shape", _("A credit code has 18 letters and digits."), at)]
    if found.holds:
        return []
    message = _(
        "The check character of {number} is wrong. If the licence really says so, write down a reason."
    )
    level = warning if reason.strip() else error
    return [level("credit_code_check", message, at, number=found.number)]
