"""A supplier's upload link: made and revoked by the school, used by who has no account."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.web.asked import shown_once
from canteen.kit.actor import Actor
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from suppliers.goods.rules import PAPER_NAMES
from suppliers.licences import services
from suppliers.licences.forms import LinkForm, PaperForm
from suppliers.licences.web.scans import scans_sent
from suppliers.licences.web.showing import EDIT, NAMES, SELLER_KINDS, AnyRequest, choices

OPEN = {"public": True, "secret_path": True}


@post("/suppliers/{supplier:int}/links", opt=EDIT)
async def make_link(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], supplier: PathId
) -> Page:
    """A new link, shown once."""
    form = parse(LinkForm, await read_form(request))
    token = await services.make_link(actor, supplier, form, now=now)
    return await shown_once(
        request,
        _("Link for the supplier"),
        f"{request.app.state.base_url}/hand-in/{token}",
        _("Send it to the supplier. It is shown only now; each paper still waits for a person here."),
        f"/suppliers/{supplier}",
    )


@post("/suppliers/links/{link:int}/revoke", opt=EDIT)
async def revoke_link(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], link: PathId
) -> Page:
    """The link opens nothing any more."""
    supplier = await services.revoke_link(actor, link, now=now)
    return redirect(request, f"/suppliers/{supplier}", _("The link opens nothing any more."))


@get("/hand-in/{token:str}", opt=OPEN)
async def hand_in_page(request: AnyRequest, token: FromPath[str], now: NamedDependency[datetime]) -> Page:
    """Where a supplier hands in its papers."""
    return await _page(request, token, now)


async def _page(request: AnyRequest, token: str, now: datetime) -> Page:
    link = await services.open_link(token, _address(request), now=now)
    return await page(
        request,
        "licences/hand_in.html",
        link=link,
        token=token,
        kinds=choices(request, PAPER_NAMES, SELLER_KINDS),
        sent=await services.handed_in(link),
        waiting=getattr(request.state, "waiting", None) or [],
        **NAMES,
    )


@post("/hand-in/{token:str}", opt=OPEN)
async def hand_in(request: AnyRequest, token: FromPath[str], now: NamedDependency[datetime]) -> Page:
    """A paper comes in."""
    link = await services.open_link(token, _address(request), now=now)
    show_again(request, partial(_page, request, token, now))
    typed = await read_form(request)
    scans = await scans_sent(request, link.school, now=now)
    form = parse(PaperForm, {name: value for name, value in typed.items() if name in services.SENT})
    await services.hand_in(
        token, _address(request), form, scans, now=now, request_id=request.state.request_id
    )
    message = _("Thank you: the paper is with the school, which compares it with the original.")
    return redirect(request, f"/hand-in/{token}", message)


def _address(request: AnyRequest) -> str:
    return request.client.host if request.client else ""


routes: list[Any] = [make_link, revoke_link, hand_in_page, hand_in]
