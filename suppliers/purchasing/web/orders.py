"""Orders: the list, one order with its text for the supplier, ordering what was approved."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import register
from suppliers.purchasing.forms.wishes import OrdersForm, ReasonForm
from suppliers.purchasing.paper.orders import order_ledger, order_text, order_title, orders_workbook
from suppliers.purchasing.rules.wishes import ORDER_NAMES
from suppliers.purchasing.services import order_lists, ordering, wish_lists
from suppliers.purchasing.services.history import last_sellers
from suppliers.purchasing.services.quotes_read import quotes_of
from suppliers.purchasing.web.naming import (
    NAMES,
    ORDER,
    PRINT,
    READ,
    XLSX,
    AnyRequest,
    as_file,
    choices,
    drawn,
    school_name,
    seller_choices,
)

SORTS = ("-deliver_on", "deliver_on", "number")


@get("/purchasing/orders", opt=READ)
async def list_orders(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Orders by day: searched by number and supplier, filtered by state and supplier."""
    asked = listing(request, filters=order_lists.FILTERS, sorts=SORTS)
    heads, following = await order_lists.list_orders(actor.school, asked)
    return await page(
        request,
        "purchasing/orders.html",
        asked=asked,
        heads=heads,
        next=following,
        states=choices(request, ORDER_NAMES),
        sellers=await seller_choices(actor.school),
        **NAMES,
    )


@get("/purchasing/orders/excel", opt=READ)
async def orders_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=order_lists.FILTERS, sorts=SORTS)
    heads = await order_lists.all_orders(actor.school, asked)
    return as_file(orders_workbook(heads, language(request)), "采购订单.xlsx", XLSX)


@get("/purchasing/orders/{order:int}", opt=READ)
async def show_order(request: AnyRequest, actor: NamedDependency[Actor], order: PathId) -> Page:
    """One order."""
    return await _order(request, actor, order)


async def _order(request: AnyRequest, actor: Actor, order: int) -> Page:
    view = await order_lists.order_of(actor.school, order)
    text = order_text(view, await school_name(actor.school), language(request))
    return await page(request, "purchasing/order.html", view=view, head=view.head, text=text, **NAMES)


@post("/purchasing/orders/{order:int}/cancel", opt=ORDER)
async def cancel_order(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], order: PathId
) -> Page:
    """Call it off, with a reason."""
    show_again(request, partial(_order, request, actor, order))
    form = parse(ReasonForm, await read_form(request))
    await ordering.cancel_order(actor, order, form, now=now)
    return redirect(request, f"/purchasing/orders/{order}", _("The order is called off. Tell the supplier."))


@get("/purchasing/plans/{wish:int}/order", opt=ORDER)
async def order_form(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Who delivers which line of an approved sheet, and when."""
    return await _form(request, actor, wish, now)


async def _form(request: AnyRequest, actor: Actor, wish: int, now: datetime) -> Page:
    view = await wish_lists.wish_of(actor.school, wish)
    chosen = next((one for one in await quotes_of(actor.school, wish) if one.chosen), None)
    last = await last_sellers(actor.school, [line.good.id for line in view.lines])
    done = await ordering.ordered_lines(actor.school, wish)
    guess = {
        line.id: chosen.supplier if chosen and chosen.supplier else last.get(line.good.id)
        for line in view.lines
    }
    return await page(
        request,
        "purchasing/order_form.html",
        view=view,
        head=view.head,
        lines=[line for line in view.lines if line.position not in done],
        guess=guess,
        prices=chosen.prices if chosen else {},
        sellers=await seller_choices(actor.school),
        deliver_on=max(view.head.first_day, local_day(now)),
        **NAMES,
    )


@post("/purchasing/plans/{wish:int}/order", opt=ORDER)
async def place_orders(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Place an order with each supplier."""
    show_again(request, partial(_form, request, actor, wish, now))
    form = parse(OrdersForm, await read_form(request))
    orders = await ordering.place_orders(actor, wish, form, now=now)
    url = f"/purchasing/orders/{orders[0]}" if len(orders) == 1 else f"/purchasing/plans/{wish}"
    return redirect(request, url, _("Orders placed: {count}."), count=len(orders))


@get("/purchasing/orders/{order:int}/sheet.pdf", opt=READ)
async def order_pdf(request: AnyRequest, actor: NamedDependency[Actor], order: PathId) -> Response[bytes]:
    """The order on paper."""
    view, lang = await order_lists.order_of(actor.school, order), language(request)
    ledger = order_ledger(view, await school_name(actor.school), lang)
    return await drawn(request, actor, ledger, _paper(view, lang))


@post("/purchasing/orders/{order:int}/sheet.pdf", opt=PRINT)
async def print_order(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], order: PathId
) -> Page:
    """Print it: it gets its number and waits for ink."""
    view = await order_lists.order_of(actor.school, order)
    return await register(request, actor, _paper(view, language(request)), now=now)


def _paper(view: order_lists.OrderView, lang: str) -> Paper:
    content = msgspec.json.encode(view, enc_hook=str)
    title = f"{order_title(lang)} {view.head.number}"
    return Paper("purchasing.order", "order", view.head.id, title, content, to_sign=True)


routes: list[Any] = [
    list_orders,
    orders_excel,
    show_order,
    cancel_order,
    order_form,
    place_orders,
    order_pdf,
    print_order,
]
