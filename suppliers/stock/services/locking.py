"""Lots that may not be used yet: locked until somebody decides, set apart, held by an incident."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from suppliers.stock.rules import LotState
from suppliers.stock.tables import Lot


async def set_state(school: int, lots: Sequence[int], state: LotState, reason: str) -> None:
    """Step: open, lock or set apart lots; `reason` is shown beside them."""
    values = {Lot.state: state.value, Lot.state_reason: reason}
    await Lot.update(values).where(_these(school, lots))  # type: ignore[arg-type]


async def hold(school: int, lots: Sequence[int], reason: str, *, now: datetime) -> None:
    """Step: an incident holds lots; those that are held stay as they are."""
    values = {Lot.held_at: now, Lot.held_reason: reason}
    await Lot.update(values).where(_these(school, lots) & Lot.held_at.is_null())  # type: ignore[arg-type]


async def lift(school: int, lots: Sequence[int]) -> None:
    """Step: the incident is over."""
    await Lot.update({Lot.held_at: None, Lot.held_reason: ""}).where(_these(school, lots))


def _these(school: int, lots: Sequence[int]) -> Any:
    return (Lot.school == school) & Lot.id.is_in(list(lots))
