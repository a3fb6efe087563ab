"""The trail of the school: who did what and when, and whether the chain holds."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.accounts.services import seals, trail
from canteen.accounts.web.asked import AnyRequest, workbook
from canteen.kit.actor import Actor
from canteen.kit.pages import Page, language, listing, page
from canteen.kit.sheets import Column
from canteen.kit.texts import _, say

READ = {"may": "trail.read"}
MOST_IN_EXCEL = 10_000
FILTERS = ("person", "day", "subject", "subject_id")


@get("/trail", opt=READ)
async def trail_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The deeds, the latest first."""
    return await _trail_page(request, actor, None)


async def _trail_page(request: AnyRequest, actor: Actor, report: seals.Report | None) -> Page:
    asked = listing(request, filters=FILTERS)
    deeds, following = await trail.deeds(actor.school, asked)
    return await page(
        request,
        "accounts/trail.html",
        asked=asked,
        deeds=deeds,
        following=following,
        people=await trail.doers(actor.school),
        changed_names=changed_names,
        report=report,
    )


def changed_names(deed: trail.Noted) -> list[str]:
    """The fields that a deed set or changed."""
    before, after = deed.before or {}, deed.after or {}
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name) or not before)


@get("/trail/excel", opt=READ)
async def trail_excel(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The deeds asked for as a workbook, at most the latest ten thousand."""
    asked = listing(request, filters=FILTERS)
    lang = language(request)
    headings = (_("When"), _("Who"), _("Deed"), _("Subject"), _("Before"), _("After"), _("Request"))
    columns = [Column(say(lang, heading), width=20) for heading in headings]
    columns[0] = Column(columns[0].heading, "instant", 18)
    deeds, _following = await trail.deeds(actor.school, replace(asked, limit=MOST_IN_EXCEL))
    return workbook("trail", columns, map(_row, deeds))


def _row(deed: trail.Noted) -> tuple[Any, ...]:
    who = deed.who or deed.key or ""
    subject = f"{deed.subject} {deed.subject_id or ''}"
    before, after = trail.as_json(deed.before), trail.as_json(deed.after)
    return deed.at, who, deed.deed, subject, before, after, deed.request_id


@post("/trail/verify", opt=READ)
async def verify(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Seal what waits, then walk the chain."""
    await seals.seal_school(actor.school, now)
    return await _trail_page(request, actor, await seals.verify(actor.school))


routes: list[Any] = [trail_page, trail_excel, verify]
