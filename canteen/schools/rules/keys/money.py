"""What is decided about money and vouchers: keys, defaults, bounds, plain words and sources."""

from canteen.kit.texts import _
from canteen.schools.rules.keys.sources import SCHOOL_HABIT
from canteen.schools.rules.policies import Choice, Kind, Policy

MONEY = _("Money and vouchers")

VOUCHERS = (
    Choice("meal", _("Meal voucher: one certain meal")),
    Choice("any_meal", _("General voucher: any meal")),
    Choice("value", _("Value voucher: buys dishes, no change is given")),
)


DECIDED = (
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
)
