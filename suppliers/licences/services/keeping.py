"""Keeping suppliers: add, change, how they stand, what they declare."""

from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.names import normalised, spelled
from canteen.kit.problems import Conflict, Finding, Refused, error, refuse_if
from canteen.kit.texts import _
from suppliers.goods.rules import Category, Source
from suppliers.licences.forms import RecordForm, StandingForm, SupplierForm
from suppliers.licences.rules import Standing, masked, same_number, supplier_findings
from suppliers.licences.services.papers import categories_of, kept_categories
from suppliers.licences.services.reading import supplier_of
from suppliers.licences.tables import Supplier

CHANGED = _("Somebody changed this supplier meanwhile. Look at it again before you save.")
TOLD = ("name", "source", "credit_code", "credit_code_reason", "contact", "phone", "address")
REASONED = (Standing.WARNED, Standing.SUSPENDED, Standing.BLACKLISTED, Standing.LEFT)


async def add_supplier(actor: Actor, form: SupplierForm, *, now: datetime) -> int:
    """A new supplier; returns its id. Raises Refused with everything that is wrong."""
    async with write():
        refuse_if([*_findings(form, ""), *await taken(actor.school, form)])
        row = fresh(actor, form, now)
        await row.save()
        await record(
            actor, "licences.add_supplier", subject="supplier", subject_id=row.id, after=told(row), now=now
        )
    return int(row.id)


async def change_supplier(actor: Actor, supplier: int, form: SupplierForm, *, now: datetime) -> None:
    """Other particulars. Raises Missing, Refused like add_supplier, Conflict when it changed meanwhile."""
    async with write():
        row = await supplier_of(actor.school, supplier)
        if form.seen and form.seen != row.changed_at.isoformat():
            raise Conflict([error("changed_meanwhile", CHANGED)])
        refuse_if([*_findings(form, row.identity_masked), *await taken(actor.school, form, but=supplier)])
        before = told(row)
        await _update(row, {**_columns(form, row.identity_masked), "changed_at": now})
        after = told(await supplier_of(actor.school, supplier))
        await record(
            actor,
            "licences.change_supplier",
            subject="supplier",
            subject_id=supplier,
            before=before,
            after=after,
            now=now,
        )


async def decide_standing(actor: Actor, supplier: int, form: StandingForm, *, now: datetime) -> None:
    """Warn, suspend, blacklist, let go or take back a supplier. Raises Missing, Refused without a reason."""
    if not form.reason.strip() and form.standing in REASONED:
        raise Refused([error("missing", _("This is required."), "reason")])
    async with write():
        row = await supplier_of(actor.school, supplier)
        before = {"standing": row.standing, "reason": row.standing_reason}
        await set_standing(actor, supplier, form.standing, form.reason, now=now)
        after = {"standing": form.standing, "reason": form.reason}
        await record(
            actor,
            "licences.decide_standing",
            subject="supplier",
            subject_id=supplier,
            before=before,
            after=after,
            now=now,
        )


async def set_standing(
    actor: Actor, supplier: int, standing: Standing, reason: str, *, now: datetime
) -> None:
    """Step: how a supplier stands from now on.

    What a district decides about a supplier of its library holds for the copies in its schools; when it takes
    that back, it takes back only what it had decided. Raises Missing; Refused when a supplier that left
    cannot come back because another one has its name.
    """
    row = await supplier_of(actor.school, supplier)
    if row.standing == Standing.LEFT.value and standing is not Standing.LEFT:
        refuse_if(await _name_taken(actor.school, row.spelling, supplier))
    values = {"standing": standing.value, "standing_reason": reason, "standing_at": now, "changed_at": now}
    await _update(row, values)
    if standing is Standing.LEFT:
        return
    copies = (Supplier.origin_school == actor.school) & (Supplier.origin_id == supplier)
    copies &= Supplier.standing != Standing.LEFT.value
    if standing is Standing.ACTIVE:
        copies &= (Supplier.standing == row.standing) & (Supplier.standing_reason == row.standing_reason)
    await Supplier.update(values).where(copies)  # type: ignore[arg-type]


async def declare_record(actor: Actor, supplier: int, form: RecordForm, *, now: datetime) -> None:
    """What the supplier declares of the last years, and what was found on the list of bad faith. Missing."""
    async with write():
        row = await supplier_of(actor.school, supplier)
        before = _told_record(row)
        values: dict[str, Any] = {"clean_since": form.clean_since, "changed_at": now}
        if form.listed or form.found:
            values |= {
                "listed_checked_on": local_day(now),
                "listed_checked_by": actor.person,
                "listed_found": form.found,
            }
        await _update(row, values)
        after = _told_record(await supplier_of(actor.school, supplier))
        await record(
            actor,
            "licences.declare_record",
            subject="supplier",
            subject_id=supplier,
            before=before,
            after=after,
            now=now,
        )


def fresh(actor: Actor, form: SupplierForm, now: datetime) -> Supplier:
    """A row for a new supplier, not yet saved."""
    return Supplier(
        **_columns(form, ""),
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        clean_since=None,
        listed_checked_on=None,
        listed_checked_by=None,
        listed_found=False,
        standing=Standing.ACTIVE.value,
        standing_reason="",
        standing_at=None,
        origin_school=None,
        origin_id=None,
        changed_at=now,
    )


def _findings(form: SupplierForm, identity_kept: str) -> list[Finding]:
    return supplier_findings(
        form.source,
        credit_code=form.credit_code,
        reason=form.credit_code_reason,
        identity=form.identity,
        has_identity=bool(identity_kept),
        categories=form.categories,
        phone=form.phone,
    )


def form_findings(form: SupplierForm) -> list[Finding]:
    """What is wrong with a new supplier by itself."""
    return _findings(form, "")


def _columns(form: SupplierForm, identity_kept: str) -> dict[str, Any]:
    sound = spelled(form.name)
    by_identity = form.source in (Source.FARMER, Source.MARKET, Source.WORKSHOP)
    identity = masked(form.identity) if form.identity else identity_kept
    return {
        "name": form.name,
        "spelling": normalised(form.name),
        "sound": f"{sound.pinyin} {sound.initials}",
        "source": form.source.value,
        "credit_code": same_number(form.credit_code)[:18],
        "credit_code_reason": form.credit_code_reason,
        "identity_masked": identity if by_identity else "",
        "contact": form.contact,
        "phone": form.phone,
        "address": form.address,
        "categories": kept_categories(form.categories),
    }


async def taken(school: int, form: SupplierForm, *, but: int = 0) -> list[Finding]:
    """`supplier_name` and `supplier_code` when another supplier of the school has them."""
    found = await _name_taken(school, normalised(form.name), but)
    code = same_number(form.credit_code)
    here = (Supplier.school == school) & (Supplier.standing != Standing.LEFT.value) & (Supplier.id != but)
    other = await Supplier.objects().where(here & (Supplier.credit_code == code)).first() if code else None
    if other is not None:
        message = _("{supplier} has this credit code already.")
        found.append(error("supplier_code", message, "credit_code", supplier=other.name))
    return found


async def _name_taken(school: int, spelling: str, but: int) -> list[Finding]:
    here = (Supplier.school == school) & (Supplier.spelling == spelling)
    if await Supplier.exists().where(here & (Supplier.standing != "left") & (Supplier.id != but)):
        return [error("supplier_name", _("There is a supplier of this name already."), "name")]
    return []


async def _update(row: Supplier, values: dict[str, Any]) -> None:
    here = (Supplier.school == row.school) & (Supplier.id == row.id)
    await Supplier.update(values).where(here)  # type: ignore[arg-type]


def told(row: Supplier) -> dict[str, Any]:
    """A supplier as the trail tells it."""
    kept = {name: getattr(row, name) for name in TOLD}
    return {**kept, "categories": [c.value for c in Category if c in categories_of(row.categories)]}


def _told_record(row: Supplier) -> dict[str, Any]:
    names = ("clean_since", "listed_checked_on", "listed_found")
    return {name: getattr(row, name) for name in names}
