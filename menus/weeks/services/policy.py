"""What a school asks of its menus: its policies on a day as the rules take them."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from canteen.schools.services.policies import values_by_day
from menus.weeks.rules import DEFAULT_PRESET, PRESETS, Composition, MealName, Policy

COST_KEYS = {meal: f"{meal}_most_fen" for meal in (MealName.BREAKFAST, MealName.LUNCH, MealName.DINNER)}
GREEN_BREAKFAST = "staple_egg_or_milk_and_green"
KEYS = (
    "menu_composition",
    "breakfast_composition",
    "meat_share_percent",
    "eggs_are_meat",
    "strict_meat_share",
    *COST_KEYS.values(),
)


async def policy_on(school: int, day: date) -> Policy:
    """The policy that holds on a day."""
    return (await policies_by_day(school, [day]))[day]


async def policies_by_day(school: int, days: Collection[date]) -> dict[date, Policy]:
    """The policy that holds on each of these days."""
    held = await values_by_day(school, KEYS, days)
    return {day: policy_from(values) for day, values in held.items()}


def policy_from(held: Mapping[str, Any]) -> Policy:
    """Policies by key (canteen.schools.rules) as one value."""
    bounds = {meal: held[key] for meal, key in COST_KEYS.items()}
    return Policy(
        composition=composition_from(held["menu_composition"]),
        meat_share=Fraction(held["meat_share_percent"], 100),
        eggs_are_meat=held["eggs_are_meat"],
        strict=held["strict_meat_share"],
        breakfast_greens=held["breakfast_composition"] == GREEN_BREAKFAST,
        most_fen={meal: fen for meal, fen in bounds.items() if fen is not None},
    )


def composition_from(value: Any) -> Composition:
    """A preset by name, or the school's own counts."""
    return Composition(**value) if isinstance(value, Mapping) else PRESETS.get(value, PRESETS[DEFAULT_PRESET])
