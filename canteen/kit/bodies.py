"""How much a form may hold, judged before anything reads it.

Taking a form apart takes time on the one loop that answers everybody: a few megabytes of `a=&a=&…` from
somebody who is not even signed in would keep a school waiting for half a minute. Files come as multipart,
whose parts the framework counts itself.
"""

from typing import Any

from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.exceptions.http_exceptions import RequestEntityTooLarge

MOST_BYTES = 4 * 1024 * 1024
MOST_FIELDS = 10_000
READ_ONLY = {"GET", "HEAD", "OPTIONS"}


async def refuse_flood(request: Request[Any, Any, Any]) -> None:
    """Raise 413 for a form or JSON body over 4 MB, and for a form of more than ten thousand fields."""
    kind = request.content_type[0]
    if request.method in READ_ONLY or kind == RequestEncodingType.MULTI_PART:
        return
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:12]) > MOST_BYTES:
        raise RequestEntityTooLarge
    body = await request.body()
    if len(body) > MOST_BYTES or (_is_form(kind) and body.count(b"&") >= MOST_FIELDS):
        raise RequestEntityTooLarge


def _is_form(kind: str) -> bool:
    return kind == RequestEncodingType.URL_ENCODED
