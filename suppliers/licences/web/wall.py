"""The wall of papers by the day they end, and the same as a workbook."""

from datetime import datetime
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.pages import Page, language, listing, page
from canteen.kit.texts import _
from suppliers.goods.rules import PAPER_NAMES
from suppliers.licences import services
from suppliers.licences.paper import wall_workbook
from suppliers.licences.web.showing import NAMES, READ, XLSX, AnyRequest, choices

FILTERS = ("owner", "kind")
OWNER_NAMES = {
    "suppliers": _("Papers of suppliers"),
    "canteen": _("Our own papers"),
    "services": _("Papers of service firms"),
}


@get("/licences", opt=READ)
async def show_wall(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Every paper in use, the first to end first."""
    asked = listing(request, filters=FILTERS)
    found = await services.wall(actor.school, today=local_day(now), **_chosen(asked))
    return await page(
        request,
        "licences/wall.html",
        asked=asked,
        wall=found,
        owners=choices(request, OWNER_NAMES),
        kinds=choices(request, PAPER_NAMES),
        **NAMES,
    )


@get("/licences/excel", opt=READ)
async def wall_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The wall as a workbook, in the columns of the ledger."""
    asked = listing(request, filters=FILTERS)
    found = await services.wall(actor.school, today=local_day(now), **_chosen(asked))
    headers = {"Content-Disposition": 'attachment; filename="papers.xlsx"'}
    return Response(wall_workbook(found, language(request)), media_type=XLSX, headers=headers)


def _chosen(asked: Any) -> dict[str, str]:
    return {name: asked.filters.get(name, "") for name in FILTERS}


routes: list[Any] = [show_wall, wall_excel]
