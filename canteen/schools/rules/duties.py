"""The duties of a canteen, and which of them apply to a school (practice 2 and 8).

A duty falls away with the way a canteen is run, or because the school says that it does not apply: then it
gives a reason, and the district sees it. What the law asks of every school canteen cannot be said away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from canteen.kit.problems import Finding, Level, error
from canteen.kit.texts import _
from canteen.schools.rules.modes import Mode

DELIVERED_ONLY = frozenset({Mode.DELIVERED})


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. `always`: cannot be said away. `not_in`: ways of running under which nobody has it."""

    key: str
    name: str
    always: bool = False
    not_in: frozenset[Mode] = frozenset()


@dataclass(frozen=True, slots=True)
class Applies:
    """Whether a duty applies, and why not: said by the school (`reason`), or by the mode (`why`)."""

    duty: Duty
    applies: bool
    reason: str = ""
    why: Finding | None = None


_ALL = (
    Duty("morning_check", _("Morning check of the staff"), always=True),
    Duty("accompanied_meals", _("Meals eaten with the pupils"), always=True),
    Duty("samples", _("Samples of every dish"), always=True),
    Duty("daily_check", _("Daily, weekly and monthly food safety checks"), always=True),
    Duty("menu_published", _("Weekly menu with grams on the wall"), always=True),
    Duty("goods_in", _("Goods-in inspection"), always=True, not_in=DELIVERED_ONLY),
    Duty("stock", _("Stock in and out"), always=True, not_in=DELIVERED_ONLY),
    Duty(
        "delivery_check",
        _("Check of delivered meals"),
        always=True,
        not_in=frozenset({Mode.SELF_RUN, Mode.CONTRACTED}),
    ),
    Duty("cooking", _("Core temperature of cooked dishes"), not_in=DELIVERED_ONLY),
    Duty("disinfection", _("Disinfection of tableware")),
    Duty("fridges", _("Temperatures of fridges and freezers")),
    Duty("waste", _("Kitchen waste handed over")),
    Duty("pests", _("Pest control")),
    Duty("cleaning", _("Cleaning")),
    Duty("parents_meals", _("Meals eaten with parents")),
    Duty("pesticide_tests", _("Quick tests for pesticides"), not_in=DELIVERED_ONLY),
    Duty("additives", _("Food additives"), not_in=DELIVERED_ONLY),
    Duty("cold_room", _("Special room for ready-to-eat food"), not_in=DELIVERED_ONLY),
    Duty("uv_lamps", _("Ultraviolet lamps")),
    Duty("garden", _("The school's own garden"), not_in=DELIVERED_ONLY),
    Duty("pickles", _("Home-made pickles"), not_in=DELIVERED_ONLY),
    Duty("vouchers", _("Meal vouchers")),
)
DUTIES: Mapping[str, Duty] = {duty.key: duty for duty in _ALL}


def duty_findings(key: str, *, applies: bool, reason: str) -> list[Finding]:
    """What is wrong with saying a duty away: the law asks it, or no reason is given."""
    if applies:
        return []
    if DUTIES[key].always:
        return [error("duty_always", _("The law asks this of every school canteen."), "applies")]
    if not reason.strip():
        return [error("duty_reason", _("Say why it does not apply; the district sees it."), "reason")]
    return []


def applying(modes: Iterable[Mode], said_away: Mapping[str, str]) -> list[Applies]:
    """Every duty for a school whose canteens are run in these ways; `said_away` holds reasons by key."""
    run = frozenset(modes) or frozenset({Mode.SELF_RUN})
    return [_applies(duty, run, said_away) for duty in DUTIES.values()]


def _applies(duty: Duty, run: frozenset[Mode], said_away: Mapping[str, str]) -> Applies:
    if run <= duty.not_in:
        why = Finding("mode", Level.ADVICE, _("Falls away with the way the canteen is run"))
        return Applies(duty, applies=False, why=why)
    if duty.key in said_away and not duty.always:
        return Applies(duty, applies=False, reason=said_away[duty.key])
    return Applies(duty, applies=True)
