"""What people send about suppliers and their papers."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from canteen.kit.described import Id
from suppliers.goods.rules import Category, PaperKind, Source
from suppliers.licences.rules import Standing

Name = Annotated[str, Meta(max_length=80)]
Short = Annotated[str, Meta(max_length=80)]
Long = Annotated[str, Meta(max_length=400)]
Number = Annotated[str, Meta(max_length=60)]
Categories = Annotated[tuple[Category, ...], Meta(max_length=len(Category))]


class SupplierForm(msgspec.Struct, frozen=True):
    """A supplier as it is typed.

    `identity` is a farmer's citizen number: it is checked and kept masked; blank keeps what stands. `seen`
    is the instant of the version that was changed, so that nobody overwrites what was not seen.
    """

    name: Name
    source: Source
    categories: Categories = ()
    credit_code: Annotated[str, Meta(max_length=24)] = ""
    credit_code_reason: Long = ""
    identity: Annotated[str, Meta(max_length=24)] = ""
    contact: Short = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    address: Long = ""
    seen: Annotated[str, Meta(max_length=40)] = ""


class StandingForm(msgspec.Struct, frozen=True):
    """How a supplier stands from now on, and why."""

    standing: Standing
    reason: Long = ""


class RecordForm(msgspec.Struct, frozen=True):
    """What the supplier declares and what was looked up.

    `clean_since`: since when there was no food-safety event. `listed`: whether the list of serious bad faith
    was looked up today, `found` whether the supplier stands on it.
    """

    clean_since: date | None = None
    listed: bool = False
    found: bool = False


class PaperForm(msgspec.Struct, frozen=True):
    """A paper as it is typed. Blank `valid_to` needs `endless` (长期).

    `supersedes` is the paper that this one renews; `canteen` whose own paper it is, blank for the school's.
    """

    kind: PaperKind
    number: Number = ""
    number_reason: Long = ""
    holder: Short = ""
    issuer: Short = ""
    scope: Long = ""
    categories: Categories = ()
    valid_from: date | None = None
    valid_to: date | None = None
    endless: bool = False
    note: Long = ""
    supersedes: Id | None = None
    canteen: Id | None = None


class ReasonForm(msgspec.Struct, frozen=True):
    """Why a paper is turned down."""

    reason: Long


class TakeForm(msgspec.Struct, frozen=True):
    """Suppliers to copy from the district's library."""

    suppliers: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=400)]


class LinkForm(msgspec.Struct, frozen=True):
    """For how many days an upload link works."""

    days: Annotated[int, Meta(ge=1, le=60)] = 14


class ImportOptions(msgspec.Struct, frozen=True):
    """`again`: take the very same file once more."""

    again: bool = False
