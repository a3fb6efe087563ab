"""Refuses what another site makes a signed-in browser send (CSRF).

Forms carry `csrf_field()`, htmx the header that base.html sets. A request with an API key carries no cookie's
authority and needs no token.
"""

from hashlib import sha256

from litestar.config.csrf import CSRFConfig
from litestar.datastructures import Headers
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send


class ForgeryCheck(CSRFMiddleware):
    """The framework's double-submit check, passed over for API keys."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, unless the caller brings a key."""
        authorization = Headers.from_scope(scope).get("authorization", "")
        if authorization.lower().startswith("bearer "):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def forgery_check(secret: str, *, secure: bool) -> DefineMiddleware:
    """The check for an app. The cookie's name changes with the secret: one signed with an older secret would
    be sent for ever and refuse every form."""
    name = f"csrf_{sha256(secret.encode()).hexdigest()[:8]}"
    config = CSRFConfig(secret=secret, cookie_name=name, cookie_secure=secure, cookie_httponly=True)
    return DefineMiddleware(ForgeryCheck, config=config)
