"""How a supplier and a paper stand. What a date decides (expiring, expired) is never stored."""

from collections.abc import Mapping
from enum import StrEnum

from canteen.kit.texts import _


class Standing(StrEnum):
    """Whether a school may buy from a supplier."""

    ACTIVE = "active"
    WARNED = "warned"
    SUSPENDED = "suspended"
    BLACKLISTED = "blacklisted"
    LEFT = "left"


STANDING_NAMES: Mapping[Standing, str] = {
    Standing.ACTIVE: _("Supplies us"),
    Standing.WARNED: _("Warned"),
    Standing.SUSPENDED: _("Suspended"),
    Standing.BLACKLISTED: _("Blacklisted"),
    Standing.LEFT: _("No longer supplies us"),
}


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
