"""Canteens, the way each is run, and the duties that apply."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.problems import Missing
from canteen.kit.texts import _
from canteen.schools.forms import CanteenForm, DutyForm, ModeForm
from canteen.schools.rules.modes import MODE_NAMES
from canteen.schools.services import duties, modes
from canteen.schools.web.words import EDIT, READ, AnyRequest, choices
from canteen.tenants import services as tree


@get("/school/canteens", opt=READ)
async def list_canteens(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Every canteen and how it is run."""
    return await _canteens(request, actor, now)


async def _canteens(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    runs = await modes.runs(actor.school, local_day(now))
    return await page(request, "schools/canteens.html", runs=runs, mode_names=MODE_NAMES)


@post("/school/canteens", opt=EDIT)
async def open_canteen(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """One more canteen."""
    show_again(request, partial(_canteens, request, actor, now))
    made = await modes.open_canteen(actor, parse(CanteenForm, await read_form(request)), now=now)
    return redirect(request, f"/school/canteens/{made.id}", _("Saved."))


@get("/school/canteens/{canteen:int}", opt=EDIT)
async def edit_canteen(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], canteen: FromPath[int]
) -> Page:
    """How a canteen is run, from a day on."""
    return await _canteen(request, actor, now, canteen)


async def _canteen(request: AnyRequest, actor: Actor, now: datetime, canteen: int) -> Page:
    history = await modes.modes_of(actor.school, canteen)
    return await page(
        request,
        "schools/canteen.html",
        canteen=await tree.canteen_of(actor.school, canteen),
        row=history[0] if history else None,
        history=history,
        today=local_day(now),
        modes=choices(request, MODE_NAMES),
        mode_names=MODE_NAMES,
    )


@post("/school/canteens/{canteen:int}", opt=EDIT)
async def set_mode(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], canteen: FromPath[int]
) -> Page:
    """Keep it."""
    show_again(request, partial(_canteen, request, actor, now, canteen))
    await modes.set_mode(actor, canteen, parse(ModeForm, await read_form(request)), now=now)
    return redirect(request, "/school/canteens", _("Saved."))


@post("/school/canteens/{canteen:int}/name", opt=EDIT)
async def name_canteen(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], canteen: FromPath[int]
) -> Page:
    """Another name."""
    show_again(request, partial(_canteen, request, actor, now, canteen))
    await modes.name_canteen(actor, canteen, parse(CanteenForm, await read_form(request)), now=now)
    return redirect(request, "/school/canteens", _("Saved."))


@get("/school/duties", opt=READ)
async def list_duties(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Every duty, whether it applies, and why not."""
    found = await duties.duties(actor.school, local_day(now))
    return await page(request, "schools/duties.html", duties=found)


@get("/school/duties/{key:str}", opt=EDIT)
async def edit_duty(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], key: FromPath[str]
) -> Page:
    """Say a duty away, with a reason."""
    return await _duty(request, actor, now, key)


async def _duty(request: AnyRequest, actor: Actor, now: datetime, key: str) -> Page:
    found = {a.duty.key: a for a in await duties.duties(actor.school, local_day(now))}
    if key not in found:
        raise Missing(key)
    return await page(request, "schools/duty.html", said=found[key])


@post("/school/duties/{key:str}", opt=EDIT)
async def settle_duty(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], key: FromPath[str]
) -> Page:
    """Keep the school's word."""
    show_again(request, partial(_duty, request, actor, now, key))
    await duties.settle_duty(actor, key, parse(DutyForm, await read_form(request)), now=now)
    return redirect(request, "/school/duties", _("Saved."))


routes: list[Any] = [
    list_canteens,
    open_canteen,
    edit_canteen,
    set_mode,
    name_canteen,
    list_duties,
    edit_duty,
    settle_duty,
]
