"""What must hold before a recipe is kept, and what is only pointed out.

A banned food or a cold dish is refused (hazards.py, with its source); an unknown ingredient or a share under
the half is said and kept, for a 小荤 is one of the dishes a school may publish and a name may be mapped later
(practice.md 18).
"""

from collections.abc import Iterator
from dataclasses import replace

from canteen.kit.problems import Finding, error, warning
from canteen.kit.texts import _
from menus.dishes.rules.hazards import hazard_findings
from menus.dishes.rules.share import LEAST, reaches, share_of, shown
from menus.dishes.rules.values import Kind, Recipe
from menus.foods.rules import normalised


def recipe_findings(recipe: Recipe) -> list[Finding]:
    """Everything to say about a recipe; `at` names the form's field."""
    return [
        *_twice(recipe),
        *(replace(finding, at=_field(finding, recipe)) for finding in hazard_findings(recipe)),
        *_unknown(recipe),
        *_share(recipe),
    ]


def _twice(recipe: Recipe) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, ingredient in enumerate(recipe.ingredients):
        name = normalised(ingredient.known_name)
        if name in seen:
            text = _("{food} is listed twice.")
            yield error("ingredient_twice", text, f"ingredients.{place}.name", food=ingredient.known_name)
        seen.add(name)


def _field(finding: Finding, recipe: Recipe) -> str:
    """The ingredient that a hazard names, else the dish's name."""
    names = [ingredient.name for ingredient in recipe.ingredients]
    food = finding.facts.get("food")
    return f"ingredients.{names.index(food)}.name" if food in names else "name"


def _unknown(recipe: Recipe) -> Iterator[Finding]:
    for place, ingredient in enumerate(recipe.ingredients):
        if ingredient.food is None:
            text = _("{food} is not in the table of foods: the figures are incomplete.")
            at = f"ingredients.{place}.name"
            yield warning("unknown_ingredient", text, at, food=ingredient.name)


def _share(recipe: Recipe) -> Iterator[Finding]:
    if recipe.kind is not Kind.MEAT or reaches(recipe.ingredients):
        return
    percent = shown(share_of(recipe.ingredients) * 100, LEAST * 100, 1)
    text = _("Meat is {percent}% of the main ingredients; under {least}% it does not count as a meat dish.")
    yield warning("meat_share", text, percent=percent, least=float(LEAST * 100))
