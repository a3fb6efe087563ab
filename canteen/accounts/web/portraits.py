"""Photos of people for the tiles of the kitchen device."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.services import portraits
from canteen.accounts.web.asked import SIGNED_IN, AnyRequest
from canteen.accounts.web.me import show_me
from canteen.accounts.web.person import show_person
from canteen.kit.actor import Actor
from canteen.kit.forms import read_form
from canteen.kit.pages import Page, redirect, show_again
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from canteen.kit.uploads import JPEG

OFFICE: dict[str, Any] = {"may": "devices.edit"}
KEPT = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
"""A tile is drawn before each deed; its address changes with the photo."""


@get("/people/{person:int}/photo", opt={"may": "faces.read"})
async def open_portrait(actor: NamedDependency[Actor], person: FromPath[int]) -> Response[bytes]:
    """A colleague's small photo."""
    return Response(await portraits.portrait_of(actor.school, person), media_type=JPEG, headers=KEPT)


@get("/me/photo", opt=SIGNED_IN)
async def open_own_portrait(actor: NamedDependency[Actor]) -> Response[bytes]:
    """One's own."""
    found = await portraits.portrait_of(actor.school, actor.person or 0)
    return Response(found, media_type=JPEG, headers=KEPT)


@post("/people/{person:int}/photo", opt=OFFICE)
async def set_portrait(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """The office takes a photo of somebody."""
    show_again(request, partial(show_person, request, actor, person, now))
    await portraits.set_portrait(actor, person, await _photo(request), now=now)
    return redirect(request, f"/people/{person}", _("The photo was kept."))


@post("/people/{person:int}/photo/remove", opt=OFFICE)
async def remove_portrait(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """The tile shows the name's letter again."""
    await portraits.remove_portrait(actor, person, now=now)
    return redirect(request, f"/people/{person}", _("The photo was deleted."))


@post("/me/photo", opt=SIGNED_IN)
async def set_own_portrait(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """One's own photo."""
    show_again(request, partial(show_me, request, actor, now))
    await portraits.set_portrait(actor, actor.person or 0, await _photo(request), now=now)
    return redirect(request, "/me", _("The photo was kept."))


@post("/me/photo/remove", opt=SIGNED_IN)
async def remove_own_portrait(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Without a photo again."""
    await portraits.remove_portrait(actor, actor.person or 0, now=now)
    return redirect(request, "/me", _("The photo was deleted."))


async def _photo(request: AnyRequest) -> bytes:
    """The bytes that came. Raises Refused when none did."""
    sent = (await read_form(request)).get("photo")
    data = await sent.read() if isinstance(sent, UploadFile) else b""
    if not data:
        raise Refused([error("photo_missing", _("Take or choose a photo first."), "photo")])
    return data


routes: list[Any] = [
    open_portrait,
    open_own_portrait,
    set_portrait,
    remove_portrait,
    set_own_portrait,
    remove_own_portrait,
]
