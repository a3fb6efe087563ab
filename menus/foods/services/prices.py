"""Typed prices: what a food costs a kilogram as bought, from a day on. Nothing is overwritten."""

from datetime import date, datetime
from typing import Any

from canteen.accounts.services.trail import record
from canteen.kit.actor import Actor
from canteen.kit.db import write
from canteen.kit.problems import Missing
from menus.foods.forms import PriceForm
from menus.foods.services.table import table_of
from menus.foods.tables import FoodPrice

# Every board asks this, and prices are typed for years: it steps through the index from food to food and
# takes the last row of each, so that the rows before it are never read.
LATEST = """
WITH RECURSIVE foods(code) AS (
  SELECT MIN(food_code) FROM menus_food_price WHERE school = {}
  UNION ALL
  SELECT (SELECT MIN(food_code) FROM menus_food_price WHERE school = {} AND food_code > foods.code)
  FROM foods WHERE foods.code IS NOT NULL
)
SELECT foods.code AS code, (
  SELECT fen_per_kg FROM menus_food_price
  WHERE school = {} AND food_code = foods.code AND from_day <= {}
  ORDER BY from_day DESC, id DESC LIMIT 1
) AS fen
FROM foods WHERE foods.code IS NOT NULL
"""


async def set_price(actor: Actor, code: str, form: PriceForm, *, now: datetime) -> None:
    """From that day on a kilogram costs so much. Raises Missing when there is no such food."""
    async with write():
        if (await table_of(actor.school)).get(code) is None:
            raise Missing
        before = (await prices_on(actor.school, form.from_day)).get(code)
        row = await _keep(actor.school, code, form, now=now)
        await record(
            actor,
            "foods.price",
            subject="food_price",
            subject_id=row,
            before={"fen_per_kg": before} if before else None,
            after={"food_code": code, "fen_per_kg": form.fen_per_kg, "from_day": form.from_day},
            now=now,
        )


async def _keep(school: int, code: str, form: PriceForm, *, now: datetime) -> int:
    row = FoodPrice(
        school=school, food_code=code, from_day=form.from_day, fen_per_kg=form.fen_per_kg, created_at=now
    )
    kept = await FoodPrice.insert(row).returning(FoodPrice.id)
    return int(kept[0]["id"])


async def prices_on(school: int, day: date) -> dict[str, int]:
    """Fen per kilogram by food code, as they hold on that day."""
    rows = await FoodPrice.raw(LATEST, school, school, school, day)
    return {row["code"]: row["fen"] for row in rows if row["fen"] is not None}


async def price_history(school: int, code: str) -> list[dict[str, Any]]:
    """All prices typed for a food, the latest day first."""
    return (
        await FoodPrice.select(FoodPrice.from_day, FoodPrice.fen_per_kg, FoodPrice.created_at)
        .where((FoodPrice.school == school) & (FoodPrice.food_code == code))
        .order_by(FoodPrice.from_day, FoodPrice.id, ascending=False)
    )
