"""The weekly menu as it is kept: week, meals, servings and portions; files, changes, templates, answers."""

from typing import ClassVar

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.kit.db import Row, index, unique
from canteen.tenants.tables import NO, Canteen, Tenant
from menus.weeks.rules.states import ServingStatus, State


class Menu(Row, Table, tablename="menus_week"):
    """One week's menu of a canteen for an age band. `version` grows with every change of what it offers.

    A week without a canteen is cooked by nobody: it stands, by its `name`, in the library of a district or
    central school, which gives it to its schools as a template. A canteen's week has the name "".
    `error_count` and `warning_count` are what the rules found at the last change, for lists; boards judge
    anew. `approved_errors` is how many errors stood when the principal approved for `approval_reason`.
    `origin_school` and `origin_id` name the menu or template that it was copied from.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    canteen = ForeignKey(Canteen, null=True, default=None, **NO)
    name = Text(null=False)
    first_day = Date(null=False)
    age = Varchar(length=8, null=False)
    audience = Text(null=False)
    state = Varchar(length=16, choices=State, null=False)
    version = Integer(null=False)
    error_count = Integer(null=False)
    warning_count = Integer(null=False)
    created_by = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False)
    checked_by = BigInt(null=True, default=None)
    checked_at = Timestamptz(null=True, default=None)
    sent_back_reason = Text(null=False)
    approved_by = BigInt(null=True, default=None)
    approved_at = Timestamptz(null=True, default=None)
    approval_reason = Text(null=False)
    approved_errors = Integer(null=False)
    published_by = BigInt(null=True, default=None)
    published_at = Timestamptz(null=True, default=None)
    origin_school = BigInt(null=True, default=None)
    origin_id = BigInt(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "canteen", "first_day", "age"),
        unique("school", "name", "age", where="canteen IS NULL"),
        index("school", "first_day", "id"),
    )


class MenuMeal(Row, Table, tablename="menus_meal"):
    """One meal of one day. `version` is what two planners of the same meal are told apart by."""

    school = ForeignKey(Tenant, null=False, **NO)
    week = ForeignKey(Menu, null=False, **NO)
    day = Date(null=False)
    meal = Varchar(length=16, null=False)
    version = Integer(null=False)
    served_by = BigInt(null=True, default=None)
    served_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "week", "day", "meal"),
        index("school", "day"),
    )


class Serving(Row, Table, tablename="menus_serving"):
    """A dish on a meal. `label` is the 类别 as written; `dish` the recipe it was taken from, if any.

    Of a choice group the expected shares tell how many take which. After publication a row is never changed
    but in `status` and `reason`; the dish that came instead is a new row that `replaces` it.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    week = ForeignKey(Menu, null=False, **NO)
    meal = ForeignKey(MenuMeal, null=False, **NO)
    position = Integer(null=False)
    name = Text(null=False)
    kind = Varchar(length=16, null=False)
    label = Text(null=False)
    method = Text(null=False)
    choice_group = Text(null=False)
    expected_permille = Integer(null=False)
    dish = BigInt(null=True, default=None)
    status = Varchar(length=16, choices=ServingStatus, null=False)
    reason = Text(null=False)
    replaces = BigInt(null=True, default=None)

    KEYS: ClassVar = (unique("school", "id"), index("school", "week"), index("school", "meal"))
    CHECKS: ClassVar = {"expected": "expected_permille > 0 AND expected_permille <= 1000"}


class Portion(Row, Table, tablename="menus_portion"):
    """Raw milligrams per head of one ingredient, named as typed; `food_code` when a recipe named the food."""

    school = ForeignKey(Tenant, null=False, **NO)
    week = ForeignKey(Menu, null=False, **NO)
    serving = ForeignKey(Serving, null=False, **NO)
    position = Integer(null=False)
    name = Text(null=False)
    food_code = Varchar(length=16, null=True, default=None)
    milligrams = BigInt(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "week"), index("school", "serving"))
    CHECKS: ClassVar = {"weight": "milligrams > 0"}


class Change(Row, Table, tablename="menus_change"):
    """What was changed after publication, why, and by whom. Only added to; `before` and `after` are JSON."""

    school = ForeignKey(Tenant, null=False, **NO)
    week = ForeignKey(Menu, null=False, **NO)
    meal = ForeignKey(MenuMeal, null=False, **NO)
    serving = ForeignKey(Serving, null=False, **NO)
    kind = Varchar(length=16, null=False)
    reason = Text(null=False)
    before = Text(null=False)
    after = Text(null=False)
    made_by = BigInt(null=True, default=None)
    made_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "week"))


class MenuFile(Row, Table, tablename="menus_file"):
    """A file that a week was imported from, kept by its digest (kit.uploads)."""

    school = ForeignKey(Tenant, null=False, **NO)
    week = ForeignKey(Menu, null=False, **NO)
    digest = Varchar(length=64, null=False)
    file_name = Text(null=False)
    imported_by = BigInt(null=True, default=None)
    imported_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "digest"), index("school", "week"))


class Template(Row, Table, tablename="menus_template"):
    """A week without a date. `content` is JSON (services.templates).

    What a district gave names the tenant and the week of its library as origin; `differences` is JSON
    (services.library): what it changed at `changed_at`, the last time it gave another content.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    name = Text(null=False)
    age = Varchar(length=8, null=False)
    content = Text(null=False)
    created_by = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False)
    changed_at = Timestamptz(null=True, default=None)
    differences = Text(null=False)
    retired_at = Timestamptz(null=True, default=None)
    origin_school = BigInt(null=True, default=None)
    origin_id = BigInt(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "origin_school", "origin_id"),
        index("school", "name"),
    )


class VagueName(Row, Table, tablename="menus_vague"):
    """What this school means by a vague name (`豆角`); `food_code` None: left open until goods-in."""

    school = ForeignKey(Tenant, null=False, **NO)
    spelling = Text(null=False)
    name = Text(null=False)
    food_code = Varchar(length=16, null=True, default=None)
    answered_by = BigInt(null=True, default=None)
    answered_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "spelling"))
