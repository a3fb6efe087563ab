"""PINs: one's own, the office's code for a new one, and choosing it at the kitchen device."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.forms import FirstPin, OwnPin
from canteen.accounts.services import devices, pins
from canteen.accounts.web.asked import SIGNED_IN, AnyRequest, shown_once, signed_in
from canteen.accounts.web.me import show_me
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.problems import Forbidden
from canteen.kit.texts import _

AT_DEVICE: dict[str, Any] = {"may": "prints.read", "own_proof": True}
CODE_NOTE = _(
    "Hand it to the person. On the kitchen device: touch the device's name at the top, then “New PIN”, enter "
    "this code and choose four digits. It works once, within a day."
)


@post("/me/pin", opt=SIGNED_IN)
async def set_pin(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """One's own PIN for the kitchen's devices."""
    show_again(request, partial(show_me, request, actor, now))
    await pins.set_pin(actor, parse(OwnPin, await read_form(request)), now=now)
    return redirect(request, "/me", _("Your PIN was set."))


@post("/people/{person:int}/pin", opt={"may": "devices.edit"})
async def reset_pin(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """Take the PIN away and show the code for a new one, once."""
    code = await pins.reset_pin(actor, person, now=now)
    title = _("Code for a new PIN")
    return await shown_once(request, title, f"{code[:4]} {code[4:]}", CODE_NOTE, f"/people/{person}")


@get("/device/new-pin", opt=AT_DEVICE)
async def choose_pin_page(request: AnyRequest, now: NamedDependency[datetime]) -> Page:
    """At the kitchen device: who one is, the code, and four digits. A person has an own page for that."""
    if signed_in(request).device is None:
        return redirect(request, "/me")
    return await _choose_pin_page(request, now)


async def _choose_pin_page(request: AnyRequest, now: datetime) -> Page:
    device = signed_in(request)
    if device.device is None:
        raise Forbidden
    found = await devices.kitchen_people(device.school, device.device, local_day(now))
    return await page(request, "accounts/new_pin.html", people=[(one.id, one.name) for one in found])


@post("/device/new-pin", opt=AT_DEVICE)
async def choose_pin(request: AnyRequest, now: NamedDependency[datetime]) -> Page:
    """The new PIN counts at once."""
    show_again(request, partial(_choose_pin_page, request, now))
    form = parse(FirstPin, await read_form(request))
    await pins.choose_pin(signed_in(request), form, now=now, request_id=request.state.request_id)
    return redirect(request, "/", _("Your PIN was set. From now on you sign with it here."))


routes: list[Any] = [set_pin, reset_pin, choose_pin_page, choose_pin]
