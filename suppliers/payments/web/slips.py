"""Slips: the list, the form with the deliveries it is for, one slip."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.services.uploads import media_types
from suppliers.licences.web.scans import scans_sent
from suppliers.payments import services
from suppliers.payments.forms import ReasonForm, SlipForm
from suppliers.payments.paper import slips_workbook
from suppliers.payments.rules import KIND_NAMES
from suppliers.payments.web.files import XLSX, file_of
from suppliers.payments.web.showing import (
    CLOSE,
    ENTER,
    NAMES,
    READ,
    AnyRequest,
    asked_id,
    choices,
    last_months,
)

STATES = {
    "free": _("Not asked for yet"),
    "asked": _("On a payment"),
    "paid": _("Paid already"),
    "returned": _("Given back"),
}


@get("/payments/slips", opt=READ)
async def list_slips(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Invoices and slips: searched by number and seller, filtered by kind, state and month."""
    asked = listing(request, filters=services.SLIP_FILTERS, sorts=(*services.SLIP_SORTS, "day", "-fen"))
    slips, following = await services.list_slips(actor.school, asked)
    return await page(
        request,
        "payments/slips.html",
        asked=asked,
        slips=slips,
        next=following,
        kinds=choices(request, KIND_NAMES),
        states=choices(request, STATES),
        months=last_months(local_day(now)),
        **NAMES,
    )


@get("/payments/slips/excel", opt=READ)
async def slips_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=services.SLIP_FILTERS, sorts=(*services.SLIP_SORTS, "day", "-fen"))
    rows = await services.all_slips(actor.school, asked)
    return file_of(slips_workbook(rows, language(request)), "票据.xlsx", XLSX)


@get("/payments/slips/new", opt=ENTER)
async def new_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A blank slip; with `supplier` in the address, beside the deliveries it may be for."""
    return await _form(request, actor, None, asked_id(request, "supplier"), now)


@post("/payments/slips/new", opt=ENTER)
async def add_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep a slip."""
    typed = await read_form(request)
    show_again(request, partial(_form, request, actor, None, _typed_supplier(typed), now))
    photos = await scans_sent(request, actor.school, now=now)
    slip = await services.add_slip(actor, parse(SlipForm, typed), photos, now=now)
    return redirect(request, f"/payments/slips/{slip}", _("The slip is kept. It can be asked to be paid."))


@get("/payments/slips/{invoice:int}", opt=READ)
async def show_slip(request: AnyRequest, actor: NamedDependency[Actor], invoice: PathId) -> Page:
    """One slip with its photos and deliveries."""
    return await _detail(request, actor, invoice)


async def _detail(request: AnyRequest, actor: Actor, slip: int) -> Page:
    row, links = await services.slip_view(actor.school, slip)
    photos = services.photos_of(row)
    types = await media_types(actor.school, photos)
    return await page(
        request, "payments/slip.html", row=row, links=links, photos=photos, types=types, **NAMES
    )


@get("/payments/slips/{invoice:int}/edit", opt=ENTER)
async def edit_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], invoice: PathId
) -> Page:
    """The form of a slip that nobody has asked to pay."""
    row, _links = await services.slip_view(actor.school, invoice)
    return await _form(request, actor, row, row["supplier"], now)


@post("/payments/slips/{invoice:int}/edit", opt=ENTER)
async def change_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], invoice: PathId
) -> Page:
    """Keep the mended slip."""
    row, _links = await services.slip_view(actor.school, invoice)
    typed = await read_form(request)
    show_again(request, partial(_form, request, actor, row, row["supplier"], now))
    photos = await scans_sent(request, actor.school, now=now)
    await services.change_slip(actor, invoice, parse(SlipForm, typed), photos, now=now)
    return redirect(request, f"/payments/slips/{invoice}", _("The slip is mended."))


@post("/payments/slips/{invoice:int}/withdraw", opt=ENTER)
async def withdraw_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], invoice: PathId
) -> Page:
    """Take it back with a reason."""
    show_again(request, partial(_detail, request, actor, invoice))
    await services.withdraw_slip(actor, invoice, parse(ReasonForm, await read_form(request)), now=now)
    return redirect(request, "/payments/slips", _("The slip is taken back; its number may be used again."))


@post("/payments/slips/{invoice:int}/return", opt=CLOSE)
async def return_slip(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], invoice: PathId
) -> Page:
    """Give it back to whoever entered it."""
    show_again(request, partial(_detail, request, actor, invoice))
    await services.return_slip(actor, invoice, parse(ReasonForm, await read_form(request)), now=now)
    return redirect(request, f"/payments/slips/{invoice}", _("The slip is given back."))


def _typed_supplier(typed: Any) -> int | None:
    text = str(typed.get("supplier", ""))
    return int(text) if text.isdecimal() and 0 < len(text) < 19 else None


async def _form(request: AnyRequest, actor: Actor, row: Any, supplier: int | None, now: datetime) -> Page:
    sellers = await services.seller_choices(actor.school)
    known = supplier if supplier in dict(sellers) else None
    kept = {}
    if row:
        kept = {one["delivery"]: one["fen"] for one in (await services.slip_view(actor.school, row["id"]))[1]}
    today = local_day(now)
    deliveries = await services.open_deliveries(actor.school, known, today, row["id"] if row else 0)
    return await page(
        request,
        "payments/slip_form.html",
        row=row,
        kept=kept,
        sellers=sellers,
        supplier=known,
        seller=dict(sellers).get(known or 0, ""),
        deliveries=deliveries,
        kinds=choices(request, KIND_NAMES),
        today=today,
        waiting=getattr(request.state, "waiting", None) or [],
        **NAMES,
    )


routes: list[Any] = [
    list_slips,
    slips_excel,
    new_slip,
    add_slip,
    show_slip,
    edit_slip,
    change_slip,
    withdraw_slip,
    return_slip,
]
