"""What goods cost: all at a glance, and who delivered one at which price, with a chart."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from markupsafe import Markup

from canteen.kit.actor import Actor
from canteen.kit.charts import Series, lines, svg
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.pages import Page, language, listing, page
from canteen.kit.texts import _, say
from suppliers.goods.rules import CATEGORY_NAMES
from suppliers.goods.services import good_of
from suppliers.purchasing.paper.market import prices_workbook
from suppliers.purchasing.services import history
from suppliers.purchasing.services.history import Sold
from suppliers.purchasing.services.market import asked_of_good
from suppliers.purchasing.services.usual import usual_prices
from suppliers.purchasing.web.naming import NAMES, READ, XLSX, AnyRequest, as_file, choices

FILTERS, SORTS = ("category",), ("name", "category")
MONTHS = (1, 3, 6, 12)
WIDTH, HEIGHT, MOST_SELLERS = 420, 190, 5
HALF_A_KILOGRAM = 2


@get("/purchasing/prices", opt=READ)
async def show_prices(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Each good with its last price, the usual one here and in the district, and the tender's."""
    asked = listing(request, filters=FILTERS, sorts=SORTS)
    rows, following = await history.list_prices(actor.school, asked, local_day(now))
    return await page(
        request,
        "purchasing/prices.html",
        asked=asked,
        rows=rows,
        next=following,
        categories=choices(request, CATEGORY_NAMES),
        **NAMES,
    )


@get("/purchasing/prices/excel", opt=READ)
async def prices_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=FILTERS, sorts=SORTS)
    rows = await history.all_prices(actor.school, asked, local_day(now))
    return as_file(prices_workbook(rows, language(request)), "价格一览.xlsx", XLSX)


@get("/purchasing/prices/{good:int}", opt=READ)
async def show_price(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], good: PathId
) -> Page:
    """Who delivered it at which price in the last months."""
    known, today = await good_of(actor.school, good), local_day(now)
    months = _months(request)
    first = history.since(today, months)
    sold = await history.sold_of_good(actor.school, good, first, today)
    return await page(
        request,
        "purchasing/price.html",
        good=known,
        sold=list(reversed(sold)),
        chart=_chart(sold, known.name, language(request)) if sold else "",
        usual=(await usual_prices(actor.school, [good], today))[good],
        asked=await asked_of_good(actor.school, good, first, today),
        months=months,
        all_months=MONTHS,
        **NAMES,
    )


def _months(request: AnyRequest) -> int:
    wished = request.query_params.get("months", "")
    return int(wished) if wished in {str(one) for one in MONTHS} else MONTHS[1]


def _chart(sold: Sequence[Sold], name: str, lang: str) -> Markup:
    """Yuan a jin by day: a line for each seller, those that came most often first."""
    priced = [one for one in sold if one.fen_per_kg is not None]
    sellers: dict[str, int] = {}
    for one in priced:
        label = one.supplier_name or say(lang, _("without a supplier"))
        sellers[label] = sellers.get(label, 0) + 1
    names = sorted(sellers, key=lambda label: -sellers[label])[:MOST_SELLERS]
    days = sorted({one.arrived_on for one in priced})
    series = [Series(label, [_price_on(priced, label, day, lang) for day in days]) for label in names]
    labels = [f"{day:%m-%d}" for day in days]
    title = say(lang, _("{name}: yuan per jin"), name=name)
    told = "; ".join(f"{one.arrived_on} {(one.fen_per_kg or 0) / 200:.2f}" for one in priced)
    # Safe: `svg` escapes every text that it is handed.
    return Markup(svg(lines(labels, series, width=WIDTH, height=HEIGHT), title, told))  # noqa: S704


def _price_on(sold: Sequence[Sold], seller: str, day: date, lang: str) -> float | None:
    """The last price of a seller on a day, yuan a jin."""
    nobody = say(lang, _("without a supplier"))
    found = [
        one.fen_per_kg or 0
        for one in sold
        if one.arrived_on == day and (one.supplier_name or nobody) == seller
    ]
    return found[-1] / 100 / HALF_A_KILOGRAM if found else None


routes: list[Any] = [show_prices, prices_excel, show_price]
