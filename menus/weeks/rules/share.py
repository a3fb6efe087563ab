"""A meat dish against the share that the school's policy asks (the share itself: menus.dishes.rules)."""

from collections.abc import Iterator
from fractions import Fraction

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from menus.dishes.rules import shown
from menus.weeks.rules.values import Dish, Kind, Policy

BELOW = _("{dish}: meat is {percent}% of the main ingredients, at least {least}% is asked")


def meat_share(dish: Dish, policy: Policy) -> Fraction:
    """The exact share as this policy reads it; 0 when the dish has no main ingredient."""
    meat, main = dish.weights[policy.eggs_are_meat]
    return Fraction(meat, main) if main else Fraction(0)


def is_meaty(dish: Dish, policy: Policy) -> bool:
    """Whether the meat share that the policy asks is reached; integers, so 49.99% does not pass."""
    meat, main = dish.weights[policy.eggs_are_meat]
    return main > 0 and meat * policy.meat_share.denominator >= main * policy.meat_share.numerator


def share_findings(dish: Dish, policy: Policy) -> Iterator[Finding]:
    """`meat_share` when a meat dish is under the share.

    A 小荤 is meat and vegetables by its name: where the school's composition asks for a small one, it is held
    to no share.
    """
    small_is_asked = policy.composition.small > 0 and is_small(dish, policy)
    if dish.kind is not Kind.MEAT or is_meaty(dish, policy) or small_is_asked:
        return
    percent = shown(meat_share(dish, policy) * 100, policy.meat_share * 100, 1)
    least = float(policy.meat_share * 100)
    yield error("meat_share", BELOW, at=dish.name, dish=dish.name, percent=percent, least=least)


def is_small(dish: Dish, policy: Policy) -> bool:
    """Whether a meat dish is a 小荤: called so, or under the share and not called 大荤; with meat in it."""
    if dish.kind is not Kind.MEAT or dish.weights[policy.eggs_are_meat][0] == 0:
        return False
    return dish.size == "small" or (dish.size == "" and not is_meaty(dish, policy))


def is_big(dish: Dish, policy: Policy) -> bool:
    """Whether a meat dish is a 大荤: not called 小荤, and it reaches the share."""
    return dish.kind is Kind.MEAT and dish.size != "small" and is_meaty(dish, policy)
