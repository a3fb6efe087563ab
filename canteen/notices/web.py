"""The inbox: what is to be done, then alerts and news; and the card on the start page."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.kit.actor import Actor
from canteen.kit.clock import at_local, local_day
from canteen.kit.pages import Page, listing, own_path, page, redirect, show_again
from canteen.kit.pages.cards import Card
from canteen.kit.texts import _
from canteen.notices.rules.kinds import Kind
from canteen.notices.rules.terms import TERM_TASKS
from canteen.notices.services import deeds, inbox

AnyRequest = Request[Any, Any, Any]
READ = {"may": "notices.read"}
TICK = {"may": "notices.tick"}
ON_CARD = 3
VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "task": {task.message: task.message for tasks in TERM_TASKS.values() for task in tasks}
}
KINDS = {
    Kind.ALERT: _("Alerts only"),
    Kind.NEWS: _("News only"),
    Kind.TASK: _("Tasks that are done"),
}


@get("/notices", opt=READ)
async def notices_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Tasks first, the most urgent on top; then messages, the unread ones before the others."""
    return await _notices(request, actor, now)


async def _notices(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    asked = listing(request, filters=("kind",))
    shown, following = await inbox.inbox(actor, asked, now)
    whole = not asked.narrowed and asked.after is None
    return await page(
        request,
        "notices/inbox.html",
        asked=asked,
        tasks=await inbox.open_tasks(actor, now) if whole else [],
        shown=shown,
        following=following,
        kinds=KINDS,
        whole=whole,
        today=local_day(now),
    )


@post("/notices/{notice:int}/open", opt=READ)
async def open_notice(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], notice: FromPath[int]
) -> Page:
    """Read it, and go where it leads."""
    return redirect(request, own_path(await deeds.mark_read(actor, notice, now=now) or "/notices"))


@post("/notices/read", opt=READ)
async def read_all(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Everything is read."""
    await deeds.mark_all_read(actor, now=now)
    return redirect(request, "/notices", _("Everything is read."))


@post("/notices/{notice:int}/done", opt=TICK)
async def tick_task(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], notice: FromPath[int]
) -> Page:
    """A task is done."""
    show_again(request, partial(_notices, request, actor, now))
    await deeds.tick(actor, notice, now=now)
    return redirect(request, "/notices", _("Done. It stands under the tasks that are done."))


@post("/notices/{notice:int}/reopen", opt=TICK)
async def reopen_task(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime], notice: FromPath[int]
) -> Page:
    """It was ticked too early."""
    show_again(request, partial(_notices, request, actor, now))
    await deeds.reopen(actor, notice, now=now)
    return redirect(request, "/notices", _("The task is open again."))


async def home(actor: Actor, _may: Callable[[str], bool], today: date) -> list[Card]:
    """What somebody still has to tick off, the most urgent first.

    A task that a deed closes is told by the card of the room that asks for it.
    """
    tasks = [task for task in await inbox.open_tasks(actor, at_local(today, 12)) if task.by_hand]
    if not tasks:
        return []
    lines = [(task.message, task.facts) for task in tasks[:ON_CARD]]
    more = len(tasks) - ON_CARD
    lines += [(_("and {count} more"), {"count": more})] if more > 0 else []
    tag = _("overdue") if any(task.late(today) for task in tasks) else ""
    return [Card(_("Your tasks"), lines, "/notices", _("See all tasks"), tag, "due")]


routes: list[Any] = [notices_page, open_notice, read_all, tick_task, reopen_task]
