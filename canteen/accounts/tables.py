"""People and where they work, how they sign in, the devices and keys of a school, and the trail."""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Bytea, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.rules import Role
from canteen.kit.db import Row, index, unique
from canteen.tenants.tables import NO, Tenant

DIGEST = 64  # characters of a SHA-256 in hexadecimal


class Person(Row, Table, tablename="accounts_person"):
    """Somebody who may sign in, wherever they work. `login` is kept in lower case.

    `password` is an Argon2 hash, null until the first one is set. The `totp` secrets are locked with
    `canteen.kit.locks`; `totp_step` is the last time step whose
    code was used, so that no code works twice. `last_school` is where the next sign-in leads. `demo` marks
    the invented people of a demo, whose passwords were printed.
    """

    login = Varchar(length=64, null=False)
    name = Text(null=False)
    password = Text(null=True, default=None, secret=True)
    must_change_password = Boolean(null=False, default=True)
    totp_secret = Text(null=True, default=None, secret=True)
    totp_waiting = Text(null=True, default=None, secret=True)
    totp_step = BigInt(null=True, default=None)
    language = Varchar(length=8, null=False)
    last_school = ForeignKey(Tenant, null=True, default=None, **NO)
    demo = Boolean(null=False, default=False)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("login"),)


class Membership(Row, Table, tablename="accounts_membership"):
    """A role a person has at a tenant from a day to a day, both included; without an end when null.

    `canteen` narrows it to one canteen of the school; it is no foreign key, for canteens are not shared.
    """

    person = ForeignKey(Person, null=False, **NO)
    tenant = ForeignKey(Tenant, null=False, **NO)
    role = Varchar(length=24, choices=Role, null=False)
    canteen = BigInt(null=True, default=None)
    from_day = Date(null=False)
    until_day = Date(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (index("person"), index("tenant"))
    CHECKS: ClassVar = {"days": "until_day IS NULL OR until_day >= from_day"}


class Throttle(Row, Table, tablename="accounts_throttle"):
    """Wrong tries by login name or by address; `key` is a digest: people type passwords into name fields."""

    key = Varchar(length=DIGEST, null=False)
    failures = Integer(null=False, default=0)
    last_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("key"), index("last_at"))


class Device(Row, Table, tablename="accounts_device"):
    """A phone or tablet of the kitchen. `code` (a digest) registers it once, until `code_ends_at`."""

    school = ForeignKey(Tenant, null=False, **NO)
    canteen = BigInt(null=True, default=None)
    name = Text(null=False)
    code = Varchar(length=DIGEST, null=True, default=None, secret=True)
    code_ends_at = Timestamptz(null=True, default=None)
    registered_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"),)


class Session(Row, Table, tablename="accounts_session"):
    """A sign-in of a person or a kitchen device at one school; the browser holds the token, we its digest."""

    school = ForeignKey(Tenant, null=False, **NO)
    token = Varchar(length=DIGEST, null=False, secret=True)
    person = ForeignKey(Person, null=True, default=None, **NO)
    device = ForeignKey(Device, null=True, default=None, **NO)
    browser = Text(null=False)
    address = Varchar(length=64, null=False)
    created_at = Timestamptz(null=False)
    last_seen_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False)
    revoked_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "token"),
        index("school", "person", where="revoked_at IS NULL"),
        index("school", "device", where="revoked_at IS NULL"),
    )
    CHECKS: ClassVar = {"holder": "(person IS NULL) <> (device IS NULL)"}


class ApiKey(Row, Table, tablename="accounts_api_key"):
    """A machine's key with one role at one school; `token` is the SHA-256 of what was shown once."""

    school = ForeignKey(Tenant, null=False, **NO)
    name = Text(null=False)
    token = Varchar(length=DIGEST, null=False, secret=True)
    role = Varchar(length=24, choices=Role, null=False)
    created_by = ForeignKey(Person, null=True, default=None, **NO)
    created_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=True, default=None)
    last_used_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "token"))


class Pin(Row, Table, tablename="accounts_pin"):
    """The four digits with which a person signs one deed on a kitchen device of a school (Argon2).

    Without a `pin` the person must choose one; `code` (a digest) lets them, until `code_ends_at`.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    person = ForeignKey(Person, null=False, **NO)
    pin = Text(null=True, default=None, secret=True)
    code = Varchar(length=DIGEST, null=True, default=None, secret=True)
    code_ends_at = Timestamptz(null=True, default=None)
    failures = Integer(null=False, default=0)
    last_failed_at = Timestamptz(null=True, default=None)
    set_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "person"))


class Portrait(Row, Table, tablename="accounts_portrait"):
    """A person's small photo for the tiles of a school's kitchen devices; `jpeg` are its bytes."""

    school = ForeignKey(Tenant, null=False, **NO)
    person = ForeignKey(Person, null=False, **NO)
    jpeg = Bytea(null=False, default=None)
    set_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "person"))


class Delegation(Row, Table, tablename="accounts_delegation"):
    """One person's role lent to another from a day to a day, both included (授权代签)."""

    school = ForeignKey(Tenant, null=False, **NO)
    from_person = ForeignKey(Person, null=False, **NO)
    to_person = ForeignKey(Person, null=False, **NO)
    role = Varchar(length=24, choices=Role, null=False)
    from_day = Date(null=False)
    until_day = Date(null=False)
    reason = Text(null=False)
    created_at = Timestamptz(null=False)
    revoked_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        index("school", "to_person", "until_day", where="revoked_at IS NULL"),
    )
    CHECKS: ClassVar = {"days": "until_day >= from_day", "two_people": "from_person <> to_person"}


class Invitation(Row, Table, tablename="accounts_invitation"):
    """A link that lets one person take a role; `token` is the SHA-256 of what the link carries."""

    school = ForeignKey(Tenant, null=False, **NO)
    token = Varchar(length=DIGEST, null=False, secret=True)
    name = Text(null=False)
    role = Varchar(length=24, choices=Role, null=False)
    canteen = BigInt(null=True, default=None)
    until_day = Date(null=True, default=None)
    created_by = ForeignKey(Person, null=True, default=None, **NO)
    created_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False)
    accepted_by = ForeignKey(Person, null=True, default=None, **NO)
    accepted_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "token"))


class Trail(Row, Table, tablename="accounts_trail"):
    """One deed: who, on which device, when, what, before and after. Never changed but for being sealed.

    `at` is when it happened, `entered_at` when it was typed in. `before` and `after` are JSON.
    `place` numbers the sealed rows of a school from 1; `seal` chains them.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    at = Timestamptz(null=False)
    entered_at = Timestamptz(null=False)
    person = ForeignKey(Person, null=True, default=None, **NO)
    device = ForeignKey(Device, null=True, default=None, **NO)
    key = ForeignKey(ApiKey, null=True, default=None, **NO)
    deed = Varchar(length=64, null=False)
    subject = Varchar(length=32, null=False)
    subject_id = BigInt(null=True, default=None)
    about_school = ForeignKey(Tenant, null=True, default=None, **NO)
    before = Text(null=True, default=None)
    after = Text(null=True, default=None)
    request_id = Varchar(length=64, null=False)
    place = BigInt(null=True, default=None)
    seal = Varchar(length=DIGEST, null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "place"),
        index("school", "id", where="seal IS NULL"),
        index("school", "subject", "subject_id"),
    )
    FROZEN: ClassVar = ("place", "seal")


class TrailHead(Row, Table, tablename="accounts_trail_head"):
    """The end of a school's chain, and the lock under which it grows."""

    school = ForeignKey(Tenant, null=False, **NO)
    place = BigInt(null=False)
    seal = Varchar(length=DIGEST, null=False)
    sealed_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school"))


class KeptAnswer(Row, Table, tablename="accounts_answer"):
    """What a call with an Idempotency-Key was answered; `answer` is JSON.

    `scope` is a digest of credential, route and key, `body` of what was sent. `status` and `answer` are null
    only inside the transaction of the deed.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    scope = Varchar(length=DIGEST, null=False)
    body = Varchar(length=DIGEST, null=False)
    status = Integer(null=True, default=None)
    answer = Text(null=True, default=None)
    answered_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "scope"), index("answered_at"))
