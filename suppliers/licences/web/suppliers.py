"""Pages of suppliers: the list, one supplier with its papers, the form, how it stands, files to import."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from suppliers.goods.rules import CATEGORY_NAMES, SOURCE_NAMES, Category
from suppliers.licences import services
from suppliers.licences.forms import ImportOptions, RecordForm, StandingForm, SupplierForm
from suppliers.licences.paper import suppliers_workbook
from suppliers.licences.rules import STANDING_NAMES, STATE_NAMES, PaperState
from suppliers.licences.services import Supplier
from suppliers.licences.services.imports import COLUMNS, REQUIRED
from suppliers.licences.web.showing import EDIT, NAMES, READ, STANDING, XLSX, AnyRequest, choices

WORST = (PaperState.EXPIRED, PaperState.EXPIRING, PaperState.PENDING)


@get("/suppliers", opt=READ)
async def list_suppliers(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The school's suppliers: searched by name, pinyin and credit code, and how their papers stand."""
    asked = listing(request, filters=services.FILTERS)
    lines, following = await services.list_suppliers(actor.school, asked, today=local_day(now))
    filters = [
        ("category", _("All goods"), choices(request, CATEGORY_NAMES)),
        ("source", _("All kinds of sellers"), choices(request, SOURCE_NAMES)),
        ("papers", _("All papers"), choices(request, STATE_NAMES, WORST)),
        ("standing", _("All that supply us"), choices(request, STANDING_NAMES)),
    ]
    return await page(
        request, "licences/list.html", asked=asked, found=lines, next=following, filters=filters, **NAMES
    )


@get("/suppliers/excel", opt=READ)
async def suppliers_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=services.FILTERS)
    lines = await services.all_suppliers(actor.school, asked, today=local_day(now))
    headers = {"Content-Disposition": 'attachment; filename="suppliers.xlsx"'}
    return Response(suppliers_workbook(lines, language(request)), media_type=XLSX, headers=headers)


@get("/suppliers/{supplier:int}", opt=READ)
async def show_supplier(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """One supplier: whom to call, its papers, and what is missing by the matrix."""
    return await _detail(request, actor, supplier, now)


async def _detail(request: AnyRequest, actor: Actor, supplier: int, now: datetime) -> Page:
    today = local_day(now)
    row = await services.supplier_of(actor.school, supplier)
    lead = (await services.lead_days(actor.school, today))[0]
    agreed = services.categories_of(row.categories)
    return await page(
        request,
        "licences/supplier.html",
        row=row,
        agreed=[c for c in Category if c in agreed],
        papers=await services.papers_of(actor.school, supplier, today=today, lead=lead),
        states=await services.states_of(actor.school, row, today),
        notes=services.supplier_notes(row, today),
        links=await services.links_of(actor.school, supplier, now=now),
        standings=choices(request, STANDING_NAMES),
        today=today,
        **NAMES,
    )


@get("/suppliers/new", opt=EDIT)
async def new_supplier(request: AnyRequest) -> Page:
    """A blank form."""
    return await _form(request, None)


async def _form(request: AnyRequest, row: Supplier | None) -> Page:
    return await page(
        request,
        "licences/supplier_form.html",
        row=row,
        agreed=sorted(services.categories_of(row.categories)) if row else [],
        sources=choices(request, SOURCE_NAMES),
        categories=choices(request, CATEGORY_NAMES),
        **NAMES,
    )


@post("/suppliers/new", opt=EDIT)
async def create_supplier(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep a new supplier, and go on with its papers."""
    show_again(request, partial(_form, request, None))
    form = parse(SupplierForm, await read_form(request))
    supplier = await services.add_supplier(actor, form, now=now)
    return redirect(
        request, f"/suppliers/{supplier}", _("{name} is kept. Now add its papers."), name=form.name
    )


@get("/suppliers/{supplier:int}/edit", opt=EDIT)
async def edit_supplier(request: AnyRequest, actor: NamedDependency[Actor], supplier: PathId) -> Page:
    """A supplier's particulars."""
    return await _form(request, await services.supplier_of(actor.school, supplier))


@post("/suppliers/{supplier:int}/edit", opt=EDIT)
async def change_supplier(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """Keep other particulars."""
    show_again(request, partial(_form, request, await services.supplier_of(actor.school, supplier)))
    form = parse(SupplierForm, await read_form(request))
    await services.change_supplier(actor, supplier, form, now=now)
    return redirect(request, f"/suppliers/{supplier}", _("{name} is kept."), name=form.name)


@post("/suppliers/{supplier:int}/standing", opt=STANDING)
async def decide_standing(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """Warn, suspend, blacklist, let go, or take back."""
    show_again(request, partial(_detail, request, actor, supplier, now))
    form = parse(StandingForm, await read_form(request))
    await services.decide_standing(actor, supplier, form, now=now)
    return redirect(request, f"/suppliers/{supplier}", _("It is kept how this supplier stands."))


@post("/suppliers/{supplier:int}/record", opt=EDIT)
async def declare_record(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """Its declaration, and the look at the list of bad faith."""
    show_again(request, partial(_detail, request, actor, supplier, now))
    form = parse(RecordForm, await read_form(request))
    await services.declare_record(actor, supplier, form, now=now)
    return redirect(request, f"/suppliers/{supplier}", _("The supplier's record is kept."))


@get("/suppliers/import", opt=EDIT)
async def import_page(request: AnyRequest) -> Page:
    """Where a list of suppliers is handed in."""
    return await _import(request, None)


async def _import(request: AnyRequest, bad: Any) -> Page:
    return await page(
        request,
        "licences/import.html",
        bad=bad,
        needed=[COLUMNS[key][0] for key in REQUIRED],
        columns=[names[0] for names in COLUMNS.values()],
    )


async def _import_refused(request: AnyRequest, actor: Actor, data: bytes, name: str) -> Page:
    return await _import(request, await services.bad_rows(actor.school, data, name, language(request)))


@post("/suppliers/import", opt=EDIT)
async def import_suppliers(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Take over a list of suppliers, or say everything that is wrong with it."""
    show_again(request, partial(_import, request, None))
    form = parse(ImportOptions, await read_form(request))
    file = request.state.typed.get("file")
    if not isinstance(file, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    data, name = await file.read(), file.filename
    show_again(request, partial(_import_refused, request, actor, data, name))
    count = await services.import_suppliers(actor, data, name, form, now=now)
    return redirect(request, "/suppliers", _("Suppliers taken over: {count}."), count=count)


routes: list[Any] = [
    list_suppliers,
    suppliers_excel,
    show_supplier,
    new_supplier,
    create_supplier,
    edit_supplier,
    change_supplier,
    decide_standing,
    declare_record,
    import_page,
    import_suppliers,
]
