"""What people send about dishes."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from canteen.kit.described import Id
from canteen.kit.forms import Milligrams
from menus.dishes.rules import Kind, Method

Name = Annotated[str, Meta(max_length=40)]
Weight = Annotated[Milligrams, Meta(gt=0, le=2_000_000)]
Grams = Annotated[float, Meta(ge=0.001, le=2_000)]


class LineForm(msgspec.Struct, frozen=True):
    """One ingredient: raw grams per head as purchased at 9-11, and of the bands that have their own."""

    name: Name
    milligrams: Weight = field(name="grams")
    six: Weight | None = field(default=None, name="grams_6_8")
    twelve: Weight | None = field(default=None, name="grams_12_14")
    fifteen: Weight | None = field(default=None, name="grams_15_17")


class DishForm(msgspec.Struct, frozen=True):
    """A recipe as it is typed. `size` tells 大荤 (big) from 小荤 (small); "" leaves it to the meat share.

    `version` is the number of the version that was changed, so that nobody overwrites what was not seen.
    """

    name: Name
    kind: Kind
    ingredients: Annotated[tuple[LineForm, ...], Meta(min_length=1, max_length=40)]
    method: Method | None = None
    size: Literal["big", "small", ""] = ""
    note: Annotated[str, Meta(max_length=400)] = ""
    version: int | None = None


class LineIn(msgspec.Struct, frozen=True):
    """A LineForm as programs send it: grams as numbers."""

    name: Name
    grams: Grams
    grams_6_8: Grams | None = None
    grams_12_14: Grams | None = None
    grams_15_17: Grams | None = None

    def as_typed(self) -> LineForm:
        """The line as people type it."""
        own = (round(g * 1000) if g else None for g in (self.grams_6_8, self.grams_12_14, self.grams_15_17))
        return LineForm(self.name, round(self.grams * 1000), *own)


class DishIn(msgspec.Struct, frozen=True):
    """A DishForm as programs send it."""

    name: Name
    kind: Kind
    ingredients: Annotated[tuple[LineIn, ...], Meta(min_length=1, max_length=40)]
    method: Method | None = None
    size: Literal["big", "small", ""] = ""
    note: Annotated[str, Meta(max_length=400)] = ""
    version: int | None = None

    def as_typed(self) -> DishForm:
        """The recipe as people type it."""
        lines = tuple(line.as_typed() for line in self.ingredients)
        return DishForm(self.name, self.kind, lines, self.method, self.size, self.note, self.version)


class CopyForm(msgspec.Struct, frozen=True):
    """A copy's new name; blank keeps the name, where that is free."""

    name: Annotated[str, Meta(max_length=40)] = ""


class TakeForm(msgspec.Struct, frozen=True):
    """Dishes to take from a library: names of shipped ones, ids of the district's."""

    names: Annotated[tuple[Name, ...], Meta(max_length=400)] = ()
    dishes: Annotated[tuple[Id, ...], Meta(max_length=400)] = ()


class DraftLine(msgspec.Struct, frozen=True):
    """A line as far as it is typed; nothing of it is refused."""

    name: str = ""
    grams: str = ""


class Draft(msgspec.Struct, frozen=True):
    """A recipe as far as it is typed, for the figures beside it."""

    name: str = ""
    kind: str = ""
    ingredients: tuple[DraftLine, ...] = ()
