"""What is decided about suppliers and purchases: keys, defaults, bounds, plain words and sources."""

from canteen.kit.texts import _
from canteen.schools.rules.keys.sources import SCHOOL_HABIT
from canteen.schools.rules.policies import Choice, Kind, Policy

BUYING = _("Suppliers and purchases")

BIG_PURCHASES = _(
    "Guideline on buying and accepting bulk goods (2025): big purchases are decided collectively; it names "
    "no figure, your district or school does"
)
DECIDERS = (
    Choice("heads", _("The principal or a deputy")),
    Choice("principal", _("The principal alone, or who was delegated for those days")),
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


DECIDED = (
    Policy(
        "small_cash_most_fen",
        BUYING,
        _("Payments in cash"),
        _("Up to which amount may one payment go in cash? Larger ones go by transfer."),
        Kind.MONEY,
        100_000,
        _("Cash rules (1988) article 5: below the settlement threshold of 1,000 yuan cash may be used"),
        _("yuan"),
        least=0,
        most=1_000_000,
    ),
    Policy(
        "advance_most_fen",
        BUYING,
        _("Cash advance"),
        _("How much cash may a buyer be given in advance at most?"),
        Kind.MONEY,
        200_000,
        SCHOOL_HABIT,
        _("yuan"),
        least=0,
        most=10_000_000,
    ),
    Policy(
        "advance_days",
        BUYING,
        _("Days of an advance"),
        _("Within how many days is a cash advance accounted for?"),
        Kind.NUMBER,
        15,
        SCHOOL_HABIT,
        _("days"),
        least=1,
        most=90,
    ),
    Policy(
        "licence_lead_days",
        BUYING,
        _("Papers that run out"),
        _("How many days before it ends is a paper asked for? The wall also marks two thirds and one third."),
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
    Policy(
        "provisional_hour",
        BUYING,
        _("Provisional goods"),
        _("Until which hour of the day are goods decided about that were taken in provisionally?"),
        Kind.NUMBER,
        9,
        _("No national figure: before the kitchen needs them"),
        _("o'clock"),
        least=5,
        most=20,
    ),
    Policy(
        "provisional_by",
        BUYING,
        _("Who releases locked goods"),
        _("Who decides about goods that were taken in provisionally?"),
        Kind.CHOICE,
        "heads",
        SCHOOL_HABIT,
        choices=DECIDERS,
    ),
    Policy(
        "quarantine_evening_hour",
        BUYING,
        _("Quarantine certificate of the evening before"),
        _("Until which hour is a product B certificate of the evening before taken with a warning?"),
        Kind.NUMBER,
        9,
        _("Product B holds on its day (2021); night slaughter reaches the school before the day begins"),
        _("o'clock"),
        least=0,
        most=12,
    ),
)
