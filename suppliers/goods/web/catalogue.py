"""The catalogue: the list, one good, and its form."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.texts import _, say
from canteen.schools.services.policies import policy
from suppliers.goods import services
from suppliers.goods.forms import GoodForm
from suppliers.goods.paper import goods_workbook
from suppliers.goods.rules import (
    CATEGORY_NAMES,
    MEASURE_NAMES,
    STORAGE_NAMES,
    Good,
    Measure,
    Unit,
    lead_of,
    plain,
    said_grams,
)
from suppliers.goods.web.words import EDIT, NAMES, READ, AnyRequest, choices

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLANK_UNITS = 3


@get("/goods", opt=READ)
async def list_goods(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """What the school buys: searched by name and pinyin, filtered by category and storage."""
    asked = listing(request, filters=services.FILTERS, sorts=services.SORTS)
    goods, following = await services.list_goods(actor.school, asked)
    return await page(
        request,
        "goods/list.html",
        asked=asked,
        goods=goods,
        next=following,
        categories=choices(request, CATEGORY_NAMES),
        storages=choices(request, STORAGE_NAMES),
        **NAMES,
    )


@get("/goods/excel", opt=READ)
async def goods_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook that an import reads again."""
    asked = listing(request, filters=services.FILTERS, sorts=services.SORTS)
    goods = await services.all_goods(actor.school, asked)
    headers = {"Content-Disposition": 'attachment; filename="goods.xlsx"'}
    return Response(goods_workbook(goods), media_type=XLSX, headers=headers)


@get("/goods/{good:int}", opt=READ)
async def show_good(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], good: PathId
) -> Page:
    """One good with its units and what a kilogram or a piece of it is."""
    found = await services.good_of(actor.school, good)
    weight = str(await policy(actor.school, "weight_unit", local_day(now)))
    return await page(
        request,
        "goods/detail.html",
        good=found,
        lead=lead_of(found),
        held=[(unit.name, _held(unit, found, weight, language(request))) for unit in found.units],
        **NAMES,
    )


def _held(unit: Unit, good: Good, weight: str, lang: str) -> str:
    """What one unit holds, as the school says weights."""
    if good.measure is Measure.GRAMS:
        return said_grams(unit.quantity, weight, lang)
    return say(lang, _("{count} pieces"), count=unit.quantity)


@get("/goods/new", opt=EDIT)
async def new_good(request: AnyRequest) -> Page:
    """A blank form."""
    return await _form(request, None)


async def _form(request: AnyRequest, good: Good | None) -> Page:
    return await page(
        request,
        "goods/form.html",
        good=good,
        rows=_rows(request, good),
        categories=choices(request, CATEGORY_NAMES),
        storages=choices(request, STORAGE_NAMES),
        measures=choices(request, MEASURE_NAMES),
        **NAMES,
    )


def _rows(request: AnyRequest, good: Good | None) -> list[tuple[str, str, str]]:
    """The own units as they are typed (name, count, of), and blank rows after them."""
    kept = [(unit.name, *_typed(unit.quantity, good)) for unit in good.units] if good else []
    typed = (request.state.get("typed") or {}).get("units")
    count = len(typed) if isinstance(typed, dict | list) else 0
    return [*kept, *[("", "", "")] * max(BLANK_UNITS, count - len(kept))][:12]


def _typed(quantity: int, good: Good) -> tuple[str, str]:
    if good.measure == "pieces":
        return str(quantity), "个"
    return (plain(quantity, 1000), "公斤") if quantity >= 1000 else (str(quantity), "克")


@post("/goods/new", opt=EDIT)
async def create_good(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Add a good."""
    show_again(request, partial(_form, request, None))
    form = parse(GoodForm, await read_form(request))
    good = await services.add_good(actor, form, now=now)
    return redirect(request, f"/goods/{good}", _("{name} is in the catalogue."), name=form.name)


@get("/goods/{good:int}/edit", opt=EDIT)
async def edit_good(request: AnyRequest, actor: NamedDependency[Actor], good: PathId) -> Page:
    """The form of a good."""
    return await _form(request, await services.good_of(actor.school, good))


@post("/goods/{good:int}/edit", opt=EDIT)
async def change_good(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], good: PathId
) -> Page:
    """Keep what was changed."""
    show_again(request, partial(_form, request, await services.good_of(actor.school, good)))
    form = parse(GoodForm, await read_form(request))
    await services.change_good(actor, good, form, now=now)
    return redirect(request, f"/goods/{good}", _("{name} is in the catalogue."), name=form.name)


@post("/goods/{good:int}/retire", opt=EDIT)
async def retire_good(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], good: PathId
) -> Page:
    """Take a good out of use."""
    await services.retire_good(actor, good, now=now)
    return redirect(request, f"/goods/{good}", _("The good is out of use. Deliveries that have it keep it."))


@post("/goods/{good:int}/restore", opt=EDIT)
async def restore_good(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], good: PathId
) -> Page:
    """Bring a good back into use."""
    await services.restore_good(actor, good, now=now)
    return redirect(request, f"/goods/{good}", _("The good is in use again."))


routes: list[Any] = [
    list_goods,
    goods_excel,
    show_good,
    new_good,
    create_good,
    edit_good,
    change_good,
    retire_good,
    restore_good,
]
