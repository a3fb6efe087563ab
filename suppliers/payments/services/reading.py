"""Slips, payments and advances as pages show them: lists with search, filters and a cursor; one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from canteen.accounts.tables import Person
from canteen.kit.actor import Actor
from canteen.kit.names import normalised
from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from suppliers.licences.services import suppliers_by_ids
from suppliers.payments.rules import (
    InvoiceKind,
    PayState,
    Signed,
    Way,
    first_of,
    last_of,
    next_signature,
    role_findings,
    signature_findings,
)
from suppliers.payments.services.signing import signatures_of
from suppliers.payments.tables import Advance, Invoice, InvoiceDelivery, Payment
from suppliers.purchasing.services.accounted import accepted_lines

MOST = 5000
SLIP_FILTERS, SLIP_SORTS = ("kind", "state", "supplier", "month"), ("-day", "fen")
PAYMENT_FILTERS, PAYMENT_SORTS = ("state", "way", "month"), ("-day", "fen")
SLIP_STATES = ("free", "asked", "paid", "returned")


@dataclass(frozen=True, slots=True)
class PaymentView:
    """A payment with its slips and signatures; `may_sign`: it is this actor's turn."""

    row: Mapping[str, Any]
    slips: Sequence[Mapping[str, Any]]
    signatures: Mapping[Signed, Mapping[str, Any]]
    names: Mapping[int, str]
    may_sign: bool

    @property
    def next(self) -> Signed | None:
        """Whose signature is missing."""
        return next_signature({place: one["person"] for place, one in self.signatures.items()})

    def said(self, place: Signed) -> str:
        """Who signed there."""
        one = self.signatures.get(place)
        return str(one["name"]) if one else ""

    def lender(self, place: Signed) -> str:
        """For whom it was signed by delegation (授权代签)."""
        one = self.signatures.get(place)
        return self.names.get(one["for_person"] or 0, "") if one else ""


async def list_slips(school: int, asked: Listing) -> tuple[list[dict[str, Any]], str | None]:
    """One page of slips, the latest first. Filters: kind, state (SLIP_STATES), supplier, month."""
    here = (Invoice.school == school) & Invoice.withdrawn_at.is_null() & _slip_filters(asked)
    wanted = normalised(asked.q).replace("%", "").replace("_", "")
    if wanted:
        here &= Invoice.spelling.like(f"%{wanted}%") | Invoice.seller.like(f"%{asked.q.replace('%', '')}%")
    rows = await _page(
        _slip_select().where(here), asked, {"day": Invoice.booked_on, "fen": Invoice.fen}, Invoice
    )
    return asked.cut(rows, lambda row: _key(row, asked, "booked_on"))


async def all_slips(school: int, asked: Listing) -> list[dict[str, Any]]:
    """All that answer, for the same list as a workbook."""
    return (await list_slips(school, _whole(asked)))[0]


async def slip_view(school: int, slip: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A slip, and the deliveries it is for. Raises Missing."""
    rows = await _slip_select().where((Invoice.school == school) & (Invoice.id == slip))
    if not rows:
        raise Missing
    delivery = InvoiceDelivery.delivery
    links = await InvoiceDelivery.select(
        InvoiceDelivery.fen,
        delivery.as_alias("delivery"),
        delivery.number.as_alias("number"),
        delivery.arrived_on.as_alias("arrived_on"),
        delivery.state.as_alias("state"),
        delivery.fen.as_alias("accepted_fen"),
    ).where((InvoiceDelivery.school == school) & (InvoiceDelivery.invoice == slip))
    return rows[0], list(links)


async def voucher_facts(school: int, slip: int) -> tuple[dict[str, Any], list[dict[str, Any]], str]:
    """A farmer's voucher: the slip, the goods it is for, the farmer's masked number. Raises Missing."""
    row, links = await slip_view(school, slip)
    kept = await suppliers_by_ids(school, [row["supplier"]] if row["supplier"] else [])
    goods = await accepted_lines(school, [link["delivery"] for link in links])
    return row, goods, kept[row["supplier"]].identity_masked if kept else ""


async def free_slips(school: int) -> list[dict[str, Any]]:
    """Slips that may be put on a payment, by seller."""
    here = (Invoice.school == school) & Invoice.withdrawn_at.is_null() & Invoice.payment.is_null()
    asked = _slip_select().where(here & (Invoice.returned_reason == ""))
    return list(await asked.order_by(Invoice.seller, Invoice.booked_on, Invoice.id).limit(MOST))


async def list_payments(school: int, asked: Listing) -> tuple[list[dict[str, Any]], str | None]:
    """One page of payments, the latest first. Filters: state, way, month."""
    here: Any = Payment.school == school
    if (state := asked.filters.get("state", "")) in list(PayState):
        here &= Payment.state == state
    if (way := asked.filters.get("way", "")) in list(Way):
        here &= Payment.way == way
    if month := _month(asked):
        here &= (Payment.day >= first_of(month)) & (Payment.day <= last_of(month))
    if wanted := asked.q.replace("%", ""):
        here &= Payment.payee.like(f"%{wanted}%") | Payment.number.like(f"%{wanted.upper()}%")
    rows = await _page(
        Payment.select(*Payment.all_columns()).where(here),
        asked,
        {"day": Payment.day, "fen": Payment.fen},
        Payment,
    )
    return asked.cut(rows, lambda row: _key(row, asked, "day"))


async def all_payments(school: int, asked: Listing) -> list[dict[str, Any]]:
    """All that answer, for the same list as a workbook."""
    return (await list_payments(school, _whole(asked)))[0]


async def payment_view(actor: Actor, payment: int) -> PaymentView:
    """One payment whole. Raises Missing."""
    found = await _views(actor, (Payment.school == actor.school) & (Payment.id == payment))
    if not found:
        raise Missing
    return found[0]


async def waiting_for(actor: Actor) -> list[PaymentView]:
    """Payments whose next signature this person may give, the oldest first."""
    here = (Payment.school == actor.school) & (Payment.state == PayState.SIGNING.value)
    return [view for view in await _views(actor, here) if view.may_sign]


async def to_pay(actor: Actor) -> list[PaymentView]:
    """Payments that are approved and not paid, the oldest first."""
    here = (Payment.school == actor.school) & (Payment.state == PayState.APPROVED.value)
    return await _views(actor, here)


async def list_advances(school: int) -> list[dict[str, Any]]:
    """Advances, the open ones first."""
    rows = await (
        Advance.select(*Advance.all_columns(), Advance.person.name.as_alias("name"))
        .where(Advance.school == school)
        .order_by(Advance.id, ascending=False)
        .limit(MOST)
    )
    return sorted(rows, key=lambda row: row["settled_at"] is not None or row["dropped_at"] is not None)


async def advance_view(school: int, advance: int) -> dict[str, Any]:
    """One advance with the names of those in it, and its payment. Raises Missing."""
    rows = await Advance.select(
        *Advance.all_columns(),
        Advance.person.name.as_alias("name"),
        Advance.approved_by.name.as_alias("approved_name"),
        Advance.given_by.name.as_alias("given_name"),
        Advance.settled_by.name.as_alias("settled_name"),
    ).where((Advance.school == school) & (Advance.id == advance))
    if not rows:
        raise Missing
    here = (Payment.school == school) & (Payment.advance == advance)
    live = Payment.state != PayState.DROPPED.value
    payment = await Payment.select(Payment.id).where(here & live).first()
    return {**rows[0], "payment": payment["id"] if payment else None}


async def names_of(people: Sequence[int | None]) -> dict[int, str]:
    """Names by id, in one query."""
    wanted = sorted({person for person in people if person is not None})
    if not wanted:
        return {}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(wanted))
    return {row["id"]: row["name"] for row in rows}


async def _views(actor: Actor, here: Any) -> list[PaymentView]:
    rows = await Payment.select(*Payment.all_columns()).where(here).order_by(Payment.day, Payment.id)
    ids = [row["id"] for row in rows]
    slips: dict[int, list[dict[str, Any]]] = {id_: [] for id_ in ids}
    mine = (Invoice.school == actor.school) & Invoice.payment.is_in(ids or [0])
    for slip in await _slip_select().where(mine).order_by(Invoice.id):
        slips[slip["payment"]].append(slip)
    given: dict[int, dict[Signed, dict[str, Any]]] = {id_: {} for id_ in ids}
    for one in await signatures_of(actor.school, ids):
        given[one["payment"]][Signed(one["role"])] = one
    people = [one["for_person"] for signed in given.values() for one in signed.values()]
    names = await names_of([*people, *(row["paid_by"] for row in rows), *(row["entered_by"] for row in rows)])
    return [
        PaymentView(row, slips[row["id"]], given[row["id"]], names, _may_sign(actor, row, given[row["id"]]))
        for row in rows
    ]


def _may_sign(actor: Actor, row: Mapping[str, Any], given: Mapping[Signed, Mapping[str, Any]]) -> bool:
    signed = {place: int(one["person"]) for place, one in given.items()}
    place = next_signature(signed)
    if place is None or row["state"] != PayState.SIGNING.value:
        return False
    lent = {one["for_person"] for one in given.values()}
    stops = [*role_findings(actor.roles, place), *signature_findings(signed, place, actor.person)]
    return not stops and actor.person not in lent


def _slip_select() -> Any:
    return Invoice.select(
        *Invoice.all_columns(),
        Invoice.payment.number.as_alias("payment_number"),
        Invoice.payment.state.as_alias("payment_state"),
        Invoice.payment.paid_on.as_alias("paid_on"),
        Invoice.entered_by.name.as_alias("who"),
    )


def _slip_filters(asked: Listing) -> Any:
    here: Any = Invoice.id > 0
    if (kind := asked.filters.get("kind", "")) in list(InvoiceKind):
        here &= Invoice.kind == kind
    if (supplier := asked.filters.get("supplier", "")).isdecimal() and len(supplier) < 19:
        here &= Invoice.supplier == int(supplier)
    if month := _month(asked):
        here &= (Invoice.booked_on >= first_of(month)) & (Invoice.booked_on <= last_of(month))
    match asked.filters.get("state", ""):
        case "free":
            here &= Invoice.payment.is_null() & (Invoice.returned_reason == "")
        case "returned":
            here &= Invoice.payment.is_null() & (Invoice.returned_reason != "")
        case "asked":
            here &= Invoice.payment.is_not_null() & (Invoice.payment.state != PayState.PAID.value)
        case "paid":
            here &= Invoice.payment.state == PayState.PAID.value
    return here


def month_asked(text: str, today: date) -> date:
    """The first day of `2026-11`, or of today's month."""
    return first_of(_day(f"{text}-01") or today)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _month(asked: Listing) -> date | None:
    return _day(f"{asked.filters.get('month', '')}-01")


def _whole(asked: Listing) -> Listing:
    return Listing(q=asked.q, filters=asked.filters, sort=asked.sort, limit=MOST)


async def _page(query: Any, asked: Listing, columns: Mapping[str, Any], table: Any) -> list[dict[str, Any]]:
    """The rows after the cursor, one more than a page; the id decides between equals."""
    down = asked.sort.startswith("-")
    column = columns.get(asked.sort.removeprefix("-"), columns["day"])
    match asked.after:
        case [str() | int() as value, int() as last]:
            edge = _day(value) or date.max if isinstance(value, str) else value
            beyond = (column < edge) if down else (column > edge)
            query = query.where(
                beyond | ((column == edge) & ((table.id < last) if down else (table.id > last)))
            )
    return list(await query.order_by(column, table.id, ascending=not down).limit(asked.limit + 1))


def _key(row: Mapping[str, Any], asked: Listing, day: str) -> tuple[Any, int]:
    value = row["fen"] if asked.sort.removeprefix("-") == "fen" else row[day].isoformat()
    return value, row["id"]
