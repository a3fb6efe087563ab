"""供应商月度对账单: what came, what was invoiced, what was paid, what is owed, day by day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from canteen.kit.money import yuan
from canteen.kit.paper import A4_LANDSCAPE, Ledger
from canteen.kit.sheets import Column, write_xlsx
from canteen.kit.texts import _, say
from suppliers.payments.paper.words import column, figure, in_capitals, iso
from suppliers.payments.rules import KIND_NAMES, InvoiceKind, Statement, whole
from suppliers.payments.services import Line, Taken

HEADINGS = (
    _("Opening balance"),
    _("Delivered (yuan)"),
    _("Refused (yuan)"),
    _("Accepted (yuan)"),
    _("Invoiced (yuan)"),
    _("Difference (yuan)"),
    _("Paid (yuan)"),
    _("Payable (yuan)"),
)


def figures_of(one: Statement) -> list[int]:
    """A statement's sums in the order of the headings."""
    month = one.month
    return [
        one.opening,
        month.delivered,
        month.refused,
        month.accepted,
        month.invoiced,
        month.beside,
        month.paid,
        one.closing,
    ]


def seller_of(line: Line, lang: str) -> str:
    """A seller's name, or what stands for those that are not kept."""
    return line.name or say(lang, _("Market and farmers without a record"))


def month_ledger(lines: Sequence[Line], month: date, school: str, lang: str) -> Ledger:
    """All sellers of a month."""
    total = whole(line.statement for line in lines)
    return Ledger(
        title=say(lang, _("Suppliers' accounts of the month")),
        school=school,
        period=f"{month:%Y-%m}",
        columns=[column(lang, _("Seller"), 2.4), *(column(lang, h, 1.2, num=True) for h in HEADINGS)],
        rows=[[seller_of(line, lang), *map(figure, figures_of(line.statement))] for line in lines],
        total=[say(lang, _("Total")), *map(figure, figures_of(total))],
        notices=[say(lang, _("Payable = opening + accepted + difference − paid. Amounts in yuan."))],
        signatures=[say(lang, title) for title in (_("Accountant"), _("Cashier"), _("Principal"))],
        sheet=A4_LANDSCAPE,
        lang=lang,
    )


def month_workbook(lines: Sequence[Line], lang: str) -> bytes:
    """The same as XLSX, with its total."""
    total = whole(line.statement for line in lines)
    columns = [Column(say(lang, _("Seller")), width=28), *(Column(say(lang, h), "fen") for h in HEADINGS)]
    rows: list[list[Any]] = [[seller_of(line, lang), *figures_of(line.statement)] for line in lines]
    return write_xlsx(columns, [*rows, [say(lang, _("Total")), *figures_of(total)]])


def supplier_ledger(
    line: Line,
    month: date,
    parts: tuple[Sequence[Taken], Sequence[Mapping[str, Any]]],
    school: str,
    lang: str,
) -> Ledger:
    """One supplier's statement of its deliveries and slips (`parts`), row by row, for both to sign."""
    one = line.statement
    sums = [one.month.accepted, one.month.invoiced, one.month.paid]
    return Ledger(
        title=say(lang, _("Monthly statement of a supplier")),
        school=school,
        period=f"{month:%Y-%m}",
        columns=(
            column(lang, _("Day"), 1.2),
            column(lang, _("Kind of document"), 1.6),
            column(lang, _("Number"), 2.4),
            *(
                column(lang, title, 1.4, num=True)
                for title in (_("Accepted (yuan)"), _("Invoiced (yuan)"), _("Paid (yuan)"))
            ),
        ),
        rows=_rows(month, *parts, lang),
        meta=(say(lang, _("Supplier: {supplier}"), supplier=seller_of(line, lang)), *_lines(one, lang)),
        total=[say(lang, _("Total of the month")), "", "", *map(figure, sums)],
        notices=(
            say(lang, _("Payable at the end of the month: {yuan} yuan"), yuan=yuan(one.closing)),
            in_capitals(lang, one.closing),
        ),
        signatures=[
            say(lang, title)
            for title in (_("Supplier (seal)"), _("Checked by the school"), _("Accountant"), _("Principal"))
        ],
        lang=lang,
    )


def _lines(one: Statement, lang: str) -> tuple[str, ...]:
    opening = say(lang, _("Opening balance: {yuan} yuan"), yuan=yuan(one.opening))
    facts = {"delivered": yuan(one.month.delivered), "refused": yuan(one.month.refused)}
    came = say(lang, _("Delivered {delivered}, of it refused {refused}"), **facts)
    beside = {"not_invoiced": yuan(one.not_invoiced), "unpaid": yuan(one.unpaid)}
    left = say(lang, _("Accepted and not invoiced {not_invoiced}, invoiced and not paid {unpaid}"), **beside)
    return opening, came, left


def _rows(
    month: date, taken: Sequence[Taken], slips: Iterable[Mapping[str, Any]], lang: str
) -> list[list[str]]:
    delivery = say(lang, _("Goods received"))
    rows = [[iso(one.row.arrived_on), delivery, one.row.number, figure(one.row.fen), "", ""] for one in taken]
    for slip in slips:
        kind = say(lang, KIND_NAMES[InvoiceKind(slip["kind"])])
        if _in(slip["booked_on"], month):
            rows.append([iso(slip["booked_on"]), kind, slip["number"], "", figure(slip["fen"]), ""])
        if slip["payment_state"] == "paid" and _in(slip["paid_on"], month):
            number = slip["payment_number"]
            rows.append([iso(slip["paid_on"]), say(lang, _("Payment")), number, "", "", figure(slip["fen"])])
    return sorted(rows)


def _in(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)
