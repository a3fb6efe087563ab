"""The tree of tenants: district, central school (optional), school; and the short codes they are known by."""

import re
from enum import StrEnum

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _

# Crockford's base 32: no I, L, O or U, so that a code read aloud or from a stub is not mistaken.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 4
MISREAD = str.maketrans("ILO", "110")


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


def read_code(typed: str) -> str:
    """A code as it is kept: upper case, no blanks or hyphens, I and L read as 1, O as 0."""
    return re.sub(r"[\s-]", "", typed).upper().translate(MISREAD)


def code_findings(code: str) -> list[Finding]:
    """`tenant_code` unless it is four Crockford characters: voucher numbers begin with it (contract.md)."""
    if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET):
        return []
    return [error("tenant_code", _("A code is 4 characters of 0-9 and A-Z without I, L, O and U."), "code")]


def place_findings(child: TenantKind, parent: TenantKind | None) -> list[Finding]:
    """`tenant_place` when such a tenant may not hang there."""
    if may_stand_under(child, parent):
        return []
    message = _(
        "A district stands on top, a central school under a district, a school under either or alone."
    )
    return [error("tenant_place", message, "parent")]
