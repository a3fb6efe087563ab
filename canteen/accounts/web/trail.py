"""The trail of the school: who did what and when, and whether the chain holds."""

import re
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
from canteen.kit.texts import _, catalogue, say

DEED = re.compile(r"[a-z]+\.[a-z_]+")
READ = {"may": "trail.read"}
MOST_IN_EXCEL = 10_000
FILTERS = ("person", "day", "subject", "subject_id")


@get("/trail", opt=READ)
async def trail_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """The deeds, the latest first."""
    return await _trail_page(request, actor, None)


async def _trail_page(request: AnyRequest, actor: Actor, report: seals.Report | None) -> Page:
    asked = listing(request, filters=FILTERS)
    deeds, following = await trail.deeds(actor.school, asked, _named(request, asked.q))
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
    all_asked = replace(asked, limit=MOST_IN_EXCEL)
    deeds, _following = await trail.deeds(actor.school, all_asked, _named(request, asked.q))
    return workbook("trail", columns, [_row(lang, deed) for deed in deeds])


def _row(lang: str, deed: trail.Noted) -> tuple[Any, ...]:
    who = deed.who or deed.key or ""
    subject = f"{say(lang, deed.subject)} {deed.subject_id or ''}"
    before, after = trail.as_json(deed.before), trail.as_json(deed.after)
    return deed.at, who, say(lang, deed.deed), subject, before, after, deed.request_id


def _named(request: AnyRequest, wish: str) -> list[str]:
    """The deeds (`room.verb`) whose name, as the asker reads it, holds what is searched for."""
    names = catalogue(language(request)).items()
    return [deed for deed, name in names if wish and DEED.fullmatch(deed) and wish.lower() in name.lower()]


@post("/trail/verify", opt=READ)
async def verify(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Seal what waits, then walk the chain."""
    await seals.seal_school(actor.school, now)
    return await _trail_page(request, actor, await seals.verify(actor.school))


routes: list[Any] = [trail_page, trail_excel, verify]
