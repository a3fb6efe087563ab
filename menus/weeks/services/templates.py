"""Weeks without a date: a school's own templates, and those its district gave it (services.library)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.clock import monday_of
from canteen.kit.db import write
from canteen.kit.problems import Missing
from menus.weeks.forms import CopyForm, MealForm, TemplateForm
from menus.weeks.rules import Age
from menus.weeks.services.copying import planned
from menus.weeks.services.drafts import plan_of
from menus.weeks.services.sheet import WeekSheet, larder_of, week_sheet
from menus.weeks.services.steps import settle, start_week
from menus.weeks.tables import Template


async def keep_template(actor: Actor, week: int, form: TemplateForm, *, now: datetime) -> int:
    """Keep a week's dishes as a template. Raises Missing."""
    async with write():
        sheet = await week_sheet(actor.school, week)
        kept = Template(
            school=actor.school,
            name=form.name,
            age=sheet.head.age.value,
            content=content_of(sheet),
            created_by=actor.person,
            created_at=now,
            differences="",
        )
        await kept.save()
        after = {"name": form.name, "week": week}
        await record(actor, "weeks.keep", subject="template", subject_id=kept.id, after=after, now=now)
    return int(kept.id)


async def plan_from_template(actor: Actor, template: int, form: CopyForm, *, now: datetime) -> int:
    """A new draft from a template. Raises Missing, and Refused when the week has a menu."""
    async with write():
        kept = await template_of(actor.school, template)
        content = msgspec.json.decode(kept["content"], type=tuple[MealForm, ...])
        made = await start_week(
            actor,
            plan_of(monday_of(form.day), content),
            await larder_of(actor.school),
            age=form.age or Age(kept["age"]),
            audience=form.audience,
            canteen=form.canteen,
            origin=(kept["origin_school"] or actor.school, kept["origin_id"] or template),
            now=now,
        )
        await settle(actor.school, made)
        after = {"template": template, "first_day": monday_of(form.day)}
        await record(actor, "weeks.use_template", subject="week", subject_id=made, after=after, now=now)
    return made


async def retire_template(actor: Actor, template: int, *, now: datetime) -> None:
    """Offer a template no longer. Raises Missing."""
    async with write():
        kept = await template_of(actor.school, template)
        mine = (Template.school == actor.school) & (Template.id == template)
        await Template.update({Template.retired_at: now}).where(mine)
        before = {"name": kept["name"]}
        await record(
            actor, "weeks.retire_template", subject="template", subject_id=template, before=before, now=now
        )


async def templates_of(school: int) -> list[dict[str, Any]]:
    """The templates a school may plan from, by name."""
    return (
        await Template.select(
            Template.id,
            Template.name,
            Template.age,
            Template.origin_school,
            Template.changed_at,
            Template.differences,
        )
        .where((Template.school == school) & Template.retired_at.is_null())
        .order_by(Template.name, Template.id)
    )


async def template_of(school: int, template: int) -> dict[str, Any]:
    """One template that is still offered. Raises Missing."""
    here = (Template.school == school) & (Template.id == template) & Template.retired_at.is_null()
    found: dict[str, Any] | None = await Template.select().where(here).first()
    if found is None:
        raise Missing
    return found


def content_of(sheet: WeekSheet) -> str:
    """The dishes of a week by weekday, as JSON."""
    meals: Sequence[MealForm] = [
        MealForm((meal.day - sheet.head.first_day).days, meal.name.value, planned(meal))
        for meal in sheet.meals
    ]
    return msgspec.json.encode(meals).decode()
