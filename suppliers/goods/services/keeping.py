"""Keeping goods: add, change, retire, restore; the steps by which imports and copies keep theirs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import local_day
from canteen.kit.db import write
from canteen.kit.names import listed, normalised, spelled
from canteen.kit.problems import Conflict, Finding, Refused, error, refuse_if
from canteen.kit.texts import _
from suppliers.goods import tables
from suppliers.goods.forms import GoodForm, UnitForm
from suppliers.goods.rules import KNOWN, Good, Measure, Unit, banned_findings, quantity_of, unit_findings
from suppliers.goods.services.goods import good_of

CHANGED = _("Somebody changed this good meanwhile. Look at it again before you save.")
TAKEN = _("There is a good of this name already.")
DEFAULT_UNIT: Mapping[Measure, str] = {Measure.GRAMS: "公斤", Measure.PIECES: "个"}


async def add_good(actor: Actor, form: GoodForm, *, now: datetime) -> int:
    """A new good; returns its id. Raises Refused with everything that is wrong."""
    good = good_of_form(form)
    async with write():
        refuse_if([*good_findings(good, now), *await taken(actor.school, good.name)])
        id_ = await keep_new(actor, good, now=now)
        await record(actor, "goods.add", subject="good", subject_id=id_, after=told(good), now=now)
    return id_


async def change_good(actor: Actor, id_: int, form: GoodForm, *, now: datetime) -> None:
    """Another name, unit, shelf life …; deliveries keep what they were typed with.

    Raises Missing, Refused like add_good, and Conflict when the form was made from an older version.
    """
    good = good_of_form(form)
    async with write():
        known = await good_of(actor.school, id_)
        if form.seen and (known.changed_at is None or form.seen != known.changed_at.isoformat()):
            raise Conflict([error("changed_meanwhile", CHANGED)])
        refuse_if([*good_findings(good, now), *await taken(actor.school, good.name, but=id_)])
        await _update(actor.school, id_, {**columns_of(good), "changed_at": now})
        before, after = told(known), told(good)
        await record(
            actor, "goods.change", subject="good", subject_id=id_, before=before, after=after, now=now
        )


async def retire_good(actor: Actor, id_: int, *, now: datetime) -> None:
    """Take a good out of use: lists pass it over, what has it keeps it. Raises Missing."""
    async with write():
        known = await good_of(actor.school, id_)
        if known.retired:
            return
        await _update(actor.school, id_, {"retired_at": now, "changed_at": now})
        before = {"name": known.name}
        await record(actor, "goods.retire", subject="good", subject_id=id_, before=before, now=now)


async def restore_good(actor: Actor, id_: int, *, now: datetime) -> None:
    """Bring a good back into use. Raises Missing, and Refused when its name is in use again."""
    async with write():
        known = await good_of(actor.school, id_)
        if not known.retired:
            return
        refuse_if(await taken(actor.school, known.name))
        await _update(actor.school, id_, {"retired_at": None, "changed_at": now})
        after = {"name": known.name}
        await record(actor, "goods.restore", subject="good", subject_id=id_, after=after, now=now)


def good_of_form(form: GoodForm) -> Good:
    """The form as a good without an id. Raises Refused for a unit that is told in an unknown one."""
    units, findings = [], []
    for n, row in enumerate(form.units):
        try:
            units.append(_unit(row, form.measure))
        except ValueError:
            message = _("Tell this unit in kilograms, jin or grams, or in pieces.")
            findings.append(error("unit_unknown", message, f"units.{n}.of"))
    if findings:
        raise Refused(findings)
    return Good(
        id=0,
        name=form.name,
        aliases=listed(form.aliases),
        category=form.category,
        spec=form.spec,
        measure=form.measure,
        unit=form.unit,
        units=tuple(units),
        storage=form.storage,
        shelf_life_days=form.shelf_life_days,
        expiry_lead_days=form.expiry_lead_days,
        food_code=form.food_code or None,
    )


def _unit(row: UnitForm, measure: Measure) -> Unit:
    return Unit(row.name, quantity_of(KNOWN[measure], row.of or DEFAULT_UNIT[measure], row.count))


def good_findings(good: Good, now: datetime) -> list[Finding]:
    """What is wrong with a good by itself: its units, and what no school may buy."""
    return [
        *unit_findings(good.measure, good.unit, good.units),
        *banned_findings(good.names, local_day(now)),
    ]


async def taken(school: int, name: str, *, but: int = 0) -> list[Finding]:
    """`good_name` when another good in use has the name."""
    here = (tables.Good.school == school) & (tables.Good.spelling == normalised(name))
    if await tables.Good.exists().where(here & tables.Good.retired_at.is_null() & (tables.Good.id != but)):
        return [error("good_name", TAKEN, "name")]
    return []


async def keep_new(actor: Actor, good: Good, *, now: datetime) -> int:
    """Step: a new row of these values; returns its id."""
    row = fresh(actor, good, now)
    await row.save()
    return int(row.id)


def fresh(actor: Actor, good: Good, now: datetime) -> tables.Good:
    """A row that is not kept yet."""
    return tables.Good(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        changed_at=now,
        origin_school=good.origin_school,
        origin_id=good.origin_id,
        **columns_of(good),
    )


async def keep_over(school: int, id_: int, good: Good, *, now: datetime) -> None:
    """Step: these values for a good that is known."""
    await _update(school, id_, {**columns_of(good), "changed_at": now})


async def _update(school: int, id_: int, values: Mapping[str, Any]) -> None:
    mine = (tables.Good.school == school) & (tables.Good.id == id_)
    await tables.Good.update(dict(values)).where(mine)  # type: ignore[arg-type]


def columns_of(good: Good) -> dict[str, Any]:
    """The value as columns, apart from where it comes from."""
    return {
        "name": good.name,
        "spelling": normalised(good.name),
        "sound": sound_of(good),
        "aliases": msgspec.json.encode(good.aliases).decode(),
        "category": good.category.value,
        "spec": good.spec,
        "measure": good.measure.value,
        "unit": good.unit,
        "units": msgspec.json.encode([{"name": u.name, "quantity": u.quantity} for u in good.units]).decode(),
        "storage": good.storage.value,
        "shelf_life_days": good.shelf_life_days,
        "expiry_lead_days": good.expiry_lead_days,
        "food_code": good.food_code,
    }


def sound_of(good: Good) -> str:
    """What a search may type: pinyin and initials of every name, then the other names themselves."""
    sounds = [text for name in good.names for text in (spelled(name).pinyin, spelled(name).initials)]
    return " ".join([*sounds, *map(normalised, good.aliases)])


def told(good: Good) -> dict[str, Any]:
    """A good as the trail tells it."""
    return {
        "name": good.name,
        "aliases": list(good.aliases),
        "category": good.category,
        "spec": good.spec,
        "measure": good.measure,
        "unit": good.unit,
        "units": [f"{u.name}={u.quantity}" for u in good.units],
        "storage": good.storage,
        "shelf_life_days": good.shelf_life_days,
        "expiry_lead_days": good.expiry_lead_days,
        "food_code": good.food_code,
    }
