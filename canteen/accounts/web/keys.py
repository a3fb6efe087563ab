"""API keys of the school."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.forms import NewKey
from canteen.accounts.services import keys
from canteen.accounts.web.asked import AnyRequest, shown_once
from canteen.accounts.web.people import choices
from canteen.kit.actor import Actor
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _

EDIT = {"may": "keys.edit"}


@get("/keys", opt=EDIT)
async def keys_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The keys and when each was used last."""
    return await _keys_page(request, actor, now)


async def _keys_page(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    found = await keys.keys_of(actor.school)
    return await page(request, "accounts/keys.html", keys=found, now=now, **choices(request))


@post("/keys", opt=EDIT)
async def create_key(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A new key, shown once."""
    show_again(request, partial(_keys_page, request, actor, now))
    form = parse(NewKey, await read_form(request))
    token = await keys.create_key(actor, form, now=now)
    note = _("Put it where the machine reads it. It is shown only now.")
    return await shown_once(request, _("API key"), token, note, "/keys", who=form.name)


@post("/keys/{key:int}/revoke", opt=EDIT)
async def revoke_key(
    request: AnyRequest,
    key: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """The key opens nothing any more."""
    await keys.revoke_key(actor, key, now=now)
    return redirect(request, "/keys", _("The key was revoked."))


routes: list[Any] = [keys_page, create_key, revoke_key]
