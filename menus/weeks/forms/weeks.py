"""What people send about a week."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from menus.weeks.forms.dishes import MealForm, Name, Reason, Version
from menus.weeks.rules import Age, MealName

Audience = Annotated[str, Meta(max_length=40)]
Title = Annotated[str, Meta(max_length=40)]
"""How a menu of a district's library is called; a canteen's menu needs no name."""


class NewWeek(msgspec.Struct, frozen=True):
    """A new draft: any day of the week; the meals due by the calendar, those named, or dishes."""

    day: date
    age: Age = Age.NINE
    audience: Audience = ""
    canteen: int | None = None
    meals: tuple[MealName, ...] = (MealName.LUNCH,)
    days: Annotated[int, Meta(ge=1, le=7)] = 5
    by_calendar: bool = False
    content: tuple[MealForm, ...] = ()
    name: Title = ""


class CopyForm(msgspec.Struct, frozen=True):
    """Where a week or template goes: any day of the week."""

    day: date
    age: Age | None = None
    audience: Audience = ""
    canteen: int | None = None
    name: Title = ""


class ImportForm(msgspec.Struct, frozen=True):
    """How a menu file is taken: `again` takes one that was taken before, `replace` overwrites drafts."""

    age: Age = Age.NINE
    audience: Audience = ""
    canteen: int | None = None
    again: bool = False
    replace: bool = False
    name: Title = ""


class Meaning(msgspec.Struct, frozen=True):
    """A name of the file and the food it stands for, chosen or typed; none: it stays unknown."""

    name: Name
    food_code: Annotated[str, Meta(max_length=16)] = ""
    food: Name = ""


class TakenForm(msgspec.Struct, frozen=True):
    """The file that was shown, to be taken now, and what the names nobody knew mean."""

    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    file_name: Annotated[str, Meta(max_length=200)]
    names: tuple[Meaning, ...] = ()


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
    """The schools that get a menu of the district's library, and why they get it although it has errors."""

    schools: tuple[int, ...] = ()
    reason: Reason = ""
