"""The answers a handler gives a browser."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from itsdangerous import BadData, URLSafeSerializer
from litestar import Request, Response
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.enums import MediaType
from litestar.types import Message, Scope

from canteen.kit.pages.scene import SCENE, Scene, language, scene_of
from canteen.kit.texts import say

Page: TypeAlias = Response[bytes]
AnyRequest: TypeAlias = Request[Any, Any, Any]
FLASH_COOKIE = "flash"


async def page(request: AnyRequest, template: str, /, status: int = 200, **context: Any) -> Page:
    """A whole page. While a refused form is shown again the status is 422."""
    scene = scene_of(request, _take_flashes(request), await _unread(request, status))
    return _drawn(request, template, status, context, scene)


async def fragment(request: AnyRequest, template: str, /, status: int = 200, **context: Any) -> Page:
    """A piece of a page for htmx; flash messages wait for the next whole page."""
    return _drawn(request, template, status, context, scene_of(request))


def findings_fragment(request: AnyRequest, status: int, **context: Any) -> Page:
    """Findings or a failure as a piece that htmx puts above the page's content, whatever it aimed at."""
    made = _drawn(request, "_refusal.html", status, context, scene_of(request))
    made.headers |= {"HX-Retarget": "#refusals", "HX-Reswap": "innerHTML show:top"}
    return made


async def _unread(request: AnyRequest, status: int) -> int:
    """What the bell counts. A page that tells of a breakdown asks nothing: the database may be what broke."""
    count = request.app.state.get("unread")
    return 0 if count is None or status >= 500 else int(await count(request))


def _drawn(request: AnyRequest, template: str, status: int, context: Mapping[str, Any], scene: Scene) -> Page:
    token = SCENE.set(scene)
    try:
        text = request.app.state.templates.get_template(template).render(**context)
    finally:
        SCENE.reset(token)
    refused = status == 200 and request.state.get("findings")
    return Response(
        text.encode(),
        status_code=422 if refused else status,
        media_type=MediaType.HTML,
        headers={"Vary": "HX-Request, Cookie", "Cache-Control": "no-store"},
    )


def redirect(request: AnyRequest, url: str, message: str = "", /, **facts: Any) -> Page:
    """Go there (303), with a flash message when one is given; htmx is told to load the whole page."""
    if message:
        flash(request, message, **facts)
    status, header = (204, "HX-Redirect") if is_htmx(request) else (303, "Location")
    return Response(b"", status_code=status, headers={header: url}, media_type=MediaType.HTML)


def own_path(url: str) -> str:
    """The address when it is one of our own paths, else the start page.

    Browsers take `/\\` for `//` and drop tabs and line breaks, so that a path could still lead elsewhere.
    """
    is_own = url.startswith("/") and not url.startswith(("//", "/\\")) and url.isprintable()
    return url if is_own else "/"


def is_htmx(request: AnyRequest) -> bool:
    """Whether htmx asks for a piece (a boosted link wants the whole page like any other)."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-boosted") != "true"


def show_again(request: AnyRequest, draw: Callable[[], Awaitable[Page]]) -> None:
    """Name the step that draws the form again should the deed be refused."""
    request.state.again = draw


def flash(request: AnyRequest, message: str, /, *, tone: str = "good", **facts: Any) -> None:
    """Say something on the next page this browser is shown. `tone` is good, due or bad."""
    waiting = [
        *request.state.get("flashes", ()),
        {"text": say(language(request), message, **facts), "tone": tone},
    ]
    request.state.flashes = waiting


def _take_flashes(request: AnyRequest) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = []
    if cookie := request.cookies.get(FLASH_COOKIE):
        try:
            kept = _signer(request.app.state.secret).loads(cookie)
        except BadData:
            kept = []
    kept += request.state.get("flashes", ())
    request.state.flashes = []
    return kept


async def send_flashes(message: Message, scope: Scope) -> None:
    """Before an answer leaves: keep what nobody has read yet in a signed cookie, drop what was shown."""
    if message["type"] != "http.response.start" or "flashes" not in scope["state"]:
        return
    waiting = scope["state"]["flashes"]
    state = scope["litestar_app"].state
    value = _signer(state.secret).dumps(waiting) if waiting else ""
    if not waiting and not _sent_flash(scope):
        return
    cookie = Cookie(
        FLASH_COOKIE,
        value=value,
        max_age=600 if waiting else 0,
        httponly=True,
        secure=state.secure,
        samesite="lax",
    )
    MutableScopeHeaders.from_message(message).add("set-cookie", cookie.to_header(header=""))


def _sent_flash(scope: Scope) -> bool:
    return any(name == b"cookie" and b"flash=" in value for name, value in scope["headers"])


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="flash")
