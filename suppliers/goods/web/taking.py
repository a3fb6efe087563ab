"""Taking goods over: the starter list, the district's list, a file."""

from datetime import date, datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from suppliers.goods import services
from suppliers.goods.forms import ImportForm, TakeForm
from suppliers.goods.rules import COLUMNS, REQUIRED
from suppliers.goods.web.words import EDIT, NAMES, AnyRequest


@get("/goods/starter", opt=EDIT)
async def starter_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The goods that ship with the product, by category, and those of the tenants above."""
    return await _starter(request, actor)


async def _starter(request: AnyRequest, actor: Actor) -> Page:
    offers = await services.starter_offers(actor.school)
    above = await services.goods_above(actor.school, listing(request))
    return await page(request, "goods/starter.html", offers=offers, above=above, **NAMES)


@post("/goods/starter", opt=EDIT)
async def take_goods(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Copy what was ticked."""
    show_again(request, partial(_starter, request, actor))
    form = parse(TakeForm, await read_form(request))
    made = await services.take_goods(actor, form, now=now)
    return redirect(request, "/goods", _("{count} goods taken over."), count=len(made))


@get("/goods/import", opt=EDIT)
async def import_page(request: AnyRequest) -> Page:
    """Where a file of goods is handed in."""
    return await _import(request, None)


async def _import(request: AnyRequest, bad: services.BadRows | None) -> Page:
    return await page(
        request,
        "goods/import.html",
        bad=bad,
        needed=[COLUMNS[key][0] for key in REQUIRED],
        columns=[names[0] for names in COLUMNS.values()],
    )


async def _import_refused(request: AnyRequest, data: bytes, name: str, today: date) -> Page:
    return await _import(request, await services.bad_rows(data, name, language(request), today))


@post("/goods/import", opt=EDIT)
async def import_goods(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Take over a file of goods, or say everything that is wrong with it."""
    show_again(request, partial(_import, request, None))
    form = parse(ImportForm, await read_form(request))
    data, name = await _sent_file(request)
    show_again(request, partial(_import_refused, request, data, name, local_day(now)))
    count = await services.import_goods(actor, data, name, again=form.again, now=now)
    return redirect(request, "/goods", _("{count} goods taken over."), count=count)


async def _sent_file(request: AnyRequest) -> tuple[bytes, str]:
    file = request.state.typed.get("file")
    if not isinstance(file, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    return await file.read(), file.filename


routes: list[Any] = [starter_page, take_goods, import_page, import_goods]
