"""Offers of sellers for a requisition: side by side, a new one with its photo, the choice."""

from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit import uploads
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, page, redirect, show_again
from canteen.kit.problems import Missing
from canteen.kit.texts import _
from canteen.schools.services.prints import Paper
from canteen.schools.services.uploads import upload_of
from canteen.schools.web.printing import register
from suppliers.purchasing.forms.wishes import ChoiceForm, QuoteForm
from suppliers.purchasing.paper.comparison import comparison_ledger, comparison_title, comparison_workbook
from suppliers.purchasing.rules.quotes import QUOTES
from suppliers.purchasing.services import quoting, wish_lists
from suppliers.purchasing.services.policy import amounts_of
from suppliers.purchasing.services.quotes_read import QuoteView, quotable_fen, quotes_of
from suppliers.purchasing.web.naming import (
    NAMES,
    PLAN,
    PRINT,
    READ,
    XLSX,
    AnyRequest,
    as_file,
    drawn,
    photos_sent,
    school_name,
    seller_choices,
)

ONE_DAY = "private, max-age=86400"


@get("/purchasing/plans/{wish:int}/quotes", opt=READ)
async def show_quotes(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """The offers side by side, the cheapest first."""
    return await _page(request, actor, wish, now)


async def _page(request: AnyRequest, actor: Actor, wish: int, now: datetime) -> Page:
    today = local_day(now)
    view, quotes = await _compared(actor.school, wish)
    return await page(
        request,
        "purchasing/quotes.html",
        view=view,
        head=view.head,
        quotes=quotes,
        offers=[(quote.id, quote.name) for quote in quotes],
        chosen=next((quote.id for quote in quotes if quote.chosen), ""),
        lowest=_lowest(view, quotes),
        sellers=await seller_choices(actor.school),
        amounts=await amounts_of(actor.school, today),
        open_fen=await quotable_fen(actor.school, wish, today),
        wanted=QUOTES,
        today=today,
        **NAMES,
    )


def _lowest(view: wish_lists.WishView, quotes: list[QuoteView]) -> dict[int, int | None]:
    """The best price of each line."""
    return {
        line.id: min((quote.prices[line.id] for quote in quotes if line.id in quote.prices), default=None)
        for line in view.lines
    }


@post("/purchasing/plans/{wish:int}/quotes", opt=PLAN)
async def add_quote(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Keep what a seller asks."""
    show_again(request, partial(_page, request, actor, wish, now))
    form = parse(QuoteForm, await read_form(request))
    await quoting.add_quote(actor, wish, form, await photos_sent(request, "photos"), now=now)
    return redirect(request, f"/purchasing/plans/{wish}/quotes", _("The offer is kept."))


@post("/purchasing/plans/{wish:int}/quotes/choose", opt=PLAN)
async def choose_quote(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Take one of them."""
    show_again(request, partial(_page, request, actor, wish, now))
    await quoting.choose_quote(actor, wish, parse(ChoiceForm, await read_form(request)), now=now)
    return redirect(request, f"/purchasing/plans/{wish}", _("The choice is kept."))


@post("/purchasing/plans/{wish:int}/quotes/{quote:int}/withdraw", opt=PLAN)
async def withdraw_quote(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    wish: PathId,
    quote: PathId,
) -> Page:
    """It was typed wrongly."""
    show_again(request, partial(_page, request, actor, wish, now))
    await quoting.withdraw_quote(actor, wish, quote, now=now)
    return redirect(request, f"/purchasing/plans/{wish}/quotes", _("The offer was taken back."))


@get("/purchasing/plans/{wish:int}/quotes/photos/{digest:str}", opt=READ)
async def show_photo(
    request: AnyRequest, actor: NamedDependency[Actor], wish: PathId, digest: FromPath[str]
) -> Response[bytes]:
    """A photo of an offer for this sheet."""
    known = {photo for quote in await quotes_of(actor.school, wish) for photo in quote.photos}
    if digest not in known:
        raise Missing
    row = await upload_of(actor.school, digest)
    body = uploads.read(request.app.state.data_dir, digest)
    return Response(body, media_type=row.media_type, headers={"Cache-Control": ONE_DAY})


@get("/purchasing/plans/{wish:int}/comparison.pdf", opt=READ)
async def comparison_pdf(request: AnyRequest, actor: NamedDependency[Actor], wish: PathId) -> Response[bytes]:
    """The comparison on paper (询价比价表)."""
    view, quotes = await _compared(actor.school, wish)
    lang = language(request)
    ledger = comparison_ledger(view, quotes, await school_name(actor.school), lang)
    return await drawn(request, actor, ledger, _paper(view, quotes, lang))


@post("/purchasing/plans/{wish:int}/comparison.pdf", opt=PRINT)
async def print_comparison(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], wish: PathId
) -> Page:
    """Print it: it gets its number and waits for ink."""
    view, quotes = await _compared(actor.school, wish)
    return await register(request, actor, _paper(view, quotes, language(request)), now=now)


@get("/purchasing/plans/{wish:int}/comparison.xlsx", opt=READ)
async def comparison_excel(
    request: AnyRequest, actor: NamedDependency[Actor], wish: PathId
) -> Response[bytes]:
    """The same as a workbook."""
    view, quotes = await _compared(actor.school, wish)
    lang = language(request)
    return as_file(comparison_workbook(view, quotes, lang), f"{comparison_title(lang)}.xlsx", XLSX)


async def _compared(school: int, wish: int) -> tuple[wish_lists.WishView, list[QuoteView]]:
    view = await wish_lists.wish_of(school, wish)
    return view, await quotes_of(school, wish)


def _paper(view: wish_lists.WishView, quotes: list[QuoteView], lang: str) -> Paper:
    told = (view.head.number, view.head.choice_reason, quotes)
    content = msgspec.json.encode(told, enc_hook=str)
    title = f"{comparison_title(lang)} {view.head.number}"
    return Paper("purchasing.comparison", "wish", view.head.id, title, content, to_sign=True)


routes: list[Any] = [
    show_quotes,
    add_quote,
    choose_quote,
    withdraw_quote,
    show_photo,
    comparison_pdf,
    print_comparison,
    comparison_excel,
]
