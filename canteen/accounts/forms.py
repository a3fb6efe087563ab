"""What people send about accounts."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from canteen.accounts.rules import Role

Login = Annotated[str, Meta(min_length=2, max_length=64, pattern=r"^[\w.@+-]+$")]
Name = Annotated[str, Meta(max_length=60)]
Secret = Annotated[str, Meta(max_length=500)]


class SignIn(Struct, frozen=True):
    """The sign-in page. `code` is the authenticator's, asked only of those who have one."""

    login: Annotated[str, Meta(max_length=100)]
    password: Secret
    code: Annotated[str, Meta(max_length=12)] | None = None


class NewPassword(Struct, frozen=True):
    """Another password for oneself."""

    current: Secret
    password: Secret
    again: Secret


class Code(Struct, frozen=True):
    """Six digits of an authenticator."""

    code: Annotated[str, Meta(max_length=12)]


class Current(Struct, frozen=True):
    """The password, typed once more before something that matters."""

    current: Secret


class Speaks(Struct, frozen=True):
    """The language a person reads."""

    language: Annotated[str, Meta(pattern="^(zh_CN|en)$")]


class NewPerson(Struct, frozen=True):
    """Somebody new at the school, with a first role."""

    login: Login
    name: Name
    role: Role
    canteen: int | None = None
    from_day: date | None = None
    until_day: date | None = None


class NewRole(Struct, frozen=True):
    """One more role for somebody who works here."""

    role: Role
    canteen: int | None = None
    from_day: date | None = None
    until_day: date | None = None


class EndOfRole(Struct, frozen=True):
    """The last day of a role; none means at once."""

    until_day: date | None = None


class PersonFacts(Struct, frozen=True):
    """Name and sign-in name."""

    login: Login
    name: Name


class NewInvitation(Struct, frozen=True):
    """A link for one person to take a role."""

    name: Name
    role: Role
    canteen: int | None = None
    until_day: date | None = None


class Joining(Struct, frozen=True):
    """Who accepts an invitation without an account."""

    login: Login
    name: Name
    password: Secret
    again: Secret


class NewDevice(Struct, frozen=True):
    """A phone or tablet of the kitchen."""

    name: Name
    canteen: int | None = None


class DeviceCode(Struct, frozen=True):
    """What is typed on the device itself, once."""

    school: Annotated[str, Meta(max_length=20)]
    code: Annotated[str, Meta(max_length=20)]


class NewPin(Struct, frozen=True):
    """A PIN, typed twice."""

    pin: Annotated[str, Meta(max_length=20)]
    again: Annotated[str, Meta(max_length=20)]


class OwnPin(NewPin, frozen=True):
    """Another PIN for oneself."""

    current: Secret


class FirstPin(NewPin, frozen=True):
    """A PIN chosen at the kitchen device: whose, and the office's code or the own password."""

    person: int
    proof: Secret


class Face(Struct, frozen=True):
    """Who stands at the kitchen device, and their PIN."""

    person: int
    pin: Annotated[str, Meta(max_length=20)]


class NewKey(Struct, frozen=True):
    """A key for a machine."""

    name: Name
    role: Role
    until_day: date | None = None


class NewDelegation(Struct, frozen=True):
    """One's own role, lent for some days."""

    to_person: int
    role: Role
    from_day: date
    until_day: date
    reason: Annotated[str, Meta(max_length=200)]


class School(Struct, frozen=True):
    """The place to act in next."""

    school: int
