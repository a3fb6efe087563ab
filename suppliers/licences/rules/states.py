"""How a supplier and a paper stand. What a date decides (expiring, expired) is never stored."""

from enum import StrEnum


class Standing(StrEnum):
    """Whether a school may buy from a supplier."""

    ACTIVE = "active"
    WARNED = "warned"
    SUSPENDED = "suspended"
    BLACKLISTED = "blacklisted"
    LEFT = "left"


class Checked(StrEnum):
    """What a person has said of a paper after comparing it with the original."""

    PENDING = "pending"
    VERIFIED = "verified"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Arrival(StrEnum):
    """How a paper came in."""

    TYPED = "typed"
    LINK = "link"
    DISTRICT = "district"
    IMPORT = "import"
