"""The verdict on a week: every meal on its own, then what is seen only over days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from canteen.kit.problems import Finding, Level, warning
from canteen.kit.texts import _
from menus.dishes.rules import Nutrients, hazard_findings, nutrients_eaten, total
from menus.weeks.rules.allergens import allergen_findings
from menus.weeks.rules.caps import cap_findings
from menus.weeks.rules.composition import (
    COMPOSED,
    Offer,
    composition_findings,
    dish_counts,
    offer_of,
    presets_met,
)
from menus.weeks.rules.costs import meal_cost_findings
from menus.weeks.rules.days import Day, days_of
from menus.weeks.rules.limits import limits_on
from menus.weeks.rules.nutrition import nutrition_findings
from menus.weeks.rules.share import meat_share, share_findings
from menus.weeks.rules.values import Age, Dish, Kind, Meal, Policy, Week
from menus.weeks.rules.variety import food_group_findings, variety_findings

DEFAULT_POLICY = Policy()
Pupils = Mapping[date, Mapping[str, int]]
NO_PUPILS: Pupils = {}


@dataclass(frozen=True, slots=True)
class DishVerdict:
    """A dish, its exact meat share (None unless a meat dish) and whether it counts."""

    dish: Dish
    share: Fraction | None
    counts: bool


@dataclass(frozen=True, slots=True)
class MealVerdict:
    """A meal, judged on its own."""

    meal: Meal
    dishes: tuple[DishVerdict, ...]
    counts: Mapping[Kind, int]
    presets_met: tuple[str, ...]
    nutrients: Nutrients
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A week, judged: its days, its meals in order, the mean per day served, the findings over days."""

    age: Age
    policy: Policy
    days: tuple[Day, ...]
    meals: tuple[MealVerdict, ...]
    mean: Nutrients
    findings: tuple[Finding, ...]

    @property
    def all_findings(self) -> list[Finding]:
        """Of the meals, then of the week."""
        return [*(f for meal in self.meals for f in meal.findings), *self.findings]

    @property
    def has_errors(self) -> bool:
        """Whether anything stops the menu."""
        return any(finding.level is Level.ERROR for finding in self.all_findings)

    @property
    def unknown_ingredients(self) -> list[str]:
        """The names that the table lacks, in order of appearance."""
        names = (i.name for m in self.meals for d in m.meal.dishes for i in d.ingredients if i.food is None)
        return list(dict.fromkeys(names))


def judge(
    week: Week, age: Age = Age.NINE, policy: Policy = DEFAULT_POLICY, pupils: Pupils = NO_PUPILS
) -> Verdict:
    """Judge a week; `pupils` counts by day and allergen those who must avoid it."""
    days = days_of(week.meals)
    meals = (judge_meal(m, policy, pupils.get(m.day, {})) for day in days for m in day.meals)
    return judge_days(days, tuple(meals), age, policy)


def judge_days(days: list[Day], meals: tuple[MealVerdict, ...], age: Age, policy: Policy) -> Verdict:
    """Put judged meals together and add what is seen over days."""
    supply = total(meal.nutrients for meal in meals).times(1 / max(1, len(days)))
    return Verdict(age, policy, tuple(days), meals, supply, tuple(_week_findings(days, supply, age)))


def _week_findings(days: list[Day], supply: Nutrients, age: Age) -> Iterable[Finding]:
    if not days:
        return
    limits = limits_on(days[0].day)
    band = limits.bands[age]
    yield from variety_findings(days, band, limits)
    yield from nutrition_findings(days, supply, age, limits)
    yield from cap_findings(days, band, limits)


def judge_meal(meal: Meal, policy: Policy, pupils: Mapping[str, int]) -> MealVerdict:
    """Judge one meal by itself."""
    offer = offer_of(meal, policy)
    return MealVerdict(
        meal,
        tuple(_judge_dish(dish, policy) for dish in meal.dishes),
        offer.counts,
        tuple(presets_met(meal, offer)),
        nutrients_eaten([(i, dish.share) for dish in meal.dishes for i in dish.ingredients]),
        tuple(_meal_findings(meal, offer, policy, pupils)),
    )


def _judge_dish(dish: Dish, policy: Policy) -> DishVerdict:
    share = meat_share(dish, policy) if dish.kind is Kind.MEAT else None
    return DishVerdict(dish, share, dish_counts(dish, policy))


def _meal_findings(meal: Meal, offer: Offer, policy: Policy, pupils: Mapping[str, int]) -> Iterable[Finding]:
    yield from composition_findings(meal, offer, policy)
    for dish in meal.dishes:
        if meal.name in COMPOSED:
            yield from share_findings(dish, policy)
        yield from hazard_findings(dish)
        yield from _unknown_findings(dish)
    yield from food_group_findings(meal, limits_on(meal.day))
    yield from allergen_findings(meal, pupils)
    yield from meal_cost_findings(meal, policy)


def _unknown_findings(dish: Dish) -> Iterable[Finding]:
    for name in dict.fromkeys(i.name for i in dish.ingredients if i.food is None):
        message = _("{dish}: {food} is not in the food table, its nutrients are unknown")
        yield warning("unknown_ingredient", message, at=dish.name, dish=dish.name, food=name)
