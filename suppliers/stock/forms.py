"""What people send about the store."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.clock import at_local, local_day
from canteen.kit.described import Id
from canteen.kit.forms import NonNegativeFen, NonNegativeThousandths, Thousandths
from canteen.schools.rules.calendar import MealName
from suppliers.goods.rules import Category, Storage
from suppliers.stock.rules import Cause, Origin, WriteOffReason

UnitName = Annotated[str, Meta(max_length=12)]
Short = Annotated[str, Meta(max_length=60)]
Note = Annotated[str, Meta(max_length=200)]
FourDigits = Annotated[str, Meta(min_length=4, max_length=4)]
MOST_LINES = 300


class PlaceForm(msgspec.Struct, frozen=True):
    """A shelf, fridge or freezer."""

    canteen: Id
    name: Annotated[str, Meta(min_length=1, max_length=30)]
    storage: Storage


class OpeningLine(msgspec.Struct, frozen=True):
    """A good that lay there: `good` by name, `count` of `unit` (blank: as it is bought), what one cost."""

    good: Annotated[str, Meta(min_length=1, max_length=60)]
    count: Thousandths
    unit: UnitName = ""
    price: NonNegativeFen = 0
    batch_number: Short = ""
    produced_on: date | None = None
    expires_on: date | None = None
    place: Id | None = None


class OpeningForm(msgspec.Struct, frozen=True):
    """What lay in a canteen's store on a day (期初库存)."""

    canteen: Id
    day: date
    lines: Annotated[tuple[OpeningLine, ...], Meta(min_length=1, max_length=MOST_LINES)]


class OpeningFile(msgspec.Struct, frozen=True):
    """How a file of opening stock is to be taken: `again` takes one that was taken before."""

    canteen: Id
    day: date
    again: bool = False


class OwnForm(msgspec.Struct, frozen=True):
    """What the garden gave (`origin` garden) or the kitchen made (production), at an internal price.

    Garden: `plot`, `sprayed_on`, `interval_days`, `tested`. Production: `started_on`, `salt_permille`,
    `usable_from` (blank: as long as pickles ripen).
    """

    canteen: Id
    day: date
    origin: Origin
    good: Id
    count: Thousandths
    unit: UnitName = ""
    price: NonNegativeFen = 0
    plot: Short = ""
    sprayed_on: date | None = None
    interval_days: Annotated[int, Meta(ge=0, le=365)] = 0
    tested: bool = False
    test_note: Short = ""
    started_on: date | None = None
    salt_permille: Annotated[int, Meta(ge=0, le=1000, extra={"typed_scale": 10})] | None = None
    usable_from: date | None = None
    expires_on: date | None = None
    place: Id | None = None
    note: Note = ""


class IssueLine(msgspec.Struct, frozen=True):
    """So much of a good to the kitchen; `lot` when a certain one is meant, else the first to expire goes.

    A line without a count is passed over: a form may list everything that is there.
    """

    good: Id
    count: NonNegativeThousandths = 0
    unit: UnitName = ""
    lot: Id | None = None


class IssueForm(msgspec.Struct, frozen=True):
    """What goes to the kitchen for a meal (出库单). `receiver` is the person who takes it."""

    canteen: Id
    day: date
    lines: Annotated[tuple[IssueLine, ...], Meta(max_length=MOST_LINES)]
    meal: MealName | None = None
    purpose: Note = ""
    receiver: Id | None = None


class WriteOffLine(msgspec.Struct, frozen=True):
    """So much of a lot; without a count all that is left."""

    lot: Id
    count: NonNegativeThousandths = 0
    unit: UnitName = ""


class WriteOffForm(msgspec.Struct, frozen=True):
    """Goods that leave the store unused (报损、销毁). The witness proves to be there by the own PIN."""

    canteen: Id
    day: date
    lines: Annotated[tuple[WriteOffLine, ...], Meta(min_length=1, max_length=MOST_LINES)]
    reason: WriteOffReason
    witness: Id
    witness_pin: FourDigits
    destroyed: bool = False
    note: Note = ""


class CorrectionForm(msgspec.Struct, frozen=True):
    """Why a slip is taken back."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class ApartForm(msgspec.Struct, frozen=True):
    """Why a lot is set apart, or what was decided about it."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class CountForm(msgspec.Struct, frozen=True):
    """A new stocktake: of everything, or of one category."""

    canteen: Id
    day: date
    category: Category | None = None


class CountedLine(msgspec.Struct, frozen=True):
    """What was found of a lot: `count` of `unit`; blank when nobody counted it yet."""

    lot: Id
    count: NonNegativeThousandths | None = None
    unit: UnitName = ""
    cause: Cause | None = None
    note: Note = ""


class CountedForm(msgspec.Struct, frozen=True):
    """What was counted, a shelf at a time."""

    lines: Annotated[tuple[CountedLine, ...], Meta(min_length=1, max_length=MOST_LINES)]


class ClosingForm(msgspec.Struct, frozen=True):
    """Closing a stocktake: the witness by the own PIN."""

    witness: Id
    witness_pin: FourDigits


def instant_on(day: date, now: datetime) -> datetime:
    """When something of that day is said to have happened: now if it is today, else the day's evening."""
    return now if day == local_day(now) else at_local(day, 18)
