"""The figures of each day beside the week's mean: what the board draws as charts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from menus.dishes.rules import Nutrients, total
from menus.weeks.rules import Verdict
from menus.weeks.rules.nutrition import KCAL_PER_GRAM_FAT
from menus.weeks.services.figures import Gauge, gauges


@dataclass(frozen=True, slots=True)
class ByDay:
    """One figure of the week by day, beside the gauge of its mean, whose unit, digits and band it shares."""

    gauge: Gauge
    days: Sequence[date]
    values: Sequence[float]


def by_day(verdict: Verdict) -> list[ByDay]:
    """Energy, protein, fat share and calcium of each day per head; nothing for a week without a main meal."""
    supply = {
        day.day: total(judged.nutrients for judged in verdict.meals if judged.meal.day == day.day)
        for day in verdict.days
    }
    shown = (gauge for gauge in gauges(verdict) if gauge.rule in FIGURES)
    return [ByDay(g, list(supply), [FIGURES[g.rule](one) for one in supply.values()]) for g in shown]


def _fat_share(supply: Nutrients) -> float:
    kcal = supply.amounts["energy_kcal"]
    return supply.amounts["fat_g"] * KCAL_PER_GRAM_FAT / kcal * 100 if kcal else 0.0


FIGURES: Mapping[str, Callable[[Nutrients], float]] = {
    "energy": lambda supply: supply.amounts["energy_kcal"],
    "protein": lambda supply: supply.amounts["protein_g"],
    "fat_share": _fat_share,
    "calcium": lambda supply: supply.amounts["calcium_mg"],
}
