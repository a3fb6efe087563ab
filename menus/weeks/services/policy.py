"""What a school asks of its menus: its policies on a day as the rules take them."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from canteen.schools.services.policies import values_on
from menus.weeks.rules import DEFAULT_PRESET, PRESETS, Composition, MealName, Policy

COST_KEYS = {meal: f"{meal}_most_fen" for meal in (MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER)}
KEYS = (
    "menu_composition",
    "meat_share_percent",
    "eggs_are_meat",
    "strict_meat_share",
    *COST_KEYS.values(),
)


async def policy_on(school: int, day: date, meals: Collection[MealName] = ()) -> Policy:
    """The policy that holds on a day; the cost of a day is bounded when each of its `meals` is."""
    return policy_from(await values_on(school, KEYS, day), meals)


def policy_from(held: Mapping[str, Any], meals: Collection[MealName]) -> Policy:
    """Policies by key (canteen.schools.rules) as one value."""
    bounds = [held[COST_KEYS[meal]] for meal in meals if meal in COST_KEYS]
    bounded = bounds and all(bound is not None for bound in bounds)
    return Policy(
        composition=composition_from(held["menu_composition"]),
        meat_share=Fraction(held["meat_share_percent"], 100),
        eggs_are_meat=held["eggs_are_meat"],
        strict=held["strict_meat_share"],
        most_fen=sum(bounds) if bounded else None,
    )


def composition_from(value: Any) -> Composition:
    """A preset by name, or the school's own counts."""
    return Composition(**value) if isinstance(value, Mapping) else PRESETS.get(value, PRESETS[DEFAULT_PRESET])
