"""What people send about one dish on a meal."""

from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.forms import Milligrams

Name = Annotated[str, Meta(max_length=40)]
Reason = Annotated[str, Meta(max_length=200)]
Version = Annotated[int, Meta(ge=0)]


class IngredientForm(msgspec.Struct, frozen=True):
    """One ingredient: raw grams per head (typed in grams), and the food's code where a recipe names it."""

    name: Name
    milligrams: Annotated[Milligrams, Meta(gt=0, le=2_000_000)]
    food_code: Annotated[str, Meta(max_length=16)] | None = None


class DishForm(msgspec.Struct, frozen=True):
    """A dish. `label` is the 类别 (大荤, 素菜, 汤 …), blank: told by its name and ingredients.

    `choice` names the group pupils choose from and `expected_percent` how many of a hundred take it.
    """

    name: Name
    ingredients: Annotated[tuple[IngredientForm, ...], Meta(max_length=40)] = ()
    label: Annotated[str, Meta(max_length=16)] = ""
    method: Annotated[str, Meta(max_length=40)] = ""
    choice: Annotated[str, Meta(max_length=16)] = ""
    expected_percent: Annotated[int, Meta(ge=1, le=100)] = 100
    dish: int | None = None


class MealForm(msgspec.Struct, frozen=True):
    """A whole meal, as a program or a template sends it."""

    day: Annotated[int, Meta(ge=0, le=6)]
    meal: str
    dishes: Annotated[tuple[DishForm, ...], Meta(max_length=40)] = ()


class QuickForm(msgspec.Struct, frozen=True):
    """A dish typed in one line; `version` is the meal's, as it was seen."""

    dish: Annotated[str, Meta(max_length=400)]
    version: Version


class LineForm(msgspec.Struct, frozen=True):
    """A dish's ingredients typed over in one line."""

    ingredients: Annotated[str, Meta(max_length=1000)]
    version: Version


class MoveForm(msgspec.Struct, frozen=True):
    """Where a dish goes: to a meal and a place in it (None: its end)."""

    meal: int
    version: Version
    place: Annotated[int, Meta(ge=0)] | None = None


class VersionForm(msgspec.Struct, frozen=True):
    """Nothing but the meal's version, as it was seen."""

    version: Version


class SwapForm(msgspec.Struct, frozen=True):
    """Another dish instead, after publication, and why."""

    dish: Annotated[str, Meta(max_length=400)]
    reason: Reason = ""
    label: Annotated[str, Meta(max_length=16)] = ""


class ReasonForm(msgspec.Struct, frozen=True):
    """Why."""

    reason: Reason = ""


class VagueForm(msgspec.Struct, frozen=True):
    """What this school means by a vague name, chosen or typed; no food: open until goods-in."""

    name: Name
    food_code: Annotated[str, Meta(max_length=16)] | None = None
    food: Name = ""


class Was(msgspec.Struct, frozen=True):
    """A stored dish as it was before a mend."""

    id: int
    dish: DishForm


class UndoForm(msgspec.Struct, frozen=True):
    """A mend to be taken back: the dishes that came, those that were changed, the version it made."""

    version: Version
    added: tuple[int, ...] = ()
    was: Annotated[tuple[Was, ...], Meta(max_length=200)] = ()


class MendForm(msgspec.Struct, frozen=True):
    """A proposed mend to be taken over: of which finding of which meal (None: the week), which version."""

    finding: Annotated[int, Meta(ge=0)]
    mend: Annotated[int, Meta(ge=0)]
    version: Version
    meal: int | None = None
