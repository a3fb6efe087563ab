"""Names a school uses, led to foods once for good."""

from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Refused, error
from canteen.kit.texts import _
from menus.foods.forms import NameForm
from menus.foods.rules import normalised
from menus.foods.services.table import table_of
from menus.foods.tables import FoodName


async def name_food(actor: Actor, form: NameForm, *, now: datetime) -> None:
    """From now on this name means that food. Raises Refused when there is no such food."""
    async with write():
        meant = (await table_of(actor.school)).find(form.name)
        row = await keep_name(actor.school, form, now=now)
        await record(
            actor,
            "foods.name",
            subject="food_name",
            subject_id=row,
            before={"food_code": meant.code} if meant else None,
            after={"name": form.name, "food_code": form.food_code},
            now=now,
        )


async def keep_name(school: int, form: NameForm, *, now: datetime) -> int:
    """The name alone, within the caller's write, who records it; its row.

    Raises Refused when there is no such food.
    """
    if (await table_of(school)).get(form.food_code) is None:
        raise Refused([error("no_such_food", _("Choose a food of the table."), "food_code")])
    spelling = normalised(form.name)
    mine = (FoodName.school == school) & (FoodName.spelling == spelling)
    values: dict[Any, Any] = {"name": form.name, "food_code": form.food_code}
    kept = await FoodName.update(values).where(mine).returning(FoodName.id)
    if not kept:
        row = FoodName(school=school, spelling=spelling, created_at=now, **values)
        kept = await FoodName.insert(row).returning(FoodName.id)
    return int(kept[0]["id"])


async def names_of(school: int) -> list[dict[str, Any]]:
    """The school's own names with their food codes, newest first."""
    return (
        await FoodName.select(FoodName.name, FoodName.food_code, FoodName.created_at)
        .where(FoodName.school == school)
        .order_by(FoodName.id, ascending=False)
    )
