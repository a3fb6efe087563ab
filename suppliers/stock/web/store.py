"""The store at a glance, places, and lots with their labels."""

import asyncio
from datetime import datetime
from functools import partial
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.labels import label_pages, label_sheets
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.paper import LABELS
from canteen.kit.problems import Missing
from canteen.kit.texts import _, say
from suppliers.goods.rules import CATEGORY_NAMES, STORAGE_NAMES
from suppliers.stock import services
from suppliers.stock.forms import ApartForm, PlaceForm
from suppliers.stock.paper import lot_labels, lots_workbook
from suppliers.stock.rules import STANDING_NAMES, Standing
from suppliers.stock.services.lots import FILTERS, SORTS, LotLine
from suppliers.stock.web.showing import (
    COUNT,
    PDF,
    READ,
    XLSX,
    AnyRequest,
    by_category,
    choices,
    file,
    room_of,
    wait_for_fonts,
)

STANDINGS = (
    Standing.NEAR,
    Standing.EXPIRED,
    Standing.LOCKED,
    Standing.QUARANTINED,
    Standing.HELD,
    Standing.NOT_YET,
    Standing.EMPTY,
)
MOST_LABELS = 200


@get("/stock", opt=READ)
async def show_store(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """What lies there by good, what must be used soon, what may not be used."""
    today = local_day(now)
    room = await room_of(request, actor, today)
    held = await services.on_hand(actor.school, room.canteen.id, today)
    near = await services.near_lots(actor.school, room.canteen.id, on=today)
    return await page(
        request,
        "stock/store.html",
        groups=by_category(held),
        value=sum(one.fen for one in held),
        near=near,
        stopped=sum(one.standings.get(standing, 0) for one in held for standing in STOPPED),
        **room.words,
    )


STOPPED = (Standing.LOCKED, Standing.QUARANTINED, Standing.HELD)


@get("/stock/lots", opt=READ)
async def list_lots(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Every lot that holds anything: searched, filtered, the first to expire first."""
    asked = listing(request, filters=FILTERS, sorts=SORTS)
    room = await room_of(request, actor, local_day(now))
    lines, following = await services.list_lots(actor.school, asked, on=room.today)
    filters = [
        ("standing", say(room.lang, _("All states")), choices(request, STANDING_NAMES, STANDINGS)),
        ("category", say(room.lang, _("All categories")), choices(request, CATEGORY_NAMES)),
        ("all", say(room.lang, _("In the store")), [("1", say(room.lang, _("Used-up lots too")))]),
    ]
    return await page(
        request, "stock/lots.html", asked=asked, lines=lines, next=following, filters=filters, **room.words
    )


@get("/stock/lots/excel", opt=READ)
async def lots_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=FILTERS, sorts=SORTS)
    lines = await services.all_lots(actor.school, asked, on=local_day(now))
    return file(lots_workbook(lines, language(request)), "批次.xlsx", XLSX)


@get("/stock/lots/labels.pdf", opt=READ)
async def labels(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """Labels of the lots named in the address (`lot`), 50 × 30 mm each, or many on A4 (`sheet=a4`)."""
    room = await room_of(request, actor, local_day(now))
    lines = await _named_lots(request, actor, room.today)
    drawn = lot_labels(lines, room.lang, room.weight, request.app.state.base_url)
    await wait_for_fonts()
    size = LABELS.get(request.query_params.get("size", ""), LABELS["50x30"])
    draw = label_sheets if request.query_params.get("sheet") == "a4" else label_pages
    return file(await asyncio.to_thread(draw, drawn, size, lang=room.lang), "标签.pdf", PDF)


async def _named_lots(request: AnyRequest, actor: Actor, today: Any) -> list[LotLine]:
    texts = request.query_params.getall("lot", [])
    ids = [int(text) for text in texts if text.isdecimal() and len(text) < 19][:MOST_LABELS]
    rows = await services.lots_by_ids(actor.school, ids)
    if not rows:
        raise Missing
    return await services.lines_of_lots(actor.school, [rows[id_] for id_ in ids if id_ in rows], on=today)


@get("/stock/lots/{lot:int}", opt=READ)
async def show_lot(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], lot: PathId
) -> Page:
    """One lot: where it came from, where it went."""
    return await _lot(request, actor, lot, now)


async def _lot(request: AnyRequest, actor: Actor, lot: int, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    view = await services.lot_view(actor.school, lot, on=room.today)
    return await page(request, "stock/lot.html", view=view, line=view.line, lot=view.line.lot, **room.words)


@post("/stock/lots/{lot:int}/apart", opt=COUNT)
async def set_apart(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], lot: PathId
) -> Page:
    """Set a lot apart until somebody has decided."""
    show_again(request, partial(_lot, request, actor, lot, now))
    await services.set_apart(actor, lot, parse(ApartForm, await read_form(request)), now=now)
    return redirect(request, f"/stock/lots/{lot}", _("The lot is set apart."))


@post("/stock/lots/{lot:int}/release", opt={"may": "stock.close"})
async def release_lot(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], lot: PathId
) -> Page:
    """A lot that was set apart may be used again."""
    show_again(request, partial(_lot, request, actor, lot, now))
    await services.release_lot(actor, lot, parse(ApartForm, await read_form(request)), now=now)
    return redirect(request, f"/stock/lots/{lot}", _("The lot may be used again."))


@get("/stock/places", opt=READ)
async def show_places(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Shelves, fridges and freezers of a canteen."""
    return await _places(request, actor, now)


async def _places(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    room = await room_of(request, actor, local_day(now))
    places = await services.places_of(actor.school, room.canteen.id)
    storages = choices(request, STORAGE_NAMES)
    return await page(request, "stock/places.html", places=places, storages=storages, **room.words)


@post("/stock/places", opt=COUNT)
async def add_place(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A new place."""
    show_again(request, partial(_places, request, actor, now))
    form = parse(PlaceForm, await read_form(request))
    await services.add_place(actor, form, now=now)
    return redirect(request, f"/stock/places?canteen={form.canteen}", _("The place is kept."))


@post("/stock/places/{place:int}/retire", opt=COUNT)
async def retire_place(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], place: PathId
) -> Page:
    """Give a place up."""
    await services.retire_place(actor, place, now=now)
    return redirect(request, "/stock/places", _("The place is given up."))


routes: list[Any] = [
    show_store,
    list_lots,
    lots_excel,
    labels,
    show_lot,
    set_apart,
    release_lot,
    show_places,
    add_place,
    retire_place,
]
