"""What a meal must offer.

Rule: every lunch and dinner offers no fewer than two meat dishes, two vegetable dishes and one soup (the
district rule behind the project, domain.md decision 2); a school may publish by another form (practice.md
16). What is offered is judged, also where pupils choose (practice.md 17).
Breakfast has a preset of its own (practice.md 16): a staple, and egg, dairy or meat (contract.md,
`breakfast`); a vegetable or fruit is advised, and asked where the school or its district says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from canteen.kit.problems import Finding, advice, error
from canteen.kit.texts import _
from menus.weeks.rules.days import SEASONING_VEGETABLES
from menus.weeks.rules.share import is_big, is_meaty, is_small
from menus.weeks.rules.values import PRESETS, Composition, Dish, Kind, Meal, MealName, Policy

COUNTED = (Kind.MEAT, Kind.VEGETABLE, Kind.SOUP, Kind.STAPLE)
COMPOSED = (MealName.LUNCH, MealName.DINNER)
GREEN_GROUPS = frozenset({"vegetable", "mushroom", "seaweed", "fruit"})

FEWER = {
    "two_meats": _("Meat dishes that count: {found}, asked: {needed}"),
    "big_meat": _("Big meat dishes: {found}, asked: {needed}"),
    "small_meat": _("Small meat dishes: {found}, asked: {needed}"),
    "two_vegetables": _("Vegetable dishes: {found}, asked: {needed}"),
    "one_soup": _("Soups: {found}, asked: {needed}"),
}


def dish_counts(dish: Dish, policy: Policy) -> bool:
    """Whether the dish counts: in the strict reading a meat dish under the share does not."""
    if dish.kind is Kind.MEAT:
        return not policy.strict or is_meaty(dish, policy)
    return dish.kind in COUNTED


@dataclass(frozen=True, slots=True)
class Offer:
    """What a meal offers: how many dishes count, by kind, and how many are 大荤 and 小荤."""

    counts: Mapping[Kind, int]
    big: int
    small: int


def offer_of(meal: Meal, policy: Policy) -> Offer:
    """What the meal offers; counted once, as every composition is held against it."""
    kinds = [dish.kind for dish in meal.dishes if dish_counts(dish, policy)]
    meats = [dish for dish in meal.dishes if dish.kind is Kind.MEAT]
    return Offer(
        counts={kind: kinds.count(kind) for kind in COUNTED},
        big=sum(is_big(dish, policy) for dish in meats),
        small=sum(is_small(dish, policy) for dish in meats),
    )


def missing_from(offer: Offer, asked: Composition) -> Iterator[tuple[str, int, int]]:
    """Rule, found and needed of everything that there is too little of."""
    spare = max(0, offer.big - asked.big)  # a second big dish may stand for a small one
    weighed = (
        ("two_meats", offer.counts[Kind.MEAT], asked.meat),
        ("big_meat", offer.big, asked.big),
        ("small_meat", offer.small + spare, asked.small),
        ("two_vegetables", offer.counts[Kind.VEGETABLE], asked.vegetable),
        ("one_soup", offer.counts[Kind.SOUP], asked.soup),
    )
    return ((rule, found, needed) for rule, found, needed in weighed if found < needed)


def presets_met(meal: Meal, offer: Offer) -> list[str]:
    """The presets whose composition the lunch or dinner offers."""
    if meal.name not in COMPOSED:
        return []
    return [name for name, asked in PRESETS.items() if not any(missing_from(offer, asked))]


def composition_findings(meal: Meal, offer: Offer, policy: Policy) -> list[Finding]:
    """What the meal lacks of the school's composition, or of a breakfast."""
    if meal.name is MealName.BREAKFAST:
        return breakfast_findings(meal, policy)
    if meal.name not in COMPOSED:
        return []
    missing = missing_from(offer, policy.composition)
    return [error(rule, FEWER[rule], found=found, needed=needed) for rule, found, needed in missing]


def breakfast_parts(meal: Meal) -> dict[str, int]:
    """How many dishes bring each part of a breakfast; one dish may bring several."""
    dishes = meal.dishes
    return {
        "staple": sum(dish.kind is Kind.STAPLE for dish in dishes),
        "rich": sum(map(_is_rich, dishes)),
        "green": sum(map(_is_green, dishes)),
    }


def breakfast_findings(meal: Meal, policy: Policy) -> list[Finding]:
    """`breakfast` once; without greens `breakfast_greens` where they are asked, else advice."""
    have = breakfast_parts(meal)
    found = []
    if not (have["staple"] or have["rich"]):
        found.append(error("breakfast", "Breakfast has no staple, and neither egg, dairy nor meat"))
    elif not have["staple"]:
        found.append(error("breakfast", "Breakfast has no staple"))
    elif not have["rich"]:
        found.append(error("breakfast", "Breakfast has neither egg, dairy nor meat"))
    if not have["green"]:
        found.append(_greens_finding(policy))
    return found


def _greens_finding(policy: Policy) -> Finding:
    message = "Breakfast has neither vegetables nor fruit"
    if policy.breakfast_greens:
        return error("breakfast_greens", message)
    return advice("vegetable_kinds", message)


def _is_rich(dish: Dish) -> bool:
    animal = any(i.food and (i.food.animal != "0" or i.food.group == "dairy") for i in dish.ingredients)
    return animal or dish.kind in (Kind.MEAT, Kind.DAIRY)


def _is_green(dish: Dish) -> bool:
    """A vegetable or fruit, or a dish with some in it; what only seasons is none."""
    if dish.kind in (Kind.VEGETABLE, Kind.FRUIT):
        return True
    return any(i.group in GREEN_GROUPS and i.known_name not in SEASONING_VEGETABLES for i in dish.ingredients)
