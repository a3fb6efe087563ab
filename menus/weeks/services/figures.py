"""What board and poster draw beside the dishes: the week's means against their bands, and pips."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from canteen.kit.texts import _
from menus.dishes.rules import Cost
from menus.weeks.rules import Kind, MealName, MealVerdict, Policy, Verdict
from menus.weeks.rules.composition import COMPOSED, breakfast_parts
from menus.weeks.rules.costs import cost_of_dishes
from menus.weeks.rules.days import Day, days_of, mean
from menus.weeks.rules.limits import Limits, limits_on
from menus.weeks.rules.nutrition import KCAL_PER_GRAM_CARBOHYDRATE, KCAL_PER_GRAM_FAT, MICRO
from menus.weeks.rules.share import is_big, is_small

MICRO_NAMES: Mapping[str, str] = {
    "calcium": _("Calcium"),
    "iron": _("Iron"),
    "zinc": _("Zinc"),
    "vitamin_a": _("Vitamin A"),
    "vitamin_b1": _("Vitamin B1"),
    "vitamin_b2": _("Vitamin B2"),
    "vitamin_c": _("Vitamin C"),
}
BREAKFAST_PARTS: Mapping[str, str] = {
    "staple": _("staples"),
    "rich": _("egg, milk or meat"),
    "green": _("vegetable or fruit"),
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """One mean of the week against its band. `least` or `most` is None where the band is open.

    `unit` follows the figure, `digits` are its decimals; `incomplete` when the sum lacks unknown figures.
    """

    rule: str
    name: str
    found: float
    unit: str
    digits: int
    least: float | None
    most: float | None
    incomplete: bool = False

    @property
    def tone(self) -> str:
        """`due` outside the band."""
        low = self.least is not None and self.found < self.least - 1e-9
        high = self.most is not None and self.found > self.most + 1e-9
        return "due" if low or high else ""

    @property
    def scale(self) -> float:
        """The right end of the drawing, in the figure's unit."""
        return max(self.found * 1.05, (self.most or 0) * 1.35, (self.least or 0) * 1.8) or 1.0

    def at(self, figure: float | None, otherwise: float) -> float:
        """Where a figure stands on a scale of 0 to 100."""
        return otherwise if figure is None else round(figure / self.scale * 100, 1)


@dataclass(frozen=True, slots=True)
class Pips:
    """How many of a kind a meal offers of how many asked."""

    name: str
    have: int
    want: int


def gauges(verdict: Verdict) -> list[Gauge]:
    """Energy, nutrients, oil, salt and cost per head and day; nothing for a week without a main meal."""
    days = days_of(judged.meal for judged in verdict.meals)
    if not days:
        return []
    limits = limits_on(days[0].day)
    lower = mean(day.shares(limits)[0] for day in days)
    upper = mean(day.shares(limits)[1] for day in days)
    return [*_nutrients(verdict, limits, lower, upper), *_caps(days, limits)] if upper else []


def _nutrients(verdict: Verdict, limits: Limits, lower: float, upper: float) -> Iterator[Gauge]:
    needs, amounts = limits.bands[verdict.age].needs, verdict.mean.amounts
    unknown = verdict.mean.incomplete
    for rule, key, name, unit, margin in (
        ("energy", "energy_kcal", _("Energy"), "kcal", limits.energy_margin),
        ("protein", "protein_g", _("Protein"), "g", limits.protein_margin),
    ):
        least, most = margin[0] * lower * needs[key], margin[1] * upper * needs[key]
        yield Gauge(rule, name, amounts[key], unit, 0, least, most, key in unknown)
    yield from _energy_shares(verdict, limits)
    for rule, key in MICRO.items():
        digits = 2 if needs[key] < 10 else 1 if needs[key] < 100 else 0
        unit = "µg" if "_ug" in key else "mg"
        least = lower * needs[key]
        yield Gauge(rule, MICRO_NAMES[rule], amounts[key], unit, digits, least, None, key in unknown)


def _energy_shares(verdict: Verdict, limits: Limits) -> Iterator[Gauge]:
    amounts, unknown = verdict.mean.amounts, verdict.mean.incomplete
    for rule, key, name, kcal, (least, most) in (
        ("fat_share", "fat_g", _("Fat share"), KCAL_PER_GRAM_FAT, limits.fat_share),
        (
            "carbohydrate_share",
            "carbohydrate_g",
            _("Carbohydrate"),
            KCAL_PER_GRAM_CARBOHYDRATE,
            limits.carbohydrate_share,
        ),
    ):
        share = amounts[key] * kcal / amounts["energy_kcal"] * 100 if amounts["energy_kcal"] else 0.0
        yield Gauge(rule, name, share, "%", 0, least * 100, most * 100, key in unknown)


def _caps(days: list[Day], limits: Limits) -> Iterator[Gauge]:
    """Oil and salt of the days that itemise any."""
    part = mean(min(1.0, day.shares(limits)[1]) for day in days)
    oils = [grams for day in days if (grams := day.grams_of("oil")) > 0]
    salts = [grams for day in days if (grams := day.salt_grams) > 0]
    if oils:
        yield Gauge("oil", _("Oil"), mean(oils), "g", 1, None, limits.most_oil_grams * part)
    if salts:
        yield Gauge("salt", _("Salt"), mean(salts), "g", 1, None, limits.most_salt_grams * part)


def pips(judged: MealVerdict, policy: Policy) -> list[Pips]:
    """What the school's composition asks of a meal, and what it offers; nothing of what is between meals."""
    if judged.meal.name is MealName.BREAKFAST:
        have = breakfast_parts(judged.meal)
        return [Pips(name, have[part], 1) for part, name in BREAKFAST_PARTS.items()]
    if judged.meal.name not in COMPOSED:
        return []
    asked, dishes = policy.composition, judged.meal.dishes
    big = sum(is_big(dish, policy) for dish in dishes)
    small = sum(is_small(dish, policy) for dish in dishes) + max(0, big - asked.big)
    wanted = (
        Pips(_("meats"), judged.counts[Kind.MEAT], asked.meat),
        Pips(_("Big meat"), min(big, asked.big), asked.big),
        Pips(_("Small meat"), small, asked.small),
        Pips(_("greens"), judged.counts[Kind.VEGETABLE], asked.vegetable),
        Pips(_("soups"), judged.counts[Kind.SOUP], asked.soup),
    )
    return [row for row in wanted if row.want]


def cost_by_day(verdict: Verdict) -> dict[date, Cost | None]:
    """The known cost per head of each day, None while no price is known."""
    return {day.day: cost_of_dishes(day.dishes) for day in verdict.days}
