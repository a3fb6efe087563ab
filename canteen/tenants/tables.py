"""Who a row belongs to. A district is a tenant too; everything else carries the tenant as `school`."""

from typing import Any, ClassVar

from piccolo.columns import BigInt, ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from canteen.kit.db import Row, index, unique
from canteen.tenants.rules import TenantKind

NO: Any = {"on_delete": OnDelete.no_action, "on_update": OnUpdate.no_action}


class Tenant(Row, Table, tablename="tenants_tenant"):
    """A district, central school, school or campus. `code` is short, upper case and never changes."""

    code = Varchar(length=8, null=False)
    kind = Varchar(length=16, choices=TenantKind, null=False)
    name = Text(null=False)
    parent: ForeignKey[Any] = ForeignKey("self", null=True, default=None, **NO)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("code"), index("parent"))


class Canteen(Row, Table, tablename="tenants_canteen"):
    """One kitchen of a school with its licence, staff and stock; who has one never sees the difference."""

    school = ForeignKey(Tenant, null=False, **NO)
    number = BigInt(null=False)
    name = Text(null=False)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "number"))
