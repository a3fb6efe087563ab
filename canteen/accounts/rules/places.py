"""Where a person may be: the tenants of the memberships, and the schools below those of a district."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from canteen.accounts.rules.canteens import confined


@dataclass(frozen=True, slots=True)
class Place:
    """A tenant a person can act in: `roles` held there, `above` those held at a tenant above it (to look).

    `only_at` are the canteens of those roles that were given for some canteens only.
    """

    id: int
    code: str
    name: str
    kind: str
    roles: frozenset[str]
    above: frozenset[str]
    only_at: Mapping[str, frozenset[int]] = field(default_factory=dict)


def places(
    tenants: Iterable[Mapping[str, object]], held: Iterable[tuple[int, str, int | None]]
) -> dict[int, Place]:
    """Every place of a person, districts and own schools first, then by name.

    `tenants` has id, code, name, kind and parent of all that matter; `held` is a tenant, a role
    there, and the canteen it was given for (None: the whole school).
    """
    rows = {int(str(row["id"])): row for row in tenants}
    given: dict[int, list[tuple[str, int | None]]] = {}
    for tenant, role, canteen in held:
        given.setdefault(tenant, []).append((role, canteen))
    found = [_place(row, rows, given) for row in rows.values()]
    ordered = sorted((p for p in found if p.roles or p.above), key=lambda p: (not p.roles, p.name))
    return {place.id: place for place in ordered}


def _place(
    row: Mapping[str, object],
    rows: Mapping[int, Mapping[str, object]],
    given: Mapping[int, list[tuple[str, int | None]]],
) -> Place:
    above: set[str] = set()
    parent = row["parent"]
    while parent is not None:
        over = int(str(parent))
        above |= {role for role, _canteen in given.get(over, ())}
        parent = rows[over]["parent"] if over in rows else None
    id_ = int(str(row["id"]))
    return Place(
        id=id_,
        code=str(row["code"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        roles=frozenset(role for role, _canteen in given.get(id_, ())),
        above=frozenset(above),
        only_at=confined(given.get(id_, ())),
    )
