"""A menu file: judged whole before anything is kept, then taken over week by week."""

import asyncio
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from canteen.accounts.services.trail import record
from canteen.kit import uploads
from canteen.kit.actor import Actor
from canteen.kit.clock import monday_of
from canteen.kit.db import write
from canteen.kit.problems import Missing, error, refuse_if
from canteen.kit.sheets import BadFile, RowError, Sheet, bad_rows_file, digest, read_rows
from canteen.kit.texts import _
from menus.foods.forms import NameForm
from menus.foods.rules import Food
from menus.foods.services import keep_name
from menus.weeks.forms import DishForm, ImportForm, IngredientForm, read_menu
from menus.weeks.rules import Dish, Verdict, Week, judge
from menus.weeks.rules.states import State, edit_findings
from menus.weeks.services.check import week_of
from menus.weeks.services.policy import policy_on
from menus.weeks.services.sheet import Larder, larder_of
from menus.weeks.services.steps import Plan, canteen_for, forget, settle, standing, start_week
from menus.weeks.services.telling import settle_week
from menus.weeks.tables import MenuFile

MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class WeekFound:
    """One week of a file: its verdict, and the menu that stands there already, if any."""

    first_day: date
    week: Week
    verdict: Verdict
    stands: int | None
    stands_as: State | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, before anything is kept: its weeks, the names nobody knows, and its last import."""

    digest: str
    file_name: str
    weeks: tuple[WeekFound, ...]
    unknown: Mapping[str, Sequence[Food]]
    seen: Mapping[str, Any] | None


async def preview_file(actor: Actor, data: bytes, filename: str, form: ImportForm) -> Preview:
    """What the file would bring. Raises BadFile with every error of every row, and Forbidden."""
    school = actor.school
    larder = await larder_of(school)
    week = await asyncio.to_thread(read_week, data, filename, larder)
    canteen = await canteen_for(actor, form.canteen)
    weeks = [await _found(school, canteen, form, monday, part) for monday, part in by_week(week)]
    names = dict.fromkeys(name for found in weeks for name in found.verdict.unknown_ingredients)
    unknown = {n: larder.foods.candidates(n, MOST_CANDIDATES) for n in names if not larder.open(n)}
    return Preview(digest(data), filename, tuple(weeks), unknown, await last_import(school, digest(data)))


async def import_file(
    actor: Actor,
    data: bytes,
    filename: str,
    form: ImportForm,
    *,
    folder: Path,
    now: datetime,
    names: Sequence[NameForm] = (),
) -> list[int]:
    """Take the file over as drafts, one a week, and keep it by its digest. Returns the weeks' ids.

    From then on `names` mean their foods, in this file already; a refusal keeps none of them.

    Raises BadFile, and Refused when this very file was taken before and `again` is not said, a menu stands
    there and `replace` is not said (or it is no draft), or a name means no food of the table. All weeks are
    taken or none.
    """
    canteen = await canteen_for(actor, form.canteen)
    lines = await asyncio.to_thread(read_menu, data, filename)
    await asyncio.to_thread(uploads.store_as_is, data, folder)
    async with write():
        if not form.again:
            await _refuse_seen(actor.school, digest(data))
        for name in names:
            await keep_name(actor.school, name, now=now)
        larder = await larder_of(actor.school)
        named = _named(form, filename, by_week(week_of(lines, larder.foods)))
        made = [await _take(actor, part, larder, one, canteen, now=now) for one, part in named]
        for id_ in made:
            await _attach(actor, id_, digest(data), filename, now=now)
        after = {"file": filename, "digest": digest(data), "weeks": made, **_meant(names)}
        await record(actor, "weeks.import", subject="week", subject_id=made[0], after=after, now=now)
    return made


@dataclass(frozen=True, slots=True)
class BadRows:
    """Why a file was refused: every error, and the bad rows as a workbook (base64, "" without rows)."""

    errors: Sequence[RowError]
    file: str


async def bad_rows(data: bytes, filename: str, lang: str) -> BadRows | None:
    """What is wrong with a file, its reasons in that language; None when it can be taken."""
    return await asyncio.to_thread(_wrong_in, data, filename, lang)


def _wrong_in(data: bytes, filename: str, lang: str) -> BadRows | None:
    sheet = Sheet(filename, [], [])
    try:
        sheet = read_rows(data, filename)
        read_menu(data, filename)
    except BadFile as bad:
        rows = bad_rows_file(sheet, bad.errors, lang) if sheet.rows else b""
        return BadRows(bad.errors, b64encode(rows).decode())
    return None


def read_week(data: bytes, filename: str, larder: Larder) -> Week:
    """The file as values, by this school's food table. Raises BadFile."""
    return week_of(read_menu(data, filename), larder.foods)


def by_week(week: Week) -> list[tuple[date, Week]]:
    """The meals of each calendar week, by its Monday."""
    ordered = sorted(week.meals, key=lambda meal: meal.day)
    groups = groupby(ordered, key=lambda meal: monday_of(meal.day))
    return [(monday, Week(tuple(meals))) for monday, meals in groups]


def plan_from(week: Week) -> Plan:
    """A week of values as dishes to be kept; two sittings of one meal stand in one."""
    plan: dict[Any, list[DishForm]] = {}
    for meal in week.meals:
        plan.setdefault((meal.day, meal.name), []).extend(form_from(dish) for dish in meal.dishes)
    return plan


def form_from(dish: Dish) -> DishForm:
    """A dish of values as somebody would send it."""
    return DishForm(
        name=dish.name,
        ingredients=tuple(IngredientForm(i.name, i.milligrams) for i in dish.ingredients),
        label=dish.label or str(dish.kind),
        method=dish.method,
        choice=dish.choice,
        expected_percent=max(1, round(dish.share * 100)),
    )


async def last_import(school: int, of_file: str) -> dict[str, Any] | None:
    """When and into which week this very file was taken, None when it never was."""
    found: dict[str, Any] | None = (
        await MenuFile.select(MenuFile.week, MenuFile.file_name, MenuFile.imported_at)
        .where((MenuFile.school == school) & (MenuFile.digest == of_file))
        .order_by(MenuFile.id, ascending=False)
        .first()
    )
    return found


async def files_of(school: int, week: int) -> list[dict[str, Any]]:
    """The files that a week was imported from, the latest first."""
    return (
        await MenuFile.select(MenuFile.digest, MenuFile.file_name, MenuFile.imported_at)
        .where((MenuFile.school == school) & (MenuFile.week == week))
        .order_by(MenuFile.id, ascending=False)
    )


async def file_of(school: int, week: int, folder: Path) -> tuple[str, bytes]:
    """The latest imported file of a week: its name and its bytes. Raises Missing."""
    found = await files_of(school, week)
    if not found:
        raise Missing
    data = await asyncio.to_thread(uploads.read, folder, found[0]["digest"])
    return found[0]["file_name"], data


async def _found(school: int, canteen: int | None, form: ImportForm, monday: date, week: Week) -> WeekFound:
    policy = await policy_on(school, monday)
    there = await standing(school, canteen, monday, form.age)
    verdict = judge(week, form.age, policy)
    return WeekFound(
        monday, week, verdict, there["id"] if there else None, State(there["state"]) if there else None
    )


def _named(
    form: ImportForm, filename: str, weeks: Sequence[tuple[date, Week]]
) -> list[tuple[ImportForm, Week]]:
    """Each week with its name in a library: as typed, else the file's; counted where there are several."""
    name = form.name or Path(filename).stem
    names = [f"{name[:36]} {n}" for n in range(1, len(weeks) + 1)] if len(weeks) > 1 else [name[:40]]
    return [(replace(form, name=one), week) for one, (_monday, week) in zip(names, weeks, strict=True)]


def _meant(names: Sequence[NameForm]) -> dict[str, Any]:
    """What the trail says of the names: each with its food's code; nothing when none was answered."""
    return {"names": [{"name": one.name, "food_code": one.food_code} for one in names]} if names else {}


async def _take(
    actor: Actor, week: Week, larder: Larder, form: ImportForm, canteen: int | None, *, now: datetime
) -> int:
    """One week of the file as a draft; over the draft that stands there, when that is wanted."""
    there = await standing(actor.school, canteen, monday_of(week.meals[0].day), form.age)
    if there and form.replace:
        refuse_if(edit_findings(State(there["state"])))
        await forget(actor.school, there["id"])
        await settle_week(actor, there["id"], now=now)
    made = await start_week(
        actor,
        plan_from(week),
        larder,
        age=form.age,
        audience=form.audience,
        canteen=canteen,
        name=form.name,
        now=now,
    )
    await settle(actor.school, made)
    return made


async def _refuse_seen(school: int, of_file: str) -> None:
    if before := await last_import(school, of_file):
        text = _("This very file was taken before, as {file}. Tick “again” if you mean it.")
        refuse_if([error("same_file", text, "again", file=before["file_name"])])


async def _attach(actor: Actor, week: int, of_file: str, filename: str, *, now: datetime) -> None:
    await MenuFile(
        school=actor.school,
        week=week,
        digest=of_file,
        file_name=filename,
        imported_by=actor.person,
        imported_at=now,
    ).save()
