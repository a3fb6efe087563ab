"""Grade groups: who eats together, where, and how many of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import asdict

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor, acts_at, refuse_other_canteen
from canteen.kit.db import write
from canteen.kit.problems import Finding, Missing, error, refuse_if
from canteen.kit.texts import _
from canteen.schools.forms import GroupForm, HeadsForm
from canteen.schools.rules.groups import AgeBand, bands_between, grade_findings, stage_of_grade
from canteen.schools.tables import GradeGroup, Heads
from canteen.tenants import services as tree


async def add_group(actor: Actor, form: GroupForm, *, now: datetime) -> GradeGroup:
    """Add a grade group. Raises Refused for grades outside 1 to 12, Missing for another school's canteen."""
    async with write():
        made = GradeGroup(
            await _columns(actor, form), school=actor.school, entered_at=now, entered_by=actor.person
        )
        await made.save()
        after = _facts(made)
        await record(
            actor, "schools.add_group", subject="grade_group", subject_id=made.id, after=after, now=now
        )
    return made


async def change_group(actor: Actor, group: int, form: GroupForm, *, now: datetime) -> GradeGroup:
    """Change name, grades or canteen. Raises Missing, and Refused like add_group."""
    async with write():
        known = await group_of(actor.school, group)
        refuse_other_canteen(actor, known.canteen)
        before = _facts(known)
        here = (GradeGroup.school == actor.school) & (GradeGroup.id == group)
        await GradeGroup.update(await _columns(actor, form)).where(here)
        row = await group_of(actor.school, group)
        await record(
            actor,
            "schools.change_group",
            subject="grade_group",
            subject_id=group,
            before=before,
            after=_facts(row),
            now=now,
        )
    return row


async def withdraw_group(actor: Actor, group: int, *, now: datetime) -> None:
    """Take a group out of use; what was kept of it stays. Raises Missing."""
    async with write():
        row = await group_of(actor.school, group)
        refuse_other_canteen(actor, row.canteen)
        row.withdrawn_at = now
        await row.save([GradeGroup.withdrawn_at])
        before = _facts(row)
        await record(
            actor, "schools.withdraw_group", subject="grade_group", subject_id=group, before=before, now=now
        )


async def count_heads(actor: Actor, group: int, form: HeadsForm, *, now: datetime) -> None:
    """Say how many of a group usually eat, by age band, from a day on.

    Raises Missing for another school's group, Refused for a band that its grades do not have.
    """
    async with write():
        row = await group_of(actor.school, group)
        refuse_other_canteen(actor, row.canteen)
        refuse_if(_band_findings(row, form.heads))
        before = (await heads_of_groups(actor.school, form.from_day)).get(group, {})
        await Heads.insert(*(_heads(actor, group, form, band, now) for band in form.heads))
        await record(
            actor,
            "schools.count_heads",
            subject="grade_group",
            subject_id=group,
            before={"heads": before},
            after=asdict(form),
            now=now,
        )


async def groups(school: int) -> list[GradeGroup]:
    """The groups of a school, from the youngest."""
    here = (GradeGroup.school == school) & GradeGroup.withdrawn_at.is_null()
    return list(await GradeGroup.objects().where(here).order_by(GradeGroup.first_grade, GradeGroup.id))


async def group_of(school: int, group: int) -> GradeGroup:
    """One group. Raises Missing."""
    here = (GradeGroup.school == school) & (GradeGroup.id == group) & GradeGroup.withdrawn_at.is_null()
    found: GradeGroup | None = await GradeGroup.objects().where(here).first()
    if found is None:
        raise Missing
    return found


async def heads_of_groups(school: int, on: date) -> dict[int, dict[AgeBand, int]]:
    """How many of each group usually eat on a day, by group and band; groups never counted are left out."""
    here = (Heads.school == school) & (Heads.from_day <= on)
    return standing_heads(await Heads.objects().where(here), on)


def standing_heads(rows: Iterable[Heads], on: date) -> dict[int, dict[AgeBand, int]]:
    """The counts that hold on a day, among all rows of a school."""
    found: dict[int, dict[AgeBand, int]] = {}
    for row in sorted(rows, key=lambda row: (row.from_day, row.id)):
        if row.from_day <= on:
            found.setdefault(row.grade_group, {})[AgeBand(row.age_band)] = row.heads
    return found


def bands_of(group: GradeGroup) -> list[AgeBand]:
    """The age bands of a group's grades."""
    return bands_between(group.first_grade, group.last_grade)


async def _columns(actor: Actor, form: GroupForm) -> dict[Any, Any]:
    refuse_if(grade_findings(form.first_grade, form.last_grade))
    return {
        GradeGroup.canteen: await _canteen(actor, form.canteen),
        GradeGroup.name: form.name,
        GradeGroup.stage: stage_of_grade(form.first_grade).value,
        GradeGroup.first_grade: form.first_grade,
        GradeGroup.last_grade: form.last_grade,
    }


async def _canteen(actor: Actor, canteen: int | None) -> int:
    if canteen is not None:
        refuse_other_canteen(actor, canteen)
        return int((await tree.canteen_of(actor.school, canteen)).id)
    return next(c.id for c in await tree.canteens_of(actor.school) if acts_at(actor, c.id))


def _heads(actor: Actor, group: int, form: HeadsForm, band: str, now: datetime) -> Heads:
    return Heads(
        school=actor.school,
        entered_at=now,
        entered_by=actor.person,
        grade_group=group,
        age_band=band,
        from_day=form.from_day,
        heads=form.heads[band],
    )


def _band_findings(group: GradeGroup, heads: Mapping[str, int]) -> list[Finding]:
    message = _("The grades of this group are not of that age.")
    return [error("age_band", message, f"heads.{b}") for b in heads if b not in bands_of(group)]


def _facts(row: GradeGroup) -> dict[str, object]:
    return {
        "name": row.name,
        "first_grade": row.first_grade,
        "last_grade": row.last_grade,
        "canteen": row.canteen,
    }
