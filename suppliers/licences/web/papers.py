"""Pages of papers: the form (a phone will do), and the scan beside the fields for whoever verifies."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.services.uploads import media_types
from canteen.tenants.services import canteens_of
from suppliers.goods.rules import CATEGORY_NAMES, PAPER_NAMES, PaperKind
from suppliers.licences import services
from suppliers.licences.forms import PaperForm, ReasonForm
from suppliers.licences.rules import check_number, scope_findings, verifier_findings
from suppliers.licences.services import PaperView, Supplier
from suppliers.licences.web.scans import scans_sent
from suppliers.licences.web.showing import (
    EDIT,
    NAMES,
    OWN_KINDS,
    READ,
    SELLER_KINDS,
    VERIFY,
    AnyRequest,
    choices,
)


@get("/suppliers/{supplier:int}/papers/new", opt=EDIT)
async def new_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """A blank paper of a supplier, or the next of one that runs out (`renews`)."""
    row = await services.supplier_of(actor.school, supplier)
    return await _form(request, actor, row, None, now)


@post("/suppliers/{supplier:int}/papers/new", opt=EDIT)
async def add_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """Keep a paper of a supplier."""
    row = await services.supplier_of(actor.school, supplier)
    show_again(request, partial(_form, request, actor, row, None, now))
    return await _add(request, actor, supplier, now)


@get("/licences/new", opt=EDIT)
async def new_own_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A blank paper of the school or one of its canteens."""
    return await _form(request, actor, None, None, now)


@post("/licences/new", opt=EDIT)
async def add_own_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep a paper of the school's own."""
    show_again(request, partial(_form, request, actor, None, None, now))
    return await _add(request, actor, None, now)


async def _add(request: AnyRequest, actor: Actor, supplier: int | None, now: datetime) -> Page:
    typed = await read_form(request)
    scans = await scans_sent(request, actor.school, now=now)
    licence = await services.add_paper(actor, supplier, parse(PaperForm, typed), scans, now=now)
    message = _("The paper is kept. Another person compares it with the original.")
    return redirect(request, f"/suppliers/{supplier}" if supplier else f"/licences/{licence}", message)


async def _form(
    request: AnyRequest, actor: Actor, row: Supplier | None, view: PaperView | None, now: datetime
) -> Page:
    old = view or await _renewed(request, actor, now)
    kinds = SELLER_KINDS if row else OWN_KINDS
    renews = old.paper.id if old and not view else None
    return await page(
        request,
        "licences/paper_form.html",
        row=row,
        view=view,
        old=old,
        renews=renews,
        kinds=choices(request, PAPER_NAMES, [old.paper.kind] if renews and old else kinds),
        categories=choices(request, CATEGORY_NAMES),
        canteens=[(c.id, c.name) for c in await canteens_of(actor.school)],
        wanted=_wanted(request),
        waiting=getattr(request.state, "waiting", None) or [],
        **NAMES,
    )


def _wanted(request: AnyRequest) -> str:
    kind = request.query_params.get("kind", "")
    return kind if kind in list(PaperKind) else ""


async def _renewed(request: AnyRequest, actor: Actor, now: datetime) -> PaperView | None:
    """The paper that the new one takes the place of."""
    typed = request.state.get("typed") or {}
    number = str(typed.get("supersedes") or request.query_params.get("renews", ""))
    if not (number.isdecimal() and len(number) < 19):
        return None
    return await _view(actor, int(number), now)


async def _view(actor: Actor, licence: int, now: datetime) -> PaperView:
    today = local_day(now)
    lead = (await services.lead_days(actor.school, today))[0]
    return await services.paper_of(actor.school, licence, today=today, lead=lead)


async def _owner(actor: Actor, view: PaperView) -> Supplier | None:
    supplier = view.row["supplier"]
    return await services.supplier_of(actor.school, supplier) if supplier else None


@get("/licences/{licence:int}", opt=READ)
async def show_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], licence: PathId
) -> Page:
    """One paper: its scans beside what was typed."""
    return await _detail(request, actor, licence, now)


async def _detail(request: AnyRequest, actor: Actor, licence: int, now: datetime) -> Page:
    view = await _view(actor, licence, now)
    owner = await _owner(actor, view)
    agreed = services.categories_of(owner.categories) if owner else frozenset()
    return await page(
        request,
        "licences/paper.html",
        view=view,
        owner=owner,
        check=check_number(view.paper.number),
        notes=scope_findings(view.paper, agreed, local_day(now)),
        own=bool(verifier_findings(view.row["entered_by"], actor.person)),
        types=await media_types(actor.school, view.scans),
        **NAMES,
    )


@get("/licences/{licence:int}/edit", opt=EDIT)
async def edit_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], licence: PathId
) -> Page:
    """A paper that nobody has verified, to be mended."""
    view = await _view(actor, licence, now)
    return await _form(request, actor, await _owner(actor, view), view, now)


@post("/licences/{licence:int}/edit", opt=EDIT)
async def change_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], licence: PathId
) -> Page:
    """Keep the mended paper."""
    view = await _view(actor, licence, now)
    show_again(request, partial(_form, request, actor, await _owner(actor, view), view, now))
    typed = await read_form(request)
    scans = await scans_sent(request, actor.school, now=now)
    await services.change_paper(actor, licence, parse(PaperForm, typed), scans, now=now)
    return redirect(request, f"/licences/{licence}", _("The paper is mended. Another person verifies it."))


@post("/licences/{licence:int}/verify", opt=VERIFY)
async def verify_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], licence: PathId
) -> Page:
    """Say that it agrees with the original."""
    show_again(request, partial(_detail, request, actor, licence, now))
    await services.verify_paper(actor, licence, now=now)
    return redirect(request, f"/licences/{licence}", _("Verified. The paper counts from now on."))


@post("/licences/{licence:int}/reject", opt=VERIFY)
async def reject_paper(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], licence: PathId
) -> Page:
    """Turn it down with a reason."""
    show_again(request, partial(_detail, request, actor, licence, now))
    form = parse(ReasonForm, await read_form(request))
    await services.reject_paper(actor, licence, form, now=now)
    return redirect(request, f"/licences/{licence}", _("Turned down. Whoever entered it can mend it."))


routes: list[Any] = [
    new_paper,
    add_paper,
    new_own_paper,
    add_own_paper,
    show_paper,
    edit_paper,
    change_paper,
    verify_paper,
    reject_paper,
]
