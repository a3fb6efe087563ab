"""What is decided about weights and paper: keys, defaults, bounds, plain words and sources."""

from canteen.kit.texts import _
from canteen.schools.rules.keys.sources import SCHOOL_HABIT
from canteen.schools.rules.policies import Choice, Kind, Policy

PAPER = _("Weights and paper")

UNITS = (
    Choice("kg", _("Kilograms and yuan per kilogram")),
    Choice("jin", _("Jin and yuan per jin, kilograms shown beside")),
)


def _offset(key: str, name: str) -> Policy:
    question = _("How far must print on pre-printed multi-part paper be moved? Minus is left or up.")
    source = _("The printer of this school")
    return Policy(key, PAPER, name, question, Kind.TENTHS, 0, source, _("mm"), least=-300, most=300)


DECIDED = (
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
    _offset("dot_matrix_right_tenths_mm", _("Dot matrix, to the right")),
    _offset("dot_matrix_down_tenths_mm", _("Dot matrix, down")),
)
