"""Steps that write a delivery: its row, its lines, its papers, and the lots it becomes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import fresh, insert_rows
from canteen.kit.problems import Conflict, Refused, error
from canteen.kit.texts import _
from canteen.schools.services.serials import next_serial
from canteen.schools.tables import Upload
from suppliers.purchasing.forms.deliveries import BatchPaperForm, DeliveryForm
from suppliers.purchasing.rules import (
    DeliveryState,
    DoorLine,
    DoorPaper,
    Verdict,
    WayIn,
    cost,
)
from suppliers.purchasing.services.deliveries.reading import Read
from suppliers.purchasing.tables import BatchPaper, Delivery, DeliveryLine
from suppliers.stock.rules import LotState, NewLot, Origin
from suppliers.stock.services import issue_whole, receive
from suppliers.stock.tables import Slip


def kept(values: Iterable[Any]) -> str:
    """A JSON list."""
    return msgspec.json.encode(list(values)).decode()


async def number_for(school: int, day_year: int) -> str:
    """Step: `JH-2026-00012` (进货); it counts within the year."""
    return f"JH-{day_year}-{await next_serial(school, f'delivery-{day_year}'):05d}"


async def refuse_strange_photos(school: int, digests: Iterable[str]) -> None:
    """Step: raise Refused for a photo that is not the school's own."""
    wanted = sorted(set(digests))
    if not wanted:
        return
    here = (Upload.school == school) & Upload.digest.is_in(wanted)
    known = set(await Upload.select(Upload.digest).where(here).output(as_list=True))
    if len(known) < len(wanted):
        message = _("A photo was not kept. Take it again.")
        raise Refused([error("photo_unknown", message, "photos")])


def photos_of(form: DeliveryForm) -> list[str]:
    """Every photo that a delivery names."""
    of_lines = [digest for line in form.lines for digest in line.photos]
    return [*form.photos, *of_lines, *(digest for paper in form.papers for digest in paper.photos)]


def blank_row(actor: Actor, read: Read, now: datetime) -> Delivery:
    """A delivery that nobody has decided about."""
    return Delivery(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        way_in=WayIn.DOOR.value,
        state=DeliveryState.DRAFT.value,
        typed=None,
        slips="[]",
        version=1,
        stops="[]",
        checked_by=None,
        checked_at=None,
        second_by=None,
        second_at=None,
        exception_by=None,
        exception_at=None,
        exception_reason="",
        fen=0,
        corrects=None,
        number="",
        **head_of(read.form, read),
    )


def head_of(form: DeliveryForm, read: Read) -> dict[str, Any]:
    """What the head of a form says, as columns."""
    return {
        "canteen": read.canteen,
        "kind": form.kind.value,
        "supplier": read.supplier.id if read.supplier else None,
        "source": read.source.value,
        "order": form.order,
        "plan": form.plan,
        "arrived_at": read.arrived_at,
        "arrived_on": read.arrived_on,
        "note_number": form.note_number,
        "bought_by": None,
        "companion": form.companion,
        "client_id": form.client_id or None,
        "photos": kept(form.photos),
        "note": form.note,
    }


async def claim(actor: Actor, delivery: int, version: int | None) -> Delivery:
    """Step: the draft, if it still is as it was when it was opened. Raises Missing and Conflict."""
    here = (Delivery.school == actor.school) & (Delivery.id == delivery)
    is_draft = here & (Delivery.state == DeliveryState.DRAFT.value)
    changed = is_draft if version is None else is_draft & (Delivery.version == version)
    rows = (
        await Delivery.update({Delivery.version: Delivery.version + 1}).where(changed).returning(Delivery.id)
    )
    if not rows:
        message = _(
            "Somebody else has saved this delivery meanwhile. What you typed is still here: compare both."
        )
        raise Conflict([error("delivery_changed", message)])
    found: Delivery | None = await Delivery.objects().where(here).first()
    assert found is not None
    return found


def lines_of(actor: Actor, row: Delivery, read: Read, now: datetime) -> list[DeliveryLine]:
    """The lines of a delivery that is decided about, not kept yet: they become lots first."""
    return [_line_row(actor, row, read, line, now) for line in read.door.lines]


async def write_lines(
    actor: Actor, row: Delivery, lines: Sequence[DeliveryLine], read: Read, now: datetime
) -> None:
    """Step: the lines and papers of a delivery that was decided about."""
    await insert_rows(lines)
    await insert_rows([_paper_row(actor, row, paper, form, now) for paper, form in read.papers])


def _line_row(actor: Actor, row: Delivery, read: Read, line: DoorLine, now: datetime) -> DeliveryLine:
    typed, weighed = read.forms[line.at], line.weighed
    price = line.price_fen or 0
    return fresh(
        DeliveryLine,
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        delivery=row.id,
        position=line.position,
        arrived_on=read.arrived_on,
        supplier=row.supplier,
        good=line.good.id,
        name=line.good.name,
        category=line.good.category.value,
        spec=typed.spec or line.good.spec,
        unit=typed.unit or line.good.unit,
        ordered=weighed.ordered,
        delivered=weighed.delivered,
        weighed=weighed.weighed,
        gross=weighed.gross,
        tare=weighed.tare,
        deducted=weighed.deducted,
        accepted=weighed.accepted,
        price_fen=price,
        fen=cost(weighed.accepted, price, weighed.unit_quantity),
        fen_per_kg=line.fen_per_kg,
        batch_number=typed.batch_number,
        produced_on=typed.produced_on,
        expires_on=line.expires_on,
        producer=typed.producer,
        producer_contact=typed.producer_contact,
        celsius_tenths=typed.celsius,
        senses=msgspec.json.encode(line.senses).decode(),
        **_verdict(line, typed.refusal_note),
        photos=kept(typed.photos),
        meal=str(typed.meal or ""),
        lot=None,
    )


def _verdict(line: DoorLine, note: str) -> dict[str, Any]:
    refused = line.verdict is not Verdict.ACCEPTED
    return {
        "verdict": line.verdict.value,
        "refusal": line.refusal.value if line.refusal and refused else None,
        "refusal_note": note if refused else "",
    }


def _paper_row(
    actor: Actor, row: Delivery, paper: DoorPaper, form: BatchPaperForm, now: datetime
) -> BatchPaper:
    return fresh(
        BatchPaper,
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        delivery=row.id,
        kind=paper.kind.value,
        number=form.number,
        form=form.form,
        issued_on=form.issued_on,
        issued_at_minute=paper.certificate.minute,
        issuer=form.issuer,
        lines=kept(sorted(paper.covers)),
        photos=kept(form.photos),
    )


async def put_into_store(
    actor: Actor, row: Delivery, lines: Sequence[DeliveryLine], *, locked: str, now: datetime
) -> list[Slip]:
    """Step: what was accepted becomes lots (入库单), and what goes to a meal at once leaves again (出库单).

    Each line learns its lot. `locked` says why the lots may not be used yet; locked goods go to no meal.
    """
    taken = [line for line in lines if line.accepted]
    if not taken:
        return []
    lots = [_lot(row, line, locked) for line in taken]
    slip, made = await receive(actor, row.canteen, lots, happened_at=row.arrived_at, now=now)
    for line, lot in zip(taken, made, strict=True):
        line.lot = lot.id
    issued = [] if locked else await issue_direct(actor, row, taken, now=now)
    return [slip, *issued]


async def issue_direct(
    actor: Actor, row: Delivery, lines: Sequence[DeliveryLine], *, now: datetime
) -> list[Slip]:
    """Step: lines that go to a meal at once, a slip for each meal."""
    slips = []
    for meal in dict.fromkeys(line.meal for line in lines if line.meal and line.lot):
        lots = [line.lot for line in lines if line.meal == meal and line.lot]
        at = row.arrived_at if row.arrived_on == local_day(now) else now
        slips.append(await issue_whole(actor, row.canteen, lots, meal=meal, happened_at=at, now=now))
    return slips


def told_slips(slips: Iterable[Slip]) -> list[dict[str, Any]]:
    """The papers of the store as a delivery keeps them."""
    return [{"id": s.id, "kind": s.kind, "number": s.number, "meal": s.meal} for s in slips]


def _lot(row: Delivery, line: DeliveryLine, locked: str) -> NewLot:
    return NewLot(
        good=line.good,
        quantity=line.accepted,
        fen=line.fen,
        origin=Origin.DELIVERY,
        origin_id=row.id,
        supplier=row.supplier,
        spec=line.spec,
        producer=line.producer,
        batch_number=line.batch_number,
        produced_on=line.produced_on,
        expires_on=line.expires_on,
        state=LotState.LOCKED if locked else LotState.OPEN,
        state_reason=locked,
    )
