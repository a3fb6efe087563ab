"""A menu file handed in: judged whole, shown, its unknown names mapped, then taken."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit import uploads
from canteen.kit.actor import Actor, acts_at
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, fragment, language, page, redirect, show_again
from canteen.kit.problems import Level, Refused, error
from canteen.kit.texts import _
from canteen.tenants.services import canteens_of
from menus.weeks.forms import ImportForm, TakenForm
from menus.weeks.rules import Age
from menus.weeks.services import imports, names
from menus.weeks.services.imports import Preview
from menus.weeks.web.showing import AGES, EDIT, READ, AnyRequest, choices, words

IMPORT: dict[str, Any] = {"may": "weeks.import"}


@get("/weeks/import", opt=IMPORT)
async def import_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Where a menu file is handed in."""
    return await _import(request, actor)


async def _import(
    request: AnyRequest, actor: Actor, preview: Preview | None = None, sent: Mapping[str, Any] | None = None
) -> Page:
    kitchens = await canteens_of(actor.school)
    return await page(
        request,
        "weeks/import.html",
        preview=preview,
        sent=sent or {},
        bad=request.state.get("bad_rows"),
        age_choices=choices(request, AGES),
        nine=Age.NINE,
        library=not kitchens,
        canteens=[(c.id, c.name) for c in kitchens if acts_at(actor, c.id)],
        levels=list(Level),
        **words(),
    )


@post("/weeks/import", opt=IMPORT, status_code=200)
async def hand_in(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Judge the file and show what it would bring; nothing is planned yet."""
    show_again(request, partial(_import, request, actor))
    typed = await read_form(request)
    form = parse(ImportForm, typed)
    data, name = await _sent_file(typed)
    request.state.bad_rows = await imports.bad_rows(data, name, language(request))
    preview = await imports.preview_file(actor, data, name, form)
    await asyncio.to_thread(uploads.wait, data, request.app.state.data_dir, actor.school, now=now)
    return await _import(request, actor, preview, typed)


async def _sent_file(typed: Mapping[str, Any]) -> tuple[bytes, str]:
    file = typed.get("file")
    if not isinstance(file, UploadFile):
        raise Refused([error("missing", _("This is required."), "file")])
    return await file.read(), file.filename


@post("/weeks/import/take", opt=IMPORT)
async def take(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Take the file over as drafts and keep for good what its names mean; a refusal keeps neither."""
    typed = await read_form(request)
    form, options = parse(TakenForm, typed), parse(ImportForm, typed)
    folder = request.app.state.data_dir
    data = await asyncio.to_thread(uploads.read_waiting, folder, actor.school, form.digest)
    show_again(request, partial(_preview_again, request, actor, (data, form.file_name), typed))
    meant = await names.meanings(actor.school, form.names)
    made = await imports.import_file(
        actor, data, form.file_name, options, folder=folder, now=now, names=meant
    )
    url = f"/weeks/{made[0]}" if len(made) == 1 else "/weeks"
    return redirect(request, url, _("{count} weeks taken over as drafts."), count=len(made))


async def _preview_again(
    request: AnyRequest, actor: Actor, file: tuple[bytes, str], typed: Mapping[str, Any]
) -> Page:
    preview = await imports.preview_file(actor, *file, parse(ImportForm, typed))
    return await _import(request, actor, preview, typed)


@get("/weeks/foods", opt=EDIT)
async def offered_foods(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Foods by name, alias or pinyin, as options of a list; the one parameter is what is typed."""
    asked = next(iter(request.query_params.values()), "")
    found = await names.offered(actor.school, asked)
    return await fragment(request, "weeks/_foods.html", foods=found, asked=asked)


@get("/weeks/{week:int}/file", opt=READ)
async def imported_file(
    request: AnyRequest, actor: NamedDependency[Actor], week: FromPath[int]
) -> Response[bytes]:
    """The file that the week was imported from, byte for byte."""
    name, data = await imports.file_of(actor.school, week, request.app.state.data_dir)
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "private, no-store"}
    return Response(data, media_type="application/octet-stream", headers=headers)


routes: list[Any] = [import_page, hand_in, take, offered_foods, imported_file]
