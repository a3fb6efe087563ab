"""What the menu can hold; app.py, which knows every room, fills it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu: its label (message id), address, icon and the permission that shows it.

    `phone` orders the entries of the phone's bottom bar, which holds the first four; the others stand under
    "More". `daily` is the permission of those whose daily work it is: only to them it is on the bar.
    """

    label: str
    url: str
    icon: str
    may: str
    group: str = ""
    phone: int = 0
    daily: str = ""
