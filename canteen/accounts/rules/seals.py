"""The arithmetic of the trail's chain: each seal covers its row and the seal before it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

START = ""
"""What stands before the first seal of a school."""

SEALED = (
    "school",
    "id",
    "at",
    "entered_at",
    "person",
    "device",
    "key",
    "deed",
    "subject",
    "subject_id",
    "about_school",
    "before",
    "after",
    "request_id",
)
"""The columns a seal covers. Another column later needs another list beside this one, chosen by the row."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold: its number in the chain, the row found there and why.

    `kind` is `changed` (in its content or its place), `gone`, or `beyond` (slipped in behind the chain).
    """

    place: int
    row: int | None
    kind: str


def seal(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the seal before and the row as canonical JSON: names sorted, no blanks, UTC."""
    covered = {name: row[name] for name in SEALED}
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_instant)
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def chained(previous: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The seals of rows that follow each other."""
    for row in rows:
        previous = seal(previous, row)
        yield previous


def first_break(
    rows: Iterable[Mapping[str, Any]], place: int, previous: str
) -> tuple[Break | None, int, str]:
    """Walk sealed rows in order of their place; returns the first break, and where the walk stood then."""
    for row in rows:
        if row["place"] != place + 1:
            return Break(place + 1, None, "gone"), place, previous
        if row["seal"] != seal(previous, row):
            return Break(row["place"], row["id"], "changed"), place, previous
        place, previous = row["place"], row["seal"]
    return None, place, previous


def _instant(value: Any) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"{value!r} has no canonical form")
    return value.astimezone(UTC).isoformat(timespec="microseconds")
