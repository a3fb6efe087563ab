"""What people send at the door: a delivery with its lines and papers, and what is decided about it.

Counts are thousandths of the line's unit; in JSON they are sent so (12.5 斤 is 12500), in a form as 12.5.
"""

from datetime import date, datetime, time
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from canteen.kit.described import Id
from canteen.kit.forms import CelsiusTenths, Fen, Thousandths
from canteen.schools.rules.calendar import MealName
from suppliers.goods.rules import PaperKind
from suppliers.purchasing.rules import DeliveryKind, Refusal, Verdict, Way

Count = Annotated[Thousandths, Meta(le=10**12)]
Price = Annotated[Fen, Meta(ge=0, le=10**11)]
Celsius = Annotated[CelsiusTenths, Meta(ge=-600, le=1000)]
Short = Annotated[str, Meta(max_length=80)]
Long = Annotated[str, Meta(max_length=400)]
Digest = Annotated[str, Meta(max_length=64)]
Photos = Annotated[tuple[Digest, ...], Meta(max_length=12)]
ClientId = Annotated[str, Meta(max_length=36)]
MOST_LINES = 200


class LineForm(msgspec.Struct, frozen=True):
    """One good as it came: `good` by id, or by any of its names.

    `count` is what the note says, `weighed` the net weight, or `gross`, `tare` and `deducted` (扣秤). `price`
    is for one unit. `verdict` blank accepts it. `looked` says that all senses are right (`fine`) or which of
    them are `wrong`; programs may send `senses` instead. `sure` confirms what was asked back. `meal` sends it
    to that meal of the day at once (直拨).
    """

    name: Short = ""
    good: Id | None = None
    unit: Annotated[str, Meta(max_length=12)] = ""
    count: Count | None = None
    ordered: Count | None = None
    weighed: Count | None = None
    gross: Count | None = None
    tare: Count | None = None
    deducted: Count | None = None
    price: Price | None = None
    verdict: Verdict = Verdict.ACCEPTED
    refused: Count | None = None
    refusal: Refusal | None = None
    refusal_note: Long = ""
    spec: Short = ""
    batch_number: Short = ""
    produced_on: date | None = None
    shelf_life_days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    expires_on: date | None = None
    producer: Short = ""
    producer_contact: Short = ""
    celsius: Celsius | None = None
    looked: Literal["fine", "wrong"] | None = None
    wrong: Annotated[tuple[str, ...], Meta(max_length=12)] = ()
    senses: dict[str, bool] = {}
    meal: MealName | None = None
    sure: bool = False
    photos: Photos = ()


class BatchPaperForm(msgspec.Struct, frozen=True):
    """A paper that came with the goods. `covers` are numbers of lines such as `1, 3-5`; blank: all."""

    kind: PaperKind
    number: Short = ""
    form: Annotated[str, Meta(max_length=12)] = ""
    issued_on: date | None = None
    issued_at: time | None = None
    issuer: Short = ""
    covers: Annotated[str, Meta(max_length=80)] = ""
    photos: Photos = ()

    @property
    def is_given(self) -> bool:
        """Whether anything was typed or photographed: an empty row of the checklist is no paper."""
        return bool(self.number or self.issued_on or self.issuer or self.photos)


class DeliveryForm(msgspec.Struct, frozen=True):
    """A delivery at the door. Without `arrived_at` it came now; without `canteen` to the school's only one.

    `client_id` is the phone's own number of it: the same one sent twice is one delivery. `version` is the
    version of the draft that was open.
    """

    lines: Annotated[tuple[LineForm, ...], Meta(max_length=MOST_LINES)] = ()
    papers: Annotated[tuple[BatchPaperForm, ...], Meta(max_length=60)] = ()
    kind: DeliveryKind = DeliveryKind.SUPPLIER
    supplier: Id | None = None
    canteen: Id | None = None
    order: Id | None = None
    plan: Id | None = None
    arrived_at: datetime | None = None
    note_number: Short = ""
    companion: Short = ""
    note: Long = ""
    photos: Photos = ()
    client_id: ClientId = ""
    version: Annotated[int, Meta(ge=1)] | None = None


class SecondForm(msgspec.Struct, frozen=True):
    """The second one who looked, by PIN."""

    second: Id | None = None
    second_pin: Annotated[str, Meta(max_length=20)] = ""


class RefusalForm(msgspec.Struct, frozen=True):
    """Why a whole delivery goes back."""

    all_refusal: Refusal
    all_refusal_note: Long = ""


class ReasonForm(msgspec.Struct, frozen=True):
    """Why goods are let in all the same, turned away, or corrected."""

    reason: Annotated[str, Meta(min_length=4, max_length=400)]


class DisposalForm(msgspec.Struct, frozen=True):
    """What was done with refused goods. Without `count` (thousandths of the line's unit) it was all of it."""

    way: Way
    taken_by: Annotated[str, Meta(min_length=1, max_length=80)]
    count: Count | None = None
    happened_at: datetime | None = None
    witness: Id | None = None
    note: Long = ""
    photos: Photos = ()


class ImportOptions(msgspec.Struct, frozen=True):
    """`again`: take the very same file once more."""

    again: bool = False
