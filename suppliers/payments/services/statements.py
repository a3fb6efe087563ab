"""A month's statement of every seller and of one, and the differences by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.query.functions import Sum

from suppliers.licences.services import supplier_of, suppliers_by_ids
from suppliers.payments.rules import Flow, PayState, Statement, first_of, last_of, statements
from suppliers.payments.services.linking import linked_fen
from suppliers.payments.tables import Invoice, InvoiceDelivery
from suppliers.purchasing.services.accounted import (
    TAKEN,
    accepted_before,
    accepted_between,
    refused_between,
    taken_between,
)
from suppliers.purchasing.tables import Delivery

Sums = Mapping[int | None, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A seller's month; `supplier` None stands for the market and farmers that are not kept."""

    supplier: int | None
    name: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Taken:
    """A delivery and what slips account for of it."""

    row: Delivery
    linked_fen: int

    @property
    def open_fen(self) -> int:
        """What stands on no slip."""
        return int(self.row.fen) - self.linked_fen


@dataclass(frozen=True, slots=True)
class Differences:
    """What does not meet: accepted and on no slip; on slips and not accepted."""

    not_invoiced: list[Taken]
    not_accepted: list[dict[str, Any]]

    @property
    def not_invoiced_fen(self) -> int:
        """Their sum."""
        return sum(one.open_fen for one in self.not_invoiced)

    @property
    def not_accepted_fen(self) -> int:
        """What slips say beside accepted goods."""
        return sum(row["beside"] for row in self.not_accepted)


async def month_statements(school: int, month: date) -> list[Line]:
    """Every seller's statement of a month, by name."""
    first, last = first_of(month), last_of(month)
    before = _flows({}, await accepted_before(school, first), await _slips_before(school, first))
    within = _flows(
        await refused_between(school, first, last),
        await accepted_between(school, first, last),
        await _slips_between(school, first, last),
    )
    found = statements(before, within)
    kept = await suppliers_by_ids(school, [id_ for id_ in found if id_ is not None])
    lines = [Line(id_, kept[id_].name if id_ else "", one) for id_, one in found.items()]
    return sorted(lines, key=lambda line: (line.supplier is None, line.name))


async def statement_of(school: int, supplier: int | None, month: date) -> Line:
    """One seller's statement of a month; noughts when nothing moved. Raises Missing."""
    name = (await supplier_of(school, supplier)).name if supplier else ""
    lines = {line.supplier: line for line in await month_statements(school, month)}
    return lines.get(supplier, Line(supplier, name, Statement(Flow(), Flow())))


async def taken_of(school: int, supplier: int | None, first: date, last: date) -> list[Taken]:
    """Deliveries accepted from a day to a day of one seller (None: of no kept seller), with their slips."""
    rows = await taken_between(school, first, last, supplier)
    rows = [row for row in rows if row.supplier == supplier]
    used = await linked_fen(school, [row.id for row in rows])
    return [Taken(row, used.get(row.id, 0)) for row in rows]


async def slips_between(school: int, supplier: int | None, first: date, last: date) -> list[dict[str, Any]]:
    """The slips of one seller that count for these days, with their payments."""
    here = _standing(school) & _of(supplier) & (Invoice.booked_on >= first) & (Invoice.booked_on <= last)
    return list(await _select().where(here).order_by(Invoice.booked_on, Invoice.id))


async def slips_touching(school: int, supplier: int | None, first: date, last: date) -> list[dict[str, Any]]:
    """The slips of one seller that count for these days or were paid in them."""
    booked = (Invoice.booked_on >= first) & (Invoice.booked_on <= last)
    on = Invoice.payment.paid_on
    here = _standing(school) & _of(supplier) & (booked | ((on >= first) & (on <= last)))
    return list(await _select().where(here).order_by(Invoice.booked_on, Invoice.id))


async def differences(school: int, first: date, last: date) -> Differences:
    """Accepted but on no slip, and on slips but not accepted, from a day to a day."""
    rows = await taken_between(school, first, last)
    used = await linked_fen(school, [row.id for row in rows])
    taken = [Taken(row, used.get(row.id, 0)) for row in rows]
    here = _standing(school) & (Invoice.booked_on >= first) & (Invoice.booked_on <= last)
    slips = await _select().where(here).order_by(Invoice.booked_on, Invoice.id)
    goods = await _accepted_part([slip["id"] for slip in slips], school)
    beside = [{**slip, "beside": slip["fen"] - goods.get(slip["id"], 0)} for slip in slips]
    return Differences([one for one in taken if one.open_fen], [slip for slip in beside if slip["beside"]])


async def _accepted_part(slips: list[int], school: int) -> dict[int, int]:
    """How much of each slip is for deliveries that stand accepted today."""
    if not slips:
        return {}
    here: Any = (InvoiceDelivery.school == school) & InvoiceDelivery.invoice.is_in(slips)
    here &= InvoiceDelivery.delivery.state.is_in(list(TAKEN))
    rows = await (
        InvoiceDelivery.select(InvoiceDelivery.invoice, Sum(InvoiceDelivery.fen))
        .where(here)
        .group_by(InvoiceDelivery.invoice)
    )
    return {row["invoice"]: int(row["sum"]) for row in rows}


def _select() -> Any:
    return Invoice.select(
        *Invoice.all_columns(),
        Invoice.payment.number.as_alias("payment_number"),
        Invoice.payment.state.as_alias("payment_state"),
        Invoice.payment.paid_on.as_alias("paid_on"),
    )


def _standing(school: int) -> Any:
    return (Invoice.school == school) & Invoice.withdrawn_at.is_null()


def _of(supplier: int | None) -> Any:
    return Invoice.supplier.is_null() if supplier is None else Invoice.supplier == supplier


async def _slips_before(school: int, day: date) -> tuple[Sums, Sums, Sums]:
    booked = Invoice.booked_on < day
    linked = InvoiceDelivery.invoice.booked_on < day
    return await _slip_sums(school, booked, linked, Invoice.payment.paid_on < day)


async def _slips_between(school: int, first: date, last: date) -> tuple[Sums, Sums, Sums]:
    booked = (Invoice.booked_on >= first) & (Invoice.booked_on <= last)
    on = InvoiceDelivery.invoice.booked_on
    paid = Invoice.payment.paid_on
    return await _slip_sums(school, booked, (on >= first) & (on <= last), (paid >= first) & (paid <= last))


async def _slip_sums(school: int, booked: Any, linked: Any, paid: Any) -> tuple[Sums, Sums, Sums]:
    """On slips by delivery, on slips at all, paid: fen by supplier."""
    is_paid = paid & (Invoice.payment.state == PayState.PAID.value)
    of = InvoiceDelivery.invoice.supplier.as_alias("supplier")
    here = (InvoiceDelivery.school == school) & InvoiceDelivery.invoice.withdrawn_at.is_null()
    by_seller = (
        InvoiceDelivery.select(of, Sum(InvoiceDelivery.fen))
        .where(here & linked)
        .group_by(InvoiceDelivery.invoice.supplier)
    )
    rows = await by_seller
    links = {row["supplier"]: int(row["sum"] or 0) for row in rows}
    return links, await _invoice_sums(school, booked), await _invoice_sums(school, is_paid)


async def _invoice_sums(school: int, which: Any) -> dict[int | None, int]:
    asked = Invoice.select(Invoice.supplier, Sum(Invoice.fen)).where(_standing(school) & which)
    return {row["supplier"]: int(row["sum"] or 0) for row in await asked.group_by(Invoice.supplier)}


def _flows(refused: Sums, accepted: Sums, slips: tuple[Sums, Sums, Sums]) -> dict[int | None, Flow]:
    linked, invoiced, paid = slips
    every = {*refused, *accepted, *linked, *invoiced, *paid}
    return {
        s: Flow(refused.get(s, 0), accepted.get(s, 0), linked.get(s, 0), invoiced.get(s, 0), paid.get(s, 0))
        for s in every
    }
