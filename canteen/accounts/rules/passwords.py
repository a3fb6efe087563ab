"""What a password and a PIN must be like, and how long one waits after wrong ones."""

from datetime import datetime, timedelta

from canteen.kit.problems import Finding, error
from canteen.kit.texts import _

LEAST, MOST = 10, 128
FREE_TRIES = 5
FREE_TRIES_OF_ADDRESS = 50  # a whole school comes from one address
FREE_TRIES_OF_PIN = 3
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
EASY = (
    "password",
    "passw0rd",
    "qwertyuiop",
    "1234567890",
    "0123456789",
    "1q2w3e4r",
    "abcdefghij",
    "woaini",
    "iloveyou",
    "shitang",
    "canteen",
    "admin",
    "888888",
    "666666",
    "123456",
)
EASY_PINS = {"1234", "4321", "0123", "1122", "1212", "2580"}


def password_findings(password: str, login: str, at: str = "password") -> list[Finding]:
    """`password_length`, `password_easy`: long and not guessable; no rules about kinds of characters
    (NIST SP 800-63B-4 section 3.1.1.2: length and a block list instead of composition)."""
    if not LEAST <= len(password) <= MOST:
        message = _("A password has {least} to {most} characters.")
        return [error("password_length", message, at, least=LEAST, most=MOST)]
    if is_easy(password, login):
        return [error("password_easy", _("This password is easy to guess. Put a few words together."), at)]
    return []


def is_easy(password: str, login: str) -> bool:
    """What is left of it without the login name and well-known passwords is too little to be a secret."""
    left = password.lower()
    for part in (login.lower(), *EASY):
        left = left.replace(part, "") if part else left
    return len(set(left)) < 5


def pin_findings(pin: str, at: str = "pin") -> list[Finding]:
    """`pin_form`, `pin_easy`: four digits, not one digit four times and not a well-known row."""
    if not (len(pin) == 4 and pin.isascii() and pin.isdigit()):
        return [error("pin_form", _("A PIN is 4 digits."), at)]
    if len(set(pin)) == 1 or pin in EASY_PINS:
        return [error("pin_easy", _("This PIN is easy to guess."), at)]
    return []


def wait_after(failures: int, free: int) -> timedelta:
    """The wait after so many wrong tries: none while they are free, then 5 s, doubling to 15 minutes."""
    if failures < free:
        return timedelta(0)
    return min(FIRST_WAIT * (1 << min(failures - free, 20)), LONGEST_WAIT)


def failures_now(failures: int, last_at: datetime, now: datetime) -> int:
    """Wrong tries that still count: all of them until a day has passed without one."""
    return 0 if now - last_at >= FORGOTTEN_AFTER else failures
