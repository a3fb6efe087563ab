"""Names a school uses, led to foods once for good."""

from datetime import datetime
from typing import Any

from canteen.accounts.services.trail import record

from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import error, refuse_if
from canteen.kit.texts import _
from menus.foods.forms import NameForm
from menus.foods.rules import normalised
from menus.foods.services.table import table_of
from menus.foods.tables import FoodName


async def name_food(actor: Actor, form: NameForm, *, now: datetime) -> None:
    """From now on this name means that food. Raises Refused when there is no such food."""
    async with write():
        table = await table_of(actor.school)
        food, before = table.get(form.food_code), table.find(form.name)
        if food is None:
            refuse_if([error("no_such_food", _("Choose a food of the table."), "food_code")])
        await _keep(actor.school, form, now=now)
        await record(
            actor,
            "foods.name",
            subject="food_name",
            subject_id=form.name,
            before={"food_code": before.code} if before else None,
            after={"food_code": form.food_code},
            now=now,
        )


async def _keep(school: int, form: NameForm, *, now: datetime) -> None:
    spelling = normalised(form.name)
    mine = (FoodName.school == school) & (FoodName.spelling == spelling)
    if await FoodName.exists().where(mine):
        await FoodName.update({FoodName.food_code: form.food_code, FoodName.name: form.name}).where(mine)
    else:
        await FoodName(
            school=school, spelling=spelling, name=form.name, food_code=form.food_code, created_at=now
        ).save()


async def names_of(school: int) -> list[dict[str, Any]]:
    """The school's own names with their food codes, newest first."""
    return (
        await FoodName.select(FoodName.name, FoodName.food_code, FoodName.created_at)
        .where(FoodName.school == school)
        .order_by(FoodName.id, ascending=False)
    )
