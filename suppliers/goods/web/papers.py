"""The paper matrix: what each kind of goods needs from each kind of seller, on a day."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from canteen.tenants.rules import TenantKind
from canteen.tenants.services import tenant
from suppliers.goods import services
from suppliers.goods.forms import NeedForm
from suppliers.goods.rules import (
    CATEGORY_NAMES,
    NEED_NAMES,
    PAPER_NAMES,
    PER_NAMES,
    SELLERS,
    SOURCE_NAMES,
    Category,
    Source,
    changes_of,
)
from suppliers.goods.web.words import READ, AnyRequest, choices

DECIDE: dict[str, Any] = {"may": "goods.matrix"}


def _asked(request: AnyRequest, today: date) -> tuple[Category, Source | None, date]:
    """The category, the source (None: all) and the day asked for; what is unknown is passed over."""
    asked = request.query_params
    category = asked.get("category", "")
    source = asked.get("source", "")
    return (
        Category(category) if category in list(Category) else Category.PORK,
        Source(source) if source in SELLERS else None,
        _day(asked.get("on", ""), today),
    )


def _day(text: str, today: date) -> date:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return today


async def _matrix(request: AnyRequest, actor: Actor, today: date) -> Page:
    category, source, on = _asked(request, today)
    matrix = await services.matrix_on(actor.school, on)
    shown = [source] if source else list(SELLERS)
    return await page(
        request,
        "goods/papers.html",
        category=category,
        source=source,
        on=on,
        today=today,
        locks=(await tenant(actor.school)).kind != TenantKind.SCHOOL,
        needs=[(one, matrix.needs(category, one)) for one in shown],
        changes=changes_of(matrix.rows, category, source) if source else [],
        categories=choices(request, CATEGORY_NAMES),
        sources=choices(request, {one: SOURCE_NAMES[one] for one in SELLERS}),
        papers=choices(request, PAPER_NAMES),
        pers=choices(request, PER_NAMES),
        need_choices=choices(request, NEED_NAMES),
        source_names=SOURCE_NAMES,
        paper_names=PAPER_NAMES,
        category_names=CATEGORY_NAMES,
    )


@get("/goods/papers", opt=READ)
async def show_papers(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What a category needs, source by source, who decided it and since when."""
    return await _matrix(request, actor, local_day(now))


@post("/goods/papers", opt=DECIDE)
async def decide_need(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Decide from a day on, with a reason."""

    async def again() -> Page:
        return await _matrix(request, actor, local_day(now))

    show_again(request, again)
    form = parse(NeedForm, await read_form(request))
    await services.decide_need(actor, form, now=now)
    url = f"/goods/papers?category={form.category}&source={form.source}&on={form.from_day}"
    return redirect(request, url, _("Decided from {day} on."), day=form.from_day)


routes: list[Any] = [show_papers, decide_need]
