"""What is wrong with a supplier or a paper as it is typed: everything at once."""

from datetime import date

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import Word, _
from suppliers.goods.rules import CATEGORY_NAMES, Category, PaperKind, Source
from suppliers.licences.rules.numbers import credit_code_findings, is_identity_number, number_findings
from suppliers.licences.rules.papers import Paper, scope_of
from suppliers.licences.rules.production import goods_of

WITH_CODE = frozenset(
    {
        Source.PRODUCER,
        Source.TRADER,
        Source.SLAUGHTERHOUSE,
        Source.IMPORTER,
        Source.CATERER,
        Source.SERVICE,
    }
)
"""Who has a credit code; stalls, small workshops and farmers may have none (45号令 §34)."""

FIRST_DAY = date(1990, 1, 1)
LAST_DAY = date(2099, 12, 31)


def supplier_findings(
    source: Source,
    *,
    credit_code: str,
    reason: str,
    identity: str,
    has_identity: bool,
    categories: tuple[Category, ...],
    phone: str,
) -> list[Finding]:
    """`missing` for what this kind of seller must have, and what is wrong with the numbers.

    A farmer is known by a credit code or by a citizen's number (`credit_code_or_identity`).
    """
    found = []
    if credit_code:
        found += credit_code_findings(credit_code, reason=reason)
    elif source in WITH_CODE:
        found.append(error("missing", _("This is required."), "credit_code"))
    if identity and not is_identity_number(identity):
        message = _("The check character of the identity number is wrong.")
        found.append(error("identity_number", message, "identity"))
    if source is Source.FARMER and not (credit_code or identity or has_identity):
        message = _("A farmer is known by a credit code or an identity number.")
        found.append(error("credit_code_or_identity", message, "identity"))
    return found + _agreed(source, categories, phone)


def _agreed(source: Source, categories: tuple[Category, ...], phone: str) -> list[Finding]:
    found = []
    if not categories and source is not Source.SERVICE:
        found.append(error("missing", _("Tick what this supplier may sell us."), "categories"))
    if not phone and source is not Source.GARDEN:
        found.append(error("missing", _("This is required."), "phone"))
    return found


NEEDS_NUMBER = frozenset(
    {
        PaperKind.BUSINESS_LICENCE,
        PaperKind.FOOD_OPERATION,
        PaperKind.PREPACKAGED_FILING,
        PaperKind.FOOD_PRODUCTION,
        PaperKind.WORKSHOP_REGISTRATION,
        PaperKind.SLAUGHTER_LICENCE,
        PaperKind.ADDITIVE_LICENCE,
    }
)
NEEDS_END = NEEDS_NUMBER | {
    PaperKind.CONTRACT,
    PaperKind.SERVICE_CONTRACT,
    PaperKind.PROMISE,
    PaperKind.LIABILITY_INSURANCE,
}


def paper_findings(
    kind: PaperKind,
    number: str,
    *,
    reason: str,
    valid_from: date | None,
    valid_to: date | None,
    endless: bool,
    scans: int,
) -> list[Finding]:
    """What is wrong with a paper; warnings do not stop. A licence needs number, end and a scan."""
    found = []
    if number:
        found += number_findings(kind, number, reason=reason)
    elif kind in NEEDS_NUMBER:
        found.append(error("missing", _("This is required."), "number"))
    if valid_to is None and not endless and kind in NEEDS_END:
        message = _("Until when? Tick “without end” when the paper says 长期.")
        found.append(error("missing", message, "valid_to"))
    if not scans:
        found.append(error("scan_missing", _("Take a photo of the paper or add its scan."), "scans"))
    return found + _day_findings(valid_from, valid_to)


def _day_findings(valid_from: date | None, valid_to: date | None) -> list[Finding]:
    found = []
    for at, day in (("valid_from", valid_from), ("valid_to", valid_to)):
        if day and not FIRST_DAY <= day <= LAST_DAY:
            found.append(error("day_range", _("This day cannot be right: compare it with the paper."), at))
    if valid_from and valid_to and valid_to < valid_from:
        found.append(error("days", _("The paper ends before it begins."), "valid_to"))
    return found


def scope_findings(paper: Paper, agreed: frozenset[Category], on: date) -> list[Finding]:
    """What whoever verifies a paper should look at: warnings only.

    `sc_category`: goods are ticked that the SC number does not name, so the list of the licence must.
    `nothing_covered`: the paper covers none of the goods agreed with the seller. `expired_on_entry`.
    """
    found = []
    extra = paper.categories - goods_of(paper.number) if paper.kind is PaperKind.FOOD_PRODUCTION else ()
    if extra:
        names = [Word(CATEGORY_NAMES[c]) for c in Category if c in extra]
        message = _(
            "The number does not name {goods}: look for them in the list of the licence (品种明细表)."
        )
        found.append(warning("sc_category", message, "categories", goods=names))
    scope = scope_of(paper)
    if scope is not None and agreed and not scope & agreed:
        message = _("This paper covers none of the goods agreed with the supplier.")
        found.append(warning("nothing_covered", message, "categories"))
    if paper.valid_to and paper.valid_to < on:
        found.append(warning("expired_on_entry", _("This paper has already expired."), "valid_to"))
    return found


def verifier_findings(entered_by: int | None, person: int | None) -> list[Finding]:
    """`same_person`: who typed a paper does not verify it (two pairs of eyes; domain.md 6.2)."""
    if person is not None and entered_by == person:
        message = _("You entered this paper yourself: another person compares it with the original.")
        return [error("same_person", message)]
    return []
