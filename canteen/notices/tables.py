"""Notices of a school, whom they are for, and who has read them."""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.rules import Role
from canteen.accounts.tables import Person
from canteen.kit.db import Row, index, unique
from canteen.kit.problems import Level
from canteen.notices.rules.kinds import Kind
from canteen.tenants.tables import NO, Tenant


class Notice(Row, Table, tablename="notices_notice"):
    """One task, alert or piece of news. `topic` (`room.what`) and the subject say what it is about.

    `message` is a message id and `facts` the JSON for its places, so that everybody reads it in their own
    language. `link` is a path of ours. A task or alert stands open until `done_at`; only one of a topic and
    subject is open at a time. `by_hand` marks a task that people tick; others are closed by a deed.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    kind = Varchar(length=8, choices=Kind, null=False)
    level = Varchar(length=8, choices=Level, null=False)
    topic = Varchar(length=64, null=False)
    subject = Varchar(length=32, null=False)
    subject_id = BigInt(null=False)
    message = Text(null=False)
    facts = Text(null=False)
    link = Text(null=False)
    due_on = Date(null=True, default=None)
    by_hand = Boolean(null=False, default=False)
    posted_at = Timestamptz(null=False)
    done_at = Timestamptz(null=True, default=None)
    done_by = ForeignKey(Person, null=True, default=None, **NO)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "topic", "subject", "subject_id", where="kind <> 'news' AND done_at IS NULL"),
        index("school", "posted_at"),
        index("school", "subject", "subject_id"),
    )
    CHECKS: ClassVar = {
        "due": "due_on IS NULL OR kind = 'task'",
        "hand": "NOT by_hand OR kind = 'task'",
    }


class Addressee(Row, Table, tablename="notices_addressee"):
    """Whom a notice is for: everybody who holds a role at the school, or one person."""

    school = ForeignKey(Tenant, null=False, **NO)
    notice = ForeignKey(Notice, null=False, **NO)
    role = Varchar(length=24, choices=Role, null=True, default=None)
    person = ForeignKey(Person, null=True, default=None, **NO)

    KEYS: ClassVar = (unique("school", "notice", "role"), unique("school", "notice", "person"))
    CHECKS: ClassVar = {"one": "(role IS NULL) <> (person IS NULL)"}


class Reading(Row, Table, tablename="notices_reading"):
    """A person has read a notice."""

    school = ForeignKey(Tenant, null=False, **NO)
    notice = ForeignKey(Notice, null=False, **NO)
    person = ForeignKey(Person, null=False, **NO)
    read_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "notice", "person"),)
