"""Looking at deliveries: one with all its lines and papers, several by id, and a form made of an old one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from canteen.accounts.tables import Person
from canteen.kit.actor import Actor
from canteen.kit.clock import SHANGHAI, is_late
from canteen.kit.problems import Finding, Missing
from suppliers.goods.rules import Good, plain, unit_of, units_of
from suppliers.goods.services import goods_by_ids
from suppliers.licences.services import suppliers_by_ids
from suppliers.licences.tables import Supplier
from suppliers.purchasing.services.deliveries.findings import read_findings
from suppliers.purchasing.tables import BatchPaper, Delivery, DeliveryLine

PEOPLE = ("entered_by", "checked_by", "second_by", "bought_by", "exception_by")


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A delivery as pages and papers show it. `names` are people's by id, `goods` by id, `late` is 补录."""

    row: Delivery
    supplier: Supplier | None
    lines: Sequence[DeliveryLine]
    papers: Sequence[BatchPaper]
    goods: Mapping[int, Good]
    names: Mapping[int, str]
    stops: Sequence[Finding]
    slips: Sequence[Mapping[str, Any]]
    photos: Sequence[str]
    late: bool
    replaces: Delivery | None = None
    replaced_by: Delivery | None = None


async def delivery_of(school: int, delivery: int) -> Delivery:
    """One delivery, drafts too. Raises Missing."""
    here = (Delivery.school == school) & (Delivery.id == delivery)
    found: Delivery | None = await Delivery.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def deliveries_by_ids(school: int, ids: Iterable[int]) -> dict[int, Delivery]:
    """Several deliveries by id, in one query; others are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    here = (Delivery.school == school) & Delivery.id.is_in(wanted)
    return {row.id: row for row in await Delivery.objects().where(here)}


async def lines_of(school: int, delivery: int) -> list[DeliveryLine]:
    """The lines of a delivery in their order."""
    here = (DeliveryLine.school == school) & (DeliveryLine.delivery == delivery)
    return list(await DeliveryLine.objects().where(here).order_by(DeliveryLine.position))


async def papers_of(school: int, delivery: int) -> list[BatchPaper]:
    """The papers that came with a delivery."""
    here = (BatchPaper.school == school) & (BatchPaper.delivery == delivery)
    return list(await BatchPaper.objects().where(here).order_by(BatchPaper.id))


async def view_of(school: int, delivery: int) -> DeliveryView:
    """A delivery with everything. Raises Missing."""
    row = await delivery_of(school, delivery)
    lines = await lines_of(school, delivery)
    by = (Delivery.school == school) & (Delivery.corrects == delivery)
    return DeliveryView(
        row=row,
        supplier=(await suppliers_by_ids(school, [row.supplier])).get(row.supplier) if row.supplier else None,
        lines=lines,
        papers=await papers_of(school, delivery),
        goods=await goods_by_ids(school, {line.good for line in lines}),
        names=await names_of({getattr(row, who) for who in PEOPLE} - {None}),
        stops=read_findings(row.stops),
        slips=msgspec.json.decode(row.slips),
        photos=msgspec.json.decode(row.photos),
        late=is_late(row.arrived_on, row.checked_at or row.entered_at),
        replaces=await delivery_of(school, row.corrects) if row.corrects else None,
        replaced_by=await Delivery.objects().where(by).first(),
    )


async def names_of(people: Iterable[int]) -> dict[int, str]:
    """Names of people by id."""
    wanted = sorted(set(people))
    if not wanted:
        return {}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(wanted))
    return {row["id"]: row["name"] for row in rows}


async def as_typed(actor: Actor, delivery: int, *, anew: bool, now: datetime) -> dict[str, Any]:
    """A decided delivery as a form: to correct it, or (`anew`) as the beginning of today's.

    Anew it has no weights of that day, dates, batch numbers, photos and papers: those are of the old goods.
    """
    view = await view_of(actor.school, delivery)
    head = {
        "kind": view.row.kind,
        "supplier": _text(view.row.supplier),
        "canteen": str(view.row.canteen),
        "companion": view.row.companion,
    }
    lines = [_line_typed(line, view.goods[line.good], anew=anew) for line in view.lines]
    if anew:
        return {**head, "lines": lines}
    return {
        **head,
        "order": _text(view.row.order),
        "plan": _text(view.row.plan),
        "arrived_at": view.row.arrived_at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
        "note_number": view.row.note_number,
        "note": view.row.note,
        "photos": list(view.photos),
        "lines": lines,
        "papers": [_paper_typed(paper) for paper in view.papers],
    }


SCALES = {"price": 100, "celsius": 10, **dict.fromkeys(("count", "ordered", "weighed", "gross"), 1000)}
SCALES |= dict.fromkeys(("tare", "deducted", "refused"), 1000)


def as_shown(typed: Mapping[str, Any]) -> dict[str, Any]:
    """A delivery that came as JSON as a person would have typed it: 12500 thousandths are `12.5`."""
    rows = typed.get("lines") or []
    lines = [{name: _shown(name, value) for name, value in row.items()} for row in rows]
    return {**typed, "lines": lines}


def _shown(name: str, value: Any) -> Any:
    is_scaled = name in SCALES and isinstance(value, int) and not isinstance(value, bool)
    return plain(value, SCALES[name]) if is_scaled else value


def _line_typed(line: DeliveryLine, good: Good, *, anew: bool) -> dict[str, Any]:
    unit = _unit(good, line.unit)
    fresh = {
        "name": line.name,
        "good": str(line.good),
        "unit": line.unit,
        "price": f"{line.price_fen / 100:.2f}",
        "spec": line.spec,
        "producer": line.producer,
        "producer_contact": line.producer_contact,
        "meal": line.meal,
    }
    if anew:
        return fresh
    weights = _weights(line)
    received = line.delivered if line.weighed is None else line.weighed
    part = line.verdict == "part"
    senses: dict[str, bool] = msgspec.json.decode(line.senses)
    return {
        **fresh,
        **{name: _count(quantity, unit) for name, quantity in weights.items()},
        "verdict": line.verdict,
        "refused": _count(received - line.accepted, unit) if part else "",
        "refusal": line.refusal or "",
        "refusal_note": line.refusal_note,
        "batch_number": line.batch_number,
        "produced_on": _text(line.produced_on),
        "expires_on": _text(line.expires_on),
        "celsius": "" if line.celsius_tenths is None else f"{line.celsius_tenths / 10:g}",
        "looked": _looked(senses),
        "wrong": [check for check, right in senses.items() if not right],
        "photos": msgspec.json.decode(line.photos),
        "sure": "1",
    }


def _weights(line: DeliveryLine) -> dict[str, int | None]:
    return {
        "count": line.delivered,
        "ordered": line.ordered,
        "gross": line.gross,
        "tare": line.tare,
        "deducted": line.deducted,
        "weighed": None if line.gross is not None else line.weighed,
    }


def _looked(senses: Mapping[str, bool]) -> str:
    if not senses:
        return ""
    return "fine" if all(senses.values()) else "wrong"


def _paper_typed(paper: BatchPaper) -> dict[str, Any]:
    minute = paper.issued_at_minute
    return {
        "kind": paper.kind,
        "number": paper.number,
        "form": paper.form,
        "issued_on": _text(paper.issued_on),
        "issued_at": "" if minute is None else f"{minute // 60:02d}:{minute % 60:02d}",
        "issuer": paper.issuer,
        "covers": ", ".join(map(str, msgspec.json.decode(paper.lines))),
        "photos": msgspec.json.decode(paper.photos),
    }


def _unit(good: Good, name: str) -> int:
    try:
        return unit_of(units_of(good), name).quantity
    except ValueError:
        return 1


def _count(quantity: int | None, unit: int) -> str:
    return "" if quantity is None else plain(quantity, unit)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
