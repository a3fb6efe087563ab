"""What a row of figures must hold before it is taken into the table.

Source of the sums: per 100 g edible, protein, fat and carbohydrate cannot weigh more than the food;
carbohydrate by difference includes fibre (FAO Food and Nutrition Paper 77, 2003); fat carries 9 kcal a gram.
"""

import re
from collections.abc import Iterable

from canteen.kit.names import normalised
from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from menus.foods.rules.food import ALLERGENS, ANIMAL, BANNED, GROUPS, Food

SEASON = re.compile(r"(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?(;(1[0-2]|[1-9])(-(1[0-2]|[1-9]))?)*")
MOST_KCAL = 905


def check_food(food: Food) -> list[Finding]:
    """Everything that is wrong with one row; `at` names the field."""
    return [*_vocabulary(food), *_text(food), *_sums(food)]


def _text(food: Food) -> list[Finding]:
    found = []
    if not normalised(food.name):
        found.append(error("food_name", _("A food needs a name."), "name"))
    if not 0 < food.edible_pct <= 100:
        found.append(error("edible_share", _("The edible share is above 0 and at most 100%."), "edible_pct"))
    if food.season and not SEASON.fullmatch(food.season):
        found.append(error("season", _("Write months such as 3-5;9-11."), "season"))
    return found


def _vocabulary(food: Food) -> list[Finding]:
    coded = {"group": (food.group, GROUPS), "animal": (food.animal, ANIMAL), "banned": (food.banned, BANNED)}
    found = [
        error("not_one_of", _("Choose one of the list."), field)
        for field, (value, known) in coded.items()
        if value not in known
    ]
    if strange := sorted(food.allergens - ALLERGENS.keys()):
        found.append(error("allergen", _("Unknown allergens: {allergens}"), "allergens", allergens=strange))
    return found


def _sums(food: Food) -> list[Finding]:
    figures = food.nutrients
    found = [
        error("negative", _("A figure is 0 or more; leave it blank when unknown."), f"nutrients.{key}")
        for key, figure in figures.items()
        if figure is not None and figure < 0
    ]
    if sum(figures.get(key) or 0 for key in ("protein_g", "fat_g", "carbohydrate_g")) > 101:
        text = _("Protein, fat and carbohydrate together weigh more than 100 g.")
        found.append(error("over_100_g", text, "nutrients.carbohydrate_g"))
    fiber, carbohydrate = figures.get("fiber_g"), figures.get("carbohydrate_g")
    if fiber is not None and carbohydrate is not None and fiber > carbohydrate:
        text = _("Fibre is part of carbohydrate and cannot be more.")
        found.append(error("fibre", text, "nutrients.fiber_g"))
    if (figures.get("energy_kcal") or 0) > MOST_KCAL:
        text = _("No food has more than {most} kcal in 100 g.")
        found.append(error("energy", text, "nutrients.energy_kcal", most=MOST_KCAL))
    return found


def names_taken(food: Food, others: Iterable[Food]) -> list[Finding]:
    """Names of this food that another one of the school's own already has: a name leads to one food only."""
    owners = {
        normalised(name): other.name for other in others for name in other.names if other.code != food.code
    }
    taken = [(name, owners[normalised(name)]) for name in food.names if normalised(name) in owners]
    text = _("The name {name} already belongs to {other}.")
    return [
        error("name_taken", text, "name" if name == food.name else "aliases", name=name, other=other)
        for name, other in taken
    ]
