"""Keeping dishes: add, change (a new version), copy, retire, and the photo."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from canteen.accounts.services.trail import record
from canteen.kit import uploads
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Conflict, Missing, Refused, error, refuse_if
from canteen.kit.texts import _
from menus.dishes.forms import CopyForm, DishForm
from menus.dishes.rules import Line, Recipe, recipe_findings
from menus.dishes.services.recipes import as_json, lines_of, lines_of_form, recipe_of_form
from menus.dishes.tables import Dish, DishVersion
from menus.foods.rules import normalised, spelled
from menus.foods.services import table_of

CHANGED = _("Somebody changed this dish meanwhile. Look at it again before you save.")
TAKEN = _("There is a dish of this name already.")


async def add_dish(actor: Actor, form: DishForm, *, now: datetime) -> int:
    """A new dish; returns its id. Raises Refused for what may not be cooked and for a name in use."""
    async with write():
        foods = await table_of(actor.school)
        recipe = recipe_of_form(form, foods)
        refuse_if([*recipe_findings(recipe), *await taken(actor.school, form.name)])
        lines = lines_of_form(form.ingredients, foods)
        dish = await keep_new(actor, recipe, lines, note=form.note, now=now)
        await record(actor, "dishes.add", subject="dish", subject_id=dish, after=told(recipe, lines), now=now)
    return dish


async def change_dish(actor: Actor, dish: int, form: DishForm, *, now: datetime) -> int:
    """A new version of a dish; returns its number, the old one's when nothing differs.

    Menus keep the version they were planned by. Raises Missing, Refused like add_dish, and Conflict when the
    form was made from a version that is not the newest any more.
    """
    async with write():
        known = await _dish(actor.school, dish)
        if form.version is not None and form.version != known.version:
            raise Conflict([error("changed_meanwhile", CHANGED)])
        foods = await table_of(actor.school)
        recipe, lines = recipe_of_form(form, foods), lines_of_form(form.ingredients, foods)
        refuse_if([*recipe_findings(recipe), *await taken(actor.school, form.name, but=dish)])
        old = await _version(actor.school, dish, known.version)
        values = _columns(recipe, lines, form.note)
        if all(old[key] == value for key, value in values.items()):
            return int(known.version)
        await _keep_version(actor, dish, known.version + 1, values, now)
        await _update(
            actor.school, dish, {**_heading(recipe), "version": known.version + 1, "changed_at": now}
        )
        before = {"version": known.version, **_told_row(old)}
        after = {"version": known.version + 1, **told(recipe, lines)}
        await record(
            actor, "dishes.change", subject="dish", subject_id=dish, before=before, after=after, now=now
        )
    return int(known.version) + 1


async def copy_dish(actor: Actor, dish: int, form: CopyForm, *, now: datetime) -> int:
    """The school's own dish again under another name, to vary it; returns its id. Raises like add_dish."""
    async with write():
        known = await _dish(actor.school, dish)
        old = await _version(actor.school, dish, known.version)
        name = form.name or await free_name(actor.school, known.name)
        refuse_if(await taken(actor.school, name))
        copy = await keep_copy(actor, {**old, "name": name}, (actor.school, dish), now=now)
        await record(
            actor, "dishes.copy", subject="dish", subject_id=copy, after={"name": name, "from": dish}, now=now
        )
    return copy


async def retire_dish(actor: Actor, dish: int, *, now: datetime) -> None:
    """Take a dish out of use: lists and searches pass it over, menus that used it keep it. Raises Missing."""
    async with write():
        known = await _dish(actor.school, dish)
        if known.retired_at is not None:
            return
        await _update(actor.school, dish, {"retired_at": now, "changed_at": now})
        before = {"name": known.name}
        await record(actor, "dishes.retire", subject="dish", subject_id=dish, before=before, now=now)


async def restore_dish(actor: Actor, dish: int, *, now: datetime) -> None:
    """Bring a retired dish back into use. Raises Missing, and Refused when its name is in use again."""
    async with write():
        known = await _dish(actor.school, dish)
        if known.retired_at is None:
            return
        refuse_if(await taken(actor.school, known.name))
        await _update(actor.school, dish, {"retired_at": None, "changed_at": now})
        after = {"name": known.name}
        await record(actor, "dishes.restore", subject="dish", subject_id=dish, after=after, now=now)


async def set_photo(actor: Actor, dish: int, data: bytes, folder: Path, *, now: datetime) -> None:
    """Show this photo with the dish. Raises Missing, and Refused when it is no photo."""
    await _dish(actor.school, dish)
    stored = await asyncio.to_thread(uploads.store, data, folder)
    if stored.media_type != uploads.JPEG:
        raise Refused([error("photo_format", _("This is not a JPEG, PNG or WebP photo."), "photo")])
    async with write():
        known = await _dish(actor.school, dish)
        await _update(actor.school, dish, {"photo": stored.digest, "changed_at": now})
        before, after = {"photo": known.photo}, {"photo": stored.digest}
        await record(
            actor, "dishes.photo", subject="dish", subject_id=dish, before=before, after=after, now=now
        )


async def photo_of(school: int, dish: int) -> str:
    """The digest of a dish's photo. Raises Missing, also when it has none."""
    known = await _dish(school, dish)
    if not known.photo:
        raise Missing
    return str(known.photo)


async def taken(school: int, name: str, *, but: int = 0) -> list[Any]:
    """`dish_name` when another dish in use has the name."""
    here = (Dish.school == school) & (Dish.spelling == normalised(name)) & Dish.retired_at.is_null()
    if await Dish.exists().where(here & (Dish.id != but)):
        return [error("dish_name", TAKEN, "name")]
    return []


async def free_name(school: int, name: str) -> str:
    """The name, or the name with the first number that is free: 红烧肉2."""
    rows = await Dish.select(Dish.spelling).where((Dish.school == school) & Dish.retired_at.is_null())
    used = {row["spelling"] for row in rows}
    names = (f"{name}{number if number > 1 else ''}" for number in range(1, len(used) + 2))
    return next(free for free in names if normalised(free) not in used)


async def keep_new(
    actor: Actor, recipe: Recipe, lines: tuple[Line, ...], *, note: str = "", now: datetime
) -> int:
    """Step: a dish with its first version; returns its id."""
    return await keep_copy(actor, _columns(recipe, lines, note), None, now=now)


async def keep_copy(
    actor: Actor, version: dict[str, Any], origin: tuple[int, int] | None, *, now: datetime
) -> int:
    """Step: a dish whose first version has these columns; `origin` is the school and dish it comes from."""
    values = {key: version[key] for key in ("name", "kind", "size", "method", "note", "ingredients")}
    names = _names(values["name"])
    head = Dish(
        name=names["name"],
        spelling=names["spelling"],
        sound=names["sound"],
        school=actor.school,
        version=1,
        origin_school=origin[0] if origin else None,
        origin_id=origin[1] if origin else None,
        created_at=now,
        changed_at=now,
        kind=values["kind"],
    )
    await head.save()
    await _keep_version(actor, head.id, 1, values, now)
    return int(head.id)


async def _keep_version(actor: Actor, dish: int, number: int, values: dict[str, Any], now: datetime) -> None:
    await DishVersion.insert(
        DishVersion(
            school=actor.school, dish=dish, number=number, created_by=actor.person, created_at=now, **values
        )
    )


def _columns(recipe: Recipe, lines: tuple[Line, ...], note: str) -> dict[str, Any]:
    return {
        "name": recipe.name,
        "kind": recipe.kind.value,
        "size": recipe.size,
        "method": str(recipe.method),
        "note": note,
        "ingredients": as_json(lines),
    }


def _heading(recipe: Recipe) -> dict[str, Any]:
    return {**_names(recipe.name), "kind": recipe.kind.value}


def _names(name: str) -> dict[str, str]:
    sound = spelled(name)
    return {"name": name, "spelling": normalised(name), "sound": f"{sound.pinyin} {sound.initials}"}


def told(recipe: Recipe, lines: tuple[Line, ...]) -> dict[str, Any]:
    """A recipe as the trail tells it."""
    return {"name": recipe.name, "kind": recipe.kind.value, "ingredients": msgspec.to_builtins(lines)}


def _told_row(row: dict[str, Any]) -> dict[str, Any]:
    lines = msgspec.to_builtins(lines_of(row["ingredients"]))
    return {"name": row["name"], "kind": row["kind"], "ingredients": lines}


async def _dish(school: int, dish: int) -> Dish:
    found: Dish | None = await Dish.objects().where((Dish.school == school) & (Dish.id == dish)).first()
    if found is None:
        raise Missing
    return found


async def _version(school: int, dish: int, number: int) -> dict[str, Any]:
    here = (DishVersion.school == school) & (DishVersion.dish == dish) & (DishVersion.number == number)
    found: dict[str, Any] | None = await DishVersion.select().where(here).first()
    if found is None:
        raise Missing
    return found


async def _update(school: int, dish: int, values: dict[str, Any]) -> None:
    await Dish.update(values).where((Dish.school == school) & (Dish.id == dish))  # type: ignore[arg-type]
