"""How a room prints a paper with a number: one POST that registers it, one GET that draws it.

paper = Paper(kind="stock.receipt", subject="lot", subject_id=lot, title=…, content=…, to_sign=True)

@post(".../receipt.pdf", opt={"may": "prints.print"})    return await register(request, actor, paper, now=now)
@get(".../receipt.pdf", opt={"may": "stock.read"})       signed = await stamp(request, actor, paper)
                                                         drawn = as_printed(ledger, signed, language(request))

The POST leads to the GET of the same address, which then knows the print; the page offers both with
`{% import "schools/_paper.html" as paper %}{{ paper.printed(url, label) }}`: one tap for whoever may print, a
plain link for whoever only looks. A GET alone registers nothing: what it draws says that it is a copy.
"""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from canteen.kit.actor import Actor
from canteen.kit.pages import Page, redirect, request_user
from canteen.kit.paper import Ledger, Poster, Signed
from canteen.kit.texts import _, say
from canteen.schools.services import prints
from canteen.schools.services.prints import Paper
from canteen.schools.web.words import AnyRequest

Drawn = TypeVar("Drawn", Ledger, Poster)


async def register(request: AnyRequest, actor: Actor, paper: Paper, *, now: datetime) -> Page:
    """Give the paper its number, then lead to it as it is printed."""
    made = await prints.print_paper(actor, paper, now=now)
    asked = {**request.query_params, "print": made.id}
    return redirect(request, f"{request.scope['path']}?{urlencode(asked)}")


async def stamp(request: AnyRequest, actor: Actor, paper: Paper) -> Signed | None:
    """The number that the paper was given, for those who may print; None for a copy without one."""
    asked = str(request.query_params.get("print", ""))
    if not asked.isdecimal() or not request.app.state.may(request_user(request), "prints.print"):
        return None
    found = await prints.print_of_paper(actor.school, int(asked), paper)
    return await prints.stamp_of(found, request.app.state.base_url) if found else None


def as_printed(drawn: Drawn, signed: Signed | None, lang: str) -> Drawn:
    """The drawing with its number; one without says in its title that it is an unregistered copy."""
    if signed is not None:
        return replace(drawn, print=signed)
    return replace(drawn, title=say(lang, _("[COPY, not registered] {title}"), title=drawn.title))
