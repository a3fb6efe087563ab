"""The table a school cooks by: the shipped one with the school's own rows and names over it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from canteen.kit.pages import Listing
from canteen.kit.problems import Missing
from menus.foods.rules import Food, FoodTable, shipped
from menus.foods.tables import FoodName, OwnFood


async def table_of(school: int) -> FoodTable:
    """The table of a school, as it stands now (two small queries)."""
    own = await OwnFood.select().where(OwnFood.school == school).order_by(OwnFood.id)
    names = await FoodName.select(FoodName.spelling, FoodName.food_code).where(FoodName.school == school)
    return shipped().overlaid(map(food_of_row, own), {n["spelling"]: n["food_code"] for n in names})


def food_of_row(row: Mapping[str, Any]) -> Food:
    """A row of menus_food as the value that rules work with."""
    return Food(
        code=row["code"],
        name=row["name"],
        aliases=tuple(msgspec.json.decode(row["aliases"])),
        group=row["group"],
        animal=row["animal"],
        edible_pct=row["edible_permille"] / 10,
        nutrients=msgspec.json.decode(row["figures"], type=dict[str, float | None]),
        allergens=frozenset(msgspec.json.decode(row["allergens"])),
        season=row["season"],
        banned=row["banned"],
        source=row["source"],
        match=row["match"],
        note=row["note"],
    )


def columns_of(food: Food) -> dict[str, Any]:
    """The value as columns of menus_food."""
    return {
        "code": food.code,
        "name": food.name,
        "aliases": _json(food.aliases),
        "group": food.group,
        "animal": food.animal,
        "edible_permille": round(food.edible_pct * 10),
        "figures": _json(food.nutrients),
        "allergens": _json(sorted(food.allergens)),
        "season": food.season,
        "banned": food.banned,
        "source": food.source,
        "match": food.match,
        "note": food.note,
    }


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


async def find_food(school: int, code: str) -> Food:
    """The food of that code. Raises Missing."""
    food = (await table_of(school)).get(code)
    if food is None:
        raise Missing
    return food


async def search_foods(school: int, asked: Listing) -> tuple[list[Food], str | None]:
    """One page of the foods that answer the search, best first, and the cursor of the next page."""
    found = await all_foods(school, asked)
    start = asked.after if isinstance(asked.after, int) and asked.after > 0 else 0
    return asked.cut(found[start : start + asked.limit + 1], lambda _food: start + asked.limit)


async def all_foods(school: int, asked: Listing) -> list[Food]:
    """All foods that answer the search, best first. Filters: group, banned, own."""
    wanted = asked.filters
    return [
        food
        for food in (await table_of(school)).search(asked.q)
        if wanted.get("group", food.group) == food.group
        and wanted.get("banned", food.banned) == food.banned
        and ("own" not in wanted or is_own(food))
    ]


def is_own(food: Food) -> bool:
    """Whether the figures are the school's own and not the shipped ones."""
    return shipped().get(food.code) != food
