"""A verdict told: as the JSON document of contract.md, and as text for a person."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from canteen.kit.problems import Finding, Level
from canteen.kit.sheets import RowError
from canteen.kit.texts import _, say, tell
from menus.foods.rules import NUTRIENTS, FoodTable
from menus.weeks.rules import Kind, MealName, MealVerdict, Nutrients, Policy, Verdict, shown
from menus.weeks.rules.verdict import DishVerdict

# Small figures need a second decimal.
FINE = frozenset({"iron_mg", "zinc_mg", "vitamin_b1_mg", "vitamin_b2_mg"})
# Looking for the nearest names takes its time; every unknown one is named in its meal anyway.
MOST_NEAREST = 20

LEVELS = {Level.ERROR: _("Error"), Level.WARNING: _("Warning"), Level.ADVICE: _("Advice")}
MEALS = {
    MealName.BREAKFAST: _("Breakfast"),
    MealName.LUNCH: _("Lunch"),
    MealName.DINNER: _("Dinner"),
    MealName.SNACK: _("Between meals"),
}
KINDS = {
    Kind.MEAT: _("meat"),
    Kind.VEGETABLE: _("vegetable"),
    Kind.SOUP: _("soup"),
    Kind.STAPLE: _("staple"),
    Kind.FRUIT: _("fruit"),
    Kind.DAIRY: _("dairy"),
    Kind.SNACK: _("snack"),
    Kind.SEASONING: _("seasoning"),
}
PRESET_NAMES = {
    "two_meats_two_vegetables_one_soup": _("two meats, two vegetables, one soup"),
    "one_big_one_small_one_vegetable_one_soup": _("one big meat, one small meat, one vegetable, one soup"),
}


def as_document(verdict: Verdict, lang: str) -> dict[str, Any]:
    """The document of `menus check --format json` (contract.md)."""
    return {
        "age": verdict.age,
        "meals": [_meal(meal, verdict.policy, lang) for meal in verdict.meals],
        "week": {
            "nutrients_mean": amounts(verdict.mean),
            "incomplete": incomplete(verdict.mean),
            "findings": [_finding(finding, lang) for finding in verdict.findings],
        },
        "unknown_ingredients": verdict.unknown_ingredients,
    }


def _meal(judged: MealVerdict, policy: Policy, lang: str) -> dict[str, Any]:
    return {
        "date": judged.meal.day.isoformat(),
        "meal": judged.meal.name,
        "dishes": [_dish(dish, policy) for dish in judged.dishes],
        "counts": dict(judged.counts),
        "presets_met": list(judged.presets_met),
        "nutrients": amounts(judged.nutrients),
        "incomplete": incomplete(judged.nutrients),
        "findings": [_finding(finding, lang) for finding in judged.findings],
    }


def _dish(judged: DishVerdict, policy: Policy) -> dict[str, Any]:
    share = None if judged.share is None else shown(judged.share, policy.meat_share)
    return {"name": judged.dish.name, "kind": judged.dish.kind, "meat_share": share, "counts": judged.counts}


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    dish = finding.facts.get("dish")
    return {"rule": finding.rule, "level": finding.level, "text": tell(lang, finding), "dish": dish}


def amounts(nutrients: Nutrients) -> dict[str, float]:
    """The sums of what is known, rounded for reading."""
    return {key: round(amount, 2 if key in FINE else 1) for key, amount in nutrients.amounts.items()}


def incomplete(nutrients: Nutrients) -> list[str]:
    """The keys of the figures with something unknown in them, in the table's order."""
    return [key for key in NUTRIENTS if key in nutrients.incomplete]


def error_document(errors: Sequence[RowError], lang: str) -> dict[str, Any]:
    """The document for a file that cannot be taken (contract.md)."""
    return {
        "errors": [
            {
                "file": error.file,
                "line": error.line,
                "column": error.column,
                "found": error.found,
                "expected": say(lang, error.expected, **error.facts),
            }
            for error in errors
        ]
    }


def as_text(verdict: Verdict, foods: FoodTable, lang: str) -> Iterator[str]:
    """The verdict line by line, meal by meal, errors first."""
    for meal in verdict.meals:
        yield from _meal_lines(meal, verdict.policy, lang)
    yield say(lang, _("The week"))
    yield "  " + _nutrients_line(verdict.mean, lang)
    yield from _finding_lines(verdict.findings, lang)
    for name in verdict.unknown_ingredients[:MOST_NEAREST]:
        nearest = [food.name for food in foods.candidates(name, limit=3)]
        yield "  " + say(lang, _("{food} is unknown; the nearest: {nearest}"), food=name, nearest=nearest)
    yield _summary(verdict, lang)


def _meal_lines(judged: MealVerdict, policy: Policy, lang: str) -> Iterator[str]:
    counted = "  ".join(f"{say(lang, KINDS[kind])} {count}" for kind, count in judged.counts.items())
    yield f"{judged.meal.day.isoformat()} {say(lang, MEALS[judged.meal.name])}  {counted}"
    if judged.presets_met:
        names = [say(lang, PRESET_NAMES[name]) for name in judged.presets_met]
        yield "  " + say(lang, _("Meets: {presets}"), presets=names)
    for dish in judged.dishes:
        yield "  " + _dish_line(dish, policy, lang)
    yield "  " + _nutrients_line(judged.nutrients, lang)
    yield from _finding_lines(judged.findings, lang)
    yield ""


def _dish_line(judged: DishVerdict, policy: Policy, lang: str) -> str:
    line = f"{judged.dish.name} ({say(lang, KINDS[judged.dish.kind])})"
    if judged.share is None:
        return line
    percent = shown(judged.share * 100, policy.meat_share * 100, 1)
    share = say(lang, _("meat {percent}%"), percent=percent)
    return f"{line} {share}"


def _nutrients_line(nutrients: Nutrients, lang: str) -> str:
    message = _("{energy} kcal, protein {protein} g, fat {fat} g, carbohydrate {carbohydrate} g")
    sums = {key.split("_")[0]: f"{amount:.1f}" for key, amount in nutrients.amounts.items()}
    line = say(lang, message, **sums)
    return line + (say(lang, _(" (figures incomplete)")) if nutrients.incomplete else "")


def _finding_lines(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    order = list(LEVELS)
    for finding in sorted(findings, key=lambda f: order.index(f.level)):
        yield f"  [{say(lang, LEVELS[finding.level])}] {tell(lang, finding)}"


def _summary(verdict: Verdict, lang: str) -> str:
    levels = [finding.level for finding in verdict.all_findings]
    counts: Mapping[str, int] = {level.value: levels.count(level) for level in LEVELS}
    return say(lang, _("Errors: {error}, warnings: {warning}, advice: {advice}"), **counts)
