"""Goods that leave the store unused: written off, destroyed, with a reason and a second person."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from canteen.kit.uploads import Stored
from canteen.schools.services.uploads import keep_upload
from canteen.tenants.services import canteen_of
from suppliers.goods.rules import Good, said
from suppliers.goods.services import goods_by_ids
from suppliers.stock.forms import WriteOffForm, instant_on
from suppliers.stock.rules import Move, SlipKind, Take, WriteOffReason, take
from suppliers.stock.services.issuing import merged
from suppliers.stock.services.store import lots_by_ids, on_shelf, open_slip, take_out
from suppliers.stock.services.typed import quantity_typed
from suppliers.stock.services.witness import prove_witness
from suppliers.stock.tables import Slip


async def write_off(actor: Actor, form: WriteOffForm, photos: Sequence[Stored] = (), *, now: datetime) -> int:
    """Write lots off, or destroy them before a witness (报损、销毁记录); returns the slip's id.

    Expired, locked and set-apart lots may go this way; what an incident holds stays. Raises Refused with
    everything that is wrong, Conflict when somebody took of a lot meanwhile, Forbidden, Missing.
    """
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    refuse_if(await _findings(actor, form, now))
    witness = await prove_witness(actor, form.witness, form.witness_pin, now=now)
    async with write():
        for photo in photos:
            await keep_upload(actor, photo, now=now)
        slip = await _slip(actor, form, witness, [photo.digest for photo in photos], now)
        after = {
            "number": slip.number,
            "day": form.day,
            "reason": form.reason,
            "destroyed": form.destroyed,
            "witness": witness,
            "fen": slip.fen,
        }
        await record(actor, "stock.write_off", subject="slip", subject_id=slip.id, after=after, now=now)
    return int(slip.id)


async def _slip(actor: Actor, form: WriteOffForm, witness: int, photos: list[str], now: datetime) -> Slip:
    parts, found = await _parts(actor, form)
    refuse_if(found)
    slip = await open_slip(
        actor,
        form.canteen,
        SlipKind.WRITE_OFF,
        happened_at=instant_on(form.day, now),
        now=now,
        purpose=form.reason.value,
        witness=witness,
        photos=msgspec.json.encode(photos).decode(),
    )
    kind = Move.DESTROYED if form.destroyed else Move.WRITE_OFF
    await take_out(actor, slip, merged(parts), kind, form.note)
    return slip


async def _findings(actor: Actor, form: WriteOffForm, now: datetime) -> list[Finding]:
    """Everything that is wrong, before a PIN is asked for."""
    findings = (await _parts(actor, form))[1]
    if form.day > local_day(now):
        findings.append(error("day_ahead", _("This day has not come yet."), "day"))
    if form.reason is WriteOffReason.OTHER and not form.note:
        findings.append(error("no_note", _("Say what happened."), "note"))
    return findings


async def _parts(actor: Actor, form: WriteOffForm) -> tuple[list[Take], list[Finding]]:
    rows = await lots_by_ids(actor.school, (line.lot for line in form.lines))
    goods = await goods_by_ids(actor.school, {row.good for row in rows.values()})
    parts: list[Take] = []
    found: list[Finding] = []
    seen: set[int] = set()
    for n, line in enumerate(form.lines):
        at, row = f"lines.{n}", rows.get(line.lot)
        if row is None or row.canteen != form.canteen or line.lot in seen:
            found.append(error("lot_unknown", _("This lot is not in the store."), f"{at}.lot"))
            continue
        seen.add(line.lot)
        quantity, wrong = _asked(row.quantity_left, goods[row.good], line.unit, line.count, at)
        found += wrong
        if row.held_at is not None:
            found.append(error("lot_held", _("An incident holds this lot: it stays."), f"{at}.lot"))
        if not wrong:
            parts.append(take(on_shelf(row), quantity))
    return parts, found


def _asked(left: int, good: Good, unit: str, count: int, at: str) -> tuple[int, list[Finding]]:
    """The quantity of a line: all that is left when no count was typed."""
    quantity, wrong = quantity_typed(good, unit, count, at) if count else (left, [])
    if wrong:
        return 0, wrong
    if not 0 < quantity <= left:
        message = _("Of this lot {left} are left.")
        return 0, [error("not_enough", message, f"{at}.count", left=said(left, good, "kg"))]
    return quantity, []
