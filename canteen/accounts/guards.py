"""Who makes a request, and whether the route is for them.

DEPENDENCIES          `actor: NamedDependency[Actor]`, `now: NamedDependency[datetime]` for every handler
SessionMiddleware     the cookie `canteen_session`, or a Bearer key under /api/v1, becomes `request.user`
guard_route           `opt={"may": permission}` or `opt={"public": True}`; 401 for nobody, 403 for others
user_may              what navigation and templates ask
LIFESPAN              what runs as long as the app does: the sealer of the trail
"""

from datetime import datetime
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.exceptions import NotAuthorizedException, NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import ASGIApp, Receive, Scope, Send

from canteen.accounts.forms import Face
from canteen.accounts.rules import AT_DEVICE, PERSONAL, SIGNED_IN, may, may_from_above
from canteen.accounts.rules.canteens import canteens_for
from canteen.accounts.rules.sessions import DEVICE_LONGEST, PERSON_LONGEST
from canteen.accounts.services.devices import identify
from canteen.accounts.services.keys import look_up_key
from canteen.accounts.services.seals import sealer
from canteen.accounts.services.sessions import Browser, SignedIn, look_up
from canteen.kit.actor import Actor
from canteen.kit.bodies import refuse_flood
from canteen.kit.clock import utc_now
from canteen.kit.forms import parse
from canteen.kit.pages.listing import LARGEST_ID
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _

COOKIE = "canteen_session"
SAFE = {"GET", "HEAD", "OPTIONS"}
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
CHANGE_PASSWORD = "/me/password"  # noqa: S105


class SessionMiddleware:
    """Bounds what is sent, then finds out who sends it; a first password is changed before anything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set `scope["user"]`, then go on, or to the page that changes the first password."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        request: Request[Any, Any, Any] = Request(scope, receive)
        await refuse_flood(request)
        scope["user"] = user = await _user(request)
        if user is not None and user.device is not None and request.method not in SAFE:
            scope["user"] = user = await _person_at_device(request, user)
        if user is not None and user.must_change_password and not _before_change(scope):
            await _go_to(CHANGE_PASSWORD, send)
            return
        await self.app(scope, receive, send)


async def _user(request: Request[Any, Any, Any]) -> SignedIn | None:
    """A request that brings a key is judged by the key alone: it needs no token against forgery."""
    kind, _blank, key = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        is_api = request.scope["path"].startswith("/api/v1/")
        return await look_up_key(key.strip(), utc_now()) if is_api else None
    token = request.cookies.get(COOKIE)
    return await look_up(token, utc_now()) if token else None


async def _person_at_device(request: Request[Any, Any, Any], device: SignedIn) -> SignedIn:
    """Each deed on a kitchen device brings a face and a PIN: form fields `_person` and `_pin`, or headers.

    Raises Refused for a wrong PIN. What is public (language, theme), a POST that only looks (`opt={"looks":
    True}`: figures of a draft) and one that brings another proof (`opt={"own_proof": True}`) need neither.
    """
    opt = request.scope["route_handler"].opt
    if opt.get("public") or opt.get("looks") or opt.get("own_proof"):
        return device
    given = {"person": request.headers.get("x-person"), "pin": request.headers.get("x-pin")}
    if given["person"] is None and request.content_type[0] in FORMS:
        typed = await request.form()
        given = {"person": typed.get("_person"), "pin": typed.get("_pin")}
    if not given["person"] or not given["pin"]:
        raise Refused([error("pin_needed", _("Touch your name and enter your PIN."), "_pin")])
    return await identify(device, parse(Face, given), now=utc_now())


def _before_change(scope: Scope) -> bool:
    """Whether this can be used with a first password: what is public but the start page, and changing it."""
    opt = scope["route_handler"].opt
    return bool(opt.get("before_change") or (opt.get("public") and scope["path"] != "/"))


async def _go_to(url: str, send: Send) -> None:
    headers = [(b"location", url.encode()), (b"hx-redirect", url.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def guard_route(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let those pass who may. Raises 401 for nobody, 403 for others, 404 for an id beyond any row's."""
    if handler.opt.get("public") or connection.scope.get("method") == "OPTIONS":
        return
    user = connection.scope.get("user")
    if user is None:
        raise NotAuthorizedException
    if not user_may(user, handler.opt["may"]):
        raise PermissionDeniedException
    if any(isinstance(value, int) and value > LARGEST_ID for value in connection.path_params.values()):
        raise NotFoundException


def user_may(user: SignedIn, permission: str) -> bool:
    """Whether whoever is signed in holds a permission at the school they act in."""
    if permission == SIGNED_IN:
        return user.person is not None and user.device is None
    if user.device is not None and user.person is None:
        return may(AT_DEVICE, permission)
    if permission in PERSONAL and (user.key is not None or user.device is not None):
        return False
    roles = user.roles - user.lent.keys() if permission in PERSONAL else user.roles
    return may(roles, permission) or may_from_above(user.above, permission)


def user_canteens(user: SignedIn, permission: str) -> frozenset[int] | None:
    """The canteens at which whoever is signed in holds a permission; None: at all of the school's."""
    return canteens_for(user.roles, user.only_at, permission)


def provide_now() -> datetime:
    """The present instant."""
    return utc_now()


def provide_actor(request: Request[Any, Any, Any]) -> Actor:
    """Who acts, as services take it, at the canteens where the route's permission is held.

    Raises 401 on a public page nobody has signed in for.
    """
    user: SignedIn | None = request.scope.get("user")
    if user is None:
        raise NotAuthorizedException
    return Actor(
        person=user.person,
        school=user.school,
        roles=user.roles,
        device=user.device,
        request_id=request.scope["state"].get("request_id", ""),
        key=user.key,
        canteens=user_canteens(user, request.scope["route_handler"].opt.get("may", "")),
    )


def browser_of(request: Request[Any, Any, Any]) -> Browser:
    """What the session list shows of a browser."""
    address = request.client.host if request.client else ""
    return Browser(request.headers.get("user-agent", ""), address)


def session_cookie(token: str, *, secure: bool, device: bool = False) -> Cookie:
    """The cookie that carries a session's token; an empty token takes it away."""
    longest = DEVICE_LONGEST if device else PERSON_LONGEST
    return Cookie(
        COOKIE,
        value=token,
        max_age=int(longest.total_seconds()) if token else 0,
        httponly=True,
        secure=secure,
        samesite="lax",
    )


LIFESPAN = (sealer,)
DEPENDENCIES: dict[str, Provide] = {
    "actor": Provide(provide_actor, sync_to_thread=False),
    "now": Provide(provide_now, sync_to_thread=False),
}
