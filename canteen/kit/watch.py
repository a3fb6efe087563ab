"""Around every request, unknown addresses too: its id, a log line, its measure, the security headers.

Of a route whose address is itself a secret (`opt={"secret_path": True}`) the log is told the pattern only.
"""

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send
from prometheus_client import Counter, Histogram

LOG = logging.getLogger("canteen.requests")
SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
"""What an answer carries unless it says otherwise itself."""
ONE_YEAR = 31_536_000

REQUESTS = Counter("canteen_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("canteen_request_seconds", "Seconds until the answer began", ["method", "route"])


class Watch:
    """The outermost layer of the app."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = HEADERS | (
            {"strict-transport-security": f"max-age={ONE_YEAR}; includeSubDomains"} if secure else {}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the request an id, pass it on, dress and note the answer."""
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        scope["state"]["request_id"] = request_id = _request_id(scope)

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(message, request_id)
                _note(scope, message["status"], time.perf_counter() - began)
            await send(message)

        await self.app(scope, receive, watched)

    def _dress(self, message: Message, request_id: str) -> None:
        headers = MutableScopeHeaders.from_message(message)
        headers["x-request-id"] = request_id
        for name, value in self.headers.items():
            headers.setdefault(name, value)


def _request_id(scope: Scope) -> str:
    """The caller's own id when it is a plain one, else a new one."""
    given = next((v.decode("latin-1") for k, v in scope["headers"] if k == b"x-request-id"), "")
    return given if SAFE_ID.fullmatch(given) else uuid4().hex


def _note(scope: HTTPScope, status: int, seconds: float) -> None:
    route = scope.get("path_template", "unknown")
    REQUESTS.labels(scope["method"], route, str(status)).inc()
    SECONDS.labels(scope["method"], route).observe(seconds)
    user: Any = scope.get("user")
    handler: Any = scope.get("route_handler")
    is_secret = handler is not None and handler.opt.get("secret_path")
    LOG.info(
        "request",
        extra={
            "request_id": scope["state"]["request_id"],
            "method": scope["method"],
            "path": route if is_secret else scope["path"],
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "person": getattr(user, "person", None),
            "school": getattr(user, "school", None),
        },
    )


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message and what the caller added."""

    PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {k: v for k, v in vars(record).items() if k not in self.PLAIN}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_as_json(level: int = logging.INFO) -> None:
    """Send every log line of the process to standard error as JSON; `canteen serve` calls this."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").disabled = True
