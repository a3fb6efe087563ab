"""What people send about a week."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from menus.weeks.forms.dishes import MealForm, Reason, Version
from menus.weeks.rules import Age, MealName

Audience = Annotated[str, Meta(max_length=40)]


class NewWeek(msgspec.Struct, frozen=True):
    """A new draft: any day of the week, which meals on how many days, or the dishes themselves."""

    day: date
    age: Age = Age.NINE
    audience: Audience = ""
    canteen: int | None = None
    meals: tuple[MealName, ...] = (MealName.LUNCH,)
    days: Annotated[int, Meta(ge=1, le=7)] = 5
    content: tuple[MealForm, ...] = ()


class CopyForm(msgspec.Struct, frozen=True):
    """Where a week or template goes: any day of the week."""

    day: date
    age: Age | None = None
    audience: Audience = ""
    canteen: int | None = None


class ImportForm(msgspec.Struct, frozen=True):
    """How a menu file is taken: `again` takes one that was taken before, `replace` overwrites drafts."""

    age: Age = Age.NINE
    audience: Audience = ""
    canteen: int | None = None
    again: bool = False
    replace: bool = False


class ApprovalForm(msgspec.Struct, frozen=True):
    """The principal's word on the version seen."""

    version: Version
    reason: Reason = ""


class MealToAdd(msgspec.Struct, frozen=True):
    """One more meal of the week."""

    day: date
    meal: MealName


class TemplateForm(msgspec.Struct, frozen=True):
    """A name for a week to be kept without its dates."""

    name: Annotated[str, Meta(max_length=40)]


class PushForm(msgspec.Struct, frozen=True):
    """The schools that get a district's template."""

    schools: tuple[int, ...] = ()
