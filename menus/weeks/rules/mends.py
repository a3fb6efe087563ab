"""Mends: changes to a week that the rules have checked to help.

A mend adds a dish, swaps one, or shifts grams. It is proposed only when the rules, run on the changed week,
no longer make the finding, make fewer findings in all, and make no error that was not there before.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice, zip_longest

from canteen.kit.problems import Finding, Level
from menus.dishes.rules import hazard_findings
from menus.foods.rules import normalised
from menus.weeks.rules import shifts
from menus.weeks.rules.composition import dish_counts
from menus.weeks.rules.days import days_of
from menus.weeks.rules.values import Dish, Kind, MealName, Policy
from menus.weeks.rules.verdict import NO_PUPILS, Pupils, Verdict, judge_days, judge_meal

MOST_MENDS, MOST_TRIES = 3, 30
KIND_LACKING = {
    "two_meats": Kind.MEAT,
    "big_meat": Kind.MEAT,
    "small_meat": Kind.MEAT,
    "two_vegetables": Kind.VEGETABLE,
    "one_soup": Kind.SOUP,
}
# What a lack of this rule may be met with, in this order.
KINDS_HELPING = {
    "breakfast": (Kind.DAIRY, Kind.STAPLE),
    "breakfast_greens": (Kind.FRUIT, Kind.VEGETABLE),
    "food_groups": (Kind.FRUIT, Kind.DAIRY, Kind.VEGETABLE, Kind.STAPLE),
}
# Findings about one dish, met by another dish of its kind.
SWAPPABLE = frozenset({"meat_share", "banned_food", "cold_dish", "repeated_dish", "allergen"})
# Findings about a week's mean: the nutrient to move by a swap.
NUTRIENT_OF = {"energy": "energy_kcal", "protein": "protein_g"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one meal: `new` comes in, for `old` or beside the others (None)."""

    place: int
    old: Dish | None
    new: Dish


@dataclass(frozen=True, slots=True)
class Mend:
    """Changes that help together, the findings that go, and what the week looks like then."""

    kind: str
    changes: tuple[Change, ...]
    cleared: tuple[Finding, ...]
    after: Verdict


Mark = tuple[date | None, MealName | None, str, str | None, Level]
Idea = tuple[str, tuple[Change, ...]]


def mends(
    verdict: Verdict,
    finding: Finding,
    pool: Sequence[Dish],
    place: int | None = None,
    pupils: Pupils = NO_PUPILS,
) -> list[Mend]:
    """At most three mends of one error or warning.

    `place` is the index in `verdict.meals` of the meal that the finding is about, None for one of the week.
    `pool` are the dishes that may come in.
    """
    mended = (_tried(verdict, finding, place, idea, pupils) for idea in _ideas(verdict, finding, pool, place))
    return list(islice((mend for mend in islice(mended, MOST_TRIES) if mend), MOST_MENDS))


def _tried(verdict: Verdict, finding: Finding, place: int | None, idea: Idea, pupils: Pupils) -> Mend | None:
    """The mend, when the rules agree that it is one."""
    kind, changes = idea
    after = changed(verdict, changes, pupils)
    before_marks, after_marks = _marks(verdict), _marks(after)
    target = _mark(verdict, place, finding)
    new_errors = [mark for mark in after_marks - before_marks if mark[-1] is Level.ERROR]
    if new_errors or target in after_marks or after_marks.total() >= before_marks.total():
        return None
    gone = before_marks - after_marks
    cleared = [f for at, f in _placed(verdict) if _mark(verdict, at, f) in gone]
    return Mend(kind, changes, tuple(cleared), after)


def changed(verdict: Verdict, changes: Sequence[Change], pupils: Pupils = NO_PUPILS) -> Verdict:
    """The verdict on the week with the changes; only the meals they touch are judged again."""
    meals = list(verdict.meals)
    for change in changes:
        meal = meals[change.place].meal
        dishes = tuple(change.new if dish is change.old else dish for dish in meal.dishes)
        added = () if change.old else (change.new,)
        meal = replace(meal, dishes=dishes + added)
        meals[change.place] = judge_meal(meal, verdict.policy, pupils.get(meal.day, {}))
    touched = {meals[change.place].meal.day for change in changes}
    anew = days_of(judged.meal for judged in meals if judged.meal.day in touched)
    days = {day.day: day for day in (*verdict.days, *anew)}
    return judge_days(list(days.values()), tuple(meals), verdict.age, verdict.policy)


def _placed(verdict: Verdict) -> Iterator[tuple[int | None, Finding]]:
    for place, judged in enumerate(verdict.meals):
        yield from ((place, finding) for finding in judged.findings)
    yield from ((None, finding) for finding in verdict.findings)


def _marks(verdict: Verdict) -> Counter[Mark]:
    return Counter(_mark(verdict, place, finding) for place, finding in _placed(verdict))


def _mark(verdict: Verdict, place: int | None, finding: Finding) -> Mark:
    """What makes a finding the same one after a change: where, which rule, which dish."""
    meal = None if place is None else verdict.meals[place].meal
    at = (meal.day, meal.name) if meal else (None, None)
    return (*at, finding.rule, finding.facts.get("dish"), finding.level)


def _ideas(verdict: Verdict, finding: Finding, pool: Sequence[Dish], place: int | None) -> Iterator[Idea]:
    """Shifts, swaps and additions in turn, the likeliest of each first."""
    fit = _fit(verdict, pool)
    turns = (
        _shift_ideas(verdict, finding, place),
        _swap_ideas(verdict, finding, fit, place),
        _addition_ideas(verdict, finding, fit, place),
    )
    for turn in zip_longest(*turns):
        yield from (idea for idea in turn if idea)


def _fit(verdict: Verdict, pool: Iterable[Dish]) -> list[Dish]:
    """The dishes of the pool that break no rule themselves and are not on the menu yet."""
    served = {normalised(dish.name) for judged in verdict.meals for dish in judged.meal.dishes}
    return [dish for dish in pool if normalised(dish.name) not in served and _sound(dish, verdict.policy)]


def _sound(dish: Dish, policy: Policy) -> bool:
    known = all(ingredient.food for ingredient in dish.ingredients)
    meat_enough = dish.kind is not Kind.MEAT or dish_counts(dish, policy)
    return known and meat_enough and not hazard_findings(dish)


def _shift_ideas(verdict: Verdict, finding: Finding, place: int | None) -> Iterator[Idea]:
    if finding.rule in ("meat_share", "two_meats", "big_meat") and place is not None:
        for dish in verdict.meals[place].meal.dishes:
            if dish.kind is Kind.MEAT and finding.facts.get("dish", dish.name) == dish.name:
                meatier = shifts.to_meat_share(dish, verdict.policy)
                yield from [("shift", (Change(place, dish, meatier),))] if meatier else []
    scaled = shifts.SCALED.get(finding.rule)
    if scaled:
        yield from _scaling_ideas(verdict, finding, scaled)


def _scaling_ideas(verdict: Verdict, finding: Finding, group: frozenset[str]) -> Iterator[Idea]:
    """The same foods in every meal, less or more of them by the part that is too much or missing."""
    wanted = float(finding.facts.get("least") or finding.facts["most"])
    for factor in shifts.factors(float(finding.facts["found"]), wanted):
        changes = tuple(
            Change(place, dish, shifts.scaled(dish, group, factor))
            for place, judged in enumerate(verdict.meals)
            for dish in judged.meal.dishes
            if any(i.group in group for i in dish.ingredients)
        )
        yield from [("shift", changes)] if changes else []


def _swap_ideas(verdict: Verdict, finding: Finding, fit: Sequence[Dish], place: int | None) -> Iterator[Idea]:
    if finding.rule in NUTRIENT_OF:
        yield from _moving_swaps(verdict, finding, fit)
    for at, old in _to_swap(verdict, finding, place):
        for new in _nearest(fit, old.kind, old.nutrients.amounts["energy_kcal"]):
            yield "swap", (Change(at, old, new),)


def _to_swap(verdict: Verdict, finding: Finding, place: int | None) -> Iterator[tuple[int, Dish]]:
    """The dishes to be rid of, the last served first."""
    named = finding.facts.get("dish")
    for at in reversed(range(len(verdict.meals)) if place is None else [place]):
        for judged in verdict.meals[at].dishes:
            counted_out = finding.rule == "two_meats" and judged.dish.kind is Kind.MEAT and not judged.counts
            if counted_out or (finding.rule in SWAPPABLE and judged.dish.name == named):
                yield at, judged.dish


def _moving_swaps(verdict: Verdict, finding: Finding, fit: Sequence[Dish]) -> Iterator[Idea]:
    """Swaps within a kind that move a nutrient of the week furthest the right way."""
    key, up = NUTRIENT_OF[finding.rule], "least" in finding.facts
    amount = partial(_amount, key)
    best = sorted(fit, key=amount, reverse=up)
    pairs = [
        (amount(new) - amount(old), at, old, new)
        for at, judged in enumerate(verdict.meals)
        for old in judged.meal.dishes
        for new in islice((dish for dish in best if dish.kind is old.kind), 3)
    ]
    for _moved, at, old, new in sorted(pairs, key=lambda pair: pair[0], reverse=up):
        yield "swap", (Change(at, old, new),)


def _amount(key: str, dish: Dish) -> float:
    return dish.nutrients.amounts[key]


def _addition_ideas(
    verdict: Verdict, finding: Finding, fit: Sequence[Dish], place: int | None
) -> Iterator[Idea]:
    """As many dishes of the lacking kind as are missing; those most like the pool's usual helping first."""
    if place is None:
        return
    lacking = KIND_LACKING.get(finding.rule)
    for kind in (lacking,) if lacking else KINDS_HELPING.get(finding.rule, ()):
        missing = int(finding.facts["needed"] - finding.facts["found"]) if lacking else 1
        of_kind = [dish for dish in fit if dish.kind is kind]
        usual = sum(_amount("energy_kcal", dish) for dish in of_kind) / max(1, len(of_kind))
        ranked = _nearest(of_kind, kind, usual)
        for first in range(len(ranked) - missing + 1):
            yield "add", tuple(Change(place, None, new) for new in ranked[first : first + missing])


def _nearest(fit: Iterable[Dish], kind: Kind, kcal: float) -> list[Dish]:
    of_kind = (dish for dish in fit if dish.kind is kind)
    return sorted(of_kind, key=lambda dish: abs(_amount("energy_kcal", dish) - kcal))
