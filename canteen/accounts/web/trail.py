"""The trail of the school: who did what and when, and whether the chain holds."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from canteen.accounts.services import seals, trail
from canteen.accounts.web.asked import AnyRequest, workbook
from canteen.accounts.web.told import Teller
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
    people = await trail.doers(actor.school)
    return await page(
        request,
        "accounts/trail.html",
        asked=asked,
        deeds=deeds,
        following=following,
        people=people,
        told=_teller(request, people).told,
        report=report,
    )


def _teller(request: AnyRequest, people: Sequence[tuple[int, str]]) -> Teller:
    return Teller(language(request), request.app.state.value_names, dict(people))


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
    teller = _teller(request, await trail.doers(actor.school))
    return workbook("trail", columns, [_row(teller, deed) for deed in deeds])


def _row(teller: Teller, deed: trail.Noted) -> tuple[Any, ...]:
    lang, who = teller.lang, deed.who or deed.key or ""
    subject = f"{say(lang, deed.subject)} {deed.subject_id or ''}"
    before, after = teller.lines(deed)
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
