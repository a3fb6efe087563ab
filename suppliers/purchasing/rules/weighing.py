"""From what the scale and the delivery note say to what was accepted, in grams or pieces.

毛重 − 皮重 − 扣秤 is what counts (practice 14); goods that nobody weighs count as the note says.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.goods.rules import Unit, rounded, unit_of
from suppliers.purchasing.rules.states import Verdict


@dataclass(frozen=True, slots=True)
class Counts:
    """What was typed of one line, in thousandths of its unit; None: not typed."""

    unit: str
    delivered: int | None = None
    ordered: int | None = None
    gross: int | None = None
    tare: int | None = None
    deducted: int | None = None
    weighed: int | None = None
    refused: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """The same in grams or pieces; `unit_quantity` is what one unit holds."""

    unit_quantity: int
    delivered: int
    accepted: int
    ordered: int | None = None
    gross: int | None = None
    tare: int | None = None
    deducted: int | None = None
    weighed: int | None = None

    @property
    def received(self) -> int:
        """What the scale says, else the note."""
        return self.delivered if self.weighed is None else self.weighed

    @property
    def refused(self) -> int:
        """What was not accepted of it."""
        return self.received - self.accepted


def weigh(
    units: Sequence[Unit], counts: Counts, verdict: Verdict, at: str
) -> tuple[Weighed | None, list[Finding]]:
    """What a line weighs and how much of it is accepted, or why that cannot be said."""
    try:
        one = unit_of(units, counts.unit).quantity
    except ValueError:
        known = [unit.name for unit in units]
        message = _("This good does not come in {unit}. It comes in: {units}.")
        return None, [error("unit_unknown", message, f"{at}.unit", unit=counts.unit or "–", units=known)]
    net = _net(counts)
    received = counts.delivered if net is None else net
    if received is None:
        return None, [error("count_missing", _("Type how much came."), f"{at}.count")]
    if found := _count_findings(counts, received, verdict, at):
        return None, found
    refused = {Verdict.ACCEPTED: 0, Verdict.REFUSED: received}.get(verdict, counts.refused or 0)
    delivered = received if counts.delivered is None else counts.delivered
    return _weighed(one, counts, delivered, net, received - refused), []


def _net(counts: Counts) -> int | None:
    """Gross less tare less what was taken off for water and earth; else what was weighed net."""
    if counts.gross is None:
        return counts.weighed
    return counts.gross - (counts.tare or 0) - (counts.deducted or 0)


def _count_findings(counts: Counts, received: int, verdict: Verdict, at: str) -> list[Finding]:
    found = []
    if received <= 0:
        where = f"{at}.tare" if counts.gross is not None else f"{at}.count"
        found.append(error("nothing_left", _("Nothing is left: look at the weights again."), where))
    elif verdict is Verdict.PART and not counts.refused:
        found.append(error("refused_missing", _("Type how much of it is refused."), f"{at}.refused"))
    elif verdict is Verdict.PART and (counts.refused or 0) >= received:
        message = _("That is all of it: refuse the whole line.")
        found.append(error("refused_all", message, f"{at}.refused"))
    return found


def _weighed(one: int, counts: Counts, delivered: int, net: int | None, accepted: int) -> Weighed:
    def made(count: int | None) -> int | None:
        return None if count is None else rounded(count * one, 1000)

    return Weighed(
        unit_quantity=one,
        delivered=rounded(delivered * one, 1000),
        accepted=rounded(accepted * one, 1000),
        ordered=made(counts.ordered),
        gross=made(counts.gross),
        tare=made(counts.tare),
        deducted=made(counts.deducted),
        weighed=made(net),
    )


def cost(quantity: int, price_fen: int, unit_quantity: int) -> int:
    """What so many grams or pieces cost at a price for one unit, to the nearest fen."""
    return rounded(quantity * price_fen, unit_quantity)
