"""What people send about foods."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from canteen.kit.forms import Fen

Name = Annotated[str, Meta(max_length=40)]
Figure = Annotated[float, Meta(ge=0)]


class Figures(msgspec.Struct, frozen=True, omit_defaults=False):
    """Per 100 g of the edible part; what is not given is unknown."""

    energy_kcal: Figure | None = None
    protein_g: Figure | None = None
    fat_g: Figure | None = None
    carbohydrate_g: Figure | None = None
    fiber_g: Figure | None = None
    calcium_mg: Figure | None = None
    iron_mg: Figure | None = None
    zinc_mg: Figure | None = None
    sodium_mg: Figure | None = None
    vitamin_a_ug_rae: Figure | None = None
    vitamin_b1_mg: Figure | None = None
    vitamin_b2_mg: Figure | None = None
    vitamin_c_mg: Figure | None = None
    cholesterol_mg: Figure | None = None


class FoodForm(msgspec.Struct, frozen=True):
    """A school's own food. `aliases` is a list as people type it, separated by semicolons or 、."""

    name: Name
    group: str
    edible_pct: float
    aliases: Annotated[str, Meta(max_length=400)] = ""
    animal: Literal["1", "egg", "0"] = "0"
    nutrients: Figures = Figures()
    allergens: tuple[str, ...] = ()
    season: Annotated[str, Meta(max_length=32)] = ""
    banned: Literal["ban", "risk", ""] = ""
    source: Annotated[str, Meta(max_length=200)] = ""
    note: Annotated[str, Meta(max_length=200)] = ""


class NameForm(msgspec.Struct, frozen=True):
    """A name and the food it stands for."""

    name: Name
    food_code: Annotated[str, Meta(max_length=16)]


class PriceForm(msgspec.Struct, frozen=True):
    """What a kilogram costs (typed in yuan), from a day on."""

    fen_per_kg: Annotated[Fen, Meta(gt=0, le=100_000_00)]
    from_day: date


class ImportForm(msgspec.Struct, frozen=True):
    """How a file is to be taken: `again` takes one that was taken before."""

    again: bool = False
