"""Typing a plan or requisition like a spreadsheet, from nothing, last week's, or what was delivered."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.clock import local_day, monday_of
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Listing, Page, fragment, page, redirect, show_again
from canteen.kit.texts import _
from canteen.schools.services.policies import policy
from suppliers.goods.services import find_goods
from suppliers.purchasing.forms.wishes import WishForm
from suppliers.purchasing.rules import WishKind
from suppliers.purchasing.rules.wishes import MOST_DAYS
from suppliers.purchasing.services import wish_lists, wishes
from suppliers.purchasing.services.drafting import Row, rows_of_deliveries, rows_of_wish
from suppliers.purchasing.services.usual import usual_prices
from suppliers.purchasing.services.wish_lists import WishHead, WishView
from suppliers.purchasing.web.naming import NAMES, PLAN, AnyRequest, canteen_choices

BLANK_ROWS, MOST_ROWS = 4, 200
COMMON_UNITS = ("斤", "公斤", "个", "袋", "箱", "桶", "板", "瓶")


@get("/purchasing/plans/new", opt=PLAN)
async def new_plan(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """A blank sheet, or one that begins with an earlier one (`from`) or with what was delivered."""
    return await _form(request, actor, None, now)


@post("/purchasing/plans/new", opt=PLAN)
async def add_plan(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep it as a draft."""
    show_again(request, partial(_form, request, actor, None, now))
    form = parse(WishForm, await read_form(request))
    wish = await wishes.add_wish(actor, form, now=now)
    return redirect(request, f"/purchasing/plans/{wish}", _("Kept as a draft. Look at it, then send it."))


@get("/purchasing/plans/{wish:int}/edit", opt=PLAN)
async def edit_plan(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """A draft, to be written anew."""
    return await _form(request, actor, await wish_lists.wish_of(actor.school, wish), now)


@post("/purchasing/plans/{wish:int}/edit", opt=PLAN)
async def change_plan(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Keep what was changed."""
    view = await wish_lists.wish_of(actor.school, wish)
    show_again(request, partial(_form, request, actor, view, now))
    form = parse(WishForm, await read_form(request))
    await wishes.change_wish(actor, wish, form, now=now)
    return redirect(request, f"/purchasing/plans/{wish}", _("Kept as a draft. Look at it, then send it."))


@get("/purchasing/goods", opt=PLAN)
async def suggest_goods(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Options for a good that is being typed, whatever its field is called."""
    typed = next(iter(request.query_params.values()), "")
    goods = await find_goods(actor.school, typed)
    usual = await usual_prices(actor.school, [good.id for good in goods], local_day(now))
    return await fragment(request, "purchasing/_goods.html", goods=goods, usual=usual)


async def _form(request: AnyRequest, actor: Actor, view: WishView | None, now: datetime) -> Page:
    today, typed = local_day(now), request.state.get("typed") or {}
    kind, first, last = _asked(request, typed, view.head if view else None, today)
    canteens = await canteen_choices(actor.school)
    rows = _rows_of(view) if view else await _rows_asked(request, actor.school, canteens, first, today)
    return await page(
        request,
        "purchasing/plan_form.html",
        view=view,
        kind=kind,
        first_day=first,
        last_day=last,
        days=_days(first, last),
        canteens=canteens,
        rows=_numbered(typed, rows),
        units=COMMON_UNITS,
        weight=str(await policy(actor.school, "weight_unit", today)),
        earlier=await _earlier(actor.school, kind),
        **NAMES,
    )


def _asked(
    request: AnyRequest, typed: Mapping[str, Any], head: WishHead | None, today: date
) -> tuple[WishKind, date, date]:
    """The kind and days that were typed, kept, or asked for by the address; a plan is for next week."""
    wanted = {**request.query_params, **{name: text for name, text in typed.items() if isinstance(text, str)}}
    kind = wanted.get("kind", head.kind.value if head else "")
    found = WishKind(kind) if kind in list(WishKind) else WishKind.REQUISITION
    start, end = (head.first_day, head.last_day) if head else _usual_days(found, today)
    return found, _day(wanted.get("first_day"), start), _day(wanted.get("last_day"), end)


def _usual_days(kind: WishKind, today: date) -> tuple[date, date]:
    if kind is WishKind.REQUISITION:
        return today + timedelta(days=1), today + timedelta(days=1)
    monday = monday_of(today) + timedelta(days=7)
    return monday, monday + timedelta(days=4)


def _day(text: str | None, otherwise: date) -> date:
    with suppress(ValueError):
        return date.fromisoformat(text or "")
    return otherwise


def _days(first: date, last: date) -> list[date]:
    """The days that a line may be for; one day needs no choice, and many days none either."""
    count = (last - first).days + 1
    return (
        [first + timedelta(days=n) for n in range(count)]
        if 1 < count <= MOST_DAYS[WishKind.WEEKLY_PLAN]
        else []
    )


async def _rows_asked(
    request: AnyRequest, school: int, canteens: Sequence[tuple[int, str]], first: date, today: date
) -> list[Row]:
    begin = request.query_params.get("from", "")
    if begin == "deliveries":
        return await rows_of_deliveries(school, canteens[0][0], first, today)
    if begin.isdecimal() and len(begin) < 19:
        return await rows_of_wish(school, int(begin), first)
    return []


def _rows_of(view: WishView) -> list[Row]:
    return [
        Row(line.good.name, line.unit, line.count_milli, line.price_fen, line.day, line.note)
        for line in view.lines
    ]


def _numbered(typed: Mapping[str, Any], rows: Sequence[Row]) -> list[tuple[int, Row | None]]:
    """The form's rows: those that were typed, or that it begins with, and blank ones at the end."""
    sent = typed.get("lines")
    numbers = [n for n in sent if isinstance(n, int) and n < MOST_ROWS] if isinstance(sent, Mapping) else []
    count = max([len(rows) + BLANK_ROWS, *(n + 1 for n in numbers)])
    return [(n, rows[n] if n < len(rows) and not sent else None) for n in range(count)]


async def _earlier(school: int, kind: WishKind) -> list[WishHead]:
    """The latest sheets of the kind, to begin with."""
    asked = Listing(filters={"kind": kind.value}, sort="-first_day", limit=4)
    return (await wish_lists.list_wishes(school, asked))[0]


routes: list[Any] = [new_plan, add_plan, edit_plan, change_plan, suggest_goods]
