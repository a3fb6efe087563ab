"""Looking at deliveries: the list, the list of goods that came, one delivery with everything."""

from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.pages import Page, language, listing, page, redirect
from canteen.schools.services.policies import policy
from suppliers.goods.rules import CATEGORY_NAMES, said
from suppliers.purchasing.paper import deliveries as paper
from suppliers.purchasing.rules import DELIVERY_STATE_NAMES
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.web.deliveries_words import NAMES, READ, XLSX, AnyRequest, choices


@get("/deliveries", opt=READ)
async def list_deliveries(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Deliveries, the latest first; drafts and what waits for the principal stand among them."""
    asked = listing(request, filters=deliveries.FILTERS)
    rows, following = await deliveries.list_deliveries(actor.school, asked)
    return await page(
        request,
        "purchasing/deliveries.html",
        asked=asked,
        rows=rows,
        next=following,
        states=choices(request, DELIVERY_STATE_NAMES),
        categories=choices(request, CATEGORY_NAMES),
        sellers=[(one.id, one.name) for one in await deliveries.sellers_at_hand(actor.school)],
        **NAMES,
    )


@get("/deliveries/excel", opt=READ)
async def deliveries_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    rows = await deliveries.all_deliveries(actor.school, listing(request, filters=deliveries.FILTERS))
    return _workbook(paper.deliveries_workbook(rows, language(request)), "deliveries")


@get("/deliveries/lines", opt=READ)
async def list_lines(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Every good that came, line by line."""
    asked = listing(request, filters=deliveries.LINE_FILTERS)
    rows, following = await deliveries.list_lines(actor.school, asked)
    return await page(
        request,
        "purchasing/lines.html",
        asked=asked,
        rows=rows,
        next=following,
        categories=choices(request, CATEGORY_NAMES),
        sellers=[(one.id, one.name) for one in await deliveries.sellers_at_hand(actor.school)],
        today=local_day(now),
        **NAMES,
    )


@get("/deliveries/lines/excel", opt=READ)
async def lines_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    rows = await deliveries.all_lines(actor.school, listing(request, filters=deliveries.LINE_FILTERS))
    return _workbook(paper.lines_workbook(rows, language(request)), "delivery-lines")


def _workbook(body: bytes, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"'}
    return Response(body, media_type=XLSX, headers=headers)


@get("/deliveries/{delivery:int}", opt=READ)
async def show_delivery(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """One delivery with its goods, papers, people, stops, and what became of what was refused."""
    return await shown(request, actor, now, delivery)


async def shown(request: AnyRequest, actor: Actor, now: datetime, delivery: int) -> Page:
    """The page of a delivery; a draft has the counter for its page."""
    view = await deliveries.view_of(actor.school, delivery)
    if view.row.state == "draft":
        return redirect(request, f"/deliveries/{delivery}/edit")
    refused = [line for line in view.lines if deliveries.refused_of(line)]
    today = local_day(now)
    return await page(
        request,
        "purchasing/delivery.html",
        view=view,
        refused=refused,
        disposals=await deliveries.disposals_of(actor.school, [line.id for line in refused]),
        hits=await deliveries.hits_of(view.row, refused) if refused else (),
        witnesses=[
            (str(one.id), one.name)
            for one in await deliveries.checkers(actor.school, today, but=actor.person)
        ],
        weight=str(await policy(actor.school, "weight_unit", today)),
        plain=deliveries.is_plain(view.row, actor.person, now),
        refused_of=deliveries.refused_of,
        ways=choices(request, NAMES["way_names"]),
        said=said,
        lists=paper.lists,
        **NAMES,
    )


routes: list[Any] = [
    list_deliveries,
    deliveries_excel,
    list_lines,
    lines_excel,
    show_delivery,
]
