"""The list pattern: search, filters, sort, a cursor for the next page, the same list as Excel."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from litestar import Request

PAGE_SIZE = 50
MOST = 200
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list was asked for, read from the address; hand it to the query and to the template.

    `q` is the search text, `filters` the chosen values of the filters that were offered, `sort` one of the
    sorts offered (`-name` runs backwards), `after` the last row's key of the page before (None at the start),
    `limit` how many rows to show. A query asks for `limit + 1` rows; `cut` takes the extra one off again.
    """

    q: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    after: Any = None
    limit: int = PAGE_SIZE

    def cut(self, rows: Sequence[Any], key: Callable[[Any], Any]) -> tuple[list[Any], str | None]:
        """The rows to show and the cursor of the next page (None at the end)."""
        shown = list(rows[: self.limit])
        return shown, make_cursor(key(shown[-1])) if len(rows) > self.limit else None

    @property
    def narrowed(self) -> bool:
        """Whether anything was searched or filtered for."""
        return bool(self.q or self.filters)


def listing(
    request: Request[Any, Any, Any],
    *,
    filters: Sequence[str] = (),
    sorts: Sequence[str] = (),
    limit: int = PAGE_SIZE,
) -> Listing:
    """The listing an address asks for. Unknown filters and sorts, and a broken cursor, are passed over."""
    asked = {name: text.replace("\0", "") for name, text in request.query_params.items()}
    sort = asked.get("sort", "")
    wished = asked.get("limit", "")
    return Listing(
        q=asked.get("q", "").strip()[:100],
        filters={name: asked[name] for name in filters if asked.get(name)},
        sort=sort if sort.removeprefix("-") in sorts else next(iter(sorts), ""),
        after=read_cursor(asked.get("cursor", "")),
        limit=min(max(int(wished[:9]), 1), MOST) if wished.isdecimal() else limit,
    )


def make_cursor(key: Any) -> str:
    """A row's key as opaque text for an address."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(text: str) -> Any:
    """The key in a cursor; None when there is none, or one that was tampered with."""
    if not text:
        return None
    try:
        read = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        key = None if b"\\u0000" in read else msgspec.json.decode(read)
        return None if isinstance(key, int) and abs(key) > LARGEST_ID else key
    except (ValueError, binascii.Error, msgspec.DecodeError, RecursionError):
        return None
