"""What the page at the counter knows beforehand: goods, sellers, and how a draft stands as it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from canteen.kit.actor import Actor
from canteen.kit.forms import parse
from canteen.kit.names import normalised, spelled
from canteen.kit.pages import Listing
from canteen.kit.problems import Finding, Level, Refused
from suppliers.goods.rules import Good, MissingPaper, PaperKind, Per, missing_papers, units_of
from suppliers.goods.services import all_goods
from suppliers.licences.services.needs import states_of, supplier_notes
from suppliers.licences.services.reading import sellers
from suppliers.licences.tables import Supplier
from suppliers.purchasing.forms.deliveries import DeliveryForm
from suppliers.purchasing.rules import cost, judge, needs_temperature, seller_findings, senses_for, stops_of
from suppliers.purchasing.rules.senses import LABEL
from suppliers.purchasing.services.deliveries.reading import Read, read_delivery
from suppliers.purchasing.services.usual import own_medians


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the checklist: a paper, or any of several, that goods of these names need today."""

    kinds: tuple[PaperKind, ...]
    goods: tuple[str, ...]
    required: bool
    condition: str


@dataclass(frozen=True, slots=True)
class Look:
    """How a delivery stands while it is typed."""

    supplier: Supplier | None
    seller: Sequence[Finding]
    asked: Sequence[Asked]
    stops: Sequence[Finding]
    doubts: Sequence[Finding]
    fen: int


async def look_at(actor: Actor, form: DeliveryForm, *, now: datetime) -> Look:
    """The seller's state, the papers these goods need today, and what is asked back. Nothing is kept."""
    read = await read_delivery(actor, form, None, now=now)
    found = judge(read.door)
    return Look(
        supplier=read.supplier,
        seller=seller_findings(read.door) if read.door.taken else await seller_state(read),
        asked=_asked(read),
        stops=stops_of(found),
        doubts=[f for f in found if f.level is not Level.ERROR and f.at.startswith("lines.")],
        fen=sum(_fen(read)),
    )


async def look_typed(actor: Actor, typed: Mapping[str, Any], *, now: datetime) -> Look:
    """The same for what is being typed: one wrong weight does not hide what the other goods need."""
    rows = typed.get("lines") or []
    every = list(rows.values()) if isinstance(rows, Mapping) else rows
    lines = [line for line in every if isinstance(line, Mapping) and _is_readable({"lines": [line]})]
    head = {name: typed[name] for name in ("supplier", "kind", "arrived_at") if name in typed}
    known = {name: value for name, value in head.items() if _is_readable({name: value})}
    return await look_at(actor, parse(DeliveryForm, {**known, "lines": lines}), now=now)


def _is_readable(part: Mapping[str, Any]) -> bool:
    try:
        parse(DeliveryForm, part)
    except Refused:
        return False
    return True


async def seller_state(read: Read) -> list[Finding]:
    """What stands against the seller before any good is typed: in each category agreed with it."""
    if read.supplier is None:
        return []
    states = await states_of(read.supplier.school, read.supplier, read.arrived_on)
    notes = [f for f in supplier_notes(read.supplier, read.arrived_on) if f.level is Level.ERROR]
    found = {(f.rule, repr(f.facts)): f for state in states for f in state.stops}
    return [*notes, *found.values()]


def _fen(read: Read) -> list[int]:
    return [
        cost(line.weighed.accepted, line.price_fen or 0, line.weighed.unit_quantity)
        for line in read.door.lines
    ]


def _asked(read: Read) -> list[Asked]:
    """Every paper that must come with the goods, had or not; then those under a condition."""
    rows: dict[tuple[PaperKind, ...], tuple[MissingPaper, list[str]]] = {}
    per = Per.BATCH if read.door.seller else None
    for line in read.door.taken:
        have = {PaperKind.PURCHASE_PROOF} if read.door.seller else set()
        for missing in missing_papers(read.door.needs(line.category), have, per):
            rows.setdefault(missing.papers, (missing, []))[1].append(line.good.name)
    made = [
        Asked(kinds, tuple(dict.fromkeys(goods)), one.required, one.rule.condition)
        for kinds, (one, goods) in rows.items()
    ]
    return sorted(made, key=lambda one: not one.required)


async def goods_at_hand(school: int, on: date) -> list[dict[str, Any]]:
    """All goods in use as the counter needs them: names to find them by, units, what is looked at."""
    goods = await all_goods(school, Listing())
    usual = await own_medians(school, [good.id for good in goods], on) if goods else {}
    return [_good(good, usual.get(good.id)) for good in goods]


def _good(good: Good, usual: int | None) -> dict[str, Any]:
    return {
        "id": str(good.id),
        "name": good.name,
        "aliases": list(good.aliases),
        "find": _words(good),
        "unit": good.unit,
        "units": {unit.name: unit.quantity for unit in units_of(good)},
        "storage": good.storage,
        "category": good.category,
        "cold": needs_temperature(good.category, good.storage),
        "packed": LABEL in senses_for(good.category, good.storage),
        "shelf_life_days": good.shelf_life_days,
        "senses": list(senses_for(good.category, good.storage)),
        "fen_per_kg": usual,
    }


async def sellers_at_hand(school: int) -> list[Supplier]:
    """Whoever may be chosen at the counter."""
    return await sellers(school)


def _words(good: Good) -> list[str]:
    """What a person may type for it: its names, their pinyin and their initials."""
    sounds = [text for name in good.names for text in (spelled(name).pinyin, spelled(name).initials)]
    return list(dict.fromkeys([*map(normalised, good.names), *sounds]))
