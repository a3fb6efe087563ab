"""The meat share of a dish.

Rule: meat makes up no less than 50% of a meat dish. Share = raw edible weight of livestock, poultry and
aquatic ingredients (eggs too, unless the school's policy says otherwise) over the raw edible weight of all
main ingredients; oil, salt, sugar, condiments (starch among them) and water are left out; an ingredient that
the table lacks counts with its raw weight below the line. 50.0% passes.
Source: the district rule behind the project (domain.md, decisions 2 and 3, and §5.8).
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from menus.weeks.rules.ingredients import Ingredient
from menus.weeks.rules.values import Dish, Kind, Policy

BELOW = _("{dish}: meat is {percent}% of the main ingredients, at least {least}% is asked")


def meat_share(dish: Dish, policy: Policy) -> Fraction:
    """The exact share, 0 to 1; 0 when the dish has no main ingredient."""
    meat, main = weights(dish.ingredients, policy)
    return Fraction(meat, main) if main else Fraction(0)


def weights(ingredients: Iterable[Ingredient], policy: Policy) -> tuple[int, int]:
    """Edible micrograms of meat and of all main ingredients."""
    main = [i for i in ingredients if i.main]
    meat = sum(i.edible_micrograms for i in main if is_meat(i, policy))
    return meat, sum(i.edible_micrograms for i in main)


def is_meat(ingredient: Ingredient, policy: Policy) -> bool:
    """Whether it stands above the line; eggs by policy. An unknown food never does."""
    if ingredient.food is None:
        return False
    return ingredient.food.animal == "1" or (policy.eggs_are_meat and ingredient.food.animal == "egg")


def is_meaty(dish: Dish, policy: Policy) -> bool:
    """Whether the meat share is reached; compared as integers, so 49.99% does not pass."""
    meat, main = weights(dish.ingredients, policy)
    return main > 0 and meat * policy.meat_share.denominator >= main * policy.meat_share.numerator


def shown(share: Fraction, limit: Fraction, digits: int = 3) -> float:
    """The share rounded for display, but never up to a limit that it misses (49.96% is not 50%)."""
    scale = 10**digits
    rounded = Fraction(int(share * scale + Fraction(1, 2)), scale)
    if share < limit <= rounded:
        rounded = Fraction(int(share * scale), scale)
    return float(rounded)


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
    if dish.kind is not Kind.MEAT or weights(dish.ingredients, policy)[0] == 0:
        return False
    return dish.size == "small" or (dish.size == "" and not is_meaty(dish, policy))


def is_big(dish: Dish, policy: Policy) -> bool:
    """Whether a meat dish is a 大荤: not called 小荤, and it reaches the share."""
    return dish.kind is Kind.MEAT and dish.size != "small" and is_meaty(dish, policy)
