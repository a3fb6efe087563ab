"""Price lists and rates (下浮率) of tenders: laid down for a time, typed or from a file, withdrawn. Deeds."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.names import normalised
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.sheets import BadFile, Sheet, bad_rows_file, read_rows
from canteen.kit.texts import _
from suppliers.goods.rules import Good, units_of
from suppliers.goods.rules.units import PIECES, WEIGHTS, fen_per_kg, unit_of
from suppliers.goods.services import BadRows, goods_by_name, keep_file, refuse_taken
from suppliers.licences.services import supplier_of
from suppliers.purchasing.forms.prices import PriceListForm
from suppliers.purchasing.rules import ListKind
from suppliers.purchasing.rules.price_file import Held, PriceRow, read_prices
from suppliers.purchasing.tables import PriceLine, PriceList

KIND = "prices"


async def add_price_list(actor: Actor, form: PriceListForm, *, now: datetime) -> int:
    """A price list or a rate for a time; returns its id. Raises Missing for a supplier that is not ours,
    Refused with everything that is wrong.
    """
    async with write():
        held = _held(await goods_by_name(actor.school))
        refuse_if([*_findings(form, len(form.lines)), *_line_findings(form, held)])
        rows = [PriceRow(one.name, one.unit, one.price, held(one.name, one.unit) or 1) for one in form.lines]
        made = await _keep(actor, form, rows, now)
        after = _told(form, len(rows))
        await record(
            actor, "purchasing.add_prices", subject="price_list", subject_id=made, after=after, now=now
        )
    return made


async def import_price_list(
    actor: Actor, form: PriceListForm, data: bytes, filename: str, *, again: bool, now: datetime
) -> int:
    """The same with its lines from a file; all of them or none. Raises BadFile, Refused, Missing."""
    held = _held(await goods_by_name(actor.school))
    rows = await asyncio.to_thread(lambda: read_prices(read_rows(data, filename), held))
    async with write():
        refuse_if(_findings(form, len(rows)))
        if not again:
            await refuse_taken(actor.school, KIND, data)
        made = await _keep(actor, form, rows, now)
        await keep_file(actor, KIND, data, filename, len(rows), now=now)
        after = {**_told(form, len(rows)), "file": filename}
        await record(
            actor, "purchasing.import_prices", subject="price_list", subject_id=made, after=after, now=now
        )
    return made


async def withdraw_price_list(actor: Actor, price_list: int, *, now: datetime) -> None:
    """It holds no more, from now on. Raises Missing."""
    async with write():
        here = (PriceList.school == actor.school) & (PriceList.id == price_list)
        values: dict[Any, Any] = {PriceList.withdrawn_at: now}
        live = here & PriceList.withdrawn_at.is_null()
        gone = await PriceList.update(values).where(live).returning(PriceList.name)
        if not gone:
            raise Missing
        before = {"name": gone[0]["name"]}
        await record(
            actor,
            "purchasing.withdraw_prices",
            subject="price_list",
            subject_id=price_list,
            before=before,
            now=now,
        )


async def bad_price_rows(school: int, data: bytes, filename: str, lang: str) -> BadRows | None:
    """What is wrong with a file, its reasons in that language; None when it can be taken."""
    held = _held(await goods_by_name(school))
    return await asyncio.to_thread(_judged, data, filename, lang, held)


def _judged(data: bytes, filename: str, lang: str, held: Held) -> BadRows | None:
    sheet = Sheet(filename, [], [])
    try:
        sheet = read_rows(data, filename)
        read_prices(sheet, held)
    except BadFile as bad:
        rows = bad_rows_file(sheet, bad.errors, lang) if sheet.rows else b""
        return BadRows(bad.errors, b64encode(rows).decode())
    return None


def _held(goods: Mapping[str, Good]) -> Held:
    """By the catalogue, or by weights and pieces that all know: a district may list what it has not."""

    def held(name: str, unit: str) -> int | None:
        good = goods.get(normalised(name))
        try:
            return unit_of(units_of(good) if good else (*WEIGHTS, *PIECES), unit).quantity
        except ValueError:
            return None

    return held


def _findings(form: PriceListForm, count: int) -> list[Finding]:
    required, found = _("This is required."), []
    if form.last_day < form.first_day:
        found.append(error("days_order", _("The last day lies before the first."), "last_day"))
    if form.kind is ListKind.DISCOUNT and form.discount is None:
        found.append(error("missing", required, "discount"))
    if form.kind is ListKind.PRICES and not count:
        found.append(error("missing", required, "lines"))
    if form.kind is ListKind.DISCOUNT and count:
        message = _("A rate off the market price has no prices of its own.")
        found.append(error("rate_with_prices", message, "lines"))
    return found


def _line_findings(form: PriceListForm, held: Held) -> list[Finding]:
    found, seen = [], set()
    for n, line in enumerate(form.lines):
        if held(line.name, line.unit) is None:
            message = _("Say the price for a jin or a kilogram, or for a unit that the catalogue knows.")
            found.append(error("unit_unknown", message, f"lines.{n}.unit"))
        key = (normalised(line.name), line.unit)
        if key in seen:
            found.append(error("stands_twice", _("This good stands twice."), f"lines.{n}.name"))
        seen.add(key)
    return found


async def _keep(actor: Actor, form: PriceListForm, rows: Sequence[PriceRow], now: datetime) -> int:
    named = await supplier_of(actor.school, form.supplier) if form.supplier is not None else None
    row = PriceList(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        name=form.name,
        kind=form.kind.value,
        supplier=form.supplier,
        supplier_name=named.name if named else form.supplier_name,
        first_day=form.first_day,
        last_day=form.last_day,
        discount_permille=form.discount if form.kind is ListKind.DISCOUNT else None,
        withdrawn_at=None,
    )
    await row.save()
    lines = [_line(actor, row.id, one, now) for one in rows]
    for start in range(0, len(lines), 500):
        await PriceLine.insert(*lines[start : start + 500])
    return int(row.id)


def _line(actor: Actor, price_list: int, one: PriceRow, now: datetime) -> PriceLine:
    return PriceLine(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        price_list=price_list,
        name=one.name,
        spelling=normalised(one.name),
        unit=one.unit,
        price_fen=one.price_fen,
        fen_per_kg=fen_per_kg(one.price_fen, one.per_unit),
    )


def _told(form: PriceListForm, count: int) -> dict[str, Any]:
    return {
        "name": form.name,
        "list_kind": form.kind,
        "first_day": form.first_day,
        "last_day": form.last_day,
        "discount_permille": form.discount,
        "count": count,
    }
