"""The figures beside a recipe while it is typed: nothing is kept and nothing refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from canteen.kit.problems import Finding
from canteen.kit.sheets import Unreadable, as_grams
from menus.dishes.forms import Draft
from menus.dishes.rules import Helping, Ingredient, Kind, Recipe, food_named, helping_of, recipe_findings
from menus.foods.rules import Food, FoodTable
from menus.foods.services import prices_on, table_of

CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Look:
    """What a draft would be; `candidates` pairs a name the table lacks with the foods that come nearest."""

    recipe: Recipe
    helping: Helping
    findings: Sequence[Finding]
    candidates: Sequence[tuple[str, Sequence[Food]]]


async def look_at(school: int, draft: Draft, *, today: date) -> Look:
    """The figures of what is typed so far; lines without a weight that can be read are passed over."""
    foods = await table_of(school)
    prices: Mapping[str, int] = await prices_on(school, today)
    recipe = Recipe(draft.name, _kind(draft.kind), _ingredients(draft, foods))
    return Look(
        recipe=recipe,
        helping=helping_of(recipe, prices),
        findings=[f for f in recipe_findings(recipe) if f.rule != "unknown_ingredient"],
        candidates=[(name, foods.candidates(name, CANDIDATES)) for name in _unknown(draft, foods)],
    )


async def suggest_foods(school: int, typed: str, *, limit: int = 8) -> list[Food]:
    """Foods whose name, alias or pinyin answers what is typed; banned ones are not offered."""
    if not typed.strip():
        return []
    found = (await table_of(school)).search(typed)
    return [food for food in found if food.banned != "ban"][:limit]


def _kind(word: str) -> Kind:
    return Kind(word) if word in list(Kind) else Kind.VEGETABLE


def _ingredients(draft: Draft, foods: FoodTable) -> tuple[Ingredient, ...]:
    lines = ((line.name, _milligrams(line.grams)) for line in draft.ingredients if line.name)
    return tuple(Ingredient(name, weight, food_named(name, foods)) for name, weight in lines if weight)


def _unknown(draft: Draft, foods: FoodTable) -> list[str]:
    """Names the table lacks, each once, whether or not the weight beside them can be read."""
    names = dict.fromkeys(line.name for line in draft.ingredients if line.name and line.grams)
    return [name for name in names if food_named(name, foods) is None]


def _milligrams(typed: Any) -> int:
    try:
        return round(as_grams(typed) * 1000) if typed else 0
    except Unreadable:
        return 0
