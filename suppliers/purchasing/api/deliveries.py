"""Deliveries as JSON. A program hands in what is to come; two people at the door decide about it."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from canteen.accounts.api import api_get, api_post
from canteen.kit.actor import Actor
from canteen.kit.described import PathId, listed
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import listing
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from suppliers.purchasing.forms.deliveries import DeliveryForm, ImportOptions
from suppliers.purchasing.rules import WayIn
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.services.deliveries import DeliveryView

AnyRequest = Request[Any, Any, Any]
ASKED = {
    "state": "draft, provisional, accepted, part, refused or replaced.",
    "supplier": "A supplier's id.",
    "category": "A category of goods.",
    "first": "From this day on.",
    "last": "Up to this day.",
    "exception": "`1`: the principal decided about it.",
}


class DeliveryLineOut(msgspec.Struct, frozen=True):
    """One good that came; quantities are grams, or pieces of what is counted."""

    position: int
    good: str
    name: str
    category: str
    unit: str
    ordered: int | None
    delivered: int
    weighed: int | None
    accepted: int
    price_fen: int
    amount_fen: int
    batch_number: str
    produced_on: date | None
    expires_on: date | None
    temperature_celsius: float | None
    verdict: str | None
    refusal: str | None
    lot: str | None


class DeliveryOut(msgspec.Struct, frozen=True):
    """A delivery. A draft has no lines yet; `stops` are the rules that stood against it."""

    id: str
    number: str
    state: str
    kind: str
    supplier: str | None
    canteen: str
    arrived_at: datetime
    note_number: str
    amount_fen: int
    stops: list[str]
    exception_reason: str
    entered_late: bool
    corrects: str | None
    lines: list[DeliveryLineOut]


class DeliveryHead(msgspec.Struct, frozen=True):
    """A delivery in a list, with the names of its goods."""

    id: str
    number: str
    state: str
    supplier: str | None
    arrived_at: datetime
    note_number: str
    amount_fen: int
    goods: list[str]


class DeliveriesOut(msgspec.Struct, frozen=True):
    """A page of deliveries; `next` is the cursor of the following one."""

    items: list[DeliveryHead]
    next: str | None


class ImportedOut(msgspec.Struct, frozen=True):
    """How many deliveries a file held."""

    deliveries: int


def _text(id_: int | None) -> str | None:
    return None if id_ is None else str(id_)


def _line(line: Any) -> DeliveryLineOut:
    tenths = line.celsius_tenths
    return DeliveryLineOut(
        position=line.position,
        good=str(line.good),
        name=line.name,
        category=line.category,
        unit=line.unit,
        ordered=line.ordered,
        delivered=line.delivered,
        weighed=line.weighed,
        accepted=line.accepted,
        price_fen=line.price_fen,
        amount_fen=line.fen,
        batch_number=line.batch_number,
        produced_on=line.produced_on,
        expires_on=line.expires_on,
        temperature_celsius=None if tenths is None else tenths / 10,
        verdict=line.verdict,
        refusal=line.refusal,
        lot=_text(line.lot),
    )


def delivery_out(view: DeliveryView) -> DeliveryOut:
    """The delivery as programs read it."""
    row = view.row
    return DeliveryOut(
        id=str(row.id),
        number=row.number,
        state=row.state,
        kind=row.kind,
        supplier=_text(row.supplier),
        canteen=str(row.canteen),
        arrived_at=row.arrived_at,
        note_number=row.note_number,
        amount_fen=row.fen,
        stops=[finding.rule for finding in view.stops],
        exception_reason=row.exception_reason,
        entered_late=view.late,
        corrects=_text(row.corrects),
        lines=[_line(line) for line in view.lines],
    )


@api_get("/api/v1/deliveries", "purchasing.read", asks=listed(ASKED, searched=True))
async def list_deliveries(request: AnyRequest, actor: NamedDependency[Actor]) -> DeliveriesOut:
    """Deliveries, the latest day first; `q` searches number, delivery note and supplier."""
    asked = listing(request, filters=deliveries.FILTERS)
    rows, following = await deliveries.list_deliveries(actor.school, asked)
    return DeliveriesOut([_head(one.row, one.goods) for one in rows], following)


def _head(row: Any, goods: tuple[str, ...]) -> DeliveryHead:
    return DeliveryHead(
        id=str(row["id"]),
        number=row["number"],
        state=row["state"],
        supplier=_text(row["supplier"]),
        arrived_at=row["arrived_at"],
        note_number=row["note_number"],
        amount_fen=row["fen"],
        goods=list(goods),
    )


@api_get("/api/v1/deliveries/{delivery:int}", "purchasing.read")
async def get_delivery(actor: NamedDependency[Actor], delivery: PathId) -> DeliveryOut:
    """One delivery with its lines."""
    return delivery_out(await deliveries.view_of(actor.school, delivery))


@api_post("/api/v1/deliveries", "purchasing.receive", takes=DeliveryForm)
async def create_delivery(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> DeliveryOut:
    """Hand in a delivery as a draft: two people at the door look at the goods and decide.

    The form is read as strictly as at the door. The same `client_id` sent twice is one delivery.
    """
    typed = await read_form(request)
    parse(DeliveryForm, typed)
    shown = deliveries.as_shown(typed)
    id_, _version = await deliveries.save_draft(actor, shown, now=now, way_in=WayIn.PROGRAM)
    return delivery_out(await deliveries.view_of(actor.school, id_))


@api_post("/api/v1/deliveries/import", "purchasing.receive", with_file=ImportOptions)
async def import_deliveries(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> ImportedOut:
    """Take over a file of past deliveries; all rows or none."""
    typed = await read_form(request)
    file = typed.get("file")
    if not isinstance(file, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    form, data = parse(ImportOptions, typed), await file.read()
    count = await deliveries.import_deliveries(actor, data, file.filename, again=form.again, now=now)
    return ImportedOut(count)


routes: list[Any] = [list_deliveries, get_delivery, create_delivery, import_deliveries]
