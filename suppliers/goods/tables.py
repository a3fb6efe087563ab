"""What can be bought, and which papers a district asks for with it."""

from typing import ClassVar

from piccolo.columns import BigInt, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from canteen.kit.db import index, unique
from canteen.schools.tables import Entered
from suppliers.goods.rules import Category, Measure, Need, PaperKind, Per, Source, Storage


class Good(Entered, Table, tablename="suppliers_good"):
    """A thing that is bought, of a school or of a district's list.

    `spelling` is the name as it is compared, `sound` its pinyin and initials, `aliases` a JSON list. `units`
    is a JSON list of `name` and `quantity` (grams, or pieces by `measure`) of one: 袋 of 25000. `unit` is the
    one it is bought in. `expiry_lead_days` null: as its category. `food_code` leads softly to the composition
    table. `origin_school` and `origin_id` name the good it was copied from.
    """

    name = Text(null=False)
    spelling = Text(null=False)
    sound = Text(null=False)
    aliases = Text(null=False)
    category = Varchar(length=16, choices=Category, null=False)
    spec = Text(null=False)
    measure = Varchar(length=8, choices=Measure, null=False)
    unit = Text(null=False)
    units = Text(null=False)
    storage = Varchar(length=8, choices=Storage, null=False)
    shelf_life_days = Integer(null=True, default=None)
    expiry_lead_days = Integer(null=True, default=None)
    food_code = Varchar(length=16, null=True, default=None)
    origin_school = BigInt(null=True, default=None)
    origin_id = BigInt(null=True, default=None)
    changed_at = Timestamptz(null=False)
    retired_at = Timestamptz(null=True, default=None)

    KEYS: ClassVar = (
        unique("school", "id"),
        unique("school", "spelling", where="retired_at IS NULL"),
        index("school", "category", "id"),
        index("school", "food_code"),
    )
    CHECKS: ClassVar = {
        "shelf_life": "shelf_life_days IS NULL OR shelf_life_days > 0",
        "lead": "expiry_lead_days IS NULL OR expiry_lead_days >= 0",
    }


class PaperNeed(Entered, Table, tablename="suppliers_paper_need"):
    """A district's (or school's) own row of the paper matrix, from a day on, over the shipped one.

    Papers of one `one_of` stand for each other: any of them will do. The last row entered for the same
    category, source, paper and `per` with the latest day counts; a `locked` one before the rows from below.
    """

    category = Varchar(length=16, choices=Category, null=False)
    source = Varchar(length=16, choices=Source, null=False)
    paper = Varchar(length=24, choices=PaperKind, null=False)
    per = Varchar(length=8, choices=Per, null=False)
    need = Varchar(length=12, choices=Need, null=False)
    one_of = Varchar(length=24, null=False)
    condition = Text(null=False)
    from_day = Date(null=False)
    locked = Boolean(null=False, default=False)
    reason = Text(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "category", "from_day"))


class TakenFile(Entered, Table, tablename="suppliers_file"):
    """A file that was taken over (`kind`: goods, suppliers, deliveries …), known again by its digest."""

    kind = Varchar(length=16, null=False)
    digest = Varchar(length=64, null=False)
    file_name = Text(null=False)
    row_count = Integer(null=False)

    KEYS: ClassVar = (unique("school", "id"), index("school", "kind", "digest"))
