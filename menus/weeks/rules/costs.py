"""What a menu costs per head, against the school's own bounds.

Rule: the cost of each meal is bounded by the school or its district, there is no national figure. A price
that nobody has typed adds nothing, so a sum with unknown prices is a least: over the bound it stays over it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from canteen.kit.problems import Finding, warning
from canteen.kit.texts import _
from menus.dishes.rules import Cost
from menus.weeks.rules.days import Day
from menus.weeks.rules.values import Dish, Meal, MealName, Policy

OVER = _("{found} yuan a head, at most {most} yuan is allowed")
OVER_AT_LEAST = _("At least {found} yuan a head ({unknown} prices unknown), at most {most} yuan is allowed")
DAY_OVER = _("{day}: {found} yuan a head, at most {most} yuan is allowed")
DAY_OVER_AT_LEAST = _(
    "{day}: at least {found} yuan a head ({unknown} prices unknown), at most {most} yuan is allowed"
)


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


def day_cost_findings(days: Iterable[Day], policy: Policy) -> Iterator[Finding]:
    """`cost` of a day of several meals that all have a bound and a known cost; snacks have no bound."""
    for day in days:
        meals = [meal for meal in day.meals if meal.name is not MealName.SNACK]
        most = most_of_day([meal.name for meal in meals], policy)
        cost = None if most is None or len(meals) < 2 else _cost_of_all(meals)
        if most is not None and cost and cost.fen > most:
            message = DAY_OVER if cost.complete else DAY_OVER_AT_LEAST
            yield warning("cost", message, day=day.day, **_told(cost, most))


def _cost_of_all(meals: list[Meal]) -> Cost | None:
    """The cost of these meals together; None while nothing is known of one of them."""
    if any(cost_of_dishes(meal.dishes) is None for meal in meals):
        return None
    return cost_of_dishes(dish for meal in meals for dish in meal.dishes)


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
