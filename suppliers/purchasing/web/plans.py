"""Plans and requisitions: the list, one sheet, its way to approval, its paper."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.problems import Finding
from canteen.kit.texts import _
from canteen.schools.services.prints import Paper
from canteen.schools.web.printing import register
from suppliers.purchasing.paper.plans import wish_ledger, wish_title, wish_workbook, wishes_workbook
from suppliers.purchasing.rules import WishKind
from suppliers.purchasing.rules.quotes import APPROVER_NAMES, approver_of, price_findings
from suppliers.purchasing.rules.wishes import KIND_NAMES, STATE_NAMES
from suppliers.purchasing.services import wish_lists, wishes
from suppliers.purchasing.services.expected import bought_by_good
from suppliers.purchasing.services.order_lists import orders_of_wish
from suppliers.purchasing.services.policy import amounts_of
from suppliers.purchasing.services.quotes_read import quotes_of
from suppliers.purchasing.services.usual import usual_prices
from suppliers.purchasing.services.wish_lists import WishView
from suppliers.purchasing.web.naming import (
    NAMES,
    PLAN,
    PRINT,
    READ,
    XLSX,
    AnyRequest,
    as_file,
    canteen_choices,
    choices,
    drawn,
    school_name,
)

WISHES = "/purchasing/plans"


@get(WISHES, opt=READ)
async def list_plans(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Requisitions and weekly plans: searched by number and purpose, filtered by kind and state."""
    asked = listing(request, filters=wish_lists.FILTERS, sorts=("-first_day", "first_day", "number"))
    heads, following = await wish_lists.list_wishes(actor.school, asked)
    return await page(
        request,
        "purchasing/plans.html",
        asked=asked,
        heads=heads,
        next=following,
        waiting=await wish_lists.waiting_wishes(actor.school),
        kinds=choices(request, KIND_NAMES),
        states=choices(request, STATE_NAMES),
        canteens=await canteen_choices(actor.school),
        **NAMES,
    )


@get("/purchasing/plans/excel", opt=READ)
async def plans_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Response[bytes]:
    """The same list as a workbook."""
    asked = listing(request, filters=wish_lists.FILTERS, sorts=("-first_day", "first_day", "number"))
    heads = await wish_lists.all_wishes(actor.school, asked)
    return as_file(wishes_workbook(heads, language(request)), "采购计划.xlsx", XLSX)


@get("/purchasing/plans/{wish:int}", opt=READ)
async def show_plan(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """One sheet: its lines with what is to be said of their prices, offers, orders, who decided."""
    return await _plan(request, actor, wish, now)


async def _plan(request: AnyRequest, actor: Actor, wish: int, now: datetime) -> Page:
    view, today = await wish_lists.wish_of(actor.school, wish), local_day(now)
    amounts = await amounts_of(actor.school, today)
    plan = view.head.kind is WishKind.WEEKLY_PLAN
    return await page(
        request,
        "purchasing/plan.html",
        view=view,
        head=view.head,
        notes=await _price_notes(actor.school, view, now),
        quotes=await quotes_of(actor.school, wish),
        wants_quotes=not plan and amounts.quotes_from is not None and view.head.fen >= amounts.quotes_from,
        orders=await orders_of_wish(actor.school, wish),
        bought=await bought_by_good(actor.school, wish) if plan else {},
        approver=APPROVER_NAMES[approver_of(view.head.fen, amounts)],
        **NAMES,
    )


async def _price_notes(school: int, view: WishView, now: datetime) -> dict[int, list[Finding]]:
    """What is said of each line's price, by line."""
    usual = await usual_prices(school, {line.good.id for line in view.lines}, local_day(now))
    return {
        line.id: price_findings(line.per_kg, usual[line.good.id], "")
        for line in view.lines
        if line.per_kg is not None
    }


@post("/purchasing/plans/{wish:int}/submit", opt=PLAN)
async def submit(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Send it to whoever approves so much."""
    show_again(request, partial(_plan, request, actor, wish, now))
    await wishes.submit_wish(actor, wish, now=now)
    return redirect(request, f"{WISHES}/{wish}", _("Sent for approval."))


@post("/purchasing/plans/{wish:int}/withdraw", opt=PLAN)
async def withdraw(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Back to the desk."""
    show_again(request, partial(_plan, request, actor, wish, now))
    await wishes.withdraw_wish(actor, wish, now=now)
    return redirect(request, f"{WISHES}/{wish}", _("It can be changed again."))


@post("/purchasing/plans/{wish:int}/close", opt=PLAN)
async def close(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Nothing more is bought of it."""
    show_again(request, partial(_plan, request, actor, wish, now))
    await wishes.close_wish(actor, wish, now=now)
    return redirect(request, f"{WISHES}/{wish}", _("Closed: nothing more is bought of it."))


@get("/purchasing/plans/{wish:int}/sheet.pdf", opt=READ)
async def plan_pdf(request: AnyRequest, actor: NamedDependency[Actor], wish: PathId) -> Response[bytes]:
    """The sheet on paper: a copy, or with the number it was given."""
    view = await wish_lists.wish_of(actor.school, wish)
    lang = language(request)
    ledger = wish_ledger(view, await school_name(actor.school), lang)
    return await drawn(request, actor, ledger, _paper(view, lang))


@post("/purchasing/plans/{wish:int}/sheet.pdf", opt=PRINT)
async def print_plan(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Print it: it gets its number and waits for ink."""
    view = await wish_lists.wish_of(actor.school, wish)
    return await register(request, actor, _paper(view, language(request)), now=now)


@get("/purchasing/plans/{wish:int}/sheet.xlsx", opt=READ)
async def plan_excel(request: AnyRequest, actor: NamedDependency[Actor], wish: PathId) -> Response[bytes]:
    """The same as a workbook."""
    view = await wish_lists.wish_of(actor.school, wish)
    return as_file(wish_workbook(view, language(request)), f"{view.head.number}.xlsx", XLSX)


def _paper(view: WishView, lang: str) -> Paper:
    title = f"{wish_title(view.head, lang)} {view.head.number}"
    told = (view.head, [(line.good.name, line.count_milli, line.unit, line.price_fen) for line in view.lines])
    content = msgspec.json.encode(told, enc_hook=str)
    return Paper("purchasing.wish", "wish", view.head.id, title, content, to_sign=True)


routes: list[Any] = [
    list_plans,
    plans_excel,
    show_plan,
    submit,
    withdraw,
    close,
    plan_pdf,
    print_plan,
    plan_excel,
]
