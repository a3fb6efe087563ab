"""Stocktakes: begun from the book, counted lot by lot on the phone, closed before a witness."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Finding, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.services import canteen_of
from suppliers.goods.services import goods_by_ids
from suppliers.stock.forms import CountedForm, CountedLine, CountForm
from suppliers.stock.rules import CountState
from suppliers.stock.services.counts import stocktake_of
from suppliers.stock.services.store import lots_by_ids, refuse_closed_day
from suppliers.stock.services.typed import quantity_typed
from suppliers.stock.tables import CountLine, Lot, Stocktake


async def start_count(actor: Actor, form: CountForm, *, now: datetime) -> int:
    """Begin a stocktake with a line for every lot of the book; returns its id.

    Raises Refused while another is open at the canteen, for a locked or future day; Forbidden, Missing.
    """
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    async with write():
        await refuse_closed_day(actor.school, form.canteen, form.day)
        refuse_if(await _start_findings(actor.school, form, local_day(now)))
        count = Stocktake(
            school=actor.school,
            entered_at=now,
            entered_by=actor.person,
            canteen=form.canteen,
            day=form.day,
            state=CountState.COUNTING.value,
            whole=form.category is None,
            category=form.category.value if form.category else None,
            witness=None,
            slip=None,
            closed_at=None,
            closed_by=None,
        )
        await count.save()
        await refresh(actor, count, now=now)
        after = {"day": form.day, "category": form.category}
        await record(
            actor, "stock.start_count", subject="stocktake", subject_id=count.id, after=after, now=now
        )
    return int(count.id)


async def count_lots(actor: Actor, id_: int, form: CountedForm, *, now: datetime) -> None:
    """Keep what was counted, a shelf at a time; a line without a count is left as it was.

    The book's quantity is taken at that moment. Raises Refused naming every wrong line, Missing, Forbidden.
    """
    async with write():
        count = await open_count(actor, id_)
        await refresh(actor, count, now=now)
        lines = await lines_by_lot(actor.school, id_)
        found = await _keep(actor, lines, form, now)
        refuse_if(found)
        after = {"lots": sum(line.count is not None for line in form.lines)}
        await record(actor, "stock.count", subject="stocktake", subject_id=id_, after=after, now=now)


async def drop_count(actor: Actor, id_: int, *, now: datetime) -> None:
    """Give a stocktake up before it is closed. Raises Missing, Forbidden, Refused for a closed one."""
    async with write():
        count = await open_count(actor, id_)
        before = {"day": count.day}
        await CountLine.delete().where((CountLine.school == actor.school) & (CountLine.stocktake == id_))
        await Stocktake.delete().where((Stocktake.school == actor.school) & (Stocktake.id == id_))
        await record(actor, "stock.drop_count", subject="stocktake", subject_id=id_, before=before, now=now)


async def open_count(actor: Actor, id_: int) -> Stocktake:
    """Step: a stocktake that is being counted. Raises Missing, Forbidden, Conflict for a closed one."""
    count = await stocktake_of(actor.school, id_)
    refuse_other_canteen(actor, count.canteen)
    if count.state == CountState.CLOSED:
        raise Conflict([error("count_closed", _("This stocktake is closed."))])
    return count


async def lines_by_lot(school: int, id_: int) -> dict[int, CountLine]:
    """The lines of a stocktake by lot."""
    here = (CountLine.school == school) & (CountLine.stocktake == id_)
    rows = await CountLine.objects().where(here).order_by(CountLine.position)
    return {row.lot: row for row in rows}


async def refresh(actor: Actor, count: Stocktake, *, now: datetime) -> None:
    """Step: follow the book: lots that came since get a line, what nobody counted its present quantity."""
    known = await lines_by_lot(actor.school, count.id)
    lots = await _book(actor.school, count)
    uncounted = [line for line in known.values() if line.counted is None]
    present = {**{lot.id: lot for lot in lots}, **await lots_by_ids(actor.school, [x.lot for x in uncounted])}
    for line in uncounted:
        lot = present[line.lot]
        await _change(line, {"book": lot.quantity_left, "fen": lot.fen_left})
    place = max((line.position for line in known.values()), default=0)
    new = [lot for lot in lots if lot.id not in known]
    rows = [_line(actor, count, lot, place + n, now) for n, lot in enumerate(new, start=1)]
    if rows:
        await CountLine.insert(*rows)


async def _book(school: int, count: Stocktake) -> list[Lot]:
    """The lots that the book has: by category, good and age, as they lie on the shelves."""
    here = (Lot.school == school) & (Lot.canteen == count.canteen) & (Lot.quantity_left > 0)
    here = here & (Lot.received_on <= count.day)
    if count.category:
        here = here & (Lot.good.category == count.category)
    return list(await Lot.objects().where(here).order_by(Lot.good.category, Lot.good.sound, Lot.id))


def _line(actor: Actor, count: Stocktake, lot: Lot, position: int, now: datetime) -> CountLine:
    return CountLine(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        stocktake=count.id,
        lot=lot.id,
        position=position,
        book=lot.quantity_left,
        fen=lot.fen_left,
        counted=None,
        cause=None,
        note="",
    )


async def _keep(
    actor: Actor, lines: Mapping[int, CountLine], form: CountedForm, now: datetime
) -> list[Finding]:
    lots = await lots_by_ids(actor.school, lines)
    goods = await goods_by_ids(actor.school, {lot.good for lot in lots.values()})
    found: list[Finding] = []
    for n, typed in enumerate(form.lines):
        at, line = f"lines.{n}", lines.get(typed.lot)
        if line is None:
            found.append(error("lot_unknown", _("This lot is not part of the stocktake."), f"{at}.lot"))
        elif typed.count is not None:
            lot = lots[typed.lot]
            quantity, wrong = _counted(goods[lot.good], typed, at)
            found += wrong
            # a count stands against the book of its moment; the same figure again leaves that moment alone
            seen = {} if line.counted == quantity else {"book": lot.quantity_left, "fen": lot.fen_left}
            await _change(line, {**seen, **_values(actor, typed, quantity, now)})
    return found


def _counted(good: Any, typed: CountedLine, at: str) -> tuple[int, list[Finding]]:
    return quantity_typed(good, typed.unit, typed.count or 0, at) if typed.count else (0, [])


def _values(actor: Actor, typed: CountedLine, quantity: int, now: datetime) -> dict[str, Any]:
    return {
        "counted": quantity,
        "cause": typed.cause.value if typed.cause else None,
        "note": typed.note,
        "entered_by": actor.person,
        "entered_at": now,
    }


async def _change(line: CountLine, values: dict[str, Any]) -> None:
    mine = (CountLine.school == line.school) & (CountLine.id == line.id)
    await CountLine.update(values).where(mine)  # type: ignore[arg-type]


async def _start_findings(school: int, form: CountForm, today: date) -> list[Finding]:
    here = (Stocktake.school == school) & (Stocktake.canteen == form.canteen)
    findings = []
    if form.day > today:
        findings.append(error("day_ahead", _("This day has not come yet."), "day"))
    if await Stocktake.exists().where(here & (Stocktake.state == CountState.COUNTING.value)):
        message = _("Another stocktake of this canteen is still open: close it first.")
        findings.append(error("count_open", message))
    return findings
