"""After the counter: the principal's decision, and what becomes of refused goods."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import post
from litestar.di import NamedDependency

from canteen.kit.actor import Actor
from canteen.kit.described import PathId
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, redirect, show_again
from canteen.kit.texts import _
from suppliers.purchasing.forms.deliveries import DisposalForm, ReasonForm
from suppliers.purchasing.services import deliveries
from suppliers.purchasing.web.deliveries_show import shown
from suppliers.purchasing.web.deliveries_typed import read_typed
from suppliers.purchasing.web.deliveries_words import EXCEPTION, RECEIVE, AnyRequest


@post("/deliveries/{delivery:int}/let-through", opt=EXCEPTION)
async def let_through(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """Let provisional goods in, for a written reason."""
    show_again(request, partial(shown, request, actor, now, delivery))
    form = parse(ReasonForm, await read_form(request))
    await deliveries.let_through(actor, delivery, form, now=now)
    return redirect(request, f"/deliveries/{delivery}", _("Let through. The reason stays on every report."))


@post("/deliveries/{delivery:int}/turn-away", opt=EXCEPTION)
async def turn_away(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], delivery: PathId
) -> Page:
    """Send provisional goods back."""
    show_again(request, partial(shown, request, actor, now, delivery))
    form = parse(ReasonForm, await read_form(request))
    await deliveries.turn_away(actor, delivery, form, now=now)
    return redirect(request, f"/deliveries/{delivery}", _("Turned away: the lots have left the book."))


@post("/deliveries/{delivery:int}/lines/{line:int}/dispose", opt=RECEIVE)
async def dispose(
    request: AnyRequest,
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    delivery: PathId,
    line: PathId,
) -> Page:
    """Record that refused goods were returned or destroyed."""
    show_again(request, partial(shown, request, actor, now, delivery))
    form = parse(DisposalForm, await read_typed(request, actor, now=now))
    await deliveries.dispose(actor, delivery, line, form, now=now)
    return redirect(request, f"/deliveries/{delivery}", _("Recorded."))


routes: list[Any] = [let_through, turn_away, dispose]
