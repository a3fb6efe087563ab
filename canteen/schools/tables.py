"""What a school has decided. Decisions hold from a day: a new row goes before the old one, which stays.

Rows that somebody takes back are marked `withdrawn_at`, never deleted.
"""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.accounts.tables import Person
from canteen.kit.db import Row, index, unique
from canteen.schools.rules.calendar import SpecialKind
from canteen.schools.rules.groups import AgeBand, Stage
from canteen.schools.rules.modes import Mode
from canteen.schools.rules.prints import PrintState
from canteen.tenants.tables import NO, Canteen, Tenant


class Entered(Row):
    """Mixin: a row of a school, with who entered it and when."""

    school = ForeignKey(Tenant, null=False, **NO)
    entered_at = Timestamptz(null=False)
    entered_by = ForeignKey(Person, null=True, default=None, **NO)


class Profile(Entered, Table, tablename="schools_profile"):
    """One row a school: the day from which meals are due; whether it is in the nutrition plan (营养改善)."""

    go_live_on = Date(null=True, default=None)
    nutrition_plan = Boolean(null=False, default=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school"))


class Decision(Entered, Table, tablename="schools_decision"):
    """A policy decided by a school, central school or district. `value` is JSON; null gives the key back."""

    key = Varchar(length=40, null=False)
    from_day = Date(null=False)
    value = Text(null=True, default=None)
    locked = Boolean(null=False, default=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "key", "from_day"))


class Term(Entered, Table, tablename="schools_term"):
    """A term, first and last day included."""

    name = Text(null=False)
    first_day = Date(null=False)
    last_day = Date(null=False)
    withdrawn_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "first_day"))
    CHECKS: ClassVar = {"days": "last_day >= first_day"}


class GradeGroup(Entered, Table, tablename="schools_grade_group"):
    """Grades that eat by the same weekday table in the same canteen."""

    canteen = ForeignKey(Canteen, null=False, **NO)
    name = Text(null=False)
    stage = Varchar(length=8, choices=Stage, null=False)
    first_grade = Integer(null=False)
    last_grade = Integer(null=False)
    withdrawn_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "first_grade"))
    CHECKS: ClassVar = {"grades": "first_grade >= 1 AND last_grade >= first_grade AND last_grade <= 12"}


class Heads(Entered, Table, tablename="schools_heads"):
    """How many of an age band of a group usually eat, from a day on."""

    grade_group = ForeignKey(GradeGroup, null=False, **NO)
    age_band = Varchar(length=8, choices=AgeBand, null=False)
    from_day = Date(null=False)
    heads = Integer(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "grade_group", "from_day"))
    CHECKS: ClassVar = {"heads": "heads >= 0"}


class Timetable(Entered, Table, tablename="schools_timetable"):
    """A group's weekday table from a day on.

    `weeks` is JSON: a list of weeks, each a table from weekday (Monday "0") to meals; `anchor` the Monday of
    the first of them.
    """

    grade_group = ForeignKey(GradeGroup, null=False, **NO)
    from_day = Date(null=False)
    anchor = Date(null=False)
    weeks = Text(null=False)
    returns_evening_before = Boolean(null=False, default=False)
    leaves_before_dinner = Boolean(null=False, default=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "grade_group", "from_day"))


class SpecialDay(Entered, Table, tablename="schools_special_day"):
    """A day unlike the weekday table, for one group or (null) everybody. `meals` is a JSON list of meals."""

    grade_group = ForeignKey(GradeGroup, null=True, default=None, **NO)
    day = Date(null=False)
    kind = Varchar(length=12, choices=SpecialKind, null=False)
    name = Text(null=False)
    as_weekday = Integer(null=True, default=None)
    meals = Text(null=False)
    withdrawn_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "day"))
    CHECKS: ClassVar = {"weekday": "as_weekday IS NULL OR (as_weekday >= 0 AND as_weekday <= 6)"}


class CanteenMode(Entered, Table, tablename="schools_canteen_mode"):
    """How a canteen is run from a day on. `arrives`: when delivered meals come, in minutes of the day."""

    canteen = ForeignKey(Canteen, null=False, **NO)
    from_day = Date(null=False)
    mode = Varchar(length=12, choices=Mode, null=False)
    firm = Text(null=False)
    contract = Text(null=False)
    contract_ends_on = Date(null=True, default=None)
    fee = Text(null=False)
    prices = Text(null=False)
    allowed_items = Text(null=False)
    licence = Text(null=False)
    arrives = Integer(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "canteen", "from_day"))
    CHECKS: ClassVar = {"arrives": "arrives IS NULL OR (arrives >= 0 AND arrives < 1440)"}


class DutyWord(Entered, Table, tablename="schools_duty_word"):
    """A school's word on whether a duty applies; without one it does. `reason` says why not."""

    key = Varchar(length=24, null=False)
    applies = Boolean(null=False, default=True)
    reason = Text(null=False)
    from_day = Date(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "key", "from_day"))


class Serial(Row, Table, tablename="schools_serial"):
    """The last number given out of a row of numbers."""

    school = ForeignKey(Tenant, null=False, **NO)
    name = Varchar(length=24, null=False)
    last = BigInt(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "name"))


class Print(Row, Table, tablename="schools_print"):
    """A paper that was printed. After a change it has the same number, the next version and `replaces`.

    `content` is a digest of what was printed, `photo` the digest of the signed sheet's photo.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    number = Varchar(length=24, null=False)
    version = Integer(null=False)
    kind = Varchar(length=24, null=False)
    title = Text(null=False)
    subject = Varchar(length=24, null=False)
    subject_id = BigInt(null=False)
    content = Varchar(length=64, null=False)
    state = Varchar(length=12, choices=PrintState, null=False)
    printed_at = Timestamptz(null=False)
    printed_by = ForeignKey(Person, null=True, default=None, **NO)
    replaces = BigInt(null=True, default=None)
    signed_at = Timestamptz(null=True, default=None)
    signed_by = ForeignKey(Person, null=True, default=None, **NO)
    photo = Varchar(length=64, null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "number", "version"),
        index("school", "kind", "subject", "subject_id"),
        index("school", "state"),
    )


class Upload(Entered, Table, tablename="schools_upload"):
    """A file that a school has: only its people may open it. `size` in bytes."""

    digest = Varchar(length=64, null=False)
    media_type = Varchar(length=32, null=False)
    size = BigInt(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "digest"))
