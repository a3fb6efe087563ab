"""A school's recipes: the dish people speak of, and every version of what goes into it."""

from typing import ClassVar

from piccolo.columns import BigInt, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.kit.db import Row, index, unique
from canteen.tenants.tables import NO, Tenant
from menus.dishes.rules import Kind


class Dish(Row, Table, tablename="menus_dish"):
    """A dish of a school; what it is made of stands in its versions, `version` is the number of the newest.

    `spelling` is the name as it is compared, `sound` its pinyin and initials (`hongshaorou hsr`); `name` and
    `kind` are the newest version's, for lists. `photo` is a digest (kit.uploads).
    `origin_school` and `origin_id` name the dish that it was copied from.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    name = Text(null=False)
    spelling = Text(null=False)
    sound = Text(null=False)
    kind = Varchar(length=16, choices=Kind, null=False)
    version = Integer(null=False)
    photo = Varchar(length=64, null=True, default=None)
    origin_school = BigInt(null=True, default=None)
    origin_id = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False)
    changed_at = Timestamptz(null=False)
    retired_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "spelling", where="retired_at IS NULL"),
        index("school", "sound", "id"),
        index("school", "changed_at", "id"),
    )


class DishVersion(Row, Table, tablename="menus_dish_version"):
    """What a dish is made of from `created_at` on. Only added to: menus keep the version they planned by.

    `ingredients` is JSON: a list of `name` as typed, `food_code` (null when the table lacked the name) and
    `milligrams`, raw per head as purchased at 9-11, with `own` for age bands that have grams of their own.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    dish = ForeignKey(Dish, null=False, **NO)
    number = Integer(null=False)
    name = Text(null=False)
    kind = Varchar(length=16, choices=Kind, null=False)
    size = Varchar(length=8, null=False)
    method = Varchar(length=16, null=False)
    note = Text(null=False)
    ingredients = Text(null=False)
    created_by = BigInt(null=True, default=None)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "dish", "number"))
    CHECKS: ClassVar = {"number": "number > 0"}
