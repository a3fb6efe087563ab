"""One person of the school: roles with their days, first password, lost authenticator, leaving."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.forms import EndOfRole, NewRole, PersonFacts
from canteen.accounts.services import people, portraits, resets
from canteen.accounts.web.asked import AnyRequest, shown_once
from canteen.accounts.web.people import EDIT, READ, choices
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, page, redirect, show_again
from canteen.kit.texts import _
from canteen.tenants.services import canteens_of


@get("/people/{person:int}", opt=READ)
async def person_page(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """Roles and what can be done about them."""
    return await show_person(request, actor, person, now)


async def show_person(request: AnyRequest, actor: Actor, person: int, now: datetime) -> Page:
    """The page, also when one of its forms was refused."""
    kitchens = {canteen.id: canteen.name for canteen in await canteens_of(actor.school)}
    photo = (await portraits.portraits(actor.school)).get(person)
    return await page(
        request,
        "accounts/person.html",
        photo=f"/people/{person}/photo?{photo}" if photo else "",
        colleague=await people.person_here(actor.school, person, local_day(now)),
        canteens=kitchens,
        today=local_day(now),
        **choices(request),
    )


@post("/people/{person:int}", opt=EDIT)
async def change_facts(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """Another name or sign-in name."""
    show_again(request, partial(show_person, request, actor, person, now))
    await people.change_facts(actor, person, parse(PersonFacts, await read_form(request)), now=now)
    return redirect(request, f"/people/{person}", _("Saved."))


@post("/people/{person:int}/roles", opt=EDIT)
async def give_role(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """One more role."""
    show_again(request, partial(show_person, request, actor, person, now))
    await people.give_role(actor, person, parse(NewRole, await read_form(request)), now=now)
    return redirect(request, f"/people/{person}", _("The role was given."))


@post("/people/roles/{membership:int}/end", opt=EDIT)
async def end_role(
    request: AnyRequest,
    membership: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """A role's last day, or its end at once."""
    form = parse(EndOfRole, await read_form(request))
    person = await people.end_role(actor, membership, form, now=now)
    return redirect(request, f"/people/{person}", _("The role ends."))


@post("/people/{person:int}/reset", opt=EDIT)
async def reset_password(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """A new first password, shown once."""
    show_again(request, partial(show_person, request, actor, person, now))
    password = await people.reset_password(actor, person, now=now)
    note = _("Tell it to the person. It is shown only now, and must be changed at the first sign-in.")
    return await shown_once(request, _("First password"), password, note, f"/people/{person}")


@post("/people/{person:int}/reset-authenticator", opt=EDIT)
async def reset_authenticator(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """The phone with the codes is lost."""
    show_again(request, partial(show_person, request, actor, person, now))
    await resets.reset_authenticator(actor, person, now=now)
    return redirect(request, f"/people/{person}", _("The password alone signs this person in again."))


@post("/people/{person:int}/deactivate", opt=EDIT)
async def deactivate(
    request: AnyRequest,
    person: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """The person leaves."""
    show_again(request, partial(show_person, request, actor, person, now))
    await people.deactivate(actor, person, now=now)
    return redirect(request, "/people", _("All roles here have ended."))


routes: list[Any] = [
    person_page,
    change_facts,
    give_role,
    end_role,
    reset_password,
    reset_authenticator,
    deactivate,
]
