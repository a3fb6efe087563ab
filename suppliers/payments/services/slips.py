"""Deeds on slips: enter with what they are for, mend, take back, send back. One slip is used once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, acts_at
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.names import normalised
from canteen.kit.problems import Finding, Forbidden, Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from canteen.kit.uploads import Stored
from canteen.notices.services.posting import Note, tell
from canteen.schools.services.uploads import keep_upload
from suppliers.licences.services import supplier_of
from suppliers.payments.forms import ReasonForm, SlipForm
from suppliers.payments.rules import InvoiceKind, Slip, likeness_findings, plain_number, slip_findings
from suppliers.payments.services.books import (
    closed_findings,
    hold_books,
    kept_id,
    own_number,
    refuse_closed,
    refuse_unseen,
)
from suppliers.payments.services.linking import keep_links, link_findings, wanted_links
from suppliers.payments.services.using import claim, release
from suppliers.payments.tables import Invoice
from suppliers.purchasing.services.accounted import deliveries_by_ids
from suppliers.purchasing.tables import Delivery

OWN = (InvoiceKind.FARMER, InvoiceKind.PLAIN)


async def add_slip(actor: Actor, form: SlipForm, photos: Sequence[Stored], *, now: datetime) -> int:
    """A slip and the deliveries it is for; returns its id.

    Raises Missing, Forbidden for deliveries of another canteen, and Refused with everything that is wrong:
    `sums_differ`, `delivery_over`, `month_closed`, `slip_used` (here or in any other school) ...
    """
    async with write():
        await hold_books(actor.school)
        row = await _blank(actor, form, now)
        links, found = await _judged(actor, form, row, now)
        if not form.number and not found and form.kind in OWN:
            await _number(row, form)
        refuse_if(found)
        await claim(row)
        row.photos = await _kept(actor, (), photos, now)
        await row.save()
        await keep_links(actor, row.id, links, now=now)
        after = _told(row, links)
        await record(actor, "payments.add_slip", subject="invoice", subject_id=row.id, after=after, now=now)
    return int(row.id)


async def change_slip(
    actor: Actor, slip: int, form: SlipForm, photos: Sequence[Stored], *, now: datetime
) -> None:
    """Mend a slip that nobody has asked to pay; new photos come behind those it has.

    Raises like add_slip, and Refused: `slip_asked`, `changed_meanwhile`.
    """
    async with write():
        await hold_books(actor.school)
        row = await slip_of(actor.school, slip)
        refuse_if([*_free_findings(row), *refuse_unseen(form.seen, row.changed_at)])
        await refuse_closed(actor.school, row.booked_on)
        before = _told(row, {})
        await release(row)
        for name, value in (await _columns(actor, form)).items():
            setattr(row, name, value if name != "number" or value else row.number)
        row.spelling = plain_number(form.kind, row.number)
        row.changed_at, row.returned_reason = now, ""
        links, found = await _judged(actor, form, row, now)
        refuse_if(found)
        await claim(row)
        row.photos = await _kept(actor, photos_of(row), photos, now)
        await row.save()
        await keep_links(actor, slip, links, now=now)
        about: dict[str, Any] = {"subject": "invoice", "subject_id": slip, "before": before}
        await record(actor, "payments.change_slip", **about, after=_told(row, links), now=now)


async def withdraw_slip(actor: Actor, slip: int, form: ReasonForm, *, now: datetime) -> None:
    """Take a slip back: it counts nowhere, and its number may be used again. Raises Missing, Refused."""
    async with write():
        await hold_books(actor.school)
        row = await slip_of(actor.school, slip)
        refuse_if(_free_findings(row))
        await refuse_closed(actor.school, row.booked_on)
        await release(row)
        await _update(row, {"withdrawn_at": now, "changed_at": now, "note": form.reason})
        after = {"number": row.number, "reason": form.reason}
        await record(
            actor, "payments.withdraw_slip", subject="invoice", subject_id=slip, after=after, now=now
        )


async def return_slip(actor: Actor, slip: int, form: ReasonForm, *, now: datetime) -> None:
    """Finance gives a slip back to whoever entered it: it is not paid before it is mended."""
    async with write():
        await hold_books(actor.school)
        row = await slip_of(actor.school, slip)
        refuse_if(_free_findings(row))
        await _update(row, {"returned_reason": form.reason, "changed_at": now})
        if row.entered_by is not None:
            await tell(actor.school, _returned(row, form.reason), now=now, by=actor.person)
        after = {"number": row.number, "reason": form.reason}
        await record(actor, "payments.return_slip", subject="invoice", subject_id=slip, after=after, now=now)


async def slip_of(school: int, slip: int) -> Invoice:
    """A slip that stands. Raises Missing, for one that was taken back too."""
    here = (Invoice.school == school) & (Invoice.id == slip) & Invoice.withdrawn_at.is_null()
    found: Invoice | None = await Invoice.objects().where(here).first()
    if found is None:
        raise Missing
    return found


def photos_of(row: Any) -> tuple[str, ...]:
    """The digests of a slip's photos."""
    kept = row["photos"] if isinstance(row, Mapping) else row.photos
    return tuple(msgspec.json.decode(kept, type=list[str]))


async def _blank(actor: Actor, form: SlipForm, now: datetime) -> Invoice:
    return Invoice(
        **await _columns(actor, form),
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        photos="[]",
        payment=None,
        withdrawn_at=None,
        returned_reason="",
        changed_at=now,
    )


async def _columns(actor: Actor, form: SlipForm) -> dict[str, Any]:
    supplier = await supplier_of(actor.school, form.supplier) if form.supplier else None
    return {
        "supplier": form.supplier,
        "seller": supplier.name if supplier else form.seller,
        "seller_code": supplier.credit_code if supplier else "",
        "kind": form.kind.value,
        "number": form.number,
        "spelling": plain_number(form.kind, form.number),
        "issued_on": form.issued_on,
        "booked_on": form.booked_on or form.issued_on,
        "fen": form.fen,
        "note": form.note,
    }


async def _number(row: Invoice, form: SlipForm) -> None:
    row.number = await own_number(row.school, form.kind, form.issued_on)
    row.spelling = plain_number(form.kind, row.number)


async def _judged(
    actor: Actor, form: SlipForm, row: Invoice, now: datetime
) -> tuple[dict[int, int], list[Finding]]:
    """What the slip is for, and everything that is wrong with it. Raises Missing and Forbidden."""
    links = wanted_links(form)
    rows = await deliveries_by_ids(actor.school, links)
    if len(rows) < len(links):
        raise Missing
    _refuse_other_canteens(actor, list(rows.values()))
    slip = Slip(
        form.kind, row.seller, row.number, row.issued_on, row.fen, sum(links.values()), row.seller_code
    )
    found = [
        *([] if row.seller else [error("missing", _("This is required."), "seller")]),
        *slip_findings(slip, local_day(now), reason=form.note),
        *_booking_findings(row.issued_on, row.booked_on, local_day(now)),
        *await closed_findings(actor.school, row.booked_on, "booked_on"),
        *await link_findings(actor.school, form, row, links, rows),
        *await _alike(row, form),
    ]
    return links, found


def _booking_findings(issued: date, booked: date, today: date) -> list[Finding]:
    """A slip counts for its own day or a later one, not for one to come."""
    if booked < issued or (booked > today and booked != issued):
        message = _("A slip counts for its own day, or for a later one up to today.")
        return [error("booked_wrong", message, "booked_on")]
    return []


def _refuse_other_canteens(actor: Actor, rows: Sequence[Delivery]) -> None:
    places = {row.canteen for row in rows} or {None}
    if not all(acts_at(actor, canteen) for canteen in places):
        raise Forbidden


async def _alike(row: Invoice, form: SlipForm) -> list[Finding]:
    """Bare slips have no number of their own to know them by."""
    if form.kind is not InvoiceKind.PLAIN or form.number:
        return []
    here = (Invoice.school == row.school) & Invoice.withdrawn_at.is_null() & (Invoice.id != kept_id(row))
    here &= (Invoice.kind == row.kind) & (Invoice.issued_on == row.issued_on) & (Invoice.fen == row.fen)
    found = await Invoice.select(Invoice.number, Invoice.seller).where(here)
    same = [other["number"] for other in found if normalised(other["seller"]) == normalised(row.seller)]
    return likeness_findings(same[0] if same else "", form.note)


def _free_findings(row: Invoice) -> list[Finding]:
    if row.payment is None:
        return []
    message = _("This slip is on a payment already; drop the payment first.")
    return [error("slip_asked", message)]


async def _kept(actor: Actor, before: Sequence[str], photos: Sequence[Stored], now: datetime) -> str:
    for stored in photos:
        await keep_upload(actor, stored, now=now)
    digests = list(dict.fromkeys([*before, *(stored.digest for stored in photos)]))
    if len(digests) > 20:
        raise Refused([error("too_many_scans", _("At most {most} pages a paper."), "scans", most=20)])
    return msgspec.json.encode(digests).decode()


async def _update(row: Invoice, values: dict[str, Any]) -> None:
    await Invoice.update(values).where((Invoice.school == row.school) & (Invoice.id == row.id))  # type: ignore[arg-type]


def _returned(row: Invoice, reason: str) -> Note:
    return Note(
        "payments.returned",
        _("Slip {number} of {seller} comes back from finance: {reason}"),
        "invoice",
        row.id,
        people=(row.entered_by,),
        facts={"number": row.number, "seller": row.seller, "reason": reason},
        link=f"/payments/slips/{row.id}",
    )


def _told(row: Invoice, links: Mapping[int, int]) -> dict[str, Any]:
    names = ("seller", "kind", "number", "issued_on", "booked_on", "fen", "note")
    return {**{name: getattr(row, name) for name in names}, "linked_fen": sum(links.values())}
