"""How a lot came, how it stands, and what a line of the ledger does."""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.texts import _


class Origin(StrEnum):
    """Where a lot came from; `origin_id` names the row there."""

    OPENING = "opening"
    DELIVERY = "delivery"
    GARDEN = "garden"
    PRODUCTION = "production"
    STOCKTAKE = "stocktake"


class LotState(StrEnum):
    """Whether a lot may be used. Expired is decided by the date, empty by what is left: neither is stored."""

    OPEN = "open"
    LOCKED = "locked"
    QUARANTINED = "quarantined"


class Move(StrEnum):
    """A line of the ledger. What comes in counts up, all others down; a correction may do either."""

    IN = "in"
    ISSUE = "issue"
    DIRECT_ISSUE = "direct_issue"
    WRITE_OFF = "write_off"
    DESTROYED = "destroyed"
    RETURNED = "returned"
    STOCKTAKE = "stocktake"
    CORRECTION = "correction"


class SlipKind(StrEnum):
    """The document that lines of the ledger stand on: 入库单, 出库单, 报损单, 盘点表."""

    RECEIPT = "receipt"
    ISSUE = "issue"
    WRITE_OFF = "write_off"
    STOCKTAKE = "stocktake"
    CORRECTION = "correction"


class CountState(StrEnum):
    """A stocktake is counted, then closed; closing posts the differences and locks the past."""

    COUNTING = "counting"
    CLOSED = "closed"


class Cause(StrEnum):
    """Why a count differs from the book."""

    WEIGHING = "weighing"
    DRYING = "drying"
    SPOILED = "spoiled"
    NOT_BOOKED = "not_booked"
    LOST = "lost"
    OTHER = "other"


class WriteOffReason(StrEnum):
    """Why goods are written off (Decree 45 article 35; domain.md 7.20)."""

    EXPIRED = "expired"
    SPOILED = "spoiled"
    DAMAGED = "damaged"
    PESTS = "pests"
    FAILED_TEST = "failed_test"
    RECALLED = "recalled"
    OTHER = "other"


ORIGIN_NAMES: Mapping[Origin, str] = {
    Origin.OPENING: _("Opening stock"),
    Origin.DELIVERY: _("Delivered by a supplier"),
    Origin.GARDEN: _("From our own garden"),
    Origin.PRODUCTION: _("Made by our own kitchen"),
    Origin.STOCKTAKE: _("Found by a stocktake"),
}
MOVE_NAMES: Mapping[Move, str] = {
    Move.IN: _("Taken into the store"),
    Move.ISSUE: _("Issued"),
    Move.DIRECT_ISSUE: _("Straight to the kitchen"),
    Move.WRITE_OFF: _("Written off"),
    Move.DESTROYED: _("Destroyed"),
    Move.RETURNED: _("Returned to the supplier"),
    Move.STOCKTAKE: _("Difference of a stocktake"),
    Move.CORRECTION: _("Correction of a slip"),
}
SLIP_NAMES: Mapping[SlipKind, str] = {
    SlipKind.RECEIPT: _("Receipt slip"),
    SlipKind.ISSUE: _("Issue slip"),
    SlipKind.WRITE_OFF: _("Write-off record"),
    SlipKind.STOCKTAKE: _("Stocktake differences"),
    SlipKind.CORRECTION: _("Correction slip"),
}
CAUSE_NAMES: Mapping[Cause, str] = {
    Cause.WEIGHING: _("Weighing error"),
    Cause.DRYING: _("Dried out or leaked"),
    Cause.SPOILED: _("Spoiled and thrown away"),
    Cause.NOT_BOOKED: _("Movement was not booked"),
    Cause.LOST: _("Lost"),
    Cause.OTHER: _("Another cause, see the note"),
}
REASON_NAMES: Mapping[WriteOffReason, str] = {
    WriteOffReason.EXPIRED: _("Past its shelf life"),
    WriteOffReason.SPOILED: _("Spoiled, rancid or mouldy"),
    WriteOffReason.DAMAGED: _("Packing broken or soiled"),
    WriteOffReason.PESTS: _("Insects or mice"),
    WriteOffReason.FAILED_TEST: _("Failed a test"),
    WriteOffReason.RECALLED: _("Recalled by the producer"),
    WriteOffReason.OTHER: _("Another reason, see the note"),
}
