"""Who may do what: the roles of a school and its district, and one table of permissions (practice 4)."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from canteen.tenants.rules import TenantKind


class Role(StrEnum):
    """What a person is at a canteen, a school, a central school or a district. One may hold several."""

    PRINCIPAL = "principal"
    DEPUTY = "deputy"
    GENERAL_AFFAIRS = "general_affairs"
    CANTEEN_MANAGER = "canteen_manager"
    BUYER = "buyer"
    STOREKEEPER = "storekeeper"
    SAFETY_OFFICER = "safety_officer"
    SAFETY_DIRECTOR = "safety_director"
    COOK = "cook"
    NUTRITIONIST = "nutritionist"
    ACCOUNTANT = "accountant"
    CASHIER = "cashier"
    CLASS_TEACHER = "class_teacher"
    DUTY_TEACHER = "duty_teacher"
    SCHOOL_DOCTOR = "school_doctor"
    PARENT_COMMITTEE = "parent_committee"
    CENTRAL_ACCOUNTANT = "central_accountant"
    DISTRICT_ADMIN = "district_admin"
    INSPECTOR = "inspector"
    SYSTEM_ADMIN = "system_admin"


ROLE_NAMES: Mapping[Role, str] = {
    Role.PRINCIPAL: _("Principal"),
    Role.DEPUTY: _("Deputy principal"),
    Role.GENERAL_AFFAIRS: _("General affairs"),
    Role.CANTEEN_MANAGER: _("Canteen manager"),
    Role.BUYER: _("Buyer"),
    Role.STOREKEEPER: _("Storekeeper"),
    Role.SAFETY_OFFICER: _("Food safety officer"),
    Role.SAFETY_DIRECTOR: _("Food safety director"),
    Role.COOK: _("Cook"),
    Role.NUTRITIONIST: _("Nutritionist"),
    Role.ACCOUNTANT: _("Accountant"),
    Role.CASHIER: _("Cashier"),
    Role.CLASS_TEACHER: _("Class teacher"),
    Role.DUTY_TEACHER: _("Teacher on duty"),
    Role.SCHOOL_DOCTOR: _("School doctor"),
    Role.PARENT_COMMITTEE: _("Parent committee"),
    Role.CENTRAL_ACCOUNTANT: _("Central school accountant"),
    Role.DISTRICT_ADMIN: _("District administrator"),
    Role.INSPECTOR: _("Inspector"),
    Role.SYSTEM_ADMIN: _("System administrator"),
}

ALL = frozenset(Role)
ABOVE_SCHOOLS = frozenset({Role.CENTRAL_ACCOUNTANT, Role.DISTRICT_ADMIN})
ANYWHERE = frozenset({Role.INSPECTOR, Role.SYSTEM_ADMIN})
KITCHEN = frozenset(
    {
        Role.CANTEEN_MANAGER,
        Role.BUYER,
        Role.STOREKEEPER,
        Role.SAFETY_OFFICER,
        Role.SAFETY_DIRECTOR,
        Role.COOK,
        Role.NUTRITIONIST,
    }
)
"""Those whose face stands on a kitchen device."""

AT_DEVICE = KITCHEN - {Role.CANTEEN_MANAGER, Role.SAFETY_DIRECTOR}
"""Whose pages a kitchen device opens before a face is touched; what is sent is judged by the person."""

_HEADS = frozenset({Role.PRINCIPAL, Role.DEPUTY})
_PLANNERS = frozenset({Role.CANTEEN_MANAGER, Role.NUTRITIONIST, Role.GENERAL_AFFAIRS})
_BUYERS = frozenset(
    {Role.CANTEEN_MANAGER, Role.BUYER, Role.STOREKEEPER, Role.SAFETY_OFFICER, Role.GENERAL_AFFAIRS}
)
_VERIFIERS = frozenset(
    {Role.SAFETY_OFFICER, Role.SAFETY_DIRECTOR, Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS}
)
_KEEPERS = frozenset({Role.STOREKEEPER, Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS, Role.COOK})
_WATCHERS = frozenset({Role.DISTRICT_ADMIN, Role.INSPECTOR})
_WITNESSES = frozenset({Role.SAFETY_DIRECTOR, Role.COOK, Role.DUTY_TEACHER})
_ACCOUNTS = frozenset({Role.ACCOUNTANT, Role.CASHIER, Role.CENTRAL_ACCOUNTANT})
_ADMINS = frozenset({Role.PRINCIPAL, Role.SYSTEM_ADMIN, Role.DISTRICT_ADMIN})
_OFFICE = _HEADS | {Role.GENERAL_AFFAIRS, Role.SYSTEM_ADMIN}

SIGNED_IN = "signed_in"
"""The permission of every person who has signed in, whatever the role: one's own account, the switcher."""

MAY: Mapping[str, frozenset[Role]] = {
    "foods.read": ALL,
    "foods.edit": _PLANNERS | {Role.DISTRICT_ADMIN},
    "dishes.read": ALL,
    "dishes.edit": _PLANNERS | {Role.DISTRICT_ADMIN},
    "dishes.retire": _PLANNERS | {Role.DISTRICT_ADMIN},
    "weeks.read": ALL,
    "weeks.edit": _PLANNERS | {Role.DISTRICT_ADMIN},
    "weeks.import": _PLANNERS | {Role.DISTRICT_ADMIN},
    "weeks.submit": _PLANNERS,
    "weeks.approve": frozenset({Role.PRINCIPAL}),
    "weeks.publish": _PLANNERS | _HEADS,
    "weeks.substitute": _PLANNERS | _HEADS,
    "weeks.serve": _PLANNERS | {Role.COOK, Role.SAFETY_OFFICER},
    "weeks.library": frozenset({Role.DISTRICT_ADMIN}),
    "goods.read": ALL,
    "goods.edit": _BUYERS | _PLANNERS | {Role.DISTRICT_ADMIN},
    "goods.matrix": frozenset({Role.PRINCIPAL, Role.SAFETY_DIRECTOR, Role.DISTRICT_ADMIN}),
    "licences.read": ALL - {Role.CLASS_TEACHER, Role.DUTY_TEACHER},
    "licences.edit": _BUYERS | {Role.DISTRICT_ADMIN},
    "licences.verify": _HEADS | _VERIFIERS | {Role.DISTRICT_ADMIN},
    "licences.standing": _HEADS | {Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS, Role.DISTRICT_ADMIN},
    "payments.read": _HEADS | _BUYERS | _ACCOUNTS | _WATCHERS | _WITNESSES,
    "payments.enter": _BUYERS | {Role.ACCOUNTANT},
    "payments.sign": _HEADS | _BUYERS | _WITNESSES,
    "payments.approve": _HEADS,
    "payments.pay": frozenset({Role.CASHIER}),
    "payments.close": frozenset({Role.ACCOUNTANT}),
    "assessments.read": _HEADS | _BUYERS | _ACCOUNTS | _WATCHERS | {Role.PARENT_COMMITTEE},
    "assessments.edit": _HEADS | {Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS, Role.DISTRICT_ADMIN},
    "purchasing.read": ALL - {Role.CLASS_TEACHER},
    "purchasing.receive": _BUYERS | {Role.SAFETY_DIRECTOR, Role.COOK},
    "purchasing.second": KITCHEN | _HEADS | {Role.GENERAL_AFFAIRS, Role.DUTY_TEACHER, Role.ACCOUNTANT},
    "purchasing.exception": _HEADS,
    "purchasing.plan": _BUYERS | _PLANNERS,
    "purchasing.approve": _HEADS,
    "purchasing.order": _BUYERS,
    "purchasing.prices": _BUYERS | _HEADS | {Role.DISTRICT_ADMIN},
    "stock.read": ALL - {Role.CLASS_TEACHER, Role.DUTY_TEACHER, Role.PARENT_COMMITTEE},
    "stock.issue": _KEEPERS,
    "stock.count": _KEEPERS,
    "stock.write_off": _KEEPERS - {Role.COOK},
    "stock.close": _HEADS | {Role.CANTEEN_MANAGER, Role.GENERAL_AFFAIRS},
    "schools.read": ALL,
    "schools.edit": _OFFICE | {Role.DISTRICT_ADMIN},
    "policies.edit": _HEADS | {Role.SAFETY_DIRECTOR, Role.DISTRICT_ADMIN},
    "people.read": _OFFICE | _WATCHERS | {Role.CANTEEN_MANAGER, Role.SAFETY_DIRECTOR},
    "people.edit": _ADMINS,
    "devices.edit": _ADMINS | {Role.GENERAL_AFFAIRS, Role.CANTEEN_MANAGER},
    "faces.read": _OFFICE | _ADMINS | KITCHEN,
    "keys.edit": _ADMINS,
    "trail.read": _OFFICE | _WATCHERS | {Role.SAFETY_DIRECTOR, Role.CENTRAL_ACCOUNTANT},
    "notices.read": ALL,
    "notices.tick": ALL - {Role.INSPECTOR, Role.PARENT_COMMITTEE},
    "prints.read": ALL,
    "prints.print": ALL - {Role.INSPECTOR, Role.PARENT_COMMITTEE},
    "prints.sign": _OFFICE | KITCHEN,
    "uploads.read": ALL,
    "style.read": frozenset({Role.SYSTEM_ADMIN}),
}
"""Permission to the roles that hold it. `<room>.read` looks, everything else changes something."""


PERSONAL = frozenset({"people.edit", "devices.edit", "keys.edit"})
"""What is neither lent to somebody else, nor given to a machine, nor opened by the four digits of a PIN at a
kitchen device: it would make more power out of some."""

FROM_ABOVE = {"people.edit": frozenset({Role.DISTRICT_ADMIN, Role.SYSTEM_ADMIN})}
"""What a district does at its schools beside looking: it appoints who runs them, lets the locked out in."""


def may(roles: Collection[str], permission: str) -> bool:
    """Whether any of the roles holds the permission. Raises KeyError for a permission nobody declared."""
    return not MAY[permission].isdisjoint(roles)


def may_from_above(roles: Collection[str], permission: str) -> bool:
    """What a role of a district or central school may do at a school below it: look, and appoint."""
    if permission.endswith(".read"):
        return may(roles, permission)
    return not FROM_ABOVE.get(permission, frozenset()).isdisjoint(roles)


def roles_at(kind: str) -> list[Role]:
    """The roles that make sense at a district, a central school or a school, in the order of the table."""
    if kind == TenantKind.SCHOOL:
        return [role for role in Role if role not in ABOVE_SCHOOLS]
    return [role for role in Role if role in ABOVE_SCHOOLS | ANYWHERE]


def role_findings(held: Collection[str], wanted: str, kind: str) -> list[Finding]:
    """Why a person who holds `held` may not also be given `wanted`.

    `role_place`: the role does not exist there. `cashier_keeps_books`: who keeps the cash must not keep the
    books (会计法, article 37 of the 2017 text:
    出纳人员不得兼任稽核、会计档案保管和收入、支出、费用、债权债务账目的登记工作).
    """
    findings = []
    if wanted not in roles_at(kind):
        findings.append(error("role_place", _("There is no such role here."), "role"))
    if {Role.ACCOUNTANT, Role.CASHIER} <= {*held, wanted}:
        message = _("The cashier must not keep the books: accountant and cashier are two people.")
        findings.append(error("cashier_keeps_books", message, "role"))
    return findings
