"""What holds for lots: which goes first, which may not go, what a part of it costs."""

from suppliers.stock.rules.states import Cause, CountState, LotState, Move, Origin, SlipKind

__all__ = ["Cause", "CountState", "LotState", "Move", "Origin", "SlipKind"]
