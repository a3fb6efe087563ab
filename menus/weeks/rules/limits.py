"""The limits of nutrition as dated data: a change of the standard is a new row, not a new branch.

Source: WS/T 554-2017 学生餐营养指南, in force since 2018-02-01, tables 1 and 2 and §4 (domain.md
§5.1 to §5.6); kinds a day and a week: 中国学龄儿童膳食指南 (2022).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from menus.weeks.rules.values import Age, MealName


@dataclass(frozen=True, slots=True)
class Band:
    """What an age band needs a day: by key of NUTRIENTS (the mean of boys and girls), and grams of foods."""

    needs: Mapping[str, float]
    dairy_grams: float
    oil_grams: float
    salt_grams: float


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits that hold from a day on. Shares are parts of a day or of the energy, least and most."""

    since: date
    source: str
    bands: Mapping[Age, Band]
    meal_shares: Mapping[MealName, tuple[float, float]]
    energy_margin: tuple[float, float]
    protein_margin: tuple[float, float]
    fat_share: tuple[float, float]
    carbohydrate_share: tuple[float, float]
    most_oil_grams: float
    most_salt_grams: float
    least_groups_of_meal: int
    least_vegetable_kinds: int
    least_dark_share: float
    least_kinds_day: int
    least_kinds_week: int


# Table 1, boys and girls of 6-8, 9-11, 12-14, 15-17 in turn.
DAILY: Mapping[str, tuple[float, ...]] = {
    "energy_kcal": (1700, 1550, 2100, 1900, 2450, 2100, 2900, 2350),
    "protein_g": (40, 40, 50, 50, 65, 60, 75, 60),
    "calcium_mg": (750, 750, 850, 850, 950, 950, 800, 800),
    "iron_mg": (12, 12, 14, 14, 18, 18, 18, 18),
    "zinc_mg": (6.5, 6.5, 8.0, 8.0, 10.5, 9.0, 11.5, 8.5),
    "vitamin_a_ug_rae": (450, 450, 550, 550, 720, 630, 820, 630),
    "vitamin_b1_mg": (0.9, 0.9, 1.1, 1.1, 1.4, 1.2, 1.6, 1.3),
    "vitamin_b2_mg": (0.9, 0.9, 1.1, 1.1, 1.4, 1.2, 1.6, 1.3),
    "vitamin_c_mg": (60, 60, 75, 75, 95, 95, 100, 100),
    "fiber_g": (20, 20, 20, 20, 20, 20, 25, 25),
}
# Table 2: milk, oil and salt in grams a day, by age band.
DAIRY, OIL, SALT = (200, 200, 250, 250), (25, 25, 25, 30), (5, 5, 5, 6)


def _band(place: int) -> Band:
    needs = {key: (row[2 * place] + row[2 * place + 1]) / 2 for key, row in DAILY.items()}
    return Band(needs, DAIRY[place], OIL[place], SALT[place])


WS_T_554 = Limits(
    since=date(2018, 2, 1),
    source="WS/T 554-2017",
    bands={age: _band(place) for place, age in enumerate(Age)},
    meal_shares={
        MealName.BREAKFAST: (0.25, 0.30),
        MealName.LUNCH: (0.35, 0.40),
        MealName.DINNER: (0.30, 0.35),
    },
    energy_margin=(0.9, 1.1),
    protein_margin=(0.8, 1.2),
    fat_share=(0.20, 0.30),
    carbohydrate_share=(0.50, 0.65),
    most_oil_grams=30,
    most_salt_grams=6,
    least_groups_of_meal=3,
    least_vegetable_kinds=3,
    least_dark_share=0.5,
    least_kinds_day=12,
    least_kinds_week=25,
)
DATED = (WS_T_554,)
MOST_DIGITS = 6


def limits_on(day: date) -> Limits:
    """The limits in force on a day; the earliest known ones for a day before all of them."""
    return max((row for row in DATED if row.since <= day), key=lambda row: row.since, default=DATED[0])


def shares_of(meals: Iterable[MealName], limits: Limits) -> tuple[float, float]:
    """The least and most part of a day's needs that these meals of one day should bring."""
    parts = [limits.meal_shares[meal] for meal in set(meals) if meal in limits.meal_shares]
    return sum(least for least, _most in parts), sum(most for _least, most in parts)


def apart(found: float, bound: float, digits: int) -> tuple[str, str]:
    """A figure and the bound that it misses, as texts; with more digits where they would look the same."""
    texts = f"{found:.{digits}f}", f"{bound:.{digits}f}"
    same = texts[0] == texts[1] and digits < MOST_DIGITS
    return apart(found, bound, digits + 1) if same else texts
