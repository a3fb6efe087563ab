"""付款审批单 with its slips, its sum in capitals and three signature boxes; 备用金报账单 beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from canteen.kit.money import yuan
from canteen.kit.paper import Ledger
from canteen.kit.texts import _, say
from suppliers.payments.paper.words import column, figure, in_capitals, iso
from suppliers.payments.rules import KIND_NAMES, ORDER, SIGNED_NAMES, WAY_NAMES, InvoiceKind, Signed, Way
from suppliers.payments.services import PaymentView


def approval_form(view: PaymentView, school: str, lang: str) -> Ledger:
    """The payment approval form of one payment; who signed in the product stands in the box by name."""
    row = view.row
    return Ledger(
        title=say(lang, _("Payment approval form")),
        school=school,
        period=iso(row["day"]),
        columns=_columns(lang),
        rows=_rows(view.slips, lang),
        meta=_meta(row, lang),
        total=_total(row["fen"], lang),
        notices=_notices(view, lang),
        signatures=(*_boxes(lang), say(lang, _("Cashier"))),
        lang=lang,
    )


def advance_form(view: PaymentView, advance: Mapping[str, Any], school: str, lang: str) -> Ledger:
    """The account of an advance: given, spent on these slips, handed back."""
    sums = {name: yuan(advance[f"{name}_fen"] or 0) for name in ("spent", "returned")}
    given = say(
        lang,
        _("Given {given} yuan, spent {spent}, handed back {returned}"),
        given=yuan(advance["fen"]),
        **sums,
    )
    who = say(lang, _("Advance {number} of {person}, given on {day}"), **_advance_facts(advance))
    return Ledger(
        title=say(lang, _("Account of a cash advance")),
        school=school,
        period=iso(view.row["day"]),
        columns=_columns(lang),
        rows=_rows(view.slips, lang),
        meta=(_number(view.row, lang), who, given),
        total=_total(view.row["fen"], lang),
        notices=_notices(view, lang),
        signatures=(*_boxes(lang), say(lang, _("Cashier (rest taken back)"))),
        lang=lang,
    )


def _advance_facts(advance: Mapping[str, Any]) -> dict[str, Any]:
    return {"number": advance["number"], "person": advance["name"], "day": iso(advance["given_on"])}


def _columns(lang: str) -> tuple[Any, ...]:
    return (
        column(lang, _("No."), 0.5),
        column(lang, _("Kind of slip"), 1.3),
        column(lang, _("Slip number"), 2.4),
        column(lang, _("Date of slip"), 1.2),
        column(lang, _("Seller"), 2),
        column(lang, _("Amount (yuan)"), 1.3, num=True),
        column(lang, _("Note"), 1.6),
    )


def _rows(slips: Sequence[Mapping[str, Any]], lang: str) -> list[list[str]]:
    return [
        [
            str(place),
            say(lang, KIND_NAMES[InvoiceKind(slip["kind"])]),
            slip["number"],
            iso(slip["issued_on"]),
            slip["seller"],
            figure(slip["fen"]),
            slip["note"],
        ]
        for place, slip in enumerate(slips, 1)
    ]


def _number(row: Mapping[str, Any], lang: str) -> str:
    return say(lang, _("Form number: {number}"), number=row["number"])


def _meta(row: Mapping[str, Any], lang: str) -> tuple[str, ...]:
    payee = say(lang, _("Payee: {payee}"), payee=row["payee"])
    way = say(lang, _("Way of payment: {way}"), way=say(lang, WAY_NAMES[Way(row["way"])]))
    account = say(lang, _("Account: {account}, {bank}"), account=row["payee_account"], bank=row["payee_bank"])
    purpose = say(lang, _("Purpose: {purpose}"), purpose=row["purpose"])
    lines = [_number(row, lang), payee, way]
    return (*lines, *([account] if row["payee_account"] else []), *([purpose] if row["purpose"] else []))


def _total(fen: int, lang: str) -> tuple[str, ...]:
    return (in_capitals(lang, fen), "", "", "", "", figure(fen), "")


def _notices(view: PaymentView, lang: str) -> tuple[str, ...]:
    row, found = view.row, []
    if view.signatures:
        names = "；".join(_signed(view, place, lang) for place in ORDER if view.said(place))
        found.append(say(lang, _("Signed in the system: {names}"), names=names))
    if row["collective_note"]:
        found.append(say(lang, _("Decided collectively: {note}"), note=row["collective_note"]))
    if row["paid_on"]:
        facts = {"day": iso(row["paid_on"]), "reference": row["bank_reference"] or "–"}
        found.append(say(lang, _("Paid on {day}, reference {reference}"), **facts))
    if row["dropped_reason"]:
        found.append(say(lang, _("Dropped, not to be paid: {reason}"), reason=row["dropped_reason"]))
    return tuple(found)


def _boxes(lang: str) -> list[str]:
    return [say(lang, SIGNED_NAMES[place]) for place in ORDER]


def _signed(view: PaymentView, place: Signed, lang: str) -> str:
    """Who signed where, by delegation for whom."""
    who = f"{say(lang, SIGNED_NAMES[place])} {view.said(place)}"
    if not (lender := view.lender(place)):
        return who
    return f"{who}{say(lang, _(' (by delegation for {lender})'), lender=lender)}"
