"""Energy, protein, fat and carbohydrate of days and week beside the bands of the standard.

Source of the bands: WS/T 554-2017 (menus/weeks/rules/limits.py); a day's meals carry their part of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from canteen.kit.texts import _, say
from menus.dishes.rules import Nutrients, total
from menus.weeks.rules import Age, Verdict
from menus.weeks.rules.days import Day, mean
from menus.weeks.rules.limits import Limits, limits_on
from menus.weeks.rules.nutrition import KCAL_PER_GRAM_CARBOHYDRATE, KCAL_PER_GRAM_FAT

STAR = "*"
Band = tuple[float, float]
MAIN = ("energy_kcal", "protein_g", "fat_g", "carbohydrate_g")

ENERGY = _("Energy {found} kcal (due {least}–{most})")
PROTEIN = _("Protein {found} g (due {least}–{most})")
FAT = _("Fat {found} g, {percent}% of energy (due {least}–{most}%)")
CARBOHYDRATE = _("Carbohydrate {found} g, {percent}% of energy (due {least}–{most}%)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure against its band: grams or kcal, and where the band is of the energy its percent."""

    message: str
    amount: float
    percent: float | None
    band: Band
    incomplete: bool

    def text(self, lang: str) -> str:
        """`能量 812 千卡（应643～847）`; a star where the sum lacks unknown figures."""
        star = STAR if self.incomplete else ""
        least, most = (f"{bound:.0f}" for bound in self.band)
        facts: dict[str, Any] = {"found": f"{self.amount:.0f}{star}", "least": least, "most": most}
        if self.percent is not None:
            facts["percent"] = f"{self.percent:.0f}{star}"
        return say(lang, self.message, **facts)

    def judged(self, lang: str) -> str:
        """The same with the words 偏低 or 偏高 where it is outside the band, as the week is judged."""
        found, (least, most) = self.amount if self.percent is None else self.percent, self.band
        low, high = found < least - 1e-9, found > most + 1e-9
        tone = say(lang, _(" (low)")) if low else say(lang, _(" (high)")) if high else ""
        return self.text(lang) + tone


def day_nutrients(verdict: Verdict, day: Day) -> Nutrients:
    """What the meals of a day bring together."""
    return total(judged.nutrients for judged in verdict.meals if judged.meal.day == day.day)


def day_figures(verdict: Verdict, day: Day) -> list[Figure]:
    """The figures of one day; none for a day without a main meal."""
    limits = limits_on(day.day)
    return list(_figures(day_nutrients(verdict, day), verdict.age, limits, day.shares(limits)))


def week_figures(verdict: Verdict) -> list[Figure]:
    """The mean of the week, by which the standard judges."""
    if not verdict.days:
        return []
    limits = limits_on(verdict.days[0].day)
    shares = [day.shares(limits) for day in verdict.days]
    whole = mean(least for least, _most in shares), mean(most for _least, most in shares)
    return list(_figures(verdict.mean, verdict.age, limits, whole))


def lacking(verdict: Verdict) -> list[str]:
    """The ingredients without figures that the poster's sums would need."""
    names = (
        ingredient.name
        for judged in verdict.meals
        for dish in judged.meal.dishes
        for ingredient in dish.ingredients
        if ingredient.food is None or any(ingredient.food.nutrients[key] is None for key in MAIN)
    )
    return list(dict.fromkeys(names))


def _figures(found: Nutrients, age: Age, limits: Limits, shares: Band) -> Iterator[Figure]:
    if not shares[1]:
        return
    yield from _amounts(found, age, limits, shares)
    energy = found.amounts["energy_kcal"]
    for key, message, kcal, band in (
        ("fat_g", FAT, KCAL_PER_GRAM_FAT, limits.fat_share),
        ("carbohydrate_g", CARBOHYDRATE, KCAL_PER_GRAM_CARBOHYDRATE, limits.carbohydrate_share),
    ):
        grams = found.amounts[key]
        percent = grams * kcal / energy * 100 if energy else 0.0
        unknown = bool({key, "energy_kcal"} & found.incomplete)
        yield Figure(message, grams, percent, (band[0] * 100, band[1] * 100), unknown)


def _amounts(found: Nutrients, age: Age, limits: Limits, shares: Band) -> Iterator[Figure]:
    needs = limits.bands[age].needs
    for key, message, margin in (
        ("energy_kcal", ENERGY, limits.energy_margin),
        ("protein_g", PROTEIN, limits.protein_margin),
    ):
        band = margin[0] * shares[0] * needs[key], margin[1] * shares[1] * needs[key]
        yield Figure(message, found.amounts[key], None, band, key in found.incomplete)
