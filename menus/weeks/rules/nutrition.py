"""Energy and nutrients of a week.

Rule: the supply is judged by the week; the mean per day meets the standard, energy at 90 to 110%, protein at
80 to 120%; fat brings 20 to 30% and carbohydrate 50 to 65% of the energy. Meals carry their part of a day:
breakfast 25 to 30%, lunch 35 to 40%, dinner 30 to 35%. A mixed class takes the mean of boys and girls.
Source: WS/T 554-2017 (limits.py). Never an error: a menu may keep the district's rule and miss the guideline
(domain.md, decision 2).
"""

import re
from collections.abc import Iterator, Mapping

from canteen.kit.problems import Finding, Level
from canteen.kit.texts import _
from menus.dishes.rules import Nutrients
from menus.weeks.rules.days import Day, mean
from menus.weeks.rules.limits import Limits, apart
from menus.weeks.rules.values import Age

LOW = {
    "energy": _("Energy: {found} kcal a day, at least {least} is asked of these meals"),
    "protein": _("Protein: {found} g a day, at least {least} is asked of these meals"),
    "fat_share": _("Fat brings {found}% of the energy, at least {least}% is asked"),
    "carbohydrate_share": _("Carbohydrate brings {found}% of the energy, at least {least}% is asked"),
    "calcium": _("Calcium: {found} mg a day, at least {least} is asked of these meals"),
    "iron": _("Iron: {found} mg a day, at least {least} is asked of these meals"),
    "zinc": _("Zinc: {found} mg a day, at least {least} is asked of these meals"),
    "vitamin_a": _("Vitamin A: {found} µg a day, at least {least} is asked of these meals"),
    "vitamin_b1": _("Vitamin B1: {found} mg a day, at least {least} is asked of these meals"),
    "vitamin_b2": _("Vitamin B2: {found} mg a day, at least {least} is asked of these meals"),
    "vitamin_c": _("Vitamin C: {found} mg a day, at least {least} is asked of these meals"),
}
HIGH = {
    "energy": _("Energy: {found} kcal a day, at most {most} is asked of these meals"),
    "protein": _("Protein: {found} g a day, at most {most} is asked of these meals"),
    "fat_share": _("Fat brings {found}% of the energy, at most {most}% is asked"),
    "carbohydrate_share": _("Carbohydrate brings {found}% of the energy, at most {most}% is asked"),
}
MICRO: Mapping[str, str] = {
    "calcium": "calcium_mg",
    "iron": "iron_mg",
    "zinc": "zinc_mg",
    "vitamin_a": "vitamin_a_ug_rae",
    "vitamin_b1": "vitamin_b1_mg",
    "vitamin_b2": "vitamin_b2_mg",
    "vitamin_c": "vitamin_c_mg",
}
WHOLE = re.compile(r"\.0+$")
KCAL_PER_GRAM_FAT, KCAL_PER_GRAM_CARBOHYDRATE = 9, 4


def nutrition_findings(days: list[Day], supply: Nutrients, age: Age, limits: Limits) -> list[Finding]:
    """What the mean day's supply misses of the standard; nothing for a menu without a main meal."""
    lower = mean(day.shares(limits)[0] for day in days)
    upper = mean(day.shares(limits)[1] for day in days)
    if upper == 0:
        return []
    needs = limits.bands[age].needs
    return [
        *_main_findings(supply, needs, (lower, upper), limits),
        *_energy_shares(supply, limits),
        *_micro_findings(supply, needs, lower),
    ]


def _main_findings(
    supply: Nutrients, needs: Mapping[str, float], shares: tuple[float, float], limits: Limits
) -> Iterator[Finding]:
    bounds = {
        "energy": ("energy_kcal", limits.energy_margin),
        "protein": ("protein_g", limits.protein_margin),
    }
    for rule, (key, margin) in bounds.items():
        band = (margin[0] * shares[0] * needs[key], margin[1] * shares[1] * needs[key])
        yield from _judged(rule, supply.amounts[key], band, _level(supply, key), 0)


def _energy_shares(supply: Nutrients, limits: Limits) -> Iterator[Finding]:
    energy = supply.amounts["energy_kcal"]
    if energy == 0:
        return
    parts = {
        "fat_share": ("fat_g", KCAL_PER_GRAM_FAT, limits.fat_share),
        "carbohydrate_share": ("carbohydrate_g", KCAL_PER_GRAM_CARBOHYDRATE, limits.carbohydrate_share),
    }
    for rule, (key, kcal, (least, most)) in parts.items():
        percent = supply.amounts[key] * kcal / energy * 100
        yield from _judged(rule, percent, (least * 100, most * 100), Level.ADVICE, 1)


def _micro_findings(supply: Nutrients, needs: Mapping[str, float], lower: float) -> Iterator[Finding]:
    for rule, key in MICRO.items():
        digits = 2 if needs[key] < 10 else 1 if needs[key] < 100 else 0
        band = (lower * needs[key], float("inf"))
        yield from _judged(rule, supply.amounts[key], band, Level.ADVICE, digits)


def _judged(
    rule: str, found: float, band: tuple[float, float], level: Level, digits: int
) -> Iterator[Finding]:
    """A finding when the figure is outside the band; a hair of float error is not."""
    least, most = band
    if found < least - 1e-9:
        yield Finding(rule, level, LOW[rule], _told(found, least, digits, "least"))
    elif found > most + 1e-9:
        yield Finding(rule, level, HIGH[rule], _told(found, most, digits, "most"))


def _told(found: float, bound: float, digits: int, key: str) -> dict[str, str]:
    figure, limit = apart(found, bound, digits)
    return {"found": WHOLE.sub("", figure), key: WHOLE.sub("", limit)}


def _level(supply: Nutrients, key: str) -> Level:
    """A warning, but advice where figures are missing and the sum is only what is known."""
    return Level.ADVICE if key in supply.incomplete else Level.WARNING
