"""Past deliveries out of a file."""

from datetime import date, datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, page, redirect, show_again
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from suppliers.goods.services import BadRows
from suppliers.purchasing.forms.deliveries import ImportOptions
from suppliers.purchasing.rules.file import COLUMNS, REQUIRED
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.web.deliveries_words import RECEIVE, AnyRequest


@get("/deliveries/import", opt=RECEIVE)
async def import_page(request: AnyRequest) -> Page:
    """Where a file of past deliveries is handed in."""
    return await _import(request, None)


async def _import(request: AnyRequest, bad: BadRows | None) -> Page:
    return await page(
        request,
        "purchasing/import_deliveries.html",
        bad=bad,
        needed=[COLUMNS[key][0] for key in REQUIRED],
        columns=[names[0] for names in COLUMNS.values()],
    )


async def _refused(request: AnyRequest, school: int, data: bytes, name: str, today: date) -> Page:
    return await _import(request, await deliveries.bad_rows(school, data, name, language(request), today))


@post("/deliveries/import", opt=RECEIVE)
async def import_deliveries(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Take over a file of past deliveries, or say everything that is wrong with it."""
    show_again(request, partial(_import, request, None))
    form = parse(ImportOptions, await read_form(request))
    data, name = await _sent_file(request)
    show_again(request, partial(_refused, request, actor.school, data, name, local_day(now)))
    count = await deliveries.import_deliveries(actor, data, name, again=form.again, now=now)
    return redirect(request, "/deliveries", _("{count} deliveries taken over."), count=count)


async def _sent_file(request: AnyRequest) -> tuple[bytes, str]:
    file = request.state.typed.get("file")
    if not isinstance(file, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    return await file.read(), file.filename


routes: list[Any] = [import_page, import_deliveries]
