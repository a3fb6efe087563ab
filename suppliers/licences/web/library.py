"""The district's approved suppliers to copy from, and the goods that nobody may supply."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from suppliers.goods.rules import Category
from suppliers.licences import services
from suppliers.licences.forms import TakeForm
from suppliers.licences.web.showing import EDIT, NAMES, READ, AnyRequest


@get("/suppliers/library", opt=EDIT)
async def show_library(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The suppliers that the district has approved."""
    return await _library(request, actor)


async def _library(request: AnyRequest, actor: Actor) -> Page:
    offers = await services.offers_above(actor.school)
    goods = {
        offer.row.id: [c for c in Category if c in services.categories_of(offer.row.categories)]
        for offer in offers
    }
    return await page(request, "licences/library.html", offers=offers, goods=goods, **NAMES)


@post("/suppliers/library", opt=EDIT)
async def take_suppliers(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Copy the chosen suppliers with their papers."""
    show_again(request, partial(_library, request, actor))
    taken = await services.take_suppliers(actor, parse(TakeForm, await read_form(request)), now=now)
    return redirect(request, "/suppliers", _("Suppliers taken over: {count}."), count=len(taken))


@get("/suppliers/gaps", opt=READ)
async def show_gaps(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Goods by who may supply them today."""
    found = await services.gaps(actor.school, local_day(now))
    return await page(request, "licences/gaps.html", found=found, **NAMES)


routes: list[Any] = [show_library, take_suppliers, show_gaps]
