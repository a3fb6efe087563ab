"""How a lot came, how it stands, and what a line of the ledger does."""

from enum import StrEnum


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
