"""Who sells to a school, and the papers that allow it; the canteen's own papers beside them."""

from typing import Any, ClassVar

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.tables import Person
from canteen.kit.db import index, unique
from canteen.schools.tables import Entered
from canteen.tenants.tables import NO, Canteen
from suppliers.goods.rules import PaperKind, Source
from suppliers.licences.rules import Arrival, Checked, Standing


class Supplier(Entered, Table, tablename="suppliers_supplier"):
    """A seller that a school buys from, or one of the district's library of approved ones.

    `categories` is a JSON list of what it may sell us (goods.rules.Category). A farmer's identity number is
    kept masked only. `credit_code_reason` says why a code with a wrong check character was taken all the
    same. `clean_since` is the day from which it declares three years without a food-safety event;
    `listed_checked_on` when the list of bad faith (严重违法失信名单) was looked up. `origin_school` and
    `origin_id` name the district's supplier that this is a copy of.
    """

    name = Text(null=False)
    spelling = Text(null=False)
    sound = Text(null=False)
    source = Varchar(length=16, choices=Source, null=False)
    credit_code = Varchar(length=18, null=False)
    credit_code_reason = Text(null=False)
    identity_masked = Varchar(length=18, null=False)
    contact = Text(null=False)
    phone = Text(null=False)
    address = Text(null=False)
    categories = Text(null=False)
    clean_since = Date(null=True, default=None)
    listed_checked_on = Date(null=True, default=None)
    listed_checked_by = ForeignKey(Person, null=True, default=None, **NO)
    listed_found = Boolean(null=False, default=False)
    standing = Varchar(length=12, choices=Standing, null=False)
    standing_reason = Text(null=False)
    standing_at = Timestamptz(null=True, default=None)
    origin_school = BigInt(null=True, default=None)
    origin_id = BigInt(null=True, default=None)
    changed_at = Timestamptz(null=False)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "spelling", where="standing <> 'left'"),
        index("school", "credit_code"),
        index("school", "changed_at", "id"),
    )


class Licence(Entered, Table, tablename="suppliers_licence"):
    """A paper with a number and a time: of a supplier, or (`supplier` null) of the canteen itself.

    `categories` is a JSON list of the goods it covers by its scope, empty for a paper that is not about
    goods. `valid_to` null is without end (长期). `scans` is a JSON list of digests (kit.uploads), page by
    page. `number_reason` says why a number with a wrong check character was taken all the same.
    """

    supplier = ForeignKey(Supplier, null=True, default=None, **NO)
    canteen = ForeignKey(Canteen, null=True, default=None, **NO)
    kind = Varchar(length=24, choices=PaperKind, null=False)
    number = Text(null=False)
    number_reason = Text(null=False)
    holder = Text(null=False)
    issuer = Text(null=False)
    scope = Text(null=False)
    categories = Text(null=False)
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)
    scans = Text(null=False)
    note = Text(null=False)
    arrival = Varchar(length=8, choices=Arrival, null=False)
    checked = Varchar(length=12, choices=Checked, null=False)
    checked_by = ForeignKey(Person, null=True, default=None, **NO)
    checked_at = Timestamptz(null=True, default=None)
    rejected_reason = Text(null=False)
    supersedes: ForeignKey[Any] = ForeignKey("self", null=True, default=None, **NO)
    origin_school = BigInt(null=True, default=None)
    origin_id = BigInt(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        index("school", "supplier", "kind"),
        index("school", "checked", "valid_to"),
        index("school", "number"),
    )
    CHECKS: ClassVar = {"days": "valid_from IS NULL OR valid_to IS NULL OR valid_to >= valid_from"}


class UploadLink(Entered, Table, tablename="suppliers_upload_link"):
    """A way for a supplier without an account to hand in its papers; a person verifies each of them.

    The token is kept as its SHA-256 and shown once.
    """

    supplier = ForeignKey(Supplier, null=False, **NO)
    token_digest = Varchar(length=64, null=False)
    expires_at = Timestamptz(null=False)
    last_used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "token_digest"),
        index("school", "supplier"),
    )
