"""One's own account: password, authenticator, PIN, sessions, lent roles, language."""

from datetime import datetime
from functools import partial
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.forms import Code, Current, NewDelegation, NewPassword, School, Speaks
from canteen.accounts.rules import KITCHEN, Role
from canteen.accounts.services import authenticator, delegations, own, places, portraits, sessions, sign_in
from canteen.accounts.web.asked import (
    SIGNED_IN,
    AnyRequest,
    browser_name,
    role_choices,
    role_names,
    signed_in,
)
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.codes import svg
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, language, page, redirect, show_again
from canteen.kit.texts import _, say

FIRST = {**SIGNED_IN, "before_change": True}


@get("/me", opt=SIGNED_IN)
async def me_page(request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]) -> Page:
    """Everything about one's own account."""
    return await show_me(request, actor, now)


async def show_me(request: AnyRequest, actor: Actor, now: datetime) -> Page:
    """The page, also when one of its forms was refused."""
    user = signed_in(request)
    person = await own.person_of(actor)
    signed = await sessions.sessions_of(person.id, now)
    photo = (await portraits.portraits(actor.school)).get(person.id)
    held = await places.roles_of(actor.school, person.id, local_day(now))
    return await page(
        request,
        "accounts/me.html",
        person=person,
        roles=[name for role, name in role_names(request).items() if role in held],
        sessions=signed,
        browsers={one["id"]: browser_name(request, one["browser"]) for one in signed},
        this_session=user.session,
        delegations=await delegations.delegations_of(actor.school, person.id),
        delegates=await delegations.possible_delegates(actor.school, person.id),
        own_roles=role_choices(request, [role for role in Role if role in held]),
        role_names=role_names(request),
        photo=f"/me/photo?{photo}" if photo else "",
        in_kitchen=not KITCHEN.isdisjoint(held),
        today=local_day(now),
    )


@get("/me/password", opt=FIRST)
async def password_page(request: AnyRequest) -> Page:
    """Another password; the first one must be changed."""
    return await page(request, "accounts/password.html")


@post("/me/password", opt=FIRST)
async def change_password(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Change it."""
    show_again(request, partial(page, request, "accounts/password.html"))
    form = parse(NewPassword, await read_form(request))
    await sign_in.change_password(actor, form, signed_in(request).session, now=now)
    return redirect(request, "/", _("Your password was changed. All your other sessions have ended."))


@post("/me/language", opt=SIGNED_IN)
async def choose_language(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Keep the language for every browser."""
    form = parse(Speaks, await read_form(request))
    await sign_in.choose_language(actor, form.language, now=now)
    return redirect(request, "/me")


@post("/me/sessions/{session:int}/end", opt=SIGNED_IN)
async def end_session(
    request: AnyRequest,
    session: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """End another session of one's own."""
    form = parse(School, await read_form(request))
    await sessions.revoke_session(actor, session, form.school, now=now)
    return redirect(request, "/me", _("That session has ended."))


@post("/me/sessions/end", opt=SIGNED_IN)
async def end_sessions(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """End all sessions but this one."""
    ended = await sessions.sign_out_everywhere(actor, now=now, keep=signed_in(request).session)
    return redirect(request, "/me", _("{count} other sessions have ended."), count=ended)


@get("/me/authenticator", opt=SIGNED_IN)
async def authenticator_page(request: AnyRequest, actor: NamedDependency[Actor]) -> Page:
    """Set up or remove the authenticator app."""
    return await _authenticator_page(request, actor)


async def _authenticator_page(request: AnyRequest, actor: Actor) -> Page:
    person = await own.person_of(actor)
    secret = await authenticator.proposed_secret(actor, request.app.state.lock)
    title = say(language(request), _("QR code for your authenticator app"))
    picture = svg(authenticator.authenticator_address(person.login, secret), title) if secret else ""
    return await page(request, "accounts/authenticator.html", person=person, secret=secret, picture=picture)


@post("/me/authenticator/begin", opt=SIGNED_IN)
async def begin_authenticator(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Show the QR code."""
    show_again(request, partial(_authenticator_page, request, actor))
    form = parse(Current, await read_form(request))
    await authenticator.begin_authenticator(actor, form, lock=request.app.state.lock, now=now)
    return redirect(request, "/me/authenticator")


@post("/me/authenticator/confirm", opt=SIGNED_IN)
async def confirm_authenticator(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """The first code makes it count."""
    show_again(request, partial(_authenticator_page, request, actor))
    form = parse(Code, await read_form(request))
    await authenticator.confirm_authenticator(actor, form, lock=request.app.state.lock, now=now)
    return redirect(request, "/me", _("From now on signing in asks for a code."))


@post("/me/authenticator/remove", opt=SIGNED_IN)
async def remove_authenticator(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Sign in without a code again."""
    show_again(request, partial(_authenticator_page, request, actor))
    await authenticator.remove_authenticator(actor, parse(Current, await read_form(request)), now=now)
    return redirect(request, "/me", _("Signing in no longer asks for a code."))


@post("/me/delegations", opt=SIGNED_IN)
async def delegate(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Lend a role for some days."""
    show_again(request, partial(show_me, request, actor, now))
    await delegations.delegate(actor, parse(NewDelegation, await read_form(request)), now=now)
    return redirect(request, "/me", _("The role was lent."))


@post("/me/delegations/{delegation:int}/take-back", opt=SIGNED_IN)
async def take_back(
    request: AnyRequest,
    delegation: FromPath[int],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """End a lent role at once."""
    await delegations.take_back(actor, delegation, now=now)
    return redirect(request, "/me", _("The role is yours alone again."))


routes: list[Any] = [
    me_page,
    password_page,
    change_password,
    choose_language,
    end_session,
    end_sessions,
    authenticator_page,
    begin_authenticator,
    confirm_authenticator,
    remove_authenticator,
    delegate,
    take_back,
]
