"""Pages of sign-in, one's own account, people, devices, keys and the trail."""

from collections.abc import Mapping
from typing import Any

from canteen.accounts.rules import ROLE_NAMES
from canteen.accounts.web import devices, keys, me, people, person, pins, portraits, sign_in, trail

routes: list[Any] = [
    *sign_in.routes,
    *me.routes,
    *people.routes,
    *person.routes,
    *pins.routes,
    *portraits.routes,
    *devices.routes,
    *keys.routes,
    *trail.routes,
]

VALUE_NAMES: Mapping[str, Mapping[Any, str]] = {
    "language": {"zh_CN": "中文", "en": "English"},
    "role": ROLE_NAMES,
    "roles": ROLE_NAMES,
}
