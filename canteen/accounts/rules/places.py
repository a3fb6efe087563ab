"""Where a person may be: the tenants of the memberships, and the schools below those of a district."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A tenant a person can act in: `roles` held there, `above` those held at a tenant above it (to look)."""

    id: int
    code: str
    name: str
    kind: str
    roles: frozenset[str]
    above: frozenset[str]


def places(tenants: Iterable[Mapping[str, object]], held: Iterable[tuple[int, str]]) -> dict[int, Place]:
    """Every place of a person, districts and own schools first, then by name.

    `tenants` has id, code, name, kind and parent of all that matter; `held` pairs a tenant with a role there.
    """
    rows = {int(str(row["id"])): row for row in tenants}
    roles: dict[int, set[str]] = {}
    for tenant, role in held:
        roles.setdefault(tenant, set()).add(role)
    found = [_place(row, rows, roles) for row in rows.values()]
    ordered = sorted((p for p in found if p.roles or p.above), key=lambda p: (not p.roles, p.name))
    return {place.id: place for place in ordered}


def _place(
    row: Mapping[str, object], rows: Mapping[int, Mapping[str, object]], roles: Mapping[int, set[str]]
) -> Place:
    above: set[str] = set()
    parent = row["parent"]
    while parent is not None:
        over = int(str(parent))
        above |= roles.get(over, set())
        parent = rows[over]["parent"] if over in rows else None
    id_ = int(str(row["id"]))
    return Place(
        id=id_,
        code=str(row["code"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        roles=frozenset(roles.get(id_, ())),
        above=frozenset(above),
    )
