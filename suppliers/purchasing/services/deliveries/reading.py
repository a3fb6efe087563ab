"""From what was typed at the door to what the rules judge: goods, weights, the seller, the usual prices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from canteen.kit.actor import Actor
from canteen.kit.clock import SHANGHAI, local_day
from canteen.kit.names import normalised
from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from canteen.schools.services.policies import values_on
from canteen.tenants.services import canteen_of, canteens_of
from suppliers.goods.rules import Good, Matrix, PaperKind, Source, units_of
from suppliers.goods.services import goods_by_ids, goods_by_name, matrix_on
from suppliers.licences.services import suppliers_by_ids
from suppliers.licences.services.papers import licences_of
from suppliers.licences.services.reading import seller_of
from suppliers.licences.tables import Supplier
from suppliers.purchasing.forms.deliveries import BatchPaperForm, DeliveryForm, LineForm
from suppliers.purchasing.rules import (
    AtTheDoor,
    Certificate,
    Counts,
    DeliveryKind,
    DoorLine,
    DoorPaper,
    senses_for,
    weigh,
)
from suppliers.purchasing.rules.quotes import Usual
from suppliers.purchasing.services.deliveries.medians import usual_quantities
from suppliers.purchasing.services.usual import usual_prices
from suppliers.purchasing.tables import Order, Wish

SOURCES: Mapping[DeliveryKind, Source] = {
    DeliveryKind.MARKET: Source.MARKET,
    DeliveryKind.FARMER: Source.FARMER,
    DeliveryKind.GARDEN: Source.GARDEN,
}
"""Whose papers are asked for when the seller is not kept as a supplier."""


@dataclass(frozen=True, slots=True)
class Read:
    """A delivery as it was understood.

    `forms` are the lines of the form by their field (`lines.3`), `findings` what could not be understood.
    """

    form: DeliveryForm
    door: AtTheDoor
    canteen: int
    arrived_at: datetime
    source: Source
    supplier: Supplier | None
    forms: Mapping[str, LineForm]
    papers: Sequence[tuple[DoorPaper, BatchPaperForm]]
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def arrived_on(self) -> date:
        """The day it came."""
        return local_day(self.arrived_at)


async def read_delivery(actor: Actor, form: DeliveryForm, second: int | None, *, now: datetime) -> Read:
    """What a form says, with all that the rules need to judge it. Raises Missing for a strange canteen."""
    school = actor.school
    arrived_at = form.arrived_at or now
    on = local_day(arrived_at)
    supplier = (await suppliers_by_ids(school, [form.supplier])).get(form.supplier) if form.supplier else None
    source = Source(supplier.source) if supplier else SOURCES.get(form.kind, Source.MARKET)
    lines, forms, found = await _lines(school, form)
    papers, paper_findings = _papers(form, len(lines))
    usual = await usual_prices(
        school, [line.good.id for line in lines], on, supplier=supplier.id if supplier else None
    )
    amounts = await usual_quantities(school, [line.good.id for line in lines], on)
    matrix = await matrix_on(school, on)
    door = AtTheDoor(
        on=on,
        minute=_minute(arrived_at),
        lines=[_with_usual(line, usual, amounts) for line in lines],
        papers=[paper for paper, _form in papers],
        needs=_needs(matrix, source),
        seller=seller_of(supplier) if supplier else None,
        licences=(await licences_of(school, [supplier.id])).get(supplier.id, []) if supplier else [],
        has_note=bool(form.note_number or form.photos),
        evening_until=await _evening_until(school, on),
        is_free=form.kind is DeliveryKind.GARDEN,
        checked_by=actor.person,
        second_by=second,
    )
    found += [*paper_findings, *_form_findings(form, supplier, now), *await _link_findings(school, form)]
    canteen = await canteen_for(school, form.canteen)
    return Read(form, door, canteen, arrived_at, source, supplier, forms, papers, found)


async def canteen_for(school: int, canteen: int | None) -> int:
    """The canteen that was named, else the school's first. Raises Missing."""
    if canteen is not None:
        return int((await canteen_of(school, canteen)).id)
    return int((await canteens_of(school))[0].id)


def _needs(matrix: Matrix, source: Source):  # type: ignore[no-untyped-def]
    return lambda category: matrix.needs(category, source)


def _minute(at: datetime) -> int:
    local = at.astimezone(SHANGHAI)
    return local.hour * 60 + local.minute


async def _evening_until(school: int, on: date) -> int:
    hour = (await values_on(school, ["quarantine_evening_hour"], on))["quarantine_evening_hour"]
    return hour * 60 if isinstance(hour, int) else 0


def _with_usual(line: DoorLine, usual: Mapping[int, Usual], amounts: Mapping[int, int]) -> DoorLine:
    good = line.good.id
    return replace(line, usual=usual.get(good, Usual()), usual_quantity=amounts.get(good))


def _form_findings(form: DeliveryForm, supplier: Supplier | None, now: datetime) -> list[Finding]:
    found = []
    if form.kind is DeliveryKind.SUPPLIER and supplier is None:
        found.append(error("supplier_needed", _("Choose who delivers."), "supplier"))
    if form.arrived_at and form.arrived_at > now + timedelta(minutes=5):
        found.append(error("arrives_later", _("This lies in the future."), "arrived_at"))
    if form.kind is DeliveryKind.MARKET and not form.companion:
        message = _("Two go to the market: who went along?")
        found.append(error("companion_missing", message, "companion"))
    if not form.lines:
        found.append(error("no_lines", _("Type at least one good."), "lines"))
    return found


async def _link_findings(school: int, form: DeliveryForm) -> list[Finding]:
    """The order and the plan that a form names are the school's own."""
    found = []
    for at, table, named in (("order", Order, form.order), ("plan", Wish, form.plan)):
        if named is not None and not await table.exists().where(
            (table.school == school) & (table.id == named)
        ):
            found.append(error("link_unknown", _("This is not there: choose another or none."), at))
    return found


async def _lines(
    school: int, form: DeliveryForm
) -> tuple[list[DoorLine], dict[str, LineForm], list[Finding]]:
    known = await _goods(school, form.lines)
    lines: list[DoorLine] = []
    forms: dict[str, LineForm] = {}
    findings: list[Finding] = []
    for number, typed in enumerate(form.lines):
        at = f"lines.{number}"
        line, found = _line(typed, known.get(number), at, number + 1)
        findings += found
        if line is not None:
            lines.append(line)
            forms[at] = typed
    return lines, forms, findings


async def _goods(school: int, lines: Sequence[LineForm]) -> dict[int, Good]:
    """The good of each line by the line's place: by id where it agrees with the name, else by name."""
    by_id = await goods_by_ids(school, {line.good for line in lines if line.good})
    by_name = await goods_by_name(school) if any(_name_counts(line, by_id) for line in lines) else {}
    found = {}
    for number, line in enumerate(lines):
        good = by_name.get(normalised(line.name)) if _name_counts(line, by_id) else by_id[line.good or 0]
        if good is not None:
            found[number] = good
    return found


def _name_counts(line: LineForm, by_id: Mapping[int, Good]) -> bool:
    good = by_id.get(line.good) if line.good else None
    if good is None:
        return True
    return bool(line.name) and normalised(line.name) not in {normalised(name) for name in good.names}


def _line(
    typed: LineForm, good: Good | None, at: str, position: int
) -> tuple[DoorLine | None, list[Finding]]:
    if good is None:
        message = _("Nothing of this name is in the catalogue: choose one that is offered, or add it there.")
        return None, [error("good_unknown", message, f"{at}.name")]
    if good.retired:
        return None, [error("good_retired", _("This good is out of use."), f"{at}.name")]
    counts = Counts(
        unit=typed.unit or good.unit,
        delivered=typed.count,
        ordered=typed.ordered,
        gross=typed.gross,
        tare=typed.tare,
        deducted=typed.deducted,
        weighed=typed.weighed,
        refused=typed.refused,
    )
    weighed, found = weigh(units_of(good), counts, typed.verdict, at)
    if weighed is None:
        return None, found
    return (
        DoorLine(
            at=at,
            position=position,
            good=good,
            weighed=weighed,
            verdict=typed.verdict,
            price_fen=typed.price,
            produced_on=typed.produced_on,
            expires_on=expiry(typed),
            batch_number=typed.batch_number,
            celsius_tenths=typed.celsius,
            senses=senses_of(typed, good),
            refusal=typed.refusal,
            sure=typed.sure,
        ),
        found,
    )


def expiry(typed: LineForm) -> date | None:
    """The last day on the label, or the production date and the shelf life that stand there."""
    if typed.expires_on or not (typed.produced_on and typed.shelf_life_days):
        return typed.expires_on
    return typed.produced_on + timedelta(days=typed.shelf_life_days)


def senses_of(typed: LineForm, good: Good) -> dict[str, bool]:
    """What the senses said, check by check; {} when nobody looked."""
    checks = senses_for(good.category, good.storage)
    if typed.senses:
        return {check: typed.senses[check] for check in checks if check in typed.senses}
    if typed.looked is None:
        return {}
    wrong = set(typed.wrong) if typed.looked == "wrong" else set()
    if typed.looked == "wrong" and not wrong & set(checks):
        return {}
    return {check: check not in wrong for check in checks}


def _papers(form: DeliveryForm, lines: int) -> tuple[list[tuple[DoorPaper, BatchPaperForm]], list[Finding]]:
    papers, findings = [], []
    for number, typed in enumerate(form.papers):
        if not typed.is_given:
            continue
        at = f"papers.{number}"
        covers = positions(typed.covers)
        if covers is None or any(position > len(form.lines) for position in covers):
            message = _("Type numbers of lines such as 1, 3-5, or leave it blank for all.")
            findings.append(error("covers_unknown", message, f"{at}.covers"))
        papers.append((_paper(typed, at, covers or ()), typed))
    return papers, findings


def positions(text: str) -> list[int] | None:
    """`1, 3-5` as numbers; None when it is none."""
    found: list[int] = []
    for part in text.replace("，", ",").replace("、", ",").replace(" ", "").split(","):
        first, _dash, last = part.partition("-")
        if not part:
            continue
        if not (first.isdecimal() and (last or first).isdecimal()) or len(part) > 7:
            return None
        found += range(int(first), int(last or first) + 1)
    return found


def _paper(typed: BatchPaperForm, at: str, covers: Iterable[int]) -> DoorPaper:
    minute = typed.issued_at.hour * 60 + typed.issued_at.minute if typed.issued_at else None
    certificate = Certificate(PaperKind(typed.kind), typed.number, typed.form, typed.issued_on, minute)
    return DoorPaper(at, certificate, frozenset(covers), bool(typed.photos))
