"""What a lot is when it comes in, and what our own garden and kitchen have to show first."""

from dataclasses import dataclass
from datetime import date, timedelta

from canteen.kit.problems import Finding, advice, error
from canteen.kit.texts import _
from suppliers.stock.rules.states import LotState, Origin


@dataclass(frozen=True, slots=True)
class NewLot:
    """A batch that comes in: quantity in grams or pieces, its whole cost in fen."""

    good: int
    quantity: int
    fen: int
    origin: Origin
    origin_id: int | None = None
    supplier: int | None = None
    spec: str = ""
    producer: str = ""
    batch_number: str = ""
    produced_on: date | None = None
    expires_on: date | None = None
    usable_from: date | None = None
    place: int | None = None
    state: LotState = LotState.OPEN
    state_reason: str = ""
    note: str = ""


RIPENS = timedelta(days=20)
"""Home-made pickles: nitrite rises in the first two weeks and has fallen again after about twenty days."""


def garden_findings(day: date, sprayed_on: date | None, interval_days: int, tested: bool) -> list[Finding]:
    """Why vegetables of the school's own garden may not come in: `spray_interval`, `quick_test`.

    农药安全间隔期: 农药管理条例 (2022) article 34; the quick test as for bought vegetables (practice 26).
    """
    findings = []
    if sprayed_on and day < sprayed_on + timedelta(days=interval_days):
        free = sprayed_on + timedelta(days=interval_days)
        message = _("The waiting time after spraying ends on {day}: nothing is picked before.")
        findings.append(error("spray_interval", message, "sprayed_on", day=free))
    if not tested:
        message = _("Without a passed quick test the harvest stays outside.")
        findings.append(error("quick_test", message, "tested"))
    return findings


def ripening_findings(started_on: date, usable_from: date) -> list[Finding]:
    """What to say about the first day of a home-made batch: `ripe_before_start`, `ripens_short`."""
    if usable_from < started_on:
        message = _("A batch cannot be ready before it was begun.")
        return [error("ripe_before_start", message, "usable_from")]
    if usable_from < started_on + RIPENS:
        message = _("Pickles are safer after {days} days: nitrite has fallen again by then.")
        return [advice("ripens_short", message, "usable_from", days=RIPENS.days)]
    return []
