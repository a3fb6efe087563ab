"""The register of prints, the signed sheets that come back, and the files of a school."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import File

from canteen.kit import codes, uploads
from canteen.kit.actor import Actor
from canteen.kit.forms import read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.problems import Missing, Refused, error
from canteen.kit.texts import _, say
from canteen.schools.paper import prints_workbook
from canteen.schools.rules.prints import STATE_NAMES, PrintMark, mark_path
from canteen.schools.services import prints
from canteen.schools.services.uploads import keep_file, upload_of
from canteen.schools.web.words import AnyRequest, choices

LOOK: dict[str, Any] = {"may": "prints.read"}
SIGN: dict[str, Any] = {"may": "prints.sign"}
FILES: dict[str, Any] = {"may": "uploads.read"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
"""What somebody sent never changes, and never runs on our pages' behalf."""


@get("/prints", opt=LOOK)
async def list_prints(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The register, what waits for a signature first in sight."""
    return await _prints(request, actor)


async def _prints(request: AnyRequest, actor: Actor) -> Page:
    asked = listing(request, filters=("state",))
    rows, following = await prints.prints(actor.school, asked)
    return await page(
        request,
        "schools/prints.html",
        asked=asked,
        prints=rows,
        next=following,
        states=choices(request, STATE_NAMES),
        names=STATE_NAMES,
        waiting=await prints.waiting_count(actor.school),
    )


@get("/prints/excel", opt=LOOK)
async def prints_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    rows = await prints.all_prints(actor.school, listing(request, filters=("state",)))
    headers = {"Content-Disposition": 'attachment; filename="prints.xlsx"'}
    return Response(prints_workbook(rows, language(request)), media_type=XLSX, headers=headers)


@post("/prints/find", opt=SIGN)
async def hand_in(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """The sheet whose code is on a photo; one that waits for its signature is thereby back."""
    show_again(request, partial(_prints, request, actor))
    await read_form(request)
    data = await _photo(request)
    row = await prints.find_by_photo(actor.school, data)
    if not prints.waits(row):
        return redirect(request, f"/prints/{row.id}")
    await prints.sign_back(actor, row.id, await keep_file(data, request.app.state.data_dir), now=now)
    return redirect(request, f"/prints/{row.id}", _("{number} is signed and back."), number=row.number)


@get("/prints/{print_:int}", opt=LOOK)
async def show_print(request: AnyRequest, actor: NamedDependency[Actor], print_: FromPath[int]) -> Page:
    """One print, and where its signed sheet is handed in."""
    return await _print(request, actor, print_)


async def _print(request: AnyRequest, actor: Actor, print_: int) -> Page:
    row = await prints.print_of(actor.school, print_)
    path = mark_path(await prints.mark_of(row))
    return await page(
        request,
        "schools/print.html",
        row=row,
        replaced=await prints.print_of(actor.school, row.replaces) if row.replaces else None,
        names=STATE_NAMES,
        code=codes.svg(
            f"{request.app.state.base_url}{path}", say(language(request), _("Code of this sheet"))
        ),
    )


@post("/prints/{print_:int}", opt=SIGN)
async def sign_back(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], print_: FromPath[int]
) -> Page:
    """The signed sheet is back."""
    show_again(request, partial(_print, request, actor, print_))
    await read_form(request)
    photo = await keep_file(await _photo(request), request.app.state.data_dir)
    row = await prints.sign_back(actor, print_, photo, now=now)
    return redirect(request, f"/prints/{row.id}", _("{number} is signed and back."), number=row.number)


@get("/p/{code:str}/{number:str}/{version:int}", opt=LOOK)
async def follow_code(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    code: FromPath[str],
    number: FromPath[str],
    version: FromPath[int],
) -> Page:
    """Where the code on a sheet leads."""
    found = await prints.print_by_mark(actor.school, PrintMark(code, number, version))
    return redirect(request, f"/prints/{found.id}")


async def _photo(request: AnyRequest) -> bytes:
    file = request.state.typed.get("photo")
    data = await file.read() if isinstance(file, UploadFile) else b""
    if not data:
        raise Refused([error("missing", _("This is required."), "photo")])
    return data


@get("/uploads/{digest:str}", opt=FILES)
async def open_upload(request: AnyRequest, actor: NamedDependency[Actor], digest: FromPath[str]) -> File:
    """A file of the school, for its own people only: a photo is shown, a PDF is saved."""
    kept = await upload_of(actor.school, digest)
    path = uploads.path(request.app.state.data_dir, kept.digest)
    if not await asyncio.to_thread(path.exists):
        raise Missing(digest)
    return File(
        path,
        media_type=kept.media_type,
        content_disposition_type="inline" if kept.media_type == uploads.JPEG else "attachment",
        filename=f"{kept.digest[:12]}.{kept.media_type.rpartition('/')[2]}",
        headers=KEPT,
    )


@get("/uploads/{digest:str}/thumbnail", opt=FILES)
async def open_thumbnail(
    request: AnyRequest, actor: NamedDependency[Actor], digest: FromPath[str]
) -> Response[bytes]:
    """A photo, small."""
    kept = await upload_of(actor.school, digest)
    body = await asyncio.to_thread(uploads.read_thumbnail, request.app.state.data_dir, kept.digest)
    return Response(body, media_type=uploads.JPEG, headers=KEPT)


routes: list[Any] = [
    list_prints,
    prints_excel,
    hand_in,
    show_print,
    sign_back,
    follow_code,
    open_upload,
    open_thumbnail,
]
