"""The tree of tenants: district, central school (optional), school."""

from enum import StrEnum


class TenantKind(StrEnum):
    """What a tenant is (practice 1)."""

    DISTRICT = "district"
    CENTRAL = "central"
    SCHOOL = "school"


ABOVE = {
    TenantKind.DISTRICT: set[TenantKind](),
    TenantKind.CENTRAL: {TenantKind.DISTRICT},
    TenantKind.SCHOOL: {TenantKind.DISTRICT, TenantKind.CENTRAL},
}


def may_stand_under(child: TenantKind, parent: TenantKind | None) -> bool:
    """Whether a tenant of this kind may hang there; a school may stand alone."""
    return parent in ABOVE[child] if parent else child is not TenantKind.CENTRAL
