"""What people send about their school."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct, field

from canteen.kit.forms import parse
from canteen.schools.rules.calendar import MealName, SpecialKind
from canteen.schools.rules.modes import Mode, Running
from canteen.schools.rules.policies import COUNTED, WINDOW, Kind, Policy, Value

Name = Annotated[str, Meta(max_length=80)]
Words = Annotated[str, Meta(max_length=2000)]
Count = Annotated[int, Meta(ge=0, le=100_000)]
Dishes = Annotated[int, Meta(ge=0, le=9)]
Tenths = Annotated[int, Meta(extra={"typed_scale": 10})]
Hundredths = Annotated[int, Meta(extra={"typed_scale": 100})]


class ProfileForm(Struct, frozen=True):
    """When the school begins, and whether it is in the nutrition plan."""

    go_live_on: date | None = None
    nutrition_plan: bool = False


class TermForm(Struct, frozen=True):
    """A term, first and last day included."""

    name: Name
    first_day: date
    last_day: date


class GroupForm(Struct, frozen=True):
    """Grades that eat together; without a canteen it is the school's first."""

    name: Name
    first_grade: int
    last_grade: int
    canteen: int | None = None


class HeadsForm(Struct, frozen=True):
    """How many usually eat, by age band, from a day on."""

    from_day: date
    heads: dict[str, Count]


class WeekForm(Struct, frozen=True):
    """The meals of a week by weekday."""

    monday: tuple[MealName, ...] = ()
    tuesday: tuple[MealName, ...] = ()
    wednesday: tuple[MealName, ...] = ()
    thursday: tuple[MealName, ...] = ()
    friday: tuple[MealName, ...] = ()
    saturday: tuple[MealName, ...] = ()
    sunday: tuple[MealName, ...] = ()


WEEKDAY_FIELDS = WeekForm.__struct_fields__


class TimetableForm(Struct, frozen=True):
    """A weekday table of 1 to 4 weeks that turn over; the first of them holds the first day."""

    from_day: date
    cycle: Annotated[int, Meta(ge=1, le=4)] = 1
    week_1: WeekForm = field(default_factory=WeekForm)
    week_2: WeekForm = field(default_factory=WeekForm)
    week_3: WeekForm = field(default_factory=WeekForm)
    week_4: WeekForm = field(default_factory=WeekForm)
    returns_evening_before: bool = False
    leaves_before_dinner: bool = False

    def weeks(self) -> list[dict[str, list[MealName]]]:
        """The weeks of the cycle, each from weekday (Monday 0) to its meals."""
        typed = (self.week_1, self.week_2, self.week_3, self.week_4)[: self.cycle]
        return [_by_weekday(week) for week in typed]


def _by_weekday(week: WeekForm) -> dict[str, list[MealName]]:
    days = ((n, getattr(week, name)) for n, name in enumerate(WEEKDAY_FIELDS))
    return {str(n): [meal for meal in MealName if meal in meals] for n, meals in days if meals}


class SpecialForm(Struct, frozen=True):
    """A special day, or several in a row up to `last_day`."""

    day: date
    kind: SpecialKind
    name: Name
    last_day: date | None = None
    grade_group: int | None = None
    as_weekday: Annotated[int, Meta(ge=0, le=6)] | None = None
    meals: tuple[MealName, ...] = ()


class ModeForm(Struct, frozen=True):
    """How a canteen is run from a day on."""

    from_day: date
    mode: Mode
    firm: Name = ""
    contract: Name = ""
    contract_ends_on: date | None = None
    fee: Words = ""
    prices: Words = ""
    allowed_items: Words = ""
    licence: Name = ""
    arrives: time | None = None

    def running(self) -> Running:
        """The part that the rules look at."""
        minutes = None if self.arrives is None else self.arrives.hour * 60 + self.arrives.minute
        return Running(self.mode, self.firm, self.contract, self.contract_ends_on, self.licence, minutes)


class DutyForm(Struct, frozen=True):
    """Whether a duty applies, and the reason if it does not."""

    applies: bool = False
    reason: Words = ""


class CanteenForm(Struct, frozen=True):
    """The name of a canteen."""

    name: Name


class TenantForm(Struct, frozen=True):
    """A new school below a district or central school."""

    name: Name
    code: Annotated[str, Meta(max_length=12)]


class FoundingForm(Struct, frozen=True):
    """The first school of a house, its first administrator, and how long it keeps samples."""

    school: Name
    code: str
    name: Name
    login: Annotated[str, Meta(min_length=2, max_length=64, pattern=r"^[\w.@+-]+$")]
    sample_hours: int
    district: Name | None = None
    district_code: str | None = None


class DecisionForm(Struct, frozen=True):
    """From when a decision holds; the value is read by the kind of the policy."""

    from_day: date
    locked: bool = False


class _Number(Struct, frozen=True):
    value: int | None = None


class _Tenths(Struct, frozen=True):
    value: Tenths | None = None


class _Money(Struct, frozen=True):
    value: Hundredths | None = None


class _YesNo(Struct, frozen=True):
    value: bool


class _Choice(Struct, frozen=True):
    value: str | None = None


class _Composition(Struct, frozen=True):
    value: str | None = None
    meat: Dishes = 0
    vegetable: Dishes = 0
    soup: Dishes = 0
    big: Dishes = 0
    small: Dishes = 0


class _Window(Struct, frozen=True):
    starts: time
    ends: time


_FORMS: Mapping[Kind, type[Struct]] = {
    Kind.NUMBER: _Number,
    Kind.TENTHS: _Tenths,
    Kind.MONEY: _Money,
    Kind.YES_NO: _YesNo,
    Kind.CHOICE: _Choice,
    Kind.COMPOSITION: _Composition,
    Kind.WINDOW: _Window,
}
OWN_COUNTS = "own"


def read_value(policy: Policy, mapping: Mapping[str, object]) -> Value:
    """What was typed for a policy, in the unit that is kept. Raises Refused when it cannot be read."""
    form = parse(_FORMS[policy.kind], mapping)
    if isinstance(form, _Composition) and form.value == OWN_COUNTS:
        return {name: getattr(form, name) for name in COUNTED if getattr(form, name)}
    if isinstance(form, _Window):
        return {end: getattr(form, end).hour * 60 + getattr(form, end).minute for end in WINDOW}
    value: Value = form.value  # type: ignore[attr-defined]
    return value


def shown_value(policy: Policy, value: Value) -> str:
    """A kept figure as it stands in a field for typing."""
    if value is None:
        return ""
    scale = {Kind.TENTHS: 10, Kind.MONEY: 100}.get(policy.kind, 1)
    return f"{Decimal(value) / scale:f}" if isinstance(value, int) and scale > 1 else str(value)
