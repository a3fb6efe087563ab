"""What a lot is when it comes in."""

from dataclasses import dataclass
from datetime import date

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
    place: int | None = None
    state: LotState = LotState.OPEN
    state_reason: str = ""
    note: str = ""
