"""Which deliveries a slip is for, and how much of each: n slips for m deliveries."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from piccolo.query.functions import Sum

from canteen.kit.actor import Actor
from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.payments.forms import SlipForm
from suppliers.payments.rules import said_yuan
from suppliers.payments.services.books import kept_id
from suppliers.payments.tables import Invoice, InvoiceDelivery
from suppliers.purchasing.services.accounted import TAKEN
from suppliers.purchasing.tables import Delivery


def wanted_links(form: SlipForm) -> dict[int, int]:
    """Fen by delivery, of the lines that say a sum."""
    found: dict[int, int] = {}
    for link in form.links:
        if link.fen:
            found[link.delivery] = found.get(link.delivery, 0) + link.fen
    return found


async def linked_fen(school: int, deliveries: Iterable[int], *, but: int = 0) -> dict[int, int]:
    """What slips that stand account for of each delivery; `but` leaves one slip out."""
    wanted = sorted(set(deliveries))
    if not wanted:
        return {}
    here: Any = (InvoiceDelivery.school == school) & InvoiceDelivery.delivery.is_in(wanted)
    here &= InvoiceDelivery.invoice.withdrawn_at.is_null() & (InvoiceDelivery.invoice != but)
    rows = await (
        InvoiceDelivery.select(InvoiceDelivery.delivery, Sum(InvoiceDelivery.fen))
        .where(here)
        .group_by(InvoiceDelivery.delivery)
    )
    return {row["delivery"]: int(row["sum"]) for row in rows}


async def link_findings(
    school: int, form: SlipForm, row: Invoice, links: Mapping[int, int], rows: Mapping[int, Delivery]
) -> list[Finding]:
    """Why a slip cannot be for these deliveries: not accepted, of another seller, or on slips already."""
    used = await linked_fen(school, links, but=kept_id(row))
    found: list[Finding] = []
    places = {link.delivery: place for place, link in enumerate(form.links)}
    for id_, fen in links.items():
        found += _one(row, rows[id_], fen, used.get(id_, 0), f"links.{places[id_]}.fen")
    return found


def _one(row: Invoice, delivery: Delivery, fen: int, used: int, at: str) -> list[Finding]:
    if delivery.state not in TAKEN:
        message = _("Delivery {number} was not accepted: nothing is paid for it.")
        return [error("not_accepted", message, at, number=delivery.number)]
    if delivery.supplier != row.supplier:
        message = _("Delivery {number} is of another seller.")
        return [error("other_seller", message, at, number=delivery.number)]
    if used + fen > delivery.fen:
        message = _("Delivery {number}: {open} yuan of {accepted} are left to account for.")
        facts = {"open": said_yuan(delivery.fen - used), "accepted": said_yuan(delivery.fen)}
        return [error("delivery_over", message, at, number=delivery.number, **facts)]
    return []


async def keep_links(actor: Actor, slip: int, links: Mapping[int, int], *, now: datetime) -> None:
    """Step: these and no others."""
    here = (InvoiceDelivery.school == actor.school) & (InvoiceDelivery.invoice == slip)
    await InvoiceDelivery.delete().where(here)
    rows = [
        InvoiceDelivery(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            invoice=slip,
            delivery=delivery,
            fen=fen,
        )
        for delivery, fen in links.items()
    ]
    if rows:
        await InvoiceDelivery.insert(*rows)
