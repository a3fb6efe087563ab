"""Past deliveries out of a file: what was bought before, for the ledgers, prices and statements.

They make no lots (opening stock is counted, practice 7) and are marked as coming from a file; nobody signs
for them a second time.
"""

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import at_local, local_day
from canteen.kit.db import fresh, insert_numbered, insert_rows, write
from canteen.kit.names import normalised
from canteen.kit.sheets import BadFile, Sheet, bad_rows_file, read_rows
from canteen.schools.services.serials import next_serials
from suppliers.goods.services import BadRows, goods_by_name, keep_file, refuse_taken
from suppliers.licences.services.reading import sellers
from suppliers.purchasing.rules import DeliveryKind, DeliveryState, Verdict, WayIn, cost
from suppliers.purchasing.rules.file import Known, Taken, read_deliveries
from suppliers.purchasing.services.deliveries.reading import canteen_for
from suppliers.purchasing.tables import Delivery, DeliveryLine

KIND = "deliveries"


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one delivery: same day, seller and note."""

    day: date
    supplier: int | None
    source: str
    note_number: str
    rows: list[Taken]


async def import_deliveries(actor: Actor, data: bytes, filename: str, *, again: bool, now: datetime) -> int:
    """Take over a file of past deliveries; returns how many deliveries it held.

    Raises BadFile with every wrong cell, and Refused when this very file was taken before and `again` is not
    said. Either all rows are taken or none.
    """
    known, today = await known_names(actor.school), local_day(now)
    taken = await asyncio.to_thread(lambda: read_deliveries(read_rows(data, filename), known, today))
    groups = _grouped(taken)
    canteen = await canteen_for(actor.school, None)
    async with write():
        if not again:
            await refuse_taken(actor.school, KIND, data)
        await _keep(actor, groups, canteen, now)
        file = await keep_file(actor, KIND, data, filename, len(taken), now=now)
        after = {"file": filename, "count": len(groups), "lines": len(taken)}
        await record(actor, "purchasing.import", subject="file", subject_id=file, after=after, now=now)
    return len(groups)


async def known_names(school: int) -> Known:
    """The goods and sellers of a school by the names a file may call them."""
    rows = await sellers(school)
    return Known(await goods_by_name(school), {row.spelling: (row.id, row.source) for row in rows})


async def bad_rows(school: int, data: bytes, filename: str, lang: str, on: date) -> BadRows | None:
    """What is wrong with a file, its reasons in that language; None when it can be taken."""
    known = await known_names(school)
    return await asyncio.to_thread(_judged, data, filename, known, lang, on)


def _judged(data: bytes, filename: str, known: Known, lang: str, on: date) -> BadRows | None:
    sheet = Sheet(filename, [], [])
    try:
        sheet = read_rows(data, filename)
        read_deliveries(sheet, known, on)
    except BadFile as bad:
        rows = bad_rows_file(sheet, bad.errors, lang) if sheet.rows else b""
        return BadRows(bad.errors, b64encode(rows).decode())
    return None


def _grouped(taken: Sequence[Taken]) -> list[Group]:
    groups: dict[tuple[date, int | None, str], Group] = {}
    for row in taken:
        key = (row.day, row.supplier, normalised(row.note_number))
        group = Group(row.day, row.supplier, row.source, row.note_number, [])
        groups.setdefault(key, group).rows.append(row)
    return list(groups.values())


async def _keep(actor: Actor, groups: Sequence[Group], canteen: int, now: datetime) -> None:
    numbers: dict[int, list[str]] = {}
    for year in {group.day.year for group in groups}:
        count = sum(group.day.year == year for group in groups)
        serials = await next_serials(actor.school, f"delivery-{year}", count)
        numbers[year] = [f"JH-{year}-{serial:05d}" for serial in reversed(serials)]
    heads = [_head(actor, group, canteen, numbers[group.day.year].pop(), now) for group in groups]
    await insert_numbered(heads, "number")
    await insert_rows(
        [
            _line(actor, group, (head.id, position), row, now)
            for group, head in zip(groups, heads, strict=True)
            for position, row in enumerate(group.rows, 1)
        ]
    )


def _head(actor: Actor, group: Group, canteen: int, number: str, now: datetime) -> Delivery:
    return fresh(
        Delivery,
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        canteen=canteen,
        number=number,
        kind=(DeliveryKind.SUPPLIER if group.supplier else DeliveryKind.MARKET).value,
        supplier=group.supplier,
        source=group.source,
        order=None,
        plan=None,
        arrived_at=at_local(group.day, 6),
        arrived_on=group.day,
        note_number=group.note_number,
        way_in=WayIn.FILE.value,
        state=DeliveryState.ACCEPTED.value,
        typed=None,
        slips="[]",
        version=1,
        stops="[]",
        checked_by=None,
        checked_at=None,
        second_by=None,
        second_at=None,
        bought_by=None,
        companion="",
        exception_by=None,
        exception_at=None,
        exception_reason="",
        client_id=None,
        photos="[]",
        note="",
        fen=sum(_cost(row) for row in group.rows),
        corrects=None,
    )


def _cost(row: Taken) -> int:
    return cost(row.quantity, row.price_fen, row.unit_quantity)


def _line(actor: Actor, group: Group, place: tuple[int, int], row: Taken, now: datetime) -> DeliveryLine:
    delivery, position = place
    return fresh(
        DeliveryLine,
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        delivery=delivery,
        position=position,
        arrived_on=group.day,
        supplier=group.supplier,
        good=row.good,
        name=row.name,
        category=row.category,
        spec=row.spec,
        unit=row.unit,
        ordered=None,
        delivered=row.quantity,
        weighed=None,
        gross=None,
        tare=None,
        deducted=None,
        accepted=row.quantity,
        price_fen=row.price_fen,
        fen=_cost(row),
        fen_per_kg=row.fen_per_kg,
        batch_number=row.batch_number,
        produced_on=row.produced_on,
        expires_on=None,
        producer=row.producer,
        producer_contact="",
        celsius_tenths=None,
        senses="{}",
        verdict=Verdict.ACCEPTED.value,
        refusal=None,
        refusal_note="",
        photos="[]",
        meal="",
        lot=None,
    )
