"""The people of a school or district: the list, somebody new, invitations."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.forms import NewInvitation, NewPerson
from canteen.accounts.rules import roles_at
from canteen.accounts.services import invitations, people
from canteen.accounts.web.asked import AnyRequest, role_choices, role_names, shown_once, signed_in, workbook
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, listing, page, redirect, show_again
from canteen.kit.sheets import Column
from canteen.kit.texts import _, say
from canteen.tenants.services import canteens_of

FILTERS = ("role", "who")
READ, EDIT = {"may": "people.read"}, {"may": "people.edit"}


@get("/people", opt=READ)
async def people_page(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Who works here."""
    return await page(
        request,
        "accounts/people.html",
        asked=listing(request, filters=FILTERS),
        people=await _asked_for(request, actor, now),
        open_invitations=await invitations.open_invitations(actor.school, now),
        **choices(request),
    )


@get("/people/excel", opt=READ)
async def people_excel(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The list as a workbook, a row a role."""
    lang, names = language(request), role_names(request)
    columns = [
        Column(say(lang, _("Full name"))),
        Column(say(lang, _("Sign-in name"))),
        Column(say(lang, _("Role")), width=20),
        Column(say(lang, _("First day")), "day"),
        Column(say(lang, _("Last day")), "day"),
    ]
    rows = [
        (one.name, one.login, names[held.role], held.from_day, held.until_day)
        for one in await _asked_for(request, actor, now)
        for held in one.roles
    ]
    return workbook("people", columns, rows)


async def _asked_for(request: AnyRequest, actor: Actor, now: datetime) -> list[people.Colleague]:
    asked = listing(request, filters=FILTERS)
    return await people.people_of(
        actor.school,
        local_day(now),
        q=asked.q,
        role=asked.filters.get("role", ""),
        everybody=asked.filters.get("who") == "all",
    )


def choices(request: AnyRequest) -> dict[str, Any]:
    """The roles that can be given here, and every role's name."""
    roles = roles_at(signed_in(request).kind)
    return {"roles": role_choices(request, roles), "role_names": role_names(request)}


@get("/people/new", opt=EDIT)
async def new_person_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Two ways in: an invitation, or an account with a first password."""
    return await _new_person_page(request, actor)


async def _new_person_page(request: AnyRequest, actor: Actor) -> Page:
    kitchens = [(canteen.id, canteen.name) for canteen in await canteens_of(actor.school)]
    return await page(request, "accounts/new_person.html", canteens=kitchens, **choices(request))


@post("/people", opt=EDIT)
async def add_person(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Make the account and show its first password once."""
    show_again(request, partial(_new_person_page, request, actor))
    form = parse(NewPerson, await read_form(request))
    person, password = await people.add_person(actor, form, now=now)
    return await shown_once(
        request,
        _("First password"),
        password,
        _("Tell it to the person. It is shown only now, and must be changed at the first sign-in."),
        f"/people/{person}",
        who=f"{form.name} · {form.login}",
    )


@post("/people/invitations", opt=EDIT)
async def invite(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Make a link and show it once."""
    show_again(request, partial(_new_person_page, request, actor))
    form = parse(NewInvitation, await read_form(request))
    token = await invitations.invite(actor, form, now=now)
    return await shown_once(
        request,
        _("Invitation"),
        f"{request.app.state.base_url}/join/{token}",
        _("Send this link to the person. It is shown only now, works once and for a week."),
        "/people",
        who=form.name,
    )


@post("/people/invitations/{invitation:int}/withdraw", opt=EDIT)
async def withdraw(
    request: AnyRequest,
    invitation: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """The link opens nothing any more."""
    await invitations.withdraw_invitation(actor, invitation, now=now)
    return redirect(request, "/people", _("The invitation was withdrawn."))


routes: list[Any] = [people_page, people_excel, new_person_page, add_person, invite, withdraw]
