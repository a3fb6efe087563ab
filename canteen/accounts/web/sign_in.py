"""Signing in and out, switching schools, and following an invitation."""

from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from canteen.accounts.forms import Joining, School, SignIn
from canteen.accounts.guards import browser_of
from canteen.accounts.services import invitations, sessions
from canteen.accounts.services.sign_in import sign_in
from canteen.accounts.web.asked import PUBLIC, SIGNED_IN, AnyRequest, enter, role_names, signed_in
from canteen.kit.actor import Actor
from canteen.kit.forms import parse, read_form
from canteen.kit.pages import Page, own_path, page, redirect, request_user, show_again
from canteen.kit.texts import _

SECRET = {"secret_path": True}


@get("/sign-in", opt=PUBLIC)
async def sign_in_page(request: AnyRequest) -> Page:
    """Name and password."""
    if request_user(request) is not None:
        return redirect(request, "/")
    return await _sign_in_page(request)


async def _sign_in_page(request: AnyRequest) -> Page:
    codes = {finding.rule for finding in request.state.get("findings", ())}
    return await page(
        request,
        "accounts/sign_in.html",
        next=own_path(str(request.query_params.get("next", "/"))),
        login=str(request.query_params.get("login", ""))[:64],
        quiet_findings=True,
        asks_code=bool(codes & {"code_needed", "wrong_code", "authenticator_lost"}),
    )


@post("/sign-in", opt=PUBLIC)
async def sign_in_now(request: AnyRequest, now: NamedDependency[datetime]) -> Page:
    """Sign in and go on to where one wanted to go."""
    show_again(request, partial(_sign_in_page, request))
    form = parse(SignIn, await read_form(request))
    token = await sign_in(
        form,
        browser_of(request),
        lock=request.app.state.lock,
        now=now,
        request_id=request.state.request_id,
        before=request_user(request),
    )
    return enter(request, token, own_path(str(request.query_params.get("next", "/"))))


@post("/sign-out", opt={**SIGNED_IN, "before_change": True})
async def sign_out(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """End this session."""
    user = signed_in(request)
    await sessions.sign_out(actor, user.session or 0, now=now)
    return enter(request, "", "/sign-in")


@post("/switch-school", opt=SIGNED_IN)
async def switch_school(
    request: AnyRequest, actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> Page:
    """Act at another of one's schools."""
    form = parse(School, await read_form(request))
    session = signed_in(request).session or 0
    token = await sessions.switch_school(actor, session, form.school, browser_of(request), now=now)
    return enter(request, token, "/")


@get("/join/{token:str}", opt={**PUBLIC, **SECRET})
async def join_page(request: AnyRequest, token: FromPath[str], now: NamedDependency[datetime]) -> Page:
    """What an invitation offers."""
    return await _join_page(request, token, now)


async def _join_page(request: AnyRequest, token: str, now: datetime) -> Page:
    offered = await invitations.look_up_invitation(token, now)
    return await page(
        request, "accounts/join.html", offered=offered, token=token, role_names=role_names(request)
    )


@post("/join/{token:str}", opt={**PUBLIC, **SECRET})
async def join(request: AnyRequest, token: FromPath[str], now: NamedDependency[datetime]) -> Page:
    """Accept with a new account."""
    show_again(request, partial(_join_page, request, token, now))
    form = parse(Joining, await read_form(request))
    await invitations.join(token, form, now=now, request_id=request.state.request_id)
    welcome = _("Welcome. Sign in with the name and password you have just chosen.")
    return redirect(request, f"/sign-in?login={quote(form.login, safe='')}", welcome)


@post("/join/{token:str}/accept", opt={**SIGNED_IN, **SECRET})
async def join_as(
    request: AnyRequest,
    token: FromPath[str],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """Accept with one's own account."""
    show_again(request, partial(_join_page, request, token, now))
    offered = await invitations.join_as(actor, token, now=now)
    return redirect(request, "/", _("You now have a role at {school}."), school=offered.school_name)


routes: list[Any] = [sign_in_page, sign_in_now, sign_out, switch_school, join_page, join, join_as]
