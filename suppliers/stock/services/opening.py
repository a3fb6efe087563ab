"""What lay in the store when the books began (期初库存): typed, or from a file (practice 7)."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.names import normalised
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.sheets import BadFile, RowError, read_rows
from canteen.kit.texts import _
from canteen.tenants.services import canteen_of
from suppliers.goods.rules import Good, amount_fen
from suppliers.goods.services import goods_by_name, keep_file, refuse_taken
from suppliers.stock.forms import OpeningFile, OpeningForm, OpeningLine, instant_on
from suppliers.stock.rules import NewLot, Origin
from suppliers.stock.services.file import Named, read_opening
from suppliers.stock.services.places import place_findings, places_of
from suppliers.stock.services.receiving import receive
from suppliers.stock.services.typed import UNKNOWN_GOOD, quantity_typed
from suppliers.stock.tables import Slip

KIND = "opening"


async def enter_opening(actor: Actor, form: OpeningForm, *, now: datetime) -> int:
    """Put what lies there into the book on one slip; returns the slip's id.

    Raises Refused with everything that is wrong on any line, Forbidden for another canteen, Missing.
    """
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    async with write():
        slip = await _taken(actor, form, now)
        after = {"number": slip.number, "day": form.day, "lots": len(form.lines), "fen": slip.fen}
        await record(actor, "stock.open", subject="slip", subject_id=slip.id, after=after, now=now)
    return int(slip.id)


async def import_opening(
    actor: Actor, data: bytes, filename: str, form: OpeningFile, *, now: datetime
) -> tuple[int, int]:
    """The same from a spreadsheet; returns the slip's id and how many lots it brought.

    Raises BadFile with every wrong cell, and Refused when this very file was taken before.
    """
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    rows = await asyncio.to_thread(lambda: read_opening(read_rows(data, filename)))
    async with write():
        if not form.again:
            await refuse_taken(actor.school, KIND, data)
        await _refuse_rows(actor.school, form, filename, rows)
        lines = await _placed(actor.school, form.canteen, rows)
        slip = await _taken(actor, OpeningForm(form.canteen, form.day, lines), now)
        file = await keep_file(actor, KIND, data, filename, len(rows), now=now)
        after = {"file": filename, "number": slip.number, "lots": len(rows), "fen": slip.fen}
        await record(actor, "stock.import_opening", subject="file", subject_id=file, after=after, now=now)
    return int(slip.id), len(rows)


async def _placed(school: int, canteen: int, rows: Sequence[Named]) -> tuple[OpeningLine, ...]:
    """The lines with the places that their names mean."""
    places = {normalised(place.name): place.id for place in await places_of(school, canteen)}
    return tuple(row.line(places.get(normalised(row.place))) for row in rows)


async def _refuse_rows(school: int, form: OpeningFile, file: str, rows: Sequence[Named]) -> None:
    """Raises BadFile naming the row of each good, unit and place that is unknown."""
    goods = await goods_by_name(school)
    places = {normalised(place.name) for place in await places_of(school, form.canteen)}
    errors = []
    for row in rows:
        good = goods.get(normalised(row.good))
        if good is None:
            errors.append(RowError(file, row.row, "品名", row.good, _("a good of the catalogue"), {}))
        elif quantity_typed(good, row.unit, row.count, "")[1]:
            errors.append(RowError(file, row.row, "单位", row.unit, _("a unit of this good"), {}))
        if row.place and normalised(row.place) not in places:
            errors.append(RowError(file, row.row, "位置", row.place, _("a place of this canteen"), {}))
    if errors:
        raise BadFile(errors)


async def _taken(actor: Actor, form: OpeningForm, now: datetime) -> Slip:
    goods = await goods_by_name(actor.school)
    found = _day_findings(form.day, local_day(now))
    places = {f"lines.{n}.place": line.place for n, line in enumerate(form.lines)}
    found += await place_findings(actor.school, form.canteen, places)
    lots = [lot for n, line in enumerate(form.lines) if (lot := _lot(goods, line, form.day, n, found))]
    refuse_if(found)
    slip, _rows = await receive(actor, form.canteen, lots, happened_at=instant_on(form.day, now), now=now)
    return slip


def _day_findings(day: date, today: date) -> list[Finding]:
    if day <= today:
        return []
    return [error("day_ahead", _("This day has not come yet."), "day")]


def _lot(
    goods: Mapping[str, Good], line: OpeningLine, day: date, n: int, found: list[Finding]
) -> NewLot | None:
    """The lot of a line; what is wrong is put with what was found."""
    at = f"lines.{n}"
    good = goods.get(normalised(line.good))
    if good is None:
        found.append(error("good_unknown", UNKNOWN_GOOD, f"{at}.good"))
        return None
    quantity, wrong = quantity_typed(good, line.unit, line.count, at)
    found += [*wrong, *_date_findings(line, day, at)]
    return NewLot(
        good=good.id,
        quantity=quantity,
        fen=amount_fen(line.count, line.price),
        origin=Origin.OPENING,
        spec=good.spec,
        batch_number=line.batch_number,
        produced_on=line.produced_on,
        expires_on=line.expires_on,
        place=line.place,
    )


def _date_findings(line: OpeningLine, day: date, at: str) -> list[Finding]:
    findings = []
    if line.produced_on and line.produced_on > day:
        message = _("It cannot have been made after the day it lay there.")
        findings.append(error("made_later", message, f"{at}.produced_on"))
    if line.produced_on and line.expires_on and line.expires_on < line.produced_on:
        message = _("It cannot expire before it was made.")
        findings.append(error("expires_first", message, f"{at}.expires_on"))
    return findings
