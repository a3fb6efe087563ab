"""What a template needs to know of the request: language, theme, person, what was typed and refused."""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from litestar import Request
from litestar.template.base import csrf_token

from canteen.kit.pages.navigation import Entry
from canteen.kit.problems import Finding
from canteen.kit.texts import DEFAULT, LANGUAGES

THEMES = ("auto", "light", "dark")


def nobody_may(_user: Any, _permission: str) -> bool:
    """Who may what, until app.py binds the answer."""
    return False


@dataclass(frozen=True, slots=True)
class Scene:
    """The request as templates see it while one is drawn.

    `forms` are the addresses of the forms begun so far: the last one is being drawn until it is emptied.
    """

    lang: str = DEFAULT
    theme: str = "auto"
    user: Any = None
    csrf: str = ""
    path: str = "/"
    query: Sequence[tuple[str, str]] = ()
    request_id: str = ""
    typed: Mapping[str, Any] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    shown_at: set[str] = field(default_factory=set)
    forms: list[str] = field(default_factory=list)
    flashes: Sequence[Mapping[str, str]] = ()
    navigation: Sequence[Entry] = ()
    may: Callable[[Any, str], bool] = nobody_may
    unread: int = 0


SCENE: ContextVar[Scene] = ContextVar("scene")


def request_user(request: Request[Any, Any, Any]) -> Any:
    """The signed-in person, or None; also where no session was looked up (an unknown address)."""
    return request.scope.get("user")


def language(request: Request[Any, Any, Any]) -> str:
    """The language to answer in: chosen here, else the person's own; programs say it in Accept-Language."""
    if request.scope["path"].startswith("/api/"):
        return "en" if request.headers.get("accept-language", "").lower().startswith("en") else DEFAULT
    for wish in (request.cookies.get("language"), getattr(request_user(request), "language", None)):
        if wish in LANGUAGES:
            return wish
    return DEFAULT


def theme(request: Request[Any, Any, Any]) -> str:
    """Light, dark, or auto: as the device has it."""
    for wish in (request.cookies.get("theme"), getattr(request_user(request), "theme", None)):
        if wish in THEMES:
            return wish
    return "auto"


def scene_of(
    request: Request[Any, Any, Any], flashes: Sequence[Mapping[str, str]] = (), unread: int = 0
) -> Scene:
    """The scene of a request; `unread` is how many notices the bell of a whole page counts."""
    state = request.state
    return Scene(
        lang=language(request),
        theme=theme(request),
        user=request_user(request),
        csrf=csrf_token({"request": request}),
        path=request.scope["path"],
        query=tuple(request.query_params.multi_items()),
        request_id=state.get("request_id", ""),
        typed=state.get("typed", {}) if state.get("findings") else {},
        findings=state.get("findings", ()),
        flashes=flashes,
        navigation=request.app.state.get("navigation", ()),
        may=request.app.state.get("may", nobody_may),
        unread=unread,
    )
