"""What a planner types, understood: one line as a dish, a half-typed dish judged on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from canteen.kit.problems import Finding, error, refuse_if
from canteen.kit.texts import _
from menus.dishes.rules import Cost
from menus.foods.rules import Food
from menus.foods.services import prices_on
from menus.weeks.forms import DishForm, half_typed, read_dish, read_ingredients
from menus.weeks.rules import Dish, DishVerdict, Kind, Meal, MealName, Nutrients, size_of
from menus.weeks.rules.verdict import judge_meal
from menus.weeks.services.drafts import form_of
from menus.weeks.services.known import dish_named
from menus.weeks.services.policy import policy_on
from menus.weeks.services.sheet import Larder, larder_of, week_sheet
from menus.weeks.services.steps import labelled
from menus.weeks.services.verdict import head

MOST_CANDIDATES = 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """A dish as far as it is typed: judged, with the names nobody knows and what it costs per head."""

    verdict: DishVerdict
    nutrients: Nutrients
    findings: Sequence[Finding]
    label: str
    cost: Cost | None
    unknown: Mapping[str, Sequence[Food]]


async def dish_from_line(school: int, week: int, text: str) -> DishForm:
    """`青椒肉丝` by what is known of it, or `青椒肉丝: 青椒 60, 猪肉 70`. Raises Refused."""
    name, ingredients = read_dish(text)
    if not name:
        refuse_if([error("missing", _("Type the dish's name first."), "dish")])
    if ingredients:
        return DishForm(name, tuple(ingredients))
    of = await head(school, week)
    return await dish_named(school, name, of.age, of.first_day) or DishForm(name)


async def dish_with_line(school: int, week: int, dish: int, text: str) -> DishForm:
    """A stored dish with other ingredients. Raises Missing, Refused."""
    _meal, stored = (await week_sheet(school, week)).dish(dish)
    form = form_of(stored)
    codes = {line.name: line.food_code for line in form.ingredients}
    lines = (replace(line, food_code=codes.get(line.name)) for line in read_ingredients(text))
    return replace(form, ingredients=tuple(lines))


async def sketch(school: int, week: int, typed: Mapping[str, Any]) -> Sketch:
    """The verdict on a dish that is still being typed; what cannot be read yet is passed over."""
    day = (await head(school, week)).first_day
    larder = await larder_of(school, await prices_on(school, day))
    form = half_typed(typed)
    label, kind = labelled(form, larder)
    dish = _value(form, label, kind, larder)
    judged = judge_meal(Meal(day, MealName.LUNCH, (dish,)), await policy_on(school, day), {})
    fen, unpriced = larder.cost(dish.ingredients)
    unknown = {
        i.name: larder.foods.candidates(i.name, MOST_CANDIDATES) for i in dish.ingredients if not i.food
    }
    return Sketch(
        verdict=judged.dishes[0],
        nutrients=dish.nutrients,
        findings=[f for f in judged.findings if "dish" in f.facts and f.rule != "unknown_ingredient"],
        label=label,
        cost=None if fen is None else Cost(fen, unpriced),
        unknown=unknown,
    )


def _value(form: DishForm, label: str, kind: Kind, larder: Larder) -> Dish:
    ingredients = tuple(larder.ingredient(i.name, i.milligrams, i.food_code) for i in form.ingredients)
    return Dish(form.name, kind, ingredients, label, size_of(label), form.method)
