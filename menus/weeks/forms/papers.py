"""What people choose when they print."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class PosterForm(msgspec.Struct, frozen=True):
    """How large the poster is."""

    size: Literal["a4", "a3"] = "a4"


class KitchenForm(msgspec.Struct, frozen=True):
    """`tables` seats so many at a table (0: no tables), `blank` leaves all figures to the pen."""

    tables: Annotated[int, Meta(ge=0, le=20)] = 0
    blank: bool = False
