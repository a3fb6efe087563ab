"""What a school adds to the shipped table: its own rows, its names, its prices, the files it imported."""

from typing import ClassVar

from piccolo.columns import BigInt, Date, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.kit.db import Row, index, unique
from canteen.tenants.tables import NO, Tenant


class OwnFood(Row, Table, tablename="menus_food"):
    """A school's own food, or its own figures for a shipped one (then `code` is the shipped code).

    `aliases` and `allergens` are JSON lists, `figures` a JSON object of menus.foods.rules.NUTRIENTS per 100 g
    edible, null for unknown. `edible_permille` is the edible share of the raw weight.
    """

    school = ForeignKey(Tenant, null=False, **NO)
    code = Varchar(length=16, null=False)
    name = Text(null=False)
    aliases = Text(null=False)
    group = Varchar(length=16, null=False)
    animal = Varchar(length=4, null=False)
    edible_permille = Integer(null=False)
    figures = Text(null=False)
    allergens = Text(null=False)
    season = Varchar(length=32, null=False)
    banned = Varchar(length=8, null=False)
    source = Text(null=False)
    match = Varchar(length=8, null=False)
    note = Text(null=False)
    changed_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "code"))
    CHECKS: ClassVar = {"edible": "edible_permille > 0 AND edible_permille <= 1000"}


class FoodName(Row, Table, tablename="menus_food_name"):
    """A name this school uses, led to a food once for good. `spelling` is the name as it is compared."""

    school = ForeignKey(Tenant, null=False, **NO)
    spelling = Text(null=False)
    name = Text(null=False)
    food_code = Varchar(length=16, null=False)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), unique("school", "spelling"), index("school", "food_code"))


class FoodPrice(Row, Table, tablename="menus_food_price"):
    """What a food costs as bought, in fen per kilogram, from a day on. The last row for a day counts."""

    school = ForeignKey(Tenant, null=False, **NO)
    food_code = Varchar(length=16, null=False)
    from_day = Date(null=False)
    fen_per_kg = BigInt(null=False)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "food_code", "from_day"))
    CHECKS: ClassVar = {"price": "fen_per_kg > 0"}


class FoodImport(Row, Table, tablename="menus_food_import"):
    """A file of foods that was taken over, known again by its digest."""

    school = ForeignKey(Tenant, null=False, **NO)
    digest = Varchar(length=64, null=False)
    file_name = Text(null=False)
    row_count = Integer(null=False)
    created_at = Timestamptz(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "digest"))
