"""Which lot goes first, which may not go at all, and what a part of it costs.

First expired, first out; what is past its day is not used: 学校食品安全与营养健康管理规定 (Decree 45 of 2019)
articles 35 and 37. Lots are never merged, so that a bad batch is found again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _
from suppliers.stock.rules.states import LotState


class Standing(StrEnum):
    """How a lot stands on a day."""

    USABLE = "usable"
    NEAR = "near"
    EXPIRED = "expired"
    LOCKED = "locked"
    QUARANTINED = "quarantined"
    HELD = "held"
    NOT_YET = "not_yet"
    EMPTY = "empty"


STANDING_NAMES = {
    Standing.USABLE: _("Usable"),
    Standing.NEAR: _("Use soon"),
    Standing.EXPIRED: _("Past its day"),
    Standing.LOCKED: _("Locked until decided"),
    Standing.QUARANTINED: _("Set apart"),
    Standing.HELD: _("Held by an incident"),
    Standing.NOT_YET: _("Not to be opened yet"),
    Standing.EMPTY: _("Used up"),
}
MAY_GO = frozenset({Standing.USABLE, Standing.NEAR})
WHY_NOT = {
    Standing.EXPIRED: _("This lot is past its day: write it off."),
    Standing.LOCKED: _("This lot is locked until the principal has decided about its delivery."),
    Standing.QUARANTINED: _("This lot is set apart: decide what becomes of it first."),
    Standing.HELD: _("This lot is held by an incident."),
    Standing.NOT_YET: _("This batch of our own is not ready: its first day has not come."),
    Standing.EMPTY: _("Nothing is left of this lot."),
}


@dataclass(frozen=True, slots=True)
class OnShelf:
    """What the rules see of a lot: quantities in grams or pieces, money in fen.

    `usable_from` is the first day on which a batch of our own may be eaten.
    """

    id: int
    good: int
    quantity_left: int
    fen_left: int
    received_on: date
    expires_on: date | None = None
    state: str = LotState.OPEN
    held: bool = False
    usable_from: date | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """So much of a lot, at its share of the cost; `seen` is what was left when this was worked out."""

    lot: OnShelf
    quantity: int
    fen: int

    @property
    def seen(self) -> int:
        """What the lot held when this was worked out."""
        return self.lot.quantity_left


def standing_of(lot: OnShelf, on: date, lead_days: int = 0) -> Standing:
    """How a lot stands on a day; a lot that expires that day may still go."""
    if lot.quantity_left == 0:
        return Standing.EMPTY
    if lot.held:
        return Standing.HELD
    if lot.state != LotState.OPEN:
        return Standing(lot.state)
    if lot.usable_from is not None and lot.usable_from > on:
        return Standing.NOT_YET
    if lot.expires_on is None or lot.expires_on > on + timedelta(days=lead_days):
        return Standing.USABLE
    return Standing.NEAR if lot.expires_on >= on else Standing.EXPIRED


def usable(lot: OnShelf, on: date) -> bool:
    """Whether a lot may go to the kitchen on a day."""
    return standing_of(lot, on) in MAY_GO


def first_out(lots: Iterable[OnShelf]) -> list[OnShelf]:
    """Lots in the order in which they go: the earliest to expire, then the longest here."""
    return sorted(lots, key=lambda lot: (lot.expires_on or date.max, lot.received_on, lot.id))


def takes(lots: Sequence[OnShelf], quantity: int, on: date, at: str = "") -> tuple[list[Take], list[Finding]]:
    """What to take for a quantity of one good, first expired first, and why it cannot be done.

    `not_enough`: the usable lots hold less; its facts tell how much is there and how much is there but may
    not go. `at` is the field that a finding is shown at.
    """
    wanted, taken = quantity, []
    for lot in first_out(lot for lot in lots if usable(lot, on)):
        part = min(wanted, lot.quantity_left)
        taken.append(take(lot, part))
        wanted -= part
        if not wanted:
            return taken, []
    return [], [_not_enough(lots, quantity, on, at)]


def take(lot: OnShelf, quantity: int) -> Take:
    """A part of one lot; the last part takes what cost is left, so that nothing is lost by rounding."""
    return Take(lot, quantity, share_of(lot.fen_left, lot.quantity_left, quantity))


def share_of(fen: int, whole: int, part: int) -> int:
    """The cost of a part, rounded half up to the fen; of the whole it is the whole."""
    return fen if part == whole else (2 * fen * part + whole) // (2 * whole)


def take_findings(lot: OnShelf, quantity: int, on: date, at: str = "") -> list[Finding]:
    """Why so much of this very lot cannot go on a day."""
    standing = standing_of(lot, on)
    if standing not in MAY_GO:
        return [error("lot_not_usable", WHY_NOT[standing], at)]
    if quantity > lot.quantity_left:
        return [error("not_enough", _("Only {left} are left."), at, left=lot.quantity_left, blocked=0)]
    return []


def _not_enough(lots: Sequence[OnShelf], quantity: int, on: date, at: str) -> Finding:
    left = sum(lot.quantity_left for lot in lots if usable(lot, on))
    blocked = sum(lot.quantity_left for lot in lots) - left
    message = _("Only {left} may be used of {wanted}; {blocked} more are expired, locked or held.")
    return error("not_enough", message, at, left=left, wanted=quantity, blocked=blocked)
