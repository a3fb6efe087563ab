"""A good as the wing's rules take it: its units, when a lot is near its end, what may not be bought."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from canteen.kit.names import listed, normalised
from canteen.kit.problems import Finding, error
from canteen.kit.texts import DEFAULT, _, say
from suppliers.goods.rules.kinds import Category, Measure, Storage
from suppliers.goods.rules.units import KNOWN, Unit, all_units, plain, said_grams, unit_of

LEAD_DAYS: Mapping[Category, int] = {
    Category.GRAIN: 30,
    Category.OIL: 30,
    Category.PORK: 1,
    Category.MEAT: 1,
    Category.MEAT_PRODUCT: 7,
    Category.EGG: 5,
    Category.PRODUCE: 1,
    Category.AQUATIC: 1,
    Category.SOY: 1,
    Category.DAIRY: 5,
    Category.CONDIMENT: 30,
    Category.ADDITIVE: 30,
    Category.IMPORTED: 30,
    Category.TABLEWARE: 30,
}
"""Days before its expiry from which a lot counts as near it; a default of the product, changed per good."""


@dataclass(frozen=True, slots=True)
class Good:
    """A good of a school or of a district's list. `units` are its own beside those that are always known."""

    id: int
    name: str
    aliases: tuple[str, ...]
    category: Category
    spec: str
    measure: Measure
    unit: str
    units: tuple[Unit, ...]
    storage: Storage
    shelf_life_days: int | None = None
    expiry_lead_days: int | None = None
    food_code: str | None = None
    origin_school: int | None = None
    origin_id: int | None = None
    retired: bool = False
    changed_at: datetime | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the other names."""
        return (self.name, *self.aliases)


def lead_days(category: Category) -> int:
    """Days before its expiry from which a lot of this category is near it, when the good says nothing."""
    return LEAD_DAYS[category]


def lead_of(good: Good) -> int:
    """Days before its expiry from which a lot of this good is near it."""
    return lead_days(good.category) if good.expiry_lead_days is None else good.expiry_lead_days


def units_of(good: Good) -> tuple[Unit, ...]:
    """Every unit the good may be typed in, the one it is bought in first."""
    known = all_units(good.measure, good.units)
    bought = unit_of(known, good.unit)
    return (bought, *(unit for unit in known if unit != bought))


def said(quantity: int, good: Good, policy_unit: str, lang: str = DEFAULT) -> str:
    """A quantity as people say it: whole packs first, weights in the school's unit (`jin` or `kg`), pieces.

    75,000 g of a good that comes in 袋 of 25 kg is `3 袋（75 公斤）`.
    """
    if good.measure is Measure.GRAMS:
        bare = said_grams(quantity, policy_unit, lang)
    else:
        bare = say(lang, _("{count} pieces"), count=quantity)
    pack = next((u for u in good.units if u.name == good.unit and u.quantity > 1), None)
    if pack is None or not quantity or quantity % pack.quantity:
        return bare
    count = plain(quantity, pack.quantity)
    return say(lang, _("{count} {unit} ({bare})"), count=count, unit=pack.name, bare=bare)


def unit_findings(measure: Measure, unit: str, units: Sequence[Unit]) -> list[Finding]:
    """What is wrong with a good's units: one stands twice, is not above 0, is a weight that everybody knows
    already, or the good is bought in one it does not have.
    """
    findings = []
    known = {normalised(u.name) for u in KNOWN[measure]}
    seen = set(known)
    for n, own in enumerate(units):
        spelled = normalised(own.name)
        if spelled in known:
            message = _("{unit} is known already and needs no conversion.")
            findings.append(error("unit_known", message, f"units.{n}.name", unit=own.name))
        elif spelled in seen:
            findings.append(error("unit_twice", _("This unit stands twice."), f"units.{n}.name"))
        if own.quantity <= 0:
            findings.append(
                error("unit_empty", _("One unit holds more than nothing."), f"units.{n}.quantity")
            )
        seen.add(spelled)
    if normalised(unit) not in seen:
        message = _("Say how much one {unit} holds.")
        findings.append(error("unit_unknown", message, "unit", unit=unit))
    return findings


@dataclass(frozen=True, slots=True)
class Ban:
    """Names of goods that no school buys. `part`: also when the word stands within a longer name."""

    names: tuple[str, ...]
    part: bool
    from_day: date
    source: str


@cache
def bans() -> tuple[Ban, ...]:
    """The shipped list (data/banned.csv)."""
    text = (files("suppliers.goods") / "data" / "banned.csv").read_text(encoding="utf-8")
    return tuple(
        Ban(listed(row["names"]), row["part"] == "1", date.fromisoformat(row["from_day"]), row["source"])
        for row in csv.DictReader(io.StringIO(text))
    )


def banned_findings(names: Sequence[str], on: date) -> list[Finding]:
    """`banned_good` for what a school must neither buy nor store.

    45号令 §36: 食堂不得采购、贮存、使用亚硝酸盐；中小学、幼儿园食堂不得加工制作四季豆、鲜黄花菜、野生蘑菇、
    发芽土豆等高风险食品, in force since 2019-04-01. The names are data with their source.
    """
    spelled = [normalised(name) for name in names]
    message = _("School canteens must not buy {name} ({source}).")
    return [
        error("banned_good", message, "name", name=word, source=ban.source)
        for ban in bans()
        if ban.from_day <= on
        for word in ban.names
        if any(word == name or (ban.part and word in name) for name in spelled)
    ]
