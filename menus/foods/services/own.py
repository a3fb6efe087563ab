"""A school's own foods, and its own figures for shipped ones."""

from datetime import datetime

from msgspec.structs import asdict

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Missing, refuse_if
from menus.foods.forms import FoodForm
from menus.foods.rules import Food, FoodTable, check_food, listed, names_taken, shipped
from menus.foods.services.table import columns_of, table_of
from menus.foods.tables import OwnFood


async def add_food(actor: Actor, form: FoodForm, *, now: datetime) -> Food:
    """Add a food of the school's own. Raises Refused when the row or one of its names cannot stand."""
    async with write():
        table = await table_of(actor.school)
        food = food_of_form(form, next_code(table))
        refuse_if([*check_food(food), *names_taken(food, own_foods(table))])
        row = await keep_food(actor.school, food, now=now)
        await record(actor, "foods.add", subject="food", subject_id=row, after=columns_of(food), now=now)
    return food


async def change_food(actor: Actor, code: str, form: FoodForm, *, now: datetime) -> Food:
    """Give a food the school's own figures; a shipped one keeps its code and its names beside the new ones.

    Raises Missing, and Refused like add_food.
    """
    async with write():
        table = await table_of(actor.school)
        if (known := table.get(code)) is None:
            raise Missing
        food = food_of_form(form, code)
        refuse_if([*check_food(food), *names_taken(food, own_foods(table))])
        row = await keep_food(actor.school, food, now=now)
        before, after = columns_of(known), columns_of(food)
        await record(
            actor, "foods.change", subject="food", subject_id=row, before=before, after=after, now=now
        )
    return food


def food_of_form(form: FoodForm, code: str) -> Food:
    """The form as a food of that code."""
    return Food(
        code=code,
        name=form.name,
        aliases=listed(form.aliases),
        group=form.group,
        animal=form.animal,
        edible_pct=form.edible_pct,
        nutrients=asdict(form.nutrients),
        allergens=frozenset(form.allergens),
        season=form.season,
        banned=form.banned,
        source=form.source,
        match="own",
        note=form.note,
    )


def own_foods(table: FoodTable) -> list[Food]:
    """The rows of a table that are not the shipped ones."""
    return [food for food in table if shipped().get(food.code) != food]


def next_code(table: FoodTable) -> str:
    """The first free code for an own food: S001, S002, …"""
    numbers = [int(food.code[1:]) for food in table if food.code.startswith("S")]
    return f"S{max(numbers, default=0) + 1:03d}"


async def keep_food(school: int, food: Food, *, now: datetime) -> int:
    """A step: write the row, new or over the one of the same code. Returns its id."""
    values = {**columns_of(food), "changed_at": now}
    mine = (OwnFood.school == school) & (OwnFood.code == food.code)
    kept = await OwnFood.update(values).where(mine).returning(OwnFood.id)  # type: ignore[arg-type]
    if not kept:
        kept = await OwnFood.insert(OwnFood(school=school, **values)).returning(OwnFood.id)
    return int(kept[0]["id"])
