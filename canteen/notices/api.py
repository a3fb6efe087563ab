"""Notices as JSON."""

from datetime import date, datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_get
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import listed
from canteen.kit.pages import language, listing
from canteen.kit.texts import say
from canteen.notices.services.inbox import Shown, inbox, open_tasks, unread_count

ASKS = listed({"kind": "`news`, `alert`, or `task` for the tasks that are done."})


class NoticeOut(msgspec.Struct, frozen=True):
    """A task, an alert or news. `text` is in the caller's language, `link` a path of this service."""

    id: str
    kind: str
    level: str
    topic: str
    text: str
    link: str
    due_on: date | None
    late: bool
    posted_at: datetime
    done_at: datetime | None
    done_by: str | None
    unread: bool


class NoticesOut(msgspec.Struct, frozen=True):
    """A page of notices; `tasks` are all that are open, `unread` counts what the person has not read."""

    tasks: list[NoticeOut]
    items: list[NoticeOut]
    unread: int
    next: str | None


def notice_out(lang: str, shown: Shown, today: date) -> NoticeOut:
    """A notice as programs read it."""
    return NoticeOut(
        id=str(shown.id),
        kind=shown.kind,
        level=shown.level,
        topic=shown.topic,
        text=say(lang, shown.message, **shown.facts),
        link=shown.link,
        due_on=shown.due_on,
        late=shown.late(today),
        posted_at=shown.posted_at,
        done_at=shown.done_at,
        done_by=shown.done_by,
        unread=shown.unread,
    )


@api_get("/api/v1/notices", "notices.read", asks=ASKS)
async def list_notices(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> NoticesOut:
    """What the caller has to do or to know.

    A person sees what is for them or for their roles at the school, a key what is for its role. Messages come
    unread first, each part the newest first.
    """
    lang, today = language(request), local_day(now)
    shown, following = await inbox(actor, listing(request, filters=("kind",)), now)
    return NoticesOut(
        tasks=[notice_out(lang, task, today) for task in await open_tasks(actor, now)],
        items=[notice_out(lang, one, today) for one in shown],
        unread=await unread_count(actor, now),
        next=following,
    )


routes: list[Any] = [list_notices]
