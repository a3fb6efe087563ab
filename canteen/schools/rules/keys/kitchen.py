"""What is decided about samples and the morning check: keys, defaults, bounds, plain words and sources."""

from canteen.kit.texts import _
from canteen.schools.rules.policies import Choice, Kind, Policy

SAMPLES = _("Food samples")
HEALTH = _("Morning check")

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


DECIDED = (
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
)
