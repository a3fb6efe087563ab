"""What people send about goods and the papers they need."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.described import Id
from canteen.kit.forms import Thousandths
from suppliers.goods.rules import Category, Measure, Need, PaperKind, Per, Source, Storage

Name = Annotated[str, Meta(min_length=1, max_length=60)]
UnitName = Annotated[str, Meta(min_length=1, max_length=12)]
Days = Annotated[int, Meta(ge=0, le=3650)]


class UnitForm(msgspec.Struct, frozen=True):
    """A unit of the good's own: one `name` holds `count` of `of` (a unit known already; blank: kg, or 个).

    In JSON `count` is in thousandths: a sack of 25 kg is `{"name": "袋", "count": 25000, "of": "公斤"}`.
    """

    name: UnitName
    count: Annotated[Thousandths, Meta(le=10**12)]
    of: Annotated[str, Meta(max_length=12)] = ""


class GoodForm(msgspec.Struct, frozen=True):
    """A good as it is typed. `aliases` is a list separated by semicolons or 、.

    `seen` is the instant of the version that was changed, so that nobody overwrites what was not seen.
    """

    name: Name
    category: Category
    unit: UnitName
    storage: Storage
    measure: Measure = Measure.GRAMS
    units: Annotated[tuple[UnitForm, ...], Meta(max_length=12)] = ()
    aliases: Annotated[str, Meta(max_length=400)] = ""
    spec: Annotated[str, Meta(max_length=80)] = ""
    shelf_life_days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    expiry_lead_days: Days | None = None
    food_code: Annotated[str, Meta(max_length=16)] = ""
    seen: Annotated[str, Meta(max_length=40)] = ""


class TakeForm(msgspec.Struct, frozen=True):
    """What to copy: whole categories or single names of the starter list, goods of the district's list."""

    categories: Annotated[tuple[Category, ...], Meta(max_length=len(Category))] = ()
    names: Annotated[tuple[str, ...], Meta(max_length=400)] = ()
    goods: Annotated[tuple[Id, ...], Meta(max_length=400)] = ()


class ImportForm(msgspec.Struct, frozen=True):
    """How a file is to be taken: `again` takes one that was taken before."""

    again: bool = False


class NeedForm(msgspec.Struct, frozen=True):
    """A row of the paper matrix from a day on. `locked` keeps the schools below from deciding otherwise."""

    category: Category
    source: Source
    paper: PaperKind
    per: Per
    need: Need
    from_day: date
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    one_of: Annotated[str, Meta(max_length=24)] = ""
    condition: Annotated[str, Meta(max_length=200)] = ""
    locked: bool = False
