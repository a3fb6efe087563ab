"""A recipe's line as it is kept, and the ingredient it becomes for an age band."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from menus.dishes.rules.ages import Age, milligrams_at
from menus.dishes.rules.ingredients import Ingredient, food_named
from menus.foods.rules import FoodTable


@dataclass(frozen=True, slots=True)
class Line:
    """One food of a recipe: its name as typed, its code when the table knew it, raw milligrams at 9-11.

    `own` holds the raw milligrams of the bands that do not follow the factor.
    """

    name: str
    food_code: str | None
    milligrams: int
    own: Mapping[Age, int] = field(default_factory=dict)

    def at(self, age: Age) -> int:
        """Raw milligrams per head of a band."""
        return milligrams_at(age, self.milligrams, self.own)


def ingredients_at(lines: Iterable[Line], age: Age, foods: FoodTable) -> tuple[Ingredient, ...]:
    """The lines as ingredients of one helping; a name mapped since the recipe was kept is known now."""
    return tuple(
        Ingredient(line.name, line.at(age), foods.get(line.food_code or "") or food_named(line.name, foods))
        for line in lines
    )
