"""Roles and who may do what, passwords and waits, how long a sign-in lasts, the arithmetic of the trail."""

from canteen.accounts.rules.passwords import password_findings, pin_findings
from canteen.accounts.rules.roles import (
    ABOVE_SCHOOLS,
    ALL,
    AT_DEVICE,
    KITCHEN,
    MAY,
    PERSONAL,
    ROLE_NAMES,
    SIGNED_IN,
    Role,
    may,
    may_from_above,
    role_findings,
    roles_at,
)

__all__ = [
    "ABOVE_SCHOOLS",
    "ALL",
    "AT_DEVICE",
    "KITCHEN",
    "MAY",
    "PERSONAL",
    "ROLE_NAMES",
    "SIGNED_IN",
    "Role",
    "may",
    "may_from_above",
    "password_findings",
    "pin_findings",
    "role_findings",
    "roles_at",
]
