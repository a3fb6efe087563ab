"""What a menu costs per head, against the school's own bounds.

Rule: the cost of each meal is bounded by the school or its district, there is no national figure. A price
that nobody has typed adds nothing, so a sum with unknown prices is a least: over the bound it stays over it.
The bounds of a day are those of its meals: a day over them has a meal over its own, which is told there.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from canteen.kit.problems import Finding, warning
from canteen.kit.texts import _
from menus.dishes.rules import Cost
from menus.weeks.rules.values import Dish, Meal, MealName, Policy

OVER = _("{found} yuan a head, at most {most} yuan is allowed")
OVER_AT_LEAST = _("At least {found} yuan a head ({unknown} prices unknown), at most {most} yuan is allowed")


def cost_of_dishes(dishes: Iterable[Dish]) -> Cost | None:
    """The known cost by the expected shares of the choices; None while no price is known."""
    listed = list(dishes)
    priced = [dish.cost_fen * dish.share for dish in listed if dish.cost_fen is not None]
    return Cost(round(sum(priced)), unpriced_of(listed)) if priced else None


def unpriced_of(dishes: Iterable[Dish]) -> tuple[str, ...]:
    """The names without a price, each once; a dish without ingredients stands for itself."""
    return tuple(dict.fromkeys(name for dish in dishes for name in _unpriced(dish)))


def _unpriced(dish: Dish) -> tuple[str, ...]:
    return dish.unpriced or (() if dish.cost_fen is not None else (dish.name,))


def meal_cost_findings(meal: Meal, policy: Policy) -> Iterator[Finding]:
    """`cost` when the known cost of a meal is over its bound, whatever is known of the others."""
    most = policy.most_fen.get(meal.name)
    cost = None if most is None else cost_of_dishes(meal.dishes)
    if most is not None and cost and cost.fen > most:
        yield warning("cost", OVER if cost.complete else OVER_AT_LEAST, **_told(cost, most))


def most_of_day(meals: Iterable[MealName], policy: Policy) -> int | None:
    """What these meals together may cost; None where one of them, snacks aside, is free."""
    bounds = [policy.most_fen.get(meal) for meal in meals if meal is not MealName.SNACK]
    known = [bound for bound in bounds if bound is not None]
    return sum(known) if known and len(known) == len(bounds) else None


def _told(cost: Cost, most: int) -> dict[str, Any]:
    unknown = {} if cost.complete else {"unknown": len(cost.unpriced)}
    return {"found": _yuan(cost.fen), "most": _yuan(most), **unknown}


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
