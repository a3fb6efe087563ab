"""Typed prices: what a food costs a kilogram as bought, from a day on. Nothing is overwritten."""

from collections.abc import Collection
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
# takes the last row of each (or those typed since), so that the rows before it are never read.
FOODS = """
WITH RECURSIVE foods(code) AS (
  SELECT MIN(food_code) FROM menus_food_price WHERE school = {}
  UNION ALL
  SELECT (SELECT MIN(food_code) FROM menus_food_price WHERE school = {} AND food_code > foods.code)
  FROM foods WHERE foods.code IS NOT NULL
)
"""
LATEST = """
SELECT foods.code AS code, (
  SELECT fen_per_kg FROM menus_food_price
  WHERE school = {} AND food_code = foods.code AND from_day <= {}
  ORDER BY from_day DESC, id DESC LIMIT 1
) AS fen
FROM foods WHERE foods.code IS NOT NULL
"""
SINCE = """
SELECT typed.food_code AS code, typed.from_day AS day, typed.fen_per_kg AS fen
FROM foods JOIN menus_food_price AS typed
  ON typed.school = {} AND typed.food_code = foods.code AND typed.from_day > {} AND typed.from_day <= {}
ORDER BY typed.from_day, typed.id
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
    return (await prices_by_day(school, [day]))[day]


async def prices_by_day(school: int, days: Collection[date]) -> dict[date, dict[str, int]]:
    """The same on each of these days: what held on the first, and what was typed from then to the last."""
    if not days:
        return {}
    first, last = min(days), max(days)
    rows = await FoodPrice.raw(FOODS + LATEST, school, school, school, first)
    held = {row["code"]: row["fen"] for row in rows if row["fen"] is not None}
    since = await _typed_since(school, first, last) if first < last else []
    return {day: held | {row["code"]: row["fen"] for row in since if row["day"] <= day} for day in days}


async def _typed_since(school: int, first: date, last: date) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await FoodPrice.raw(FOODS + SINCE, school, school, school, first, last)
    return rows


async def price_history(school: int, code: str) -> list[dict[str, Any]]:
    """All prices typed for a food, the latest day first."""
    return (
        await FoodPrice.select(FoodPrice.from_day, FoodPrice.fen_per_kg, FoodPrice.created_at)
        .where((FoodPrice.school == school) & (FoodPrice.food_code == code))
        .order_by(FoodPrice.from_day, FoodPrice.id, ascending=False)
    )
