"""Roles given for some canteens of a school only (practice 1 and 4)."""

from collections.abc import Collection, Iterable, Mapping

from canteen.accounts.rules.roles import MAY


def confined(held: Iterable[tuple[str, int | None]]) -> dict[str, frozenset[int]]:
    """The roles held at some canteens only, and at which.

    `held` pairs a role with the canteen it was given for; None is the whole school, and outweighs the rest.
    """
    at: dict[str, set[int | None]] = {}
    for role, canteen in held:
        at.setdefault(role, set()).add(canteen)
    return {role: frozenset(c for c in here if c) for role, here in at.items() if None not in here}


def canteens_for(
    roles: Collection[str], only_at: Mapping[str, frozenset[int]], permission: str
) -> frozenset[int] | None:
    """The canteens that a permission is held at by these roles; None: everywhere in the school.

    A role that does not hold the permission widens nothing: who teaches the whole school and manages one
    canteen plans menus for that one.
    """
    holders = MAY.get(permission, frozenset()).intersection(roles)
    if not holders or any(role not in only_at for role in holders):
        return None
    return frozenset().union(*(only_at[role] for role in holders))
