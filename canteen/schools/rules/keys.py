"""The table of policies: every key, its default, bounds, plain words and source."""

from collections.abc import Mapping

from canteen.kit.texts import _
from canteen.schools.rules.policies import Choice, Kind, Policy

DISTRICT_RULE = _("District rule: two meat dishes, two vegetable dishes, one soup, meat at least half")
SCHOOL_HABIT = _("No national figure: use what your district or school has laid down")

BIG_PURCHASES = _(
    "Guideline on buying and accepting bulk goods (2025): big purchases are decided collectively; it names "
    "no figure, your district or school does"
)

SAMPLES = _("Food samples")
HEALTH = _("Morning check")
MENUS = _("Menus")
TIMES = _("Meal times")
MONEY = _("Money and vouchers")
PAPER = _("Weights and paper")
BUYING = _("Suppliers and purchases")
TOPICS = (SAMPLES, HEALTH, MENUS, TIMES, MONEY, PAPER, BUYING)

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
VOUCHERS = (
    Choice("meal", _("Meal voucher: one certain meal")),
    Choice("any_meal", _("General voucher: any meal")),
    Choice("value", _("Value voucher: buys dishes, no change is given")),
)
UNITS = (
    Choice("kg", _("Kilograms and yuan per kilogram")),
    Choice("jin", _("Jin and yuan per jin, kilograms shown beside")),
)
HOURS = (
    Choice(
        24,
        _("24 hours: what the school's own documents ask. A line on the national 48 hours stays."),
    ),
    Choice(
        48,
        _("48 hours: what national rules ask. Each sample needs its box and place twice as long."),
    ),
)


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


def _amount(key: str, name: str, question: str, fen: int | None) -> Policy:
    return Policy(
        key,
        BUYING,
        name,
        question,
        Kind.MONEY,
        fen,
        BIG_PURCHASES,
        _("yuan"),
        least=0,
        most=100_000_000,
        blank=True,
    )


def _window(key: str, name: str, question: str, starts: int, ends: int) -> Policy:
    source = _("WS/T 554-2017: breakfast 6:30 to 8:30, lunch 11:30 to 13:30, dinner 17:30 to 19:30")
    return Policy(key, TIMES, name, question, Kind.WINDOW, {"starts": starts, "ends": ends}, source)


def _offset(key: str, name: str) -> Policy:
    question = _("How far must print on pre-printed multi-part paper be moved? Minus is left or up.")
    source = _("The printer of this school")
    return Policy(key, PAPER, name, question, Kind.TENTHS, 0, source, _("mm"), least=-300, most=300)


_ALL = (
    Policy(
        "sample_hours",
        SAMPLES,
        _("Sample retention"),
        _("How long is a sample of each dish kept, 24 or 48 hours?"),
        Kind.NUMBER,
        24,
        _("Asked by the school: 24. Decree 45 (2019) article 40 and the operation norm 7.9: at least 48"),
        _("hours"),
        least=24,
        most=240,
        choices=HOURS,
    ),
    Policy(
        "sample_grams",
        SAMPLES,
        _("Sample amount"),
        _("How many grams of each dish are kept at least?"),
        Kind.NUMBER,
        125,
        _("Decree 45 (2019) article 40: not less than 125 grams"),
        _("grams"),
        least=125,
        most=1000,
    ),
    Policy(
        "temperature_alarm_tenths",
        HEALTH,
        _("Fever"),
        _("From which body temperature is a worker taken off today's posts?"),
        Kind.TENTHS,
        373,
        _("Commonly used alarm; the norm names fever without a figure"),
        _("degrees Celsius"),
        least=368,
        most=385,
    ),
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
    Policy(
        "voucher_form",
        MONEY,
        _("Vouchers"),
        _("What is one voucher good for?"),
        Kind.CHOICE,
        "meal",
        SCHOOL_HABIT,
        choices=VOUCHERS,
    ),
    Policy(
        "small_cash_fen",
        MONEY,
        _("Small cash"),
        _("Up to which amount may be bought in cash without the principal's approval?"),
        Kind.MONEY,
        5000,
        SCHOOL_HABIT,
        _("yuan"),
        least=0,
        most=1_000_000,
    ),
    Policy(
        "weight_unit",
        PAPER,
        _("Weights"),
        _("In which unit are weights and prices typed?"),
        Kind.CHOICE,
        "kg",
        SCHOOL_HABIT,
        choices=UNITS,
    ),
    Policy(
        "licence_lead_days",
        BUYING,
        _("Papers that run out"),
        _("How many days before a paper ends is it asked for? The wall has two more bands: two and one third."),
        Kind.NUMBER,
        90,
        _("Custom: 90, 60 and 30 days. A licence is renewed 90 to 15 working days before it ends (Order 78)"),
        _("days"),
        least=15,
        most=365,
    ),
    _amount(
        "quotes_from_fen",
        _("Three quotes"),
        _("From which amount does a purchase need three quotes?"),
        100_000,
    ),
    _amount(
        "principal_from_fen",
        _("Approval by the principal"),
        _("From which amount does the principal approve a purchase, not the deputy? Blank: either of them."),
        100_000,
    ),
    _amount(
        "collective_from_fen",
        _("Collective decision"),
        _("From which amount does a meeting decide about a purchase? Blank: never."),
        None,
    ),
    _offset("dot_matrix_right_tenths_mm", _("Dot matrix, to the right")),
    _offset("dot_matrix_down_tenths_mm", _("Dot matrix, down")),
)
POLICIES: Mapping[str, Policy] = {policy.key: policy for policy in _ALL}
