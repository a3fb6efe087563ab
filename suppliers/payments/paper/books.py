"""Lists as workbooks: slips, payments, the payment list for the bank, advances."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import _, say
from suppliers.payments.rules import KIND_NAMES, PAY_NAMES, WAY_NAMES, InvoiceKind, PayState, Way
from suppliers.payments.services import PaymentView


def bank_workbook(views: Iterable[PaymentView], lang: str) -> bytes:
    """The payment list for the bank: approved transfers, one row each; the last row is their sum."""
    rows = [view.row for view in views if view.row["way"] == Way.TRANSFER.value]
    columns = [
        Column(say(lang, _("No.")), "number", 6),
        Column(say(lang, _("Payee")), width=28),
        Column(say(lang, _("Account number")), width=26),
        Column(say(lang, _("Bank")), width=28),
        Column(say(lang, _("Amount (yuan)")), "fen"),
        Column(say(lang, _("Purpose")), width=28),
        Column(say(lang, _("Form number"))),
    ]
    lines: list[Sequence[Any]] = [
        (
            place,
            row["payee"],
            row["payee_account"],
            row["payee_bank"],
            row["fen"],
            row["purpose"],
            row["number"],
        )
        for place, row in enumerate(rows, 1)
    ]
    total = (None, say(lang, _("Total")), "", "", sum(row["fen"] for row in rows), "", "")
    return write_xlsx(columns, [*lines, total])


def payments_workbook(rows: Iterable[Mapping[str, Any]], lang: str) -> bytes:
    """The list of payments."""
    columns = [
        Column(say(lang, _("Form number"))),
        Column(say(lang, _("Day")), "day"),
        Column(say(lang, _("Payee")), width=28),
        Column(say(lang, _("Amount (yuan)")), "fen"),
        Column(say(lang, _("Way"))),
        Column(say(lang, _("State")), width=18),
        Column(say(lang, _("Purpose")), width=28),
        Column(say(lang, _("Paid on")), "day"),
        Column(say(lang, _("Bank reference")), width=20),
    ]
    return write_xlsx(columns, (_payment(row, lang) for row in rows))


def _payment(row: Mapping[str, Any], lang: str) -> Sequence[Any]:
    way = say(lang, WAY_NAMES[Way(row["way"])])
    state = say(lang, PAY_NAMES[PayState(row["state"])])
    names = (row["number"], row["day"], row["payee"], row["fen"])
    return (*names, way, state, row["purpose"], row["paid_on"], row["bank_reference"])


def slips_workbook(rows: Iterable[Mapping[str, Any]], lang: str) -> bytes:
    """The list of slips."""
    columns = [
        Column(say(lang, _("Kind of slip"))),
        Column(say(lang, _("Slip number")), width=26),
        Column(say(lang, _("Date of slip")), "day"),
        Column(say(lang, _("Booked on")), "day"),
        Column(say(lang, _("Seller")), width=28),
        Column(say(lang, _("Amount (yuan)")), "fen"),
        Column(say(lang, _("On payment"))),
        Column(say(lang, _("Paid on")), "day"),
        Column(say(lang, _("Note")), width=28),
    ]
    return write_xlsx(columns, (_slip(row, lang) for row in rows))


def _slip(row: Mapping[str, Any], lang: str) -> Sequence[Any]:
    kind = say(lang, KIND_NAMES[InvoiceKind(row["kind"])])
    names = (row["number"], row["issued_on"], row["booked_on"], row["seller"], row["fen"])
    return (kind, *names, row["payment_number"] or "", row["paid_on"], row["note"])


def advances_workbook(rows: Iterable[Mapping[str, Any]], lang: str) -> bytes:
    """The list of advances."""
    columns = [
        Column(say(lang, _("Advance"))),
        Column(say(lang, _("Who got it"))),
        Column(say(lang, _("Purpose")), width=28),
        Column(say(lang, _("Given on")), "day"),
        Column(say(lang, _("Due on")), "day"),
        Column(say(lang, _("Amount (yuan)")), "fen"),
        Column(say(lang, _("Spent")), "fen"),
        Column(say(lang, _("Handed back")), "fen"),
    ]
    return write_xlsx(columns, (_advance(row) for row in rows))


def _advance(row: Mapping[str, Any]) -> Sequence[Any]:
    given = row["given_on"] if row["given_by"] else None
    names = (row["number"], row["name"], row["purpose"], given, row["due_on"], row["fen"])
    return (*names, row["spent_fen"], row["returned_fen"])
