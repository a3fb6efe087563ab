"""What makes a paper what it is: the facts that it tells, whatever its size, language or layout.

The register of prints gives the same content the same number and version (canteen.schools.services.prints).
"""

from typing import Any

import msgspec

from menus.weeks.paper.nutrition import day_figures
from menus.weeks.services.papers import KitchenFacts, PosterFacts
from menus.weeks.services.sheet import SheetMeal


def poster_content(facts: PosterFacts) -> bytes:
    """The week, its nutrition, its changes and who signed."""
    head, verdict = facts.head, facts.board.verdict
    hands = [(head.created_by, head.created_at), (head.approved_by, head.approved_at)]
    figures = [[(round(f.amount), f.incomplete) for f in day_figures(verdict, day)] for day in verdict.days]
    told = {
        "school": facts.school,
        "week": [head.first_day, head.age, head.audience],
        "hands": [*hands, (head.published_by, head.published_at), head.approval_reason, head.approved_errors],
        "meals": [_told(meal) for meal in facts.board.sheet.meals],
        "times": [facts.windows.get((m.day, m.name)) for m in facts.board.sheet.meals],
        "figures": figures,
        "changes": facts.changes,
    }
    return msgspec.json.encode(told)


def kitchen_content(facts: KitchenFacts) -> bytes:
    """The meal and who eats it."""
    told = {"school": facts.school, "meal": _told(facts.meal), "time": facts.window, "heads": facts.heads}
    return msgspec.json.encode(told)


def blank_content(facts: KitchenFacts) -> bytes:
    """The dishes and ingredients of the meal, for their figures come by pen."""
    named = [(dish.value.name, [i.name for i in dish.value.ingredients]) for dish in facts.meal.dishes]
    told = {"school": facts.school, "meal": facts.meal.id, "time": facts.window, "dishes": named}
    return msgspec.json.encode(told)


def _told(meal: SheetMeal) -> list[Any]:
    return [
        meal.day,
        meal.name,
        [
            (
                dish.value.name,
                [dish.value.label, dish.value.method, dish.value.choice, dish.value.share],
                [(i.name, i.milligrams) for i in dish.value.ingredients],
                sorted(dish.value.allergens),
                [dish.status, dish.reason],
            )
            for dish in meal.dishes
        ],
    ]
