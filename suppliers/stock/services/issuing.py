"""What goes to the kitchen: first expired first, or straight through (直拨) in the save that took it in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from canteen.accounts.services.places import roles_of
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.services import canteen_of
from suppliers.goods.rules import Good, said
from suppliers.goods.services import goods_by_ids
from suppliers.stock.forms import IssueForm, IssueLine, instant_on
from suppliers.stock.rules import Move, OnShelf, SlipKind, Take, take, take_findings, takes
from suppliers.stock.services.reading import lots_with_stock
from suppliers.stock.services.store import lots_by_ids, on_shelf, open_slip, take_out
from suppliers.stock.services.typed import good_typed, quantity_typed
from suppliers.stock.tables import Slip

Shelves = dict[int, list[OnShelf]]


async def issue(actor: Actor, form: IssueForm, *, now: datetime) -> int:
    """Goods to the kitchen on one slip (出库单); returns its id.

    Raises Refused naming every line that cannot go and why, Conflict when somebody took of a lot meanwhile,
    Forbidden for another canteen, Missing for an unknown one.
    """
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    async with write():
        slip = await issue_lines(actor, form, now=now)
        after = {"number": slip.number, "day": form.day, "meal": form.meal, "fen": slip.fen}
        await record(actor, "stock.issue", subject="slip", subject_id=slip.id, after=after, now=now)
    return int(slip.id)


async def issue_lines(actor: Actor, form: IssueForm, *, now: datetime) -> Slip:
    """Step: the slip of an issue with its lines, earliest expiry first where no lot was chosen.

    Raises Refused with every wrong line at once, Conflict.
    """
    parts, found = await _parts(actor, form)
    refuse_if([*await _head_findings(actor, form, now), *found])
    slip = await open_slip(
        actor,
        form.canteen,
        SlipKind.ISSUE,
        happened_at=instant_on(form.day, now),
        now=now,
        meal=form.meal.value if form.meal else "",
        purpose=form.purpose,
        receiver=form.receiver,
    )
    await take_out(actor, slip, parts, Move.ISSUE)
    return slip


async def issue_whole(
    actor: Actor, canteen: int, lots: Sequence[int], *, meal: str, happened_at: datetime, now: datetime
) -> Slip:
    """Step: whole lots to a meal of the day they came, on one slip (直拨出库单).

    Raises Refused when one of them may not be used, Conflict when somebody took of it meanwhile.
    """
    slip = await open_slip(
        actor, canteen, SlipKind.ISSUE, happened_at=happened_at, now=now, meal=meal, receiver=actor.person
    )
    rows = await lots_by_ids(actor.school, lots)
    parts: list[Take] = []
    found: list[Finding] = []
    for position, lot in enumerate(lots):
        shelf = on_shelf(rows[lot])
        found += take_findings(shelf, shelf.quantity_left, slip.day, f"lines.{position}")
        parts.append(take(shelf, shelf.quantity_left))
    refuse_if(found)
    await take_out(actor, slip, parts, Move.DIRECT_ISSUE)
    return slip


async def _head_findings(actor: Actor, form: IssueForm, now: datetime) -> list[Finding]:
    findings = []
    if not any(line.count for line in form.lines):
        findings.append(error("nothing_asked", _("Type how much of at least one good goes out.")))
    if form.day > local_day(now):
        findings.append(error("day_ahead", _("This day has not come yet."), "day"))
    if form.receiver and not await roles_of(actor.school, form.receiver, form.day):
        message = _("Whoever takes the goods works at this school.")
        findings.append(error("no_receiver", message, "receiver"))
    return findings


async def _parts(actor: Actor, form: IssueForm) -> tuple[list[Take], list[Finding]]:
    """What is taken off which lot; lines of one good see what the lines before them took."""
    goods = await goods_by_ids(actor.school, {line.good for line in form.lines})
    rows = await lots_with_stock(actor.school, form.canteen, goods)
    shelves: Shelves = {good: [on_shelf(row) for row in rows if row.good == good] for good in goods}
    parts: list[Take] = []
    found: list[Finding] = []
    for position, line in enumerate(form.lines):
        if line.count:
            got, wrong = _line(goods, shelves, line, form.day, f"lines.{position}")
            parts, found = [*parts, *got], [*found, *wrong]
    return merged(parts), found


def _line(
    goods: Mapping[int, Good], shelves: Shelves, line: IssueLine, day: date, at: str
) -> tuple[list[Take], list[Finding]]:
    good, wrong = good_typed(goods, line.good, at)
    if good is None:
        return [], wrong
    quantity, wrong = quantity_typed(good, line.unit, line.count, at)
    if wrong:
        return [], wrong
    here = shelves[good.id]
    chosen = [lot for lot in here if line.lot in (None, lot.id)]
    if line.lot and not chosen:
        message = _("This lot is not in the store.")
        return [], [error("lot_unknown", message, f"{at}.lot")]
    got, wrong = _taken(chosen, quantity, day, at, certain=line.lot is not None)
    found = [replace(one, facts=_said(one.facts, good)) for one in wrong]
    shelves[good.id] = [_less(lot, got) for lot in here]
    return got, found


def _taken(
    lots: list[OnShelf], quantity: int, day: date, at: str, *, certain: bool
) -> tuple[list[Take], list[Finding]]:
    """Of a certain lot, or of all of them first expired first; findings stand at the count."""
    if not certain:
        return takes(lots, quantity, day, f"{at}.count")
    found = take_findings(lots[0], quantity, day, f"{at}.count")
    return ([] if found else [take(lots[0], quantity)]), found


def _said(facts: Mapping[str, Any], good: Good) -> dict[str, str]:
    """Quantities of a finding as people say them."""
    return {name: said(quantity, good, "kg") for name, quantity in facts.items()}


def _less(lot: OnShelf, parts: Iterable[Take]) -> OnShelf:
    """A lot after what a line took."""
    mine = [part for part in parts if part.lot.id == lot.id]
    quantity, fen = sum(p.quantity for p in mine), sum(p.fen for p in mine)
    return replace(lot, quantity_left=lot.quantity_left - quantity, fen_left=lot.fen_left - fen)


def merged(parts: Iterable[Take]) -> list[Take]:
    """One part for each lot: two lines that took of the same lot are one movement."""
    found: dict[int, Take] = {}
    for part in parts:
        before = found.get(part.lot.id)
        if before is None:
            found[part.lot.id] = part
        else:
            found[part.lot.id] = Take(before.lot, before.quantity + part.quantity, before.fen + part.fen)
    return list(found.values())
