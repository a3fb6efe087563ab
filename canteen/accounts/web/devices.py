"""Kitchen devices: the office's list, and what stands on the device itself."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.forms import DeviceCode, NewDevice
from canteen.accounts.guards import browser_of
from canteen.accounts.services import devices, portraits
from canteen.accounts.web.asked import PUBLIC, AnyRequest, enter, role_names, shown_once, signed_in
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, fragment, page, redirect, request_user, show_again
from canteen.kit.texts import _
from canteen.tenants.services import canteens_of

EDIT = {"may": "devices.edit"}
CODE_NOTE = _("On the kitchen's phone or tablet open {address}, enter school code {school} and this code.")


@get("/devices", opt=EDIT)
async def devices_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The school's kitchen devices."""
    return await _devices_page(request, actor)


async def _devices_page(request: AnyRequest, actor: Actor) -> Page:
    kitchens = {canteen.id: canteen.name for canteen in await canteens_of(actor.school)}
    found = await devices.devices_of(actor.school)
    return await page(request, "accounts/devices.html", devices=found, canteens=kitchens)


@post("/devices", opt=EDIT)
async def add_device(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A device to be, and its code, shown once."""
    show_again(request, partial(_devices_page, request, actor))
    form = parse(NewDevice, await read_form(request))
    _device, code = await devices.add_device(actor, form, now=now)
    return await _show_code(request, code)


@post("/devices/{device:int}/code", opt=EDIT)
async def renew_code(
    request: AnyRequest,
    device: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """Another code for a device that lost its sign-in."""
    return await _show_code(request, await devices.renew_code(actor, device, now=now))


async def _show_code(request: AnyRequest, code: str) -> Page:
    facts = {"address": f"{request.app.state.base_url}/device", "school": signed_in(request).school_code}
    spaced = f"{code[:4]} {code[4:]}"
    title = _("Code for the device")
    return await shown_once(request, title, spaced, CODE_NOTE, "/devices", facts=facts)


@post("/devices/{device:int}/remove", opt=EDIT)
async def remove_device(
    request: AnyRequest,
    device: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """Sign the device out for good."""
    await devices.remove_device(actor, device, now=now)
    return redirect(request, "/devices", _("The device was signed out."))


@get("/device", opt=PUBLIC)
async def register_page(request: AnyRequest) -> Page:
    """On the device itself: the code, once; then the start page."""
    if request_user(request) is not None:
        return redirect(request, "/")
    return await page(request, "accounts/register_device.html")


@post("/device", opt=PUBLIC)
async def register(request: AnyRequest, now: NamedDependency[datetime]) -> Page:
    """Sign the device in."""
    show_again(request, partial(page, request, "accounts/register_device.html"))
    form = parse(DeviceCode, await read_form(request))
    request_id = request.state.request_id
    token = await devices.register_device(form, browser_of(request), now=now, request_id=request_id)
    return enter(request, token, "/", device=True)


@get("/device/faces", opt={"may": "prints.read"})
async def faces(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Face tiles and PIN pad, which the device puts before each deed."""
    tiles = await devices.faces(actor.school, actor.device or 0, local_day(now))
    shown: dict[str, Any] = {"tiles": tiles, "role_names": role_names(request)}
    shown["photos"] = await portraits.portraits(actor.school)
    return await fragment(request, "accounts/_faces.html", **shown)


@post("/device/pin", opt={"may": "prints.read"})
async def try_pin(request: AnyRequest) -> Page:
    """Whether face and PIN are right, asked before the deed itself is sent; the guard has judged them."""
    return await fragment(request, "accounts/_hello.html", name=signed_in(request).name)


routes: list[Any] = [
    devices_page,
    add_device,
    renew_code,
    remove_device,
    register_page,
    register,
    faces,
    try_pin,
]
