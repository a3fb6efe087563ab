"""The menu library of a district or central school (营养菜谱指导意见): given to its schools, which copy it.

A menu of the library is a week that no canteen cooks (tables.Menu), planned, imported and judged on the same
board as any other. Giving it puts a template into each school, or brings the one it has up to date and says
what changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from canteen.accounts.rules import Role
from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Finding, Level, error, refuse_if
from canteen.kit.texts import _
from canteen.notices.services.posting import Note, tell
from canteen.tenants.services import canteens_of, schools_under, tenants
from menus.foods.rules import shipped
from menus.weeks.forms import DishForm, MealForm, PushForm
from menus.weeks.rules.differences import Difference, differences
from menus.weeks.rules.states import reason_findings
from menus.weeks.services.sheet import WeekHead, WeekSheet, week_sheet
from menus.weeks.services.templates import content_of
from menus.weeks.services.verdict import board
from menus.weeks.tables import Template

PLANNERS = (Role.CANTEEN_MANAGER, Role.NUTRITIONIST)


@dataclass(frozen=True, slots=True)
class Given:
    """A school below and whether it has a menu of the library, as the menu is now or as it was."""

    school: int
    name: str
    has: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a school's week was copied from, and what the giver changed there since the copy was made."""

    giver: str
    name: str
    changed_at: datetime | None
    differences: Sequence[Difference]


async def is_library(school: int) -> bool:
    """Whether the weeks of this tenant are a library: a district or central school has no canteen."""
    return not await canteens_of(school)


async def push_week(actor: Actor, week: int, form: PushForm, *, now: datetime) -> int:
    """Give a menu of the library to schools; one that has it already gets it as it is now.

    Returns how many schools have it as it is now. Raises Missing, and Refused for the week of a canteen, one
    without a dish, a school of another district, and while errors stand without a written reason.
    """
    async with write():
        stood = await board(actor.school, week)
        sheet, rules = stood.sheet, [f.rule for f in stood.verdict.all_findings if f.level is Level.ERROR]
        below = {school.id for school in await schools_under(actor.school)}
        refuse_if(_push_findings(sheet, len(rules), form, below))
        content = for_others(content_of(sheet))
        for school in form.schools:
            await _give(actor, school, sheet.head, content, now=now)
        after = {"name": sheet.head.name, "schools": form.schools, "errors": rules, "reason": form.reason}
        await record(actor, "weeks.push", subject="week", subject_id=week, after=after, now=now)
    return len(form.schools)


async def given(school: int, week: int) -> list[Given]:
    """Every school below, and whether it has this menu of the library. Raises Missing."""
    content = for_others(content_of(await week_sheet(school, week)))
    below = await schools_under(school)
    here = Template.school.is_in([one.id for one in below] or [0]) & Template.retired_at.is_null()
    rows = await Template.select(Template.school, Template.content).where(
        here & (Template.origin_school == school) & (Template.origin_id == week)
    )
    held = {row["school"]: row["content"] for row in rows}
    return [Given(one.id, one.name, one.id in held, held.get(one.id) == content) for one in below]


async def holders(school: int, weeks: Sequence[WeekHead]) -> dict[int, int]:
    """How many schools below have each of these menus, by the menu's id."""
    below = [one.id for one in await schools_under(school)]
    rows = await Template.select(Template.origin_id).where(
        Template.school.is_in(below or [0])
        & (Template.origin_school == school)
        & Template.origin_id.is_in([week.id for week in weeks] or [0])
        & Template.retired_at.is_null()
    )
    ids = [row["origin_id"] for row in rows]
    return {id_: ids.count(id_) for id_ in ids}


async def origin_of(school: int, head: WeekHead) -> Origin | None:
    """The library's menu that a week was copied from; None for any other week."""
    if head.origin_school in (None, school):
        return None
    row = (
        await Template.select(Template.name, Template.changed_at, Template.differences)
        .where(
            (Template.school == school)
            & (Template.origin_school == head.origin_school)
            & (Template.origin_id == head.origin_id)
        )
        .first()
    )
    if row is None:
        return None
    giver = (await givers([head.origin_school]))[head.origin_school]
    since = row["changed_at"] if row["changed_at"] and row["changed_at"] > head.created_at else None
    return Origin(giver, row["name"], since, read_differences(row["differences"]) if since else ())


async def givers(ids: Sequence[Any]) -> dict[Any, str]:
    """The names of the tenants that gave templates, by id."""
    return {id_: giver.name for id_, giver in (await tenants(id_ for id_ in ids if id_)).items()}


def read_differences(kept: str) -> tuple[Difference, ...]:
    """What a template's row says of its last change."""
    return msgspec.json.decode(kept, type=tuple[Difference, ...]) if kept else ()


def for_others(content: str) -> str:
    """A week's content as another tenant can read it: without the giver's recipes, and without codes like
    S001, which are a food of its own in every school; the name tells the food."""
    meals = msgspec.json.decode(content, type=tuple[MealForm, ...])
    return msgspec.json.encode([replace(m, dishes=tuple(map(_foreign, m.dishes))) for m in meals]).decode()


def _foreign(dish: DishForm) -> DishForm:
    known = [i if shipped().get(i.food_code or "") else replace(i, food_code=None) for i in dish.ingredients]
    return replace(dish, dish=None, ingredients=tuple(known))


def _push_findings(sheet: WeekSheet, errors: int, form: PushForm, below: set[int]) -> list[Finding]:
    if not sheet.head.in_library:
        return [error("not_in_library", _("Only a menu of the library is given to schools."))]
    if not sheet.filled:
        return [error("empty_week", _("Plan at least one dish before you give the menu to schools."))]
    found = reason_findings(form.reason) if errors else []
    if not form.schools or not set(form.schools) <= below:
        found.append(error("not_below", _("Choose schools of your own district."), "schools"))
    return found


async def _give(actor: Actor, school: int, head: WeekHead, content: str, *, now: datetime) -> None:
    here = (
        (Template.school == school)
        & (Template.origin_school == actor.school)
        & (Template.origin_id == head.id)
    )
    values: dict[Any, Any] = {"name": head.name, "age": head.age.value, "content": content}
    before = await Template.select(Template.content).where(here).first()
    if before is None:
        origin: dict[str, Any] = {"origin_school": actor.school, "origin_id": head.id}
        await Template(school=school, created_at=now, differences="", **origin, **values).save()
        await _tell(school, head, _("The district recommends a menu: {menu}"), now)
        return
    if told := _told(before["content"], content):
        values |= {"changed_at": now, "differences": msgspec.json.encode(told).decode()}
        await _tell(school, head, _("The district changed a menu that it recommends: {menu}"), now)
    await Template.update({**values, "retired_at": None}).where(here)


async def _tell(school: int, head: WeekHead, message: str, now: datetime) -> None:
    """News for those who plan the school's menus."""
    facts = {"menu": head.name}
    note = Note("weeks.library", message, "menu", head.id, PLANNERS, facts=facts, link="/weeks/templates")
    await tell(school, note, now=now)


def _told(before: str, after: str) -> list[Difference]:
    return list(differences(_dishes_of(before), _dishes_of(after)))


def _dishes_of(content: str) -> dict[tuple[int, str], list[tuple[str, DishForm]]]:
    meals = msgspec.json.decode(content, type=tuple[MealForm, ...])
    return {(meal.day, meal.meal): [(dish.name, dish) for dish in meal.dishes] for meal in meals}
