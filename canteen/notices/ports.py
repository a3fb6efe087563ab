"""What the rounds ask of rooms above: one step for one school, made once a day. Only app.py binds them."""

from datetime import datetime
from typing import Protocol


class SchoolStep(Protocol):
    """Post what has come due at a school; returns how many notices are new. Made as often as one likes."""

    async def __call__(self, school: int, *, now: datetime) -> int: ...
