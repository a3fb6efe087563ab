"""Pages of the store."""

from collections.abc import Mapping
from typing import Any

from suppliers.stock.rules import ORIGIN_NAMES, REASON_NAMES
from suppliers.stock.web import booking, counting, ledgers, moving, store

routes: list[Any] = [
    *store.routes,
    *moving.routes,
    *booking.routes,
    *counting.routes,
    *ledgers.routes,
]

VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {"origin": ORIGIN_NAMES, "reason": REASON_NAMES}
"""What values in the trail stand for."""

__all__ = ["VALUE_NAMES", "routes"]
