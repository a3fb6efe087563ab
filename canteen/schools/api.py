"""Schools as JSON."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request
from litestar.di import NamedDependency

from canteen.accounts.api import api_get
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.described import listed
from canteen.kit.pages import listing
from canteen.schools.services.seen import SeenSchool, schools_seen


class CanteenOut(msgspec.Struct, frozen=True):
    """A canteen of a school."""

    id: str
    name: str


class SchoolOut(msgspec.Struct, frozen=True):
    """A school; `code` is short and never changes."""

    id: str
    code: str
    name: str
    canteens: list[CanteenOut]


class SchoolsOut(msgspec.Struct, frozen=True):
    """A page of schools; `next` is the cursor of the following one."""

    items: list[SchoolOut]
    next: str | None


def school_out(school: SeenSchool) -> SchoolOut:
    """A school as programs read it."""
    canteens = [CanteenOut(str(id_), name) for id_, name in school.canteens]
    return SchoolOut(str(school.id), school.code, school.name, canteens)


@api_get("/api/v1/schools", "schools.read", asks=listed({}))
async def list_schools(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], now: NamedDependency[datetime]
) -> SchoolsOut:
    """The schools that the caller may see.

    Calls act in the school of the key or of the session; the others are reached by a key of theirs.
    """
    schools, following = await schools_seen(actor, listing(request), today=local_day(now))
    return SchoolsOut([school_out(school) for school in schools], following)


routes: list[Any] = [list_schools]
