"""How long a sign-in lasts, and when it is noted that somebody is still there."""

from datetime import datetime, timedelta

PERSON_IDLE = timedelta(hours=12)
PERSON_LONGEST = timedelta(days=7)
DEVICE_LONGEST = timedelta(days=365)
SEEN_EVERY = timedelta(minutes=1)
FORGOTTEN_AFTER = timedelta(days=30)
INVITATION_LASTS = timedelta(days=7)
CODE_LASTS = timedelta(minutes=30)
PIN_CODE_LASTS = timedelta(days=1)


def has_ended(last_seen_at: datetime, expires_at: datetime, *, is_device: bool, now: datetime) -> bool:
    """Past its longest life, or idle for too long; a kitchen device is never idle in the middle of a task."""
    if now >= expires_at:
        return True
    return not is_device and now - last_seen_at >= PERSON_IDLE


def is_worth_noting(last_seen_at: datetime, now: datetime) -> bool:
    """Whether `last_seen_at` is to be moved on: at most one write a minute."""
    return now - last_seen_at >= SEEN_EVERY
