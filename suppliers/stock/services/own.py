"""What the school grew or made itself: own garden, home-made pickles (practice 26)."""

from dataclasses import replace
from datetime import date, datetime

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, refuse_other_canteen
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.tenants.services import canteen_of
from suppliers.goods.rules import amount_fen
from suppliers.goods.services import good_of
from suppliers.stock.forms import OwnForm, instant_on
from suppliers.stock.rules import NewLot, Origin, garden_findings, ripening_findings
from suppliers.stock.rules.arrivals import RIPENS
from suppliers.stock.services.places import place_findings
from suppliers.stock.services.receiving import receive
from suppliers.stock.services.typed import quantity_typed
from suppliers.stock.tables import Lot, OwnBatch


async def add_own(actor: Actor, form: OwnForm, *, now: datetime) -> int:
    """Take in what the garden gave or the kitchen made; returns the lot's id.

    Raises Refused with everything that is wrong (waiting time after spraying, no quick test, not ripe),
    Missing for an unknown good or canteen, Forbidden for another canteen.
    """
    refuse_other_canteen(actor, form.canteen)
    await canteen_of(actor.school, form.canteen)
    async with write():
        new = await _new_lot(actor.school, form, now)
        batch = _batch(actor, form, now)
        await batch.save()
        new = replace(new, origin_id=batch.id)
        happened = instant_on(form.day, now)
        slip, (lot,) = await receive(actor, form.canteen, [new], happened_at=happened, now=now)
        after = {
            "number": slip.number,
            "lot": lot.number,
            "origin": form.origin,
            "quantity": new.quantity,
            "fen": new.fen,
        }
        await record(actor, "stock.add_own", subject="lot", subject_id=lot.id, after=after, now=now)
    return int(lot.id)


async def batch_of(school: int, lot: Lot) -> OwnBatch | None:
    """What stands behind a lot of our own; None for any other lot."""
    if lot.origin not in (Origin.GARDEN, Origin.PRODUCTION):
        return None
    here = (OwnBatch.school == school) & (OwnBatch.id == lot.origin_id)
    found: OwnBatch | None = await OwnBatch.objects().where(here).first()
    return found


async def _new_lot(school: int, form: OwnForm, now: datetime) -> NewLot:
    good = await good_of(school, form.good)
    quantity, found = quantity_typed(good, form.unit, form.count, "")
    found = [*found, *_findings(form, now)]
    found += await place_findings(school, form.canteen, {"place": form.place})
    refuse_if(found)
    return NewLot(
        good=good.id,
        quantity=quantity,
        fen=amount_fen(form.count, form.price),
        origin=form.origin,
        spec=good.spec,
        producer=form.plot,
        produced_on=form.started_on or form.day,
        expires_on=form.expires_on,
        usable_from=_usable_from(form),
        place=form.place,
        note=form.note,
    )


def _usable_from(form: OwnForm) -> date | None:
    if form.origin is Origin.GARDEN:
        return None
    return form.usable_from or (form.started_on or form.day) + RIPENS


def _findings(form: OwnForm, now: datetime) -> list[Finding]:
    findings = []
    if form.day > local_day(now):
        findings.append(error("day_ahead", _("This day has not come yet."), "day"))
    if form.origin is Origin.GARDEN:
        return findings + garden_findings(form.day, form.sprayed_on, form.interval_days, form.tested)
    if form.origin is not Origin.PRODUCTION:
        raise Missing
    if form.started_on is None:
        findings.append(error("no_start", _("Say when the batch was begun."), "started_on"))
    elif form.started_on > form.day:
        findings.append(error("starts_later", _("It cannot be begun after it is booked."), "started_on"))
    elif form.usable_from:
        findings += ripening_findings(form.started_on, form.usable_from)
    return findings


def _batch(actor: Actor, form: OwnForm, now: datetime) -> OwnBatch:
    return OwnBatch(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        canteen=form.canteen,
        origin=form.origin.value,
        good=form.good,
        day=form.day,
        plot=form.plot,
        sprayed_on=form.sprayed_on,
        interval_days=form.interval_days,
        tested=form.tested,
        test_note=form.test_note,
        started_on=form.started_on,
        salt_permille=form.salt_permille,
        note=form.note,
    )
