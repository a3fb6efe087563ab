"""Suppliers and papers as JSON."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_get, api_post
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId, listed
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import listing
from suppliers.licences import services
from suppliers.licences.forms import ReasonForm, StandingForm, SupplierForm
from suppliers.licences.services import PaperView, Supplier
from suppliers.licences.services.papers import list_papers

AnyRequest = Request[Any, Any, Any]
ASKED = {
    "source": "Only this kind of seller: producer, trader, market, farmer, slaughterhouse, workshop …",
    "category": "Only sellers of these goods: grain, oil, pork, meat, egg, produce …",
    "standing": "active, warned, suspended, blacklisted or left; left out: all that supply.",
    "papers": "Only sellers with a paper in this state: pending, verified, expiring, expired.",
}
PAPERS_ASKED = {
    "supplier": "The id of a supplier: only its papers.",
    "checked": "pending, verified, rejected or superseded.",
}


class SupplierOut(msgspec.Struct, frozen=True):
    """A supplier. `identity_masked` is of a farmer; `version` goes back as `seen` with a change."""

    id: str
    name: str
    source: str
    categories: list[str]
    credit_code: str
    identity_masked: str
    contact: str
    phone: str
    address: str
    standing: str
    standing_reason: str
    clean_since: date | None
    listed_checked_on: date | None
    from_district: bool
    version: str


class SuppliersOut(msgspec.Struct, frozen=True):
    """A page of suppliers; `next` is the cursor of the following one."""

    items: list[SupplierOut]
    next: str | None


class LicenceOut(msgspec.Struct, frozen=True):
    """A paper. `state` is how it stands today: pending, verified, expiring, expired, rejected, superseded;
    `days_left` 0 on its last day, null without an end; `supplier` null for the school's own.
    """

    id: str
    supplier: str | None
    kind: str
    number: str
    holder: str
    issuer: str
    scope: str
    categories: list[str]
    valid_from: date | None
    valid_to: date | None
    state: str
    days_left: int | None
    arrival: str
    verified_at: datetime | None
    scans: list[str]


class LicencesOut(msgspec.Struct, frozen=True):
    """A page of papers; `next` is the cursor of the following one."""

    items: list[LicenceOut]
    next: str | None


def supplier_out(row: Supplier) -> SupplierOut:
    """The supplier as programs read it."""
    return SupplierOut(
        id=str(row.id),
        name=row.name,
        source=row.source,
        categories=sorted(services.categories_of(row.categories)),
        credit_code=row.credit_code,
        identity_masked=row.identity_masked,
        contact=row.contact,
        phone=row.phone,
        address=row.address,
        standing=row.standing,
        standing_reason=row.standing_reason,
        clean_since=row.clean_since,
        listed_checked_on=row.listed_checked_on,
        from_district=row.origin_id is not None,
        version=row.changed_at.isoformat(),
    )


def licence_out(view: PaperView) -> LicenceOut:
    """The paper as programs read it."""
    row, paper = view.row, view.paper
    return LicenceOut(
        id=str(paper.id),
        supplier=str(row["supplier"]) if row["supplier"] else None,
        kind=paper.kind.value,
        number=paper.number,
        holder=row["holder"],
        issuer=row["issuer"],
        scope=row["scope"],
        categories=sorted(paper.categories),
        valid_from=paper.valid_from,
        valid_to=paper.valid_to,
        state=view.standing.state.value,
        days_left=view.standing.days_left,
        arrival=row["arrival"],
        verified_at=row["checked_at"] if row["checked"] == "verified" else None,
        scans=list(view.scans),
    )


@api_get("/api/v1/suppliers", "licences.read", asks=listed(ASKED, searched=True))
async def list_suppliers(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> SuppliersOut:
    """The school's suppliers by name."""
    asked = listing(request, filters=services.FILTERS)
    lines, following = await services.list_suppliers(actor.school, asked, today=local_day(now))
    return SuppliersOut([supplier_out(line.row) for line in lines], following)


@api_get("/api/v1/suppliers/{supplier:int}", "licences.read")
async def get_supplier(actor: NamedDependency[Actor], supplier: PathId) -> SupplierOut:
    """One supplier."""
    return supplier_out(await services.supplier_of(actor.school, supplier))


@api_post("/api/v1/suppliers", "licences.edit", takes=SupplierForm)
async def create_supplier(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> SupplierOut:
    """Add a supplier."""
    supplier = await services.add_supplier(actor, parse(SupplierForm, await read_form(request)), now=now)
    return supplier_out(await services.supplier_of(actor.school, supplier))


@api_post("/api/v1/suppliers/{supplier:int}/changes", "licences.edit", takes=SupplierForm)
async def change_supplier(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    supplier: PathId,
) -> SupplierOut:
    """Change a supplier: the whole form, `seen` the version it was made from."""
    form = parse(SupplierForm, await read_form(request))
    await services.change_supplier(actor, supplier, form, now=now)
    return supplier_out(await services.supplier_of(actor.school, supplier))


@api_post("/api/v1/suppliers/{supplier:int}/standing", "licences.standing", takes=StandingForm, status=200)
async def decide_standing(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    supplier: PathId,
) -> SupplierOut:
    """Warn, suspend, blacklist, let go or take back a supplier, with a reason."""
    form = parse(StandingForm, await read_form(request))
    await services.decide_standing(actor, supplier, form, now=now)
    return supplier_out(await services.supplier_of(actor.school, supplier))


@api_get("/api/v1/licences", "licences.read", asks=listed(PAPERS_ASKED))
async def list_licences(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> LicencesOut:
    """The school's papers in order of their ids."""
    asked = listing(request, filters=tuple(PAPERS_ASKED))
    today = local_day(now)
    lead = (await services.lead_days(actor.school, today))[0]
    found, following = await list_papers(actor.school, asked, today=today, lead=lead)
    return LicencesOut([licence_out(view) for view in found], following)


@api_get("/api/v1/licences/{licence:int}", "licences.read")
async def get_licence(
    actor: NamedDependency[Actor], now: NamedDependency[datetime], licence: PathId
) -> LicenceOut:
    """One paper. Its scans are at `/uploads/{digest}`."""
    return await _licence(actor, licence, now)


async def _licence(actor: Actor, licence: int, now: datetime) -> LicenceOut:
    today = local_day(now)
    lead = (await services.lead_days(actor.school, today))[0]
    return licence_out(await services.paper_of(actor.school, licence, today=today, lead=lead))


@api_post("/api/v1/licences/{licence:int}/verify", "licences.verify", status=200)
async def verify_licence(
    actor: NamedDependency[Actor], now: NamedDependency[datetime], licence: PathId
) -> LicenceOut:
    """Say that a paper agrees with its original: a person's deed, never a key's."""
    await services.verify_paper(actor, licence, now=now)
    return await _licence(actor, licence, now)


@api_post("/api/v1/licences/{licence:int}/reject", "licences.verify", takes=ReasonForm, status=200)
async def reject_licence(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    licence: PathId,
) -> LicenceOut:
    """Turn a paper down with a reason: a person's deed, never a key's."""
    await services.reject_paper(actor, licence, parse(ReasonForm, await read_form(request)), now=now)
    return await _licence(actor, licence, now)


routes: list[Any] = [
    list_suppliers,
    get_supplier,
    create_supplier,
    change_supplier,
    decide_standing,
    list_licences,
    get_licence,
    verify_licence,
    reject_licence,
]
