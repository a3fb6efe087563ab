"""The one place where refusals become answers: a page, a fragment for htmx, or problem+json (RFC 9457).

| raised | status |
|---|---|
| Refused | 422, findings at their fields; the page is drawn again when the handler named how (`show_again`) |
| Conflict (somebody saved the same first) | 409 |
| Missing | 404 |
| Forbidden | 403 |
| NotAuthorizedException (nobody signed in) | 401; a page is sent to /sign-in?next=… |
| any HTTPException of the framework | its own status |
| FontsNotReady (paper, in the first minutes after the first start) | 503 with Retry-After |
| anything else | 500 with the request id, and the traceback in the log |

Programs are those who ask under /api/ or accept only JSON.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, ExceptionHandlersMap, Receive, Scope, Send

from canteen.kit.pages.answers import AnyRequest, findings_fragment, is_htmx, page, redirect
from canteen.kit.pages.scene import language
from canteen.kit.paper.fonts import FontsNotReady
from canteen.kit.problems import Conflict, Finding, Forbidden, Missing, Refused
from canteen.kit.texts import _, say, tell

LOG = logging.getLogger("canteen.problems")

Words = tuple[str, str]
WORDS: Mapping[int, Words] = {
    400: (_("This request cannot be read"), _("Go back and try again.")),
    401: (_("Please sign in"), _("Your session has ended or you have not signed in yet.")),
    403: (
        _("You may not do this"),
        _("Your role here does not allow it. Ask your administrator if it should."),
    ),
    404: (_("There is nothing here"), _("The address is wrong, or the thing belongs to another school.")),
    405: (_("This address cannot do that"), _("Go back and try again.")),
    409: (_("Somebody was faster"), _("Look at it again before you save.")),
    413: (_("This is too large"), _("Send a smaller file.")),
    422: (_("Please correct what is marked"), _("Nothing was saved.")),
    429: (_("Too many tries"), _("Wait a moment, then try again.")),
    500: (_("Something broke on our side"), _("It was written down. If it stays, tell us this number.")),
    503: (_("Not ready yet"), _("Try again in a moment.")),
}
FONTS = (_("The fonts are being prepared"), _("This happens once. Try again in a moment."))
SECONDS_TO_RETRY = 20


def handle_refused(request: AnyRequest, refused: Refused) -> Response[Any]:
    """422, or 409 for a conflict, with every finding."""
    status = 409 if isinstance(refused, Conflict) else 422
    request.state.findings = list(refused.findings)
    if is_program(request):
        return _problem(request, status, refused.findings)
    if (draw := request.state.get("again")) is not None:
        request.state.again = None  # should drawing be refused too, the findings are shown alone
        return _Later(draw())
    return _shown(request, status, refused.findings)


def handle_missing(request: AnyRequest, _missing: Missing) -> Response[Any]:
    """404."""
    return _failure(request, 404)


def handle_forbidden(request: AnyRequest, _forbidden: Forbidden) -> Response[Any]:
    """403."""
    return _failure(request, 403)


def handle_http(request: AnyRequest, problem: HTTPException) -> Response[Any]:
    """The framework's own refusals; 401 leads people to the sign-in page."""
    if problem.status_code == 401 and not is_program(request):
        return _to_sign_in(request)
    if problem.status_code >= 500:
        LOG.error("failed", exc_info=problem, extra={"request_id": request.state.get("request_id", "")})
    made = _failure(request, problem.status_code)
    made.headers |= problem.headers or {}
    return made


def handle_fonts(request: AnyRequest, _waiting: FontsNotReady) -> Response[Any]:
    """503: the first paper of a house waits for its fonts."""
    made = _failure(request, 503, FONTS)
    made.headers["Retry-After"] = str(SECONDS_TO_RETRY)
    return made


def handle_bug(request: AnyRequest, problem: Exception) -> Response[Any]:
    """500; the traceback goes to the log under the request's id, never to the browser."""
    LOG.error("failed", exc_info=problem, extra={"request_id": request.state.get("request_id", "")})
    return _failure(request, 500)


HANDLERS: ExceptionHandlersMap = {
    Refused: handle_refused,
    Missing: handle_missing,
    Forbidden: handle_forbidden,
    FontsNotReady: handle_fonts,
    HTTPException: handle_http,
    Exception: handle_bug,
}


def is_program(request: AnyRequest) -> bool:
    """Whether JSON is wanted rather than something to look at."""
    accept = request.headers.get("accept", "")
    return request.scope["path"].startswith("/api/") or ("json" in accept and "html" not in accept)


def _failure(request: AnyRequest, status: int, words: Words | None = None) -> Response[Any]:
    draw = _problem if is_program(request) else _shown
    return draw(request, status, (), words)


def _words(status: int) -> Words:
    return WORDS.get(status, WORDS[400 if status < 500 else 500])


def _shown(
    request: AnyRequest, status: int, findings: Sequence[Finding], words: Words | None = None
) -> Response[Any]:
    title, advice = words or _words(status)
    context: dict[str, Any] = {"title": title, "advice": advice, "code": status, "found": findings}
    if is_htmx(request):
        return findings_fragment(request, status, **context)
    return _Later(page(request, "problem.html", status, **context))


def _to_sign_in(request: AnyRequest) -> Response[Any]:
    path = _page_shown(request) or request.scope["path"]
    looked = request.method == "GET" or "hx-current-url" in request.headers
    return redirect(request, f"/sign-in?next={quote(path)}" if looked and path != "/" else "/sign-in")


def _page_shown(request: AnyRequest) -> str:
    """The path of the page that htmx asks from; blank when it does not say."""
    try:
        return urlsplit(request.headers.get("hx-current-url", "")).path
    except ValueError:
        return ""


def _problem(
    request: AnyRequest, status: int, findings: Sequence[Finding], words: Words | None = None
) -> Response[bytes]:
    lang = language(request)
    title, advice = words or _words(status)
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": f"{say(lang, title)}: {say(lang, advice)}",
        "request_id": request.state.get("request_id", ""),
    }
    if findings:
        told["findings"] = [as_json(lang, f) for f in findings]
    return Response(
        msgspec.json.encode(told, enc_hook=str),
        status_code=status,
        media_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )


def as_json(lang: str, finding: Finding) -> dict[str, Any]:
    """A finding as programs read it: `rule`, `level`, `text`, `at`, `facts`."""
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "text": tell(lang, finding),
        "at": finding.at,
        "facts": dict(finding.facts),
    }


class _Later(Response[bytes]):
    """An answer still to be drawn: exception handlers are plain functions, drawing may ask the database."""

    def __init__(self, drawing: Any) -> None:
        super().__init__(b"")
        self.drawing = drawing

    def to_asgi_response(self, app: Any, request: AnyRequest, **more: Any) -> ASGIApp:  # type: ignore[override]
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            made = await self.drawing
            made.headers |= self.headers
            await made.to_asgi_response(None, request, **more)(scope, receive, send)

        return answer
