"""What is decided about menus and meal times: keys, defaults, bounds, plain words and sources."""

from canteen.kit.texts import _
from canteen.schools.rules.keys.sources import SCHOOL_HABIT
from canteen.schools.rules.policies import Choice, Kind, Policy

MENUS = _("Menus")
TIMES = _("Meal times")

COMPOSITIONS = (
    Choice("two_meats_two_vegetables_one_soup", _("Two meat dishes, two vegetable dishes, one soup")),
    Choice(
        "one_big_one_small_one_vegetable_one_soup",
        _("One big meat dish, one small meat dish, one vegetable dish, one soup"),
    ),
)
BREAKFASTS = (
    Choice("staple_and_egg_or_milk", _("A staple, and egg, milk or meat; vegetables or fruit are advised")),
    Choice("staple_egg_or_milk_and_green", _("A staple, egg, milk or meat, and a vegetable or fruit")),
)
DISTRICT_RULE = _("District rule: two meat dishes, two vegetable dishes, one soup, meat at least half")


def _cost(key: str, name: str, question: str) -> Policy:
    return Policy(
        key,
        MENUS,
        name,
        question,
        Kind.MONEY,
        None,
        SCHOOL_HABIT,
        _("yuan"),
        least=1,
        most=100_000,
        blank=True,
    )


def _window(key: str, name: str, question: str, starts: int, ends: int) -> Policy:
    source = _("WS/T 554-2017: breakfast 6:30 to 8:30, lunch 11:30 to 13:30, dinner 17:30 to 19:30")
    return Policy(key, TIMES, name, question, Kind.WINDOW, {"starts": starts, "ends": ends}, source)


DECIDED = (
    Policy(
        "menu_composition",
        MENUS,
        _("Lunch and dinner"),
        _("What does every lunch and dinner offer at least?"),
        Kind.COMPOSITION,
        "two_meats_two_vegetables_one_soup",
        DISTRICT_RULE,
        choices=COMPOSITIONS,
    ),
    Policy(
        "breakfast_composition",
        MENUS,
        _("Breakfast"),
        _("What does every breakfast offer at least?"),
        Kind.CHOICE,
        "staple_and_egg_or_milk",
        _("WS/T 554-2017: breakfast from at least three of four food groups"),
        choices=BREAKFASTS,
    ),
    Policy(
        "meat_share_percent",
        MENUS,
        _("Meat share"),
        _("How much of a meat dish must be meat, by raw edible weight?"),
        Kind.NUMBER,
        50,
        DISTRICT_RULE,
        _("percent"),
        least=1,
        most=100,
    ),
    Policy(
        "eggs_are_meat",
        MENUS,
        _("Eggs"),
        _("Do eggs count as meat in a meat dish?"),
        Kind.YES_NO,
        True,
        _("Undefined in the field: a decision of the school"),
    ),
    Policy(
        "strict_meat_share",
        MENUS,
        _("Strict reading"),
        _("Does a meat dish under the share not count as one of the meat dishes?"),
        Kind.YES_NO,
        True,
        DISTRICT_RULE,
    ),
    _cost("breakfast_most_fen", _("Cost of a breakfast"), _("What may a breakfast cost per head at most?")),
    _cost("lunch_most_fen", _("Cost of a lunch"), _("What may a lunch cost per head at most?")),
    _cost("dinner_most_fen", _("Cost of a dinner"), _("What may a dinner cost per head at most?")),
    _window(
        "breakfast_window", _("Time of breakfast"), _("From when to when is breakfast served?"), 390, 510
    ),
    _window("lunch_window", _("Time of lunch"), _("From when to when is lunch served?"), 690, 810),
    _window("dinner_window", _("Time of dinner"), _("From when to when is dinner served?"), 1050, 1170),
)
